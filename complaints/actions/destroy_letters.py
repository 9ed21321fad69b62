"""The head decides that filed letters whose time is over are destroyed; that they were, stays (rule 41).

What stays is what registers, reports and the control of officials count on: number, code, kind, field, days,
each step with who took it, grounds, numbers of decisions and papers, the log of openings. What goes is what
the letter said, who wrote it, and whatever was typed about it: people, papers, evidence, summaries, reasons,
notes, plans, findings, minutes, drafts; of a protected one the seal, whose keys go first. A conclusion or
decision that was issued is an official document and lies in its own archive.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import rules
from complaints.actions.keep_print import forget_prints
from complaints.actions.pare_feed import pare_feed
from complaints.models import (
    Attachment,
    CaseFact,
    ClockChange,
    Correction,
    DestroyedLetter,
    Destruction,
    Dialogue,
    Evidence,
    Letter,
    MatterChange,
    MatterPaper,
    Order,
    Outcome,
    Participant,
    Proposal,
    RedactedCopy,
    SealedRecord,
    SealedTrace,
    SecondFiling,
    Sending,
    TemporaryMeasure,
    Transfer,
    Urging,
    Verification,
    VerificationReport,
    Withdrawal,
    WrappedKey,
)
from complaints.queries.retention import Filed, kept_too_long
from egov.files.forget import forget_unused
from egov.files.models import StoredFile
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

DECISION_LENGTH = 60
# Texts that were typed on the way, with the way to their letter. The rows stay.
TYPED: tuple[tuple[type[models.Model], str, tuple[str, ...]], ...] = (
    (MatterChange, "matter__letter", ("note",)),
    (ClockChange, "matter__letter", ("reason",)),
    (CaseFact, "matter__letter", ("evidence", "dropped_because")),
    (Order, "matter__letter", ("reason",)),
    (Verification, "matter__letter", ("content", "plan")),
    (VerificationReport, "verification__matter__letter", ("findings", "recommendation")),
    (Dialogue, "matter__letter", ("place", "content", "minutes")),
    (SecondFiling, "matter__letter", ("good_reason",)),
    (Withdrawal, "matter__letter", ("content", "goes_on_because", "forced_because")),
    (TemporaryMeasure, "matter__letter", ("what",)),
    (Transfer, "matter__letter", ("return_reason",)),
    (Urging, "matter__letter", ("answer",)),
    (Sending, "matter__letter", ("proof",)),
)
# Rows that nobody else ever changes, and that lose their words here by the head's decision.
EMPTIED_ONCE = (
    "complaints.MatterChange:append_only",
    "complaints.ClockChange:append_only",
    "complaints.Order:append_only",
    "complaints.VerificationReport:append_only",
    "complaints.Evidence:append_only",
    "complaints.Sending:append_only",
    "complaints.Dialogue:minuted_once",
)


class NotToBeDestroyed(Refusal):
    """A letter among them is still kept, the decision has no number, or its number was used."""


@dataclass(frozen=True, kw_only=True)
class DestructionDecision:
    """Number and day of the head's decision."""

    number: str
    decided_on: date


@action("complaints.destroy_letters", allowed=rules.may_destroy)
def destroy_letters(
    actor: Actor, agency: Agency, letter_ids: Iterable[int], decision: DestructionDecision, *, at: datetime
) -> Destruction:
    """Destroy the named letters, all or nothing. Raises NotToBeDestroyed."""
    on = timezone.localdate(at)
    number = clean_line(decision.number)[:DECISION_LENGTH]
    if not number or decision.decided_on > on:
        raise NotToBeDestroyed(_("Hãy ghi số và ngày của quyết định tiêu hủy."))
    if Destruction.objects.filter(agency=agency, decision=number).exists():
        raise NotToBeDestroyed(_("Số quyết định này đã dùng cho lần tiêu hủy khác."))
    wanted = frozenset(letter_ids)
    # The rows are held first, so that a letter which is taken up again meanwhile is seen to be.
    list(Letter.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=wanted).order_by("pk"))
    chosen = [one for one in kept_too_long(agency, on) if one.letter.pk in wanted]
    if not wanted or len(chosen) != len(wanted):
        raise NotToBeDestroyed(
            _("Có đơn chưa hết thời hạn lưu hoặc không thuộc cơ quan này. Hãy tải lại trang.")
        )
    destruction = Destruction.objects.create(
        agency=agency,
        decision=number,
        decided_on=decision.decided_on,
        decided_by=actor.membership,
        person=actor.caption[:300],
        at=at,
    )
    files: list[StoredFile] = []
    for one in chosen:
        files += _destroy(destruction, one, at=at)
    forget_unused(files)
    return destruction


def _destroy(destruction: Destruction, filed: Filed, *, at: datetime) -> list[StoredFile]:
    """One letter; gives the files that nothing of it refers to any more."""
    letter = filed.letter
    files = _files_of(letter)
    DestroyedLetter.objects.create(
        destruction=destruction,
        letter=letter,
        code=letter.code,
        closed_on=filed.filed_on,
        matters=letter.matters.count(),
        people=letter.participants.count() or letter.people,
        files=len(files),
    )
    # Without a wrapped key the cipher is noise, in every backup too that is made from now on.
    WrappedKey.objects.filter(record__letter=letter).delete()
    SealedTrace.objects.filter(letter=letter).delete()
    RedactedCopy.objects.filter(letter=letter).delete()
    SealedRecord.objects.filter(letter=letter, destroyed_at=None).update(
        ciphertext=b"", file=None, destroyed_at=at
    )
    Attachment.objects.filter(letter=letter).delete()
    Correction.objects.filter(letter=letter).delete()
    Participant.objects.filter(letter=letter, acts_for__isnull=False).delete()
    Participant.objects.filter(letter=letter).delete()
    MatterPaper.objects.filter(matter__letter=letter).update(content={}, file=None)
    Proposal.objects.filter(matter__letter=letter).exclude(words="").update(words="", decision="")
    letter.matters.update(summary="", request="", subject="", subject_membership=None)
    with pgtrigger.ignore(*EMPTIED_ONCE):
        _empty_typed(letter)
    pare_feed(letter)
    return files


def _empty_typed(letter: Letter) -> None:
    """Whatever was written says from now on that it was destroyed; what was empty stays so."""
    gone = _("Đã tiêu hủy.")
    for model, way, names in TYPED:
        for name in names:
            rows = model._default_manager.filter(**{way: letter})
            rows.exclude(**{name: ""}).update(**{name: gone})
    drafts = Outcome.objects.filter(matter__letter=letter, issued_at=None)
    drafts.update(findings=gone, ruling=gone)
    Evidence.objects.filter(verification__matter__letter=letter).delete()


def _files_of(letter: Letter) -> list[StoredFile]:
    """Scans, redacted copies, sealed originals and printed papers; slips are taken from their prints here."""
    papers = MatterPaper.objects.filter(matter__letter=letter).values_list("file", flat=True)
    prints = forget_prints(letter)
    keys = {
        *letter.attachments.values_list("file", flat=True),
        *letter.redacted_copies.values_list("file", flat=True),
        *letter.sealed_records.values_list("file", flat=True),
        *papers,
        *Evidence.objects.filter(verification__matter__letter=letter).values_list("file", flat=True),
    }
    return [*StoredFile.objects.filter(pk__in=[key for key in keys if key is not None]), *prints]
