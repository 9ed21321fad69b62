"""PostgreSQL, the only database: its address, its time limits."""

import dj_database_url

from egov.settings.env import env

_address = env.text("DATABASE_URL")

DATABASES = {
    "default": {
        **dj_database_url.parse(_address or "postgres:///missing", conn_max_age=60, conn_health_checks=True),
        "OPTIONS": {
            "application_name": "egov",
            "connect_timeout": 5,
            # A forgotten transaction must not hold the locks of a province.
            "options": (
                "-c statement_timeout=60000 "
                "-c idle_in_transaction_session_timeout=60000 "
                "-c lock_timeout=20000"
            ),
        },
        "ATOMIC_REQUESTS": False,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
