"""Valkey as cache: only for what may be lost at any moment (the counters of the machine door)."""

from egov.settings.env import env

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.text("REDIS_URL"),
        "KEY_PREFIX": "egov",
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
}
