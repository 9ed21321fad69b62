"""Print a slip or a decision: the first print is kept, signed where it is a receipt, and given ever after."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import structlog
from django.db.models import Q
from django.utils.translation import gettext as _

from complaints.models import Appointment, KeptPrint, Letter, Order, Visit
from complaints.queries.letter_slip import letter_slip_content
from complaints.queries.order_paper import order_content
from complaints.queries.reception_slips import appointment_slip_content, papers_slip_content
from complaints.rules import printing as rules
from egov.files.models import StoredFile
from egov.files.store import put
from egov.organizations.actor import Actor
from egov.printing.slips import paper_pdf
from egov.signing.refusals import SigningRefusal
from egov.signing.sign import sign_attachment
from egov.signing.system import system_key
from egov.workflow.action import action
from egov.workflow.performer import SYSTEM, Performer
from egov.workflow.refusal import Refusal

PDF = "application/pdf"
AT_A_TIME = 50
Kind = KeptPrint.Kind
# What the system attests by its own signature: that something was taken in, never a decision.
RECEIPTS = (Kind.LETTER_SLIP, Kind.VISIT_SLIP)

log = structlog.get_logger(__name__)


class PrintDestroyed(Refusal):
    """Its file was destroyed with the letter, or went under seal with it."""


@dataclass(frozen=True, slots=True)
class _Paper:
    """What is to be printed: what it is about, and its words of today."""

    kind: KeptPrint.Kind
    subject_id: int
    content: Mapping[str, Any]


@action("complaints.print_slip", allowed=rules.may_print_letter_slip)
def print_letter_slip(actor: Actor, letter: Letter, *, at: datetime) -> KeptPrint:
    """The slip for who brings a letter.

    Raises PrintDestroyed, UnprintableText, StoreFull, StoreUnavailable.
    """
    return _keep(actor, _Paper(Kind.LETTER_SLIP, letter.pk, letter_slip_content(letter)), at=at)


@action("complaints.print_visit_slip", allowed=rules.may_print_visit)
def print_visit_slip(actor: Actor, visit: Visit, *, at: datetime) -> KeptPrint:
    """The slip of papers taken at the desk. Raises as above."""
    return _keep(actor, _Paper(Kind.VISIT_SLIP, visit.pk, papers_slip_content(visit)), at=at)


@action("complaints.print_appointment", allowed=rules.may_print_appointment)
def print_appointment(actor: Actor, appointment: Appointment, *, at: datetime) -> KeptPrint:
    """The slip of an agreed appointment; moved, it is another edition. Raises as above."""
    content = appointment_slip_content(appointment)
    return _keep(actor, _Paper(Kind.APPOINTMENT, appointment.pk, content), at=at)


@action("complaints.print_order", allowed=rules.may_print_order)
def print_order(performer: Performer, order: Order, *, at: datetime) -> KeptPrint:
    """A decision on the way: whatever is corrected later, its paper stays as it was first printed.

    Raises as above.
    """
    first = _last(Kind.ORDER, order.pk)
    if first is not None:
        return _whole(first)
    return _keep(performer, _Paper(Kind.ORDER, order.pk, order_content(order)), at=at)


def print_waiting_orders(at: datetime) -> int:
    """Print decisions that nobody has printed yet, so that none waits for a reader while names change; one
    that cannot be printed holds up no other."""
    kept = KeptPrint.objects.filter(kind=Kind.ORDER).values("subject_id")
    printed = 0
    for order in Order.objects.exclude(pk__in=kept).order_by("pk")[:AT_A_TIME]:
        try:
            print_order(SYSTEM, order, at=at)
        except Refusal as refusal:
            log.warning("order_not_printed", order=order.pk, reason=str(refusal))
            continue
        printed += 1
    return printed


def forget_prints(letter: Letter) -> list[StoredFile]:
    """Take the files of a letter's prints away, inside the action that destroys or seals it; returns them."""
    orders = list(Order.objects.filter(matter__letter=letter).values_list("pk", flat=True))
    prints = KeptPrint.objects.filter(
        Q(kind=Kind.LETTER_SLIP, subject_id=letter.pk) | Q(kind=Kind.ORDER, subject_id__in=orders),
        file__isnull=False,
    )
    files = list(StoredFile.objects.filter(pk__in=prints.values("file")))
    prints.update(file=None)
    return files


def _keep(by: Performer, paper: _Paper, *, at: datetime) -> KeptPrint:
    words = json.dumps(paper.content, sort_keys=True, ensure_ascii=False, default=str)
    digest = sha256(words.encode()).hexdigest()
    before = _last(paper.kind, paper.subject_id)
    if before is not None and before.words_sha256 == digest:
        return _whole(before)
    edition = before.edition + 1 if before else 1
    content = dict(paper.content)
    if edition > 1:
        content["note"] = f"Cấp lần {edition}, thay cho giấy đã cấp trước."
    pdf, signed_at = paper_pdf(content), None
    if paper.kind in RECEIPTS:
        pdf, signed_at = _signed(pdf, content["number"], at)
    return KeptPrint.objects.create(
        kind=paper.kind,
        subject_id=paper.subject_id,
        edition=edition,
        number=content["number"],
        words_sha256=digest,
        file=put(pdf, media_type=PDF),
        printed_at=at,
        printed_by=by.membership if isinstance(by, Actor) else None,
        signed_at=signed_at,
    )


def _signed(pdf: bytes, number: str, at: datetime) -> tuple[bytes, datetime | None]:
    """With the system's signature; without it where the system cannot sign now: nobody leaves the desk
    without a slip for that."""
    try:
        with system_key(at=at) as key:
            return sign_attachment(pdf, key, notation=number, at=at), at
    except SigningRefusal as refusal:
        log.warning("slip_not_signed", number=number, reason=str(refusal))
        return pdf, None


def _last(kind: KeptPrint.Kind, subject_id: int) -> KeptPrint | None:
    return KeptPrint.objects.select_related("file").filter(kind=kind, subject_id=subject_id).last()


def _whole(kept: KeptPrint) -> KeptPrint:
    if kept.file is None:
        raise PrintDestroyed(_("Giấy này đã tiêu hủy hoặc niêm phong cùng với đơn."))
    return kept
