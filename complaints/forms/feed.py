"""Correct what the national database rejected: choices, days and counts, no box for words (rule 51)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.enums import FeedGround
from complaints.exchange.national_feed.schema import MOST_PEOPLE, TABLES, Field, Kind
from complaints.forms.fields import DayField
from egov.organizations.enums import Level

NONE = ("", _("Để trống"))


class FeedCorrectionForm(forms.Form):
    """Every field that a person may correct, as the registers have it now, and why it is corrected."""

    ground = forms.ChoiceField(label=_("Lý do sửa"), choices=[("", _("Chọn lý do")), *FeedGround.choices])

    def __init__(
        self, *args: Any, fields: Mapping[str, Field], content: Mapping[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, one in fields.items():
            if one.correctable:
                self.fields[name] = _box(one, content.get(name, ""))
        self.order_fields([*(name for name in self.fields if name != "ground"), "ground"])

    def corrections(self) -> dict[str, Any]:
        """What is told instead, as it is told; an empty value leaves the field out."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "ground"}
        return {
            name: value.isoformat() if isinstance(value, date) else "" if value is None else value
            for name, value in typed.items()
        }


def _box(field: Field, value: Any) -> forms.Field:
    options = {"label": field.label, "required": not field.optional}
    match field.kind:
        case Kind.DAY:
            return DayField(initial=date.fromisoformat(value) if value else None, **options)
        case Kind.COUNT:
            return forms.IntegerField(initial=value, min_value=1, max_value=MOST_PEOPLE, **options)
    choices = [NONE, *_choices(field)] if field.optional else _choices(field)
    return forms.ChoiceField(initial=value, choices=choices, **options)


def _choices(field: Field) -> list[tuple[str, Any]]:
    if field.kind not in TABLES:
        return list(field.choices)
    rows = TABLES[field.kind].all()
    if field.kind == Kind.COMMUNE:
        rows = rows.filter(level=Level.COMMUNE).order_by("name", "code")
    return [(row.code, str(row)) for row in rows]
