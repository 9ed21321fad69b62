from django.apps import AppConfig


class TaskqueueConfig(AppConfig):
    name = "egov.taskqueue"
