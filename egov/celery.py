"""The Celery application: entry point of workers and beat."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "egov.settings.dev")

app = Celery("egov")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# A web server answers in threads: each must find this application, not an empty one of its own.
app.set_default()
