"""The national public-service portal: told of every status when an address is set, otherwise left alone."""

from egov.settings.env import env

# Without a slash at the end; empty: nothing is sent, events wait.
NATIONAL_PORTAL_URL = env.text("NATIONAL_PORTAL_URL", "").rstrip("/")
NATIONAL_PORTAL_CLIENT_ID = env.text("NATIONAL_PORTAL_CLIENT_ID", None if NATIONAL_PORTAL_URL else "")
NATIONAL_PORTAL_SECRET = env.text("NATIONAL_PORTAL_SECRET", None if NATIONAL_PORTAL_URL else "")
# Seconds: to be connected, and between two pieces of an answer.
NATIONAL_PORTAL_TIMEOUTS = (3.05, 15)
