"""Celery: messages are hints, rows in PostgreSQL are the truth, so a lost message is swept up and never
a lost document."""

from datetime import timedelta

from celery.schedules import crontab

from egov.settings.env import env

REDIS_URL = env.text("REDIS_URL")
CELERY_BROKER_URL = env.text("BROKER_URL", REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_DEFAULT_QUEUE = "default"
# Express documents (hỏa tốc) have a queue, and in every deployment a worker, of their own.
CELERY_TASK_CREATE_MISSING_QUEUES = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "global_keyprefix": env.text("BROKER_PREFIX", ""),
    "visibility_timeout": 120,
    "socket_timeout": 5,
    "socket_connect_timeout": 3,
}
# Publishing must not keep a person waiting when the broker is down: the sweep delivers.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "accounts.clear_sessions": {"task": "accounts.clear_sessions", "schedule": timedelta(hours=6)},
    "content.keep_schedule": {"task": "content.keep_schedule", "schedule": timedelta(minutes=1)},
    "complaints.close_openings": {"task": "complaints.close_openings", "schedule": timedelta(minutes=5)},
    "complaints.print_orders": {"task": "complaints.print_orders", "schedule": timedelta(minutes=5)},
    "complaints.reconcile_feed": {"task": "complaints.reconcile_feed", "schedule": crontab(hour=5, minute=0)},
    "complaints.remind_settlers": {"task": "complaints.remind_settlers", "schedule": timedelta(hours=1)},
    "complaints.sweep_feed": {"task": "complaints.sweep_feed", "schedule": timedelta(seconds=15)},
    "documents.sweep_deliveries": {"task": "documents.sweep_deliveries", "schedule": timedelta(seconds=15)},
    "documents.raise_alerts": {"task": "documents.raise_alerts", "schedule": timedelta(minutes=5)},
    "onestop.apply_decisions": {"task": "onestop.apply_decisions", "schedule": timedelta(minutes=5)},
    "onestop.close_months": {"task": "onestop.close_months", "schedule": timedelta(hours=1)},
    "onestop.remind": {"task": "onestop.remind", "schedule": timedelta(minutes=10)},
    "onestop.sweep_sync": {"task": "onestop.sweep_sync", "schedule": timedelta(seconds=15)},
    "onestop.reconcile_portal": {
        "task": "onestop.reconcile_portal",
        "schedule": crontab(hour=4, minute=30),
    },
    "onestop.settle_payments": {
        "task": "onestop.settle_payments",
        "schedule": crontab(hour=4, minute=45),
    },
    "portal.refresh_index": {"task": "portal.refresh_index", "schedule": timedelta(minutes=5)},
    "portal.sign_waiting": {"task": "portal.sign_waiting", "schedule": timedelta(minutes=1)},
    "portal.sweep_notices": {"task": "portal.sweep_notices", "schedule": timedelta(minutes=1)},
    "portal.sweep_filings": {"task": "portal.sweep_filings", "schedule": timedelta(hours=1)},
    "signing.refresh_revocation": {"task": "signing.refresh_revocation", "schedule": timedelta(minutes=10)},
    "taskqueue.beat": {"task": "taskqueue.beat", "schedule": timedelta(seconds=10)},
}
