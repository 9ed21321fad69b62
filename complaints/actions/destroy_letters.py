"""The head decides that filed letters whose time is over are destroyed; that they were, stays (rule 41).

A letter keeps its number, code, kind and days, because registers and reports count it. What it said and who
wrote it goes: people, papers, words, outgoing papers, and of a protected one the seal, whose keys go first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import rules
from complaints.actions.keep_print import forget_prints
from complaints.models import (
    Attachment,
    Correction,
    DestroyedLetter,
    Destruction,
    Letter,
    MatterPaper,
    Participant,
    Proposal,
    RedactedCopy,
    SealedRecord,
    SealedTrace,
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
    return files


def _files_of(letter: Letter) -> list[StoredFile]:
    """Scans, redacted copies, sealed originals and printed papers; slips are taken from their prints here."""
    papers = MatterPaper.objects.filter(matter__letter=letter).values_list("file", flat=True)
    prints = forget_prints(letter)
    keys = {
        *letter.attachments.values_list("file", flat=True),
        *letter.redacted_copies.values_list("file", flat=True),
        *letter.sealed_records.values_list("file", flat=True),
        *papers,
    }
    return [*StoredFile.objects.filter(pk__in=[key for key in keys if key is not None]), *prints]
