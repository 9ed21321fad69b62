"""E-mail: off until the address of a server is given; the inbox in the system works without."""

from urllib.parse import parse_qs, unquote, urlsplit

from egov.settings.env import env

_address = urlsplit(env.text("EMAIL_URL", ""))
if _address.scheme not in {"", "smtp", "smtps"}:
    env.faults.append("EMAIL_URL must look like smtp://user:password@host:587 or smtps://…:465")

NOTIFICATIONS_BY_EMAIL = bool(_address.hostname)
EMAIL_HOST = _address.hostname or ""
EMAIL_PORT = _address.port or (465 if _address.scheme == "smtps" else 587)
EMAIL_HOST_USER = unquote(_address.username or "")
EMAIL_HOST_PASSWORD = unquote(_address.password or "")
EMAIL_USE_SSL = _address.scheme == "smtps"
EMAIL_USE_TLS = _address.scheme == "smtp" and parse_qs(_address.query).get("tls") != ["no"]
EMAIL_TIMEOUT = 15  # seconds
DEFAULT_FROM_EMAIL = parse_qs(_address.query).get("from", ["van-phong-dien-tu@localhost"])[0]
