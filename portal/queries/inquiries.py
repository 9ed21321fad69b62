"""What is published of questions and answers, how one's own stands, and what waits at the desk."""

from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egov.audit.record import record
from egov.organizations.actor import Actor, SignedOut
from egov.workflow.refusal import Refusal
from portal.enums import InquiryKind, InquiryState
from portal.models import Inquiry, InquiryPublication
from portal.models.inquiry import InquiryQuerySet
from portal.states import WAITING


class InquiryUnknown(Refusal):
    """No such code, or the secret does not go with it: the answer is the same."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("Không tìm thấy. Hãy kiểm tra mã và mã tra cứu trên giấy tiếp nhận."))


@dataclass(frozen=True)
class Pile:
    """Inquiries that wait for the same thing."""

    name: str
    label: object
    where: Q


PILES = (
    Pile("assign", gettext_lazy("Chờ phân loại"), Q(state=InquiryState.RECEIVED)),
    Pile("answer", gettext_lazy("Chờ trả lời"), Q(state=InquiryState.ASSIGNED)),
    Pile(
        "propose",
        gettext_lazy("Chờ biên tập"),
        Q(state=InquiryState.ANSWERED, may_publish=True, names_wrongdoing=False),
    ),
    Pile("publish", gettext_lazy("Chờ duyệt công khai"), Q(state=InquiryState.PROPOSED)),
)


def published(*kinds: InquiryKind) -> QuerySet[InquiryPublication]:
    """What everybody may read now."""
    return InquiryPublication.objects.filter(kind__in=kinds, withdrawn_at=None)


def published_one(pk: int) -> InquiryPublication:
    """One of them. Raises InquiryUnknown."""
    found = published(*InquiryKind).filter(pk=pk).first()
    if found is None:
        raise InquiryUnknown
    return found


def own_inquiry(visitor: Actor | SignedOut, code: str, secret: str) -> Inquiry:
    """Its author's, by code and secret; the read is recorded. Raises InquiryUnknown, alike for both."""
    found = Inquiry.objects.select_related("answering_agency").filter(code=code.strip().upper()[:20]).first()
    expected = found.secret if found else "-" * 8
    right = compare_digest(expected.encode(), secret.strip().upper().encode())
    if found is None or not right:
        raise InquiryUnknown
    record(visitor, "portal.follow_inquiry", found)
    return found


def at_desk(actor: Actor | SignedOut, pile: str = "") -> InquiryQuerySet:
    """What the actor's agency sorts or answers; of one pile when it is named. ``has_ended``: no term runs."""
    rows = Inquiry.objects.visible_to(actor).select_related("answering_agency")
    rows = rows.annotate(has_ended=~Q(state__in=WAITING))
    named = next((one for one in PILES if one.name == pile), None)
    return rows.filter(named.where) if named else rows


def piles(actor: Actor | SignedOut, at: datetime) -> list[tuple[Pile, int]]:
    """Each pile with its size; one query."""
    counts = Inquiry.objects.visible_to(actor).aggregate(
        **{one.name: Count("pk", filter=one.where) for one in PILES},
        late=Count("pk", filter=Q(state__in=WAITING, due_at__lt=at)),
    )
    return [(one, counts[one.name]) for one in PILES]


def read_inquiry(actor: Actor | SignedOut, pk: int) -> Inquiry:
    """One with its author, for whoever sorts or answers it; the read is recorded. Raises InquiryUnknown."""
    found = (
        Inquiry.objects.visible_to(actor)
        .select_related("answering_agency", "coordinator")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise InquiryUnknown
    record(actor, "portal.read_inquiry", found)
    return found
