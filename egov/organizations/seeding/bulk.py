"""Many rows in few statements."""

from collections.abc import Iterable
from typing import TypeVar

from django.db import models

BATCH = 2_000

M = TypeVar("M", bound=models.Model)


def insert(rows: Iterable[M]) -> list[M]:
    """Store rows of one model, in batches; they come back with their primary keys."""
    listed = list(rows)
    if not listed:
        return []
    manager: models.Manager[M] = type(listed[0])._default_manager
    return manager.bulk_create(listed, batch_size=BATCH)
