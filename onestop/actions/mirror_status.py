"""Follow the status of a dossier that a ministry's system handles: a mirror, with the source's time (49)."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.dossier_code import CODE_LENGTH
from onestop.actions.times import note_times
from onestop.enums import ClockEventKind, DossierState
from onestop.models import Dossier, MirroredDossier, MirroredStatus
from onestop.models.dossier import CODE
from onestop.states import PAUSED

S = DossierState
REFERENCE_LENGTH, SOURCE_LENGTH = 100, 200
# No system of today told anything before, and nothing is promised for longer.
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
LONGEST_TERM = timedelta(days=3660)
KIND_OF_TIMES = {
    S.RECEIVED: ClockEventKind.RECEIVED,
    S.REFUSED: ClockEventKind.CLOSED,
    S.WITHDRAWN: ClockEventKind.CLOSED,
    S.DONE: ClockEventKind.FINISHED,
    S.RETURNED: ClockEventKind.RETURNED,
} | dict.fromkeys(PAUSED, ClockEventKind.STOPPED)
# Without a code of their own only these can be; every other one is of a dossier that was received.
BEFORE_RECEIPT = (S.FILED, S.REFUSED, S.SUPPLEMENT, S.WITHDRAWN)


class MirrorRefused(Refusal):
    """What the other system says contradicts what it said before, or cannot be."""


@dataclass(frozen=True, kw_only=True)
class SourceStatus:
    """One status as its system of record gives it; times that are not given stay as they are."""

    reference: str
    source: str
    state: DossierState
    source_at: datetime
    code: str = ""
    received_at: datetime | None = None
    due_at: datetime | None = None
    finished_at: datetime | None = None


@action("onestop.mirror_status", allowed=rules.may_mirror)
def mirror_status(actor: Actor, dossier: Dossier, said: SourceStatus, *, at: datetime) -> MirroredStatus:
    """Take the status over. The same reference again changes nothing.

    What is older than the last one is refused: the mirror would go backwards. Raises MirrorRefused, and
    NotFollowing when the dossier is closed.
    """
    earlier = dossier.mirrored.filter(reference=said.reference).first()
    if earlier is not None:
        if (earlier.state, earlier.source_at) != (said.state, said.source_at):
            raise MirrorRefused(_("Mã sự kiện này đã được dùng cho một trạng thái khác."))
        return earlier
    last = dossier.mirrored.order_by("-source_at").first()
    if last is not None and said.source_at < last.source_at:
        raise MirrorRefused(
            _("Đã có trạng thái mới hơn, lúc %(moment)s tại hệ thống nguồn.")
            % {"moment": f"{timezone.localtime(last.source_at):%H:%M %d/%m/%Y}"}
        )
    told = keep_word(dossier, said, at=at)
    follow(MirroredDossier.objects.get(pk=dossier.pk), said, by=actor, at=at)
    return told


def follow(dossier: MirroredDossier, said: SourceStatus, *, by: Actor, at: datetime) -> None:
    """Let code, times and state follow what was said and kept. The caller holds the dossier's lock."""
    if said.code and not dossier.code:
        dossier.code = free_code(said.code)
        dossier.save(update_fields=["code"])
    if said.state not in BEFORE_RECEIPT and not (dossier.code and (said.received_at or dossier.received_at)):
        raise MirrorRefused(_("Hồ sơ đã tiếp nhận phải có mã hồ sơ và thời điểm tiếp nhận."))
    note_times(
        dossier,
        KIND_OF_TIMES.get(said.state, ClockEventKind.RESUMED),
        by=by,
        at=at,
        reason=said.source,
        **_times(dossier, said),
    )
    if dossier.state != said.state:
        move(dossier, to=said.state, by=by, at=at, note=said.source)


def keep_word(dossier: Dossier, said: SourceStatus, *, at: datetime) -> MirroredStatus:
    """Keep the word of the other system; the database accepts no status without it."""
    reference, source = clean_line(said.reference), clean_line(said.source)
    if not reference or len(reference) > REFERENCE_LENGTH:
        raise MirrorRefused(_("Hãy gửi mã sự kiện của hệ thống nguồn, không quá 100 ký tự."))
    _require_possible(said, at)
    return MirroredStatus.objects.create(
        dossier_id=dossier.pk,
        reference=reference,
        state=said.state,
        source=source[:SOURCE_LENGTH],
        source_at=said.source_at,
        taken_at=at,
    )


def _require_possible(said: SourceStatus, at: datetime) -> None:
    past = (said.source_at, said.received_at, said.finished_at)
    if any(moment is not None and not BEGINNING <= moment <= at for moment in past):
        raise MirrorRefused(_("Thời điểm tại hệ thống nguồn không thể có; hãy kiểm tra đồng hồ."))
    if said.due_at is not None and not BEGINNING <= said.due_at <= at + LONGEST_TERM:
        raise MirrorRefused(_("Ngày hẹn trả của hệ thống nguồn không thể có."))


def free_code(code: str) -> str:
    """The code if it has the shape of one and nobody bears it. Raises MirrorRefused."""
    if len(code) > CODE_LENGTH or not re.fullmatch(CODE, code):
        raise MirrorRefused(_("Mã hồ sơ không đúng dạng, ví dụ G01.12-260302-0001."))
    if Dossier.objects.filter(code=code).exists():
        raise MirrorRefused(_("Đã có hồ sơ khác mang mã %(code)s.") % {"code": code})
    return code


def _times(dossier: Dossier, said: SourceStatus) -> dict[str, datetime]:
    times = {name: getattr(said, name) for name in ("received_at", "due_at", "finished_at")}
    if said.state in (S.DONE, S.RETURNED):
        times["finished_at"] = said.finished_at or dossier.finished_at or said.source_at
    if said.state == S.RETURNED:
        times["returned_at"] = said.source_at
    return {name: moment for name, moment in times.items() if moment is not None}
