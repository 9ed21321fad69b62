"""The payment gateway: asked when an address is set; otherwise people pay at the counter or by transfer."""

from egov.settings.env import env

# Without a slash at the end; empty: nobody can pay online.
PAYMENT_GATEWAY_URL = env.text("PAYMENT_GATEWAY_URL", "").rstrip("/")
# With an address the others are needed; a short secret could be guessed by trying.
_NEEDED, _NOT_EMPTY, _SECRET = (None, 1, 32) if PAYMENT_GATEWAY_URL else ("", 0, 0)
PAYMENT_GATEWAY_MERCHANT = env.text("PAYMENT_GATEWAY_MERCHANT", _NEEDED, min_length=_NOT_EMPTY)
PAYMENT_GATEWAY_SECRET = env.text("PAYMENT_GATEWAY_SECRET", _NEEDED, min_length=_SECRET)
PAYMENT_CALLBACK_URL = env.text("PAYMENT_CALLBACK_URL", _NEEDED, min_length=_NOT_EMPTY)
# Seconds: to be connected, and between two pieces of an answer.
PAYMENT_GATEWAY_TIMEOUTS = (3.05, 15)
