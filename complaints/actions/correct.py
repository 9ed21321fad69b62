"""Correct what stands in a register: the new words count, the old ones stay beside them with the reason."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import rules
from complaints.actions.classify import classify, classify_all
from complaints.actions.entry import NO_FORM_OF_DENUNCIATION, EntryNotAcceptable, NotADenunciation
from complaints.actions.pass_up import pass_up_where_due
from complaints.actions.reckon import reckon
from complaints.actions.split import NeedsProtectedRegister
from complaints.actions.unnamed import require_unnamed
from complaints.enums import MatterKind, Series
from complaints.models import Correction, Letter, Matter
from complaints.queries.eligibility import complainants
from complaints.states import PROCESSED
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

# A number, a register and its day of entry are for ever; people have actions of their own.
LETTER_FIELDS = frozenset(
    {
        "received_at",
        "channel",
        "source",
        "written_on",
        "sent_by",
        "sent_number",
        "sent_on",
        "wants_reply",
        "people",
        "is_vietnamese",
        "has_translation",
        "is_signed",
        "is_named",
        "is_readable",
        "to_several",
    }
)
MATTER_FIELDS = frozenset(
    {
        "kind",
        "field",
        "summary",
        "request",
        "subject_kind",
        "subject",
        "subject_agency",
        "subject_membership",
        "stage",
        "previous",
    }
)
# What the clock is counted from.
MOVES_THE_CLOCK = frozenset({"received_at", "kind", "stage", "subject_kind"})
NAMES_THE_SUBJECT = frozenset({"kind", "subject_agency", "subject_membership"})
REASON_LENGTH = 500


class ReasonMissing(Refusal):
    """Nobody could tell later why a register says something else than it did."""


class NothingToCorrect(Refusal):
    """What was typed is what stands there already."""


@action("complaints.correct_letter", allowed=rules.may_keep_letter)
def correct_letter(
    actor: Actor, letter: Letter, changes: Mapping[str, Any], *, reason: str, at: datetime
) -> Letter:
    """Change what was noted of the letter. Raises ReasonMissing, NothingToCorrect, EntryNotAcceptable,
    NotADenunciation."""
    _require_known(changes, LETTER_FIELDS)
    changed = _apply(actor, letter, None, letter, changes, reason=reason, at=at)
    _check_letter(letter)
    letter.save(update_fields=sorted(changed))
    classify_all(letter, at=at)
    if changed & MOVES_THE_CLOCK:
        for matter in letter.matters.select_for_update(of=("self",)).select_related("letter__root", "agency"):
            reckon(actor, matter, reason=reason, at=at)
    return letter


@action("complaints.correct_matter", allowed=rules.may_correct_matter)
def correct_matter(
    actor: Actor, matter: Matter, changes: Mapping[str, Any], *, reason: str, at: datetime
) -> Matter:
    """Change what was noted of one content, its kind too as long as it stays in its register.

    Raises ReasonMissing, NothingToCorrect, EntryNotAcceptable, NeedsProtectedRegister, NamesDenouncer.
    """
    _require_known(changes, MATTER_FIELDS)
    letter = matter.letter
    require_unnamed(actor, letter, reason, *(one for one in changes.values() if isinstance(one, str)))
    changed = _apply(actor, letter, matter, matter, changes, reason=reason, at=at)
    if not matter.summary.strip():
        raise EntryNotAcceptable(_("Hãy ghi tóm tắt nội dung đơn."), "summary")
    if matter.kind == MatterKind.DENUNCIATION and not letter.is_protected:
        raise NeedsProtectedRegister(
            _("Đơn đã ghi tên người gửi mà có nội dung tố cáo thì phải chuyển cả đơn sang sổ tố cáo.")
        )
    if (matter.kind == MatterKind.INFORMATION) != (letter.series == Series.INFORMATION):
        raise EntryNotAcceptable(_("Thông tin có nội dung tố cáo vào sổ riêng."), "kind")
    matter.save(update_fields=sorted(changed))
    classify(matter, at=at)
    if changed & MOVES_THE_CLOCK:
        reckon(actor, matter, reason=reason, at=at)
    if changed & NAMES_THE_SUBJECT and matter.state in PROCESSED:
        pass_up_where_due([matter], at=at)
    return matter


def _require_known(changes: Mapping[str, Any], known: frozenset[str]) -> None:
    if unknown := set(changes) - known:
        raise ValueError(f"not corrected here: {sorted(unknown)}")


def _apply(
    actor: Actor,
    letter: Letter,
    matter: Matter | None,
    row: Letter | Matter,
    changes: Mapping[str, Any],
    *,
    reason: str,
    at: datetime,
) -> set[str]:
    """Set the new values and keep each old one; the fields that changed."""
    reason = clean_line(reason)[:REASON_LENGTH]
    if not reason:
        raise ReasonMissing(_("Hãy ghi lý do sửa."))
    changed = {name: value for name, value in changes.items() if getattr(row, name) != value}
    if not changed:
        raise NothingToCorrect(_("Không có mục nào thay đổi."))
    for name, value in changed.items():
        before = _words(row, name)
        setattr(row, name, value)
        Correction.objects.create(
            letter=letter,
            matter=matter,
            field=name,
            before=before,
            after=_words(row, name),
            reason=reason,
            at=at,
            by=actor.membership,
        )
    return set(changed)


def _check_letter(letter: Letter) -> None:
    if letter.received_at > letter.entered_at:
        raise EntryNotAcceptable(_("Đơn không thể đến sau lúc vào sổ."), "received_at")
    if letter.written_on and letter.written_on > timezone.localdate(letter.received_at):
        raise EntryNotAcceptable(_("Ngày ghi trên đơn sau ngày đơn đến."), "written_on")
    if letter.people < max(1, len(complainants(letter))):
        raise EntryNotAcceptable(_("Số người ít hơn số người đã nhập."), "people")
    if letter.is_protected and letter.channel in NO_FORM_OF_DENUNCIATION:
        raise NotADenunciation(
            _("Tố cáo chỉ bằng đơn hoặc trình bày trực tiếp (Luật Tố cáo 25/2018/QH14, Điều 22).")
        )
    if letter.wants_reply and not letter.sent_by:
        raise EntryNotAcceptable(_("Hãy ghi nơi phải báo kết quả."), "sent_by")


def _words(row: Letter | Matter, name: str) -> str:
    """A value as a page shows it."""
    shown = getattr(row, f"get_{name}_display", None)
    value = shown() if shown else getattr(row, name)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%H:%M %d/%m/%Y}"
    if hasattr(value, "strftime"):
        return f"{value:%d/%m/%Y}"
    return str(value)
