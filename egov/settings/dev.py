"""Settings of bin/demo and of a developer's machine: plain HTTP on loopback; secrets come from var/
through bin/demo."""

import os

os.environ.setdefault("HTTPS", "no")
os.environ.setdefault("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")

from egov.settings.base import *  # noqa: F403  (the two defaults above must be set first)
from egov.settings.env import env

env.check()
