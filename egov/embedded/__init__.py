"""PostgreSQL and Valkey from Python wheels, for bin/demo and the tests on a machine that has neither.

A real installation gives ``DATABASE_URL`` and ``REDIS_URL`` and never comes here. Nothing in this folder
imports Django: it runs before there are settings. Linux only, since it recognises its servers in ``/proc``.
"""

from egov.embedded.errors import EmbeddedServerError
from egov.embedded.servers import Servers, remove, start

__all__ = ["EmbeddedServerError", "Servers", "remove", "start"]
