"""Letters for the measures: the head of a commune with every duty, and letters entered by the real action."""

from datetime import date
from uuid import uuid4

from django.utils import timezone

from complaints.actions.enter import enter
from complaints.actions.entry import Content, Entry, Sender
from complaints.actions.take_in_hand import assign
from complaints.enums import Channel, DutyKind, MatterKind, SubjectKind
from complaints.models import Duty, Matter
from egov.organizations.actor import Actor
from egov.organizations.models import Membership

DUTIES = (DutyKind.RECEPTION, DutyKind.INTAKE, DutyKind.HANDLING, DutyKind.PROTECTED)


def officer(membership: Membership) -> Actor:
    """The person in this position, appointed to everything that letters need."""
    for kind in DUTIES:
        Duty.objects.get_or_create(
            membership=membership,
            kind=kind,
            valid_to=None,
            defaults={"basis": "Quyết định phân công", "valid_from": date(2020, 1, 1)},
        )
    return Actor(user=membership.user, membership=membership, agency=membership.agency, second_factor=True)


def entered(actor: Actor, number: int) -> Matter:
    """A complaint of two people, entered and given to somebody."""
    at = timezone.now()
    typed = Entry(
        idempotency_key=uuid4().hex,
        channel=Channel.POST,
        received_at=at,
        written_on=timezone.localdate(at),
        senders=(
            Sender(name=f"Nguyễn Văn Đơn {number}", address="Thôn Một"),
            Sender(name=f"Trần Thị Thư {number}", address="Thôn Hai"),
        ),
        people=2,
        contents=(
            Content(
                kind=MatterKind.COMPLAINT,
                summary="Đề nghị xem xét lại mức bồi thường khi thu hồi đất",
                subject_kind=SubjectKind.DECISION,
                subject=f"Quyết định số {number}/QĐ-UBND",
            ),
        ),
    )
    matter = enter(actor, typed, at=at).matters.get()
    assign(actor, matter, to=actor.membership, at=at)
    return matter
