"""Contents of letters as they were known at a moment: their state, kind, field, case."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from complaints.models import Classification, Matter, MatterChange
from complaints.queries.figures.window import Window
from egov.organizations.models import Agency


def state_at(moment: datetime) -> Subquery:
    """State of a content just before the moment; nothing where it was not there yet."""
    changes = MatterChange.objects.filter(matter=OuterRef("pk"), at__lt=moment).order_by("-at", "-id")
    return Subquery(changes.values("after")[:1])


def known_at(moment: datetime, field: str) -> Subquery:
    """What the content was counted as just before the moment."""
    rows = Classification.objects.filter(matter=OuterRef("pk"), at__lt=moment).order_by("-at", "-id")
    return Subquery(rows.values(field)[:1])


@dataclass(frozen=True, slots=True)
class Counted:
    """One content: its states at both ends of a period, and as what it was counted at the second."""

    before: str | None
    after: str
    kind: str
    field_id: int | None
    root_id: int | None
    people: int
    letter_id: int
    is_protected: bool
    entered_at: datetime


def counted_matters(agency: Agency, window: Window) -> list[Counted]:
    """Contents of the letters that stand in the agency's registers at the end of the period.

    Whose register it is never changes, wherever the letter goes: no letter is counted twice or lost between
    two bodies.
    """
    end = window.ends_at
    rows = (
        Matter.objects.filter(letter__agency=agency, letter__entered_at__lt=end)
        .annotate(
            before=state_at(window.starts_at),
            after=state_at(end),
            as_kind=Coalesce(known_at(end, "kind"), "kind"),
            as_field=known_at(end, "field_id"),
            as_root=known_at(end, "root_id"),
            as_people=Coalesce(known_at(end, "people"), "letter__people"),
        )
        .exclude(after=None)
        .values_list(
            "before",
            "after",
            "as_kind",
            "as_field",
            "as_root",
            "as_people",
            "letter_id",
            "letter__is_protected",
            "letter__entered_at",
        )
    )
    return [Counted(*row) for row in rows]
