"""Text as people type it in a search box: small letters without Vietnamese accents."""

from typing import Any

from django.db import models
from django.db.models import Func


class Folded(Func):
    """``Sở Nội vụ`` → ``so noi vu``, in PostgreSQL's own functions: the wheels lack ``unaccent``."""

    template = (
        r"translate(lower(regexp_replace(normalize(%(expressions)s, NFD), '[\u0300-\u036f]', '', 'g')), "
        "'đ', 'd')"
    )
    arity = 1

    def __init__(self, *expressions: Any, **extra: Any) -> None:
        super().__init__(*expressions, output_field=models.TextField(), **extra)
