"""The demo's questions, reports and suggestions: written, passed on, answered and published by officials.

Each goes the way of the real actions, at its own time. Who edits does not approve (rule 51), and what tells
of an official's wrongdoing is answered and never published (rule 56).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.organizations.models import Agency, Membership
from egov.workdays import terms
from egov.workdays.limit import Limit, LimitUnit
from egov.workdays.load_calendar import calendar_of
from portal.actions.inquiry import (
    Written,
    answer_inquiry,
    assign_inquiry,
    propose_inquiry,
    publish_inquiry,
    submit_inquiry,
    withdraw_inquiry,
)
from portal.enums import InquiryKind, InquiryState
from portal.models import Inquiry

TEXTS = Path(__file__).with_suffix(".toml")
VISITOR = SignedOut(address="127.0.0.1")
# Working days from one step to the next: passed on, answered, edited, approved, and taken down much later.
DAYS = (1, 4, 1, 1, 20)


class Nobody(LookupError):
    """No official of that role serves in the agency."""


@dataclass(frozen=True)
class Desk:
    """Who sorts and edits, and who lets it be public."""

    editor: Actor
    head: Actor


def seed_inquiries() -> int:
    """Play all of them, oldest first; none when there are some. Returns how many."""
    if Inquiry.objects.exists():
        return 0
    coordinator = Agency.objects.get(code=settings.INQUIRY_COORDINATOR)
    desk = Desk(_official(coordinator, Role.SPECIALIST), _official(coordinator, Role.OFFICE_HEAD))
    rows = tomllib.loads(TEXTS.read_text(encoding="utf-8"))["inquiry"]
    for row in sorted(rows, key=lambda one: -int(one["days"])):
        _play(row, desk, timezone.now())
    return len(rows)


@transaction.atomic
def _play(row: Mapping[str, str], desk: Desk, now: datetime) -> None:
    end = InquiryState(row["end"])
    calendar = calendar_of(desk.editor.agency, timezone.localdate(now))
    at = terms.due(calendar, now - timedelta(days=int(row["days"])), Limit(1, LimitUnit.HOURS))
    moments = [at := min(now, at)]
    for days in DAYS:
        at = min(now, terms.due(calendar, at, Limit(days, LimitUnit.WORKING_DAYS)))
        moments.append(at)
    written, assigned, answered, proposed, published, withdrawn = moments
    inquiry = submit_inquiry(VISITOR, None, _written(row), at=written)
    if end == InquiryState.RECEIVED:
        return
    agency = Agency.objects.existing(timezone.localdate(now)).get(short_name=row["agency"])
    assign_inquiry(desk.editor, inquiry, agency=agency, at=assigned)
    if end == InquiryState.ASSIGNED:
        return
    answer_inquiry(_official(agency, Role.SPECIALIST), inquiry, answer=row["answer"], at=answered)
    if end == InquiryState.ANSWERED:
        return
    propose_inquiry(
        desk.editor, inquiry, subject=row["subject"], text=row["text"], answer=row["answer"], at=proposed
    )
    if end == InquiryState.PROPOSED:
        return
    publish_inquiry(desk.head, inquiry, at=published)
    if end == InquiryState.WITHDRAWN:
        withdraw_inquiry(desk.head, inquiry, reason=row["reason"], at=withdrawn)


def _written(row: Mapping[str, str]) -> Written:
    return Written(
        kind=InquiryKind(row["kind"]),
        subject=row["subject"],
        text=row["text"],
        author_name=row["name"],
        procedure_code=row.get("procedure", ""),
        may_publish=True,
        wrongdoing_confirmed=True,
    )


def _official(agency: Agency, role: Role) -> Actor:
    held = Membership.objects.current(timezone.localdate()).filter(agency=agency, role=role)
    first = held.select_related("user", "agency", "department").order_by("pk").first()
    if first is None:
        raise Nobody(f"{agency}: {role}")
    return Actor(user=first.user, membership=first, agency=first.agency, second_factor=True)
