"""The payment gateway: asked when an address is set; otherwise people pay at the counter or by transfer."""

from egov.settings.env import env

# Without a slash at the end; empty: nobody can pay online.
PAYMENT_GATEWAY_URL = env.text("PAYMENT_GATEWAY_URL", "").rstrip("/")
PAYMENT_GATEWAY_MERCHANT = env.text("PAYMENT_GATEWAY_MERCHANT", None if PAYMENT_GATEWAY_URL else "")
PAYMENT_GATEWAY_SECRET = env.text("PAYMENT_GATEWAY_SECRET", None if PAYMENT_GATEWAY_URL else "")
PAYMENT_CALLBACK_URL = env.text("PAYMENT_CALLBACK_URL", None if PAYMENT_GATEWAY_URL else "")
# Seconds: to be connected, and between two pieces of an answer.
PAYMENT_GATEWAY_TIMEOUTS = (3.05, 15)
