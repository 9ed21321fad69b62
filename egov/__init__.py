"""Wiring, and what every business of the province stands on."""

from egov.celery import app as celery_app

__all__ = ["celery_app"]
