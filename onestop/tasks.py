"""Celery doors of one-stop handling: ids in, one call, retry policy visible."""
