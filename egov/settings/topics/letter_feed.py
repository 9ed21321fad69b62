"""The national database on reception and letters: told of every step where an address is set."""

from egov.settings.env import env

# Without a slash at the end; empty: nothing is sent, what is to be told waits.
LETTER_FEED_URL = env.text("LETTER_FEED_URL", "").rstrip("/")
LETTER_FEED_CLIENT_ID = env.text("LETTER_FEED_CLIENT_ID", None if LETTER_FEED_URL else "")
LETTER_FEED_SECRET = env.text("LETTER_FEED_SECRET", None if LETTER_FEED_URL else "")
# Seconds: to be connected, and between two pieces of an answer.
LETTER_FEED_TIMEOUTS = (3.05, 15)
