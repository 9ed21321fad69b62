from django.apps import AppConfig

from egov.celery import app


class TaskqueueConfig(AppConfig):
    name = "egov.taskqueue"

    def ready(self) -> None:
        """Know every task by name in the web process and in commands too, not in workers only."""
        app.autodiscover_tasks(force=True)
