"""Pages that stay whole while new rows arrive: each names where the next one begins."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import DateTimeField, Model
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request

PAGE_SIZE = 50


class Pages(CursorPagination):
    """Pages in a fixed order. A cursor that we did not write is not found: it could name anything."""

    page_size = PAGE_SIZE
    model: type[Model]
    ordering: tuple[str, ...] = ("pk",)

    def decode_cursor(self, request: Request) -> Any:
        cursor = super().decode_cursor(request)
        if cursor is not None and cursor.position is not None and not self._fits(str(cursor.position)):
            raise NotFound(_("Trang này không có."))
        return cursor

    def _fits(self, position: str) -> bool:
        name = self.ordering[0]
        field = self.model._meta.pk if name == "pk" else self.model._meta.get_field(name)
        try:
            value = field.to_python(position)  # type: ignore[union-attr]
        except (ValidationError, ValueError, OverflowError):
            return False
        return not isinstance(field, DateTimeField) or timezone.is_aware(value)
