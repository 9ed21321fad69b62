"""Valkey as cache: only for what may be lost at any moment (the counters of the machine door); and public
pages in the memory of each process, where whoever asks for many of them harms nothing else."""

from egov.settings.env import env

CACHES = {
    "default": {
        "BACKEND": "egov.web.counting_cache.CountingCache",
        "LOCATION": env.text("REDIS_URL"),
        "KEY_PREFIX": "egov",
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    },
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}
