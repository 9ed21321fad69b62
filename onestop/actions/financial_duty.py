"""What the applicant owes the state: asked of the tax office, told by notice, proved by receipt (state 6)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.files.inspect import inspect_attachment
from egov.files.models import StoredFile
from egov.files.store import put
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.reason import reason_in_words
from onestop.actions.resume import end_stop
from onestop.actions.stop import begin_stop
from onestop.enums import DossierState, StopReason
from onestop.models import Dossier, FinancialDuty

NUMBER_LENGTH, OFFICE_LENGTH = 60, 200


class NoticeNotAcceptable(Refusal):
    """A notice has its number, its day and an amount."""


class ProofNotAcceptable(Refusal):
    """A payment is proved by the number and day of its receipt, after the notice."""


@dataclass(frozen=True, kw_only=True)
class Proof:
    """That it was paid: the receipt's number and day, and the receipt itself if it came as a file."""

    receipt_number: str
    paid_on: date
    file: IO[bytes] | None = None
    file_name: str = ""


@action("onestop.send_duty", allowed=rules.may_send_duty)
def send_duty(actor: Actor, dossier: Dossier, *, tax_office: str, at: datetime) -> FinancialDuty:
    """Send the transfer form to the tax office; the clock stands still until payment is proved (4 → 6).

    Raises ReasonMissing, AlreadyStopped.
    """
    office = reason_in_words(tax_office, _("Hãy ghi cơ quan xác định nghĩa vụ tài chính."))[:OFFICE_LENGTH]
    duty = FinancialDuty.objects.create(
        dossier=dossier, tax_office=office, sent_at=at, sent_by=actor.membership
    )
    words = _("Chuyển %(office)s xác định nghĩa vụ tài chính") % {"office": office}
    begin_stop(dossier, StopReason.DUTY, words, by=actor, at=at)
    move(dossier, to=DossierState.DUTY, by=actor, at=at, note=words)
    return duty


@action("onestop.note_duty", allowed=rules.may_note_duty)
def note_duty(
    actor: Actor,  # noqa: ARG001  (who noted it stands in the audit log)
    dossier: Dossier,
    *,
    number: str,
    issued_on: date,
    amount: int,
    at: datetime,
) -> FinancialDuty:
    """Keep the notice of the tax office: its number, its day, the amount in dong. Raises
    NoticeNotAcceptable."""
    duty = _open(dossier)
    notice = clean_line(number)[:NUMBER_LENGTH]
    if not notice or amount <= 0 or issued_on > timezone.localdate(at):
        raise NoticeNotAcceptable(_("Hãy ghi số, ngày (không sau hôm nay) và số tiền của thông báo."))
    duty.notice_number, duty.notice_on, duty.amount = notice, issued_on, amount
    duty.save(update_fields=["notice_number", "notice_on", "amount"])
    return duty


@action("onestop.prove_duty", allowed=rules.may_prove_duty)
def prove_duty(actor: Actor, dossier: Dossier, proof: Proof, *, at: datetime) -> FinancialDuty:
    """The applicant has paid: keep the proof, let the clock run on (6 → 4).

    Raises ProofNotAcceptable and every refusal of an uploaded file.
    """
    duty = _open(dossier)
    if duty.notice_on is None:
        raise ProofNotAcceptable(_("Chưa có thông báo nghĩa vụ tài chính; hãy ghi thông báo trước."))
    receipt = clean_line(proof.receipt_number)[:NUMBER_LENGTH]
    if not receipt or not duty.notice_on <= proof.paid_on <= timezone.localdate(at):
        raise ProofNotAcceptable(
            _("Hãy ghi số chứng từ và ngày nộp, không trước ngày thông báo và không sau hôm nay.")
        )
    duty.receipt_number, duty.paid_on, duty.proof = receipt, proof.paid_on, _kept(proof)
    duty.proved_at, duty.proved_by = at, actor.membership
    duty.save(update_fields=["receipt_number", "paid_on", "proof", "proved_at", "proved_by"])
    words = _("Đã thực hiện nghĩa vụ tài chính, chứng từ %(number)s") % {"number": receipt}
    end_stop(dossier, words, by=actor, at=at)
    move(dossier, to=DossierState.PROCESSING, by=actor, at=at, note=words)
    return duty


def close_duty(dossier: Dossier, *, at: datetime) -> None:
    """Nothing is waited for any more: the dossier was stopped."""
    dossier.duties.filter(proved_at=None, closed_at=None).update(closed_at=at)


def _open(dossier: Dossier) -> FinancialDuty:
    return dossier.duties.select_for_update().get(proved_at=None, closed_at=None)


def _kept(proof: Proof) -> StoredFile | None:
    if proof.file is None:
        return None
    inspected = inspect_attachment(proof.file, proof.file_name)
    return put(proof.file, media_type=inspected.media_type)
