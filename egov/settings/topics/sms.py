"""Text messages: off until the address of a gateway is given."""

from egov.settings.env import env

SMS_GATEWAY_URL = env.text("SMS_GATEWAY_URL", "").rstrip("/")
SMS_GATEWAY_TOKEN = env.text("SMS_GATEWAY_TOKEN", None if SMS_GATEWAY_URL else "")
# Seconds: to be connected, and between two pieces of an answer.
SMS_GATEWAY_TIMEOUTS = (3.05, 15)
