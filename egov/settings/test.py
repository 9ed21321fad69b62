"""Settings of the tests: need no environment at all; servers from the wheels unless their addresses are
given."""

import os
from pathlib import Path
from uuid import uuid4

if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
    from egov import embedded

    _servers = embedded.start(Path(__file__).resolve().parents[2] / "var" / "test", durable=False)
    os.environ.setdefault("DATABASE_URL", _servers.database_url)
    os.environ.setdefault("REDIS_URL", _servers.redis_url)
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ.setdefault("SIGNING_PEPPER", "only-for-tests-" + "y" * 32)
os.environ.setdefault("SIGNING_SYSTEM_PIN", "only-for-tests-z")
# Clocks stand still in tests: the lists of the demo's own authority must not be made anew by them.
os.environ.setdefault("SIGNING_PKI_DIR", str(Path(__file__).resolve().parents[2] / "var" / "test" / "pki"))
# A worker that a killed run left behind must take none of this run's messages, nor those of tests side by
# side; counters of the cache are kept apart likewise. What a test starts inherits the name.
if "PYTEST_XDIST_WORKER" in os.environ:
    side, of_run = os.environ["PYTEST_XDIST_WORKER"], os.environ["PYTEST_XDIST_TESTRUNUID"]
    os.environ["BROKER_PREFIX"] = f"test-{of_run}-{side}:"
else:
    os.environ.setdefault("BROKER_PREFIX", f"test-{uuid4().hex}:")
os.environ.setdefault("HTTPS", "no")
os.environ.setdefault("FILE_STORE_URL", str(Path(__file__).resolve().parents[2] / "var" / "test" / "files"))
os.environ.setdefault("ALLOWED_HOSTS", "localhost,127.0.0.1,testserver")

from egov.settings.base import *  # noqa: F403  (the environment above must be set first)
from egov.settings.env import env

DATABASES["default"]["TEST"] = {
    "NAME": "test_egov"
    + ("_" + env.text("TEST_DATABASE_SUFFIX", "") if env.text("TEST_DATABASE_SUFFIX", "") else "")
}
DATABASES["default"]["CONN_MAX_AGE"] = 0
# Argon2 is tried in its own test; the others need a thousand sign-ins, not a strong hash.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
# The cost of a guess is tried in its own test too.
SEALING_ARGON2_MEMORY, SEALING_ARGON2_ROUNDS, SEALING_ARGON2_LANES = 64, 1, 1
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES["default"]["KEY_PREFIX"] = os.environ["BROKER_PREFIX"]
# A page of one test is not another's; what is kept has its own tests.
CACHES["pages"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
# Static files straight from their folders: tests collect nothing.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

env.check()
