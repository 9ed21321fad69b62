"""What has become of a dossier, step by step, for whoever brought it: plain words, no person, no opinion.

Free words of officials (notes, grounds of a stop) stay inside; what concerns the applicant is on their slips.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egov.web.below import Below
from egov.workdays.explain import DayLine
from onestop.deadlines import explained, limit_of
from onestop.enums import ClockEventKind, DossierState, LegState, StopReason
from onestop.models import ClockEvent, Dossier

S = DossierState
WORDS = {
    S.FILED: gettext_lazy("Hồ sơ đã được gửi và chờ cơ quan tiếp nhận kiểm tra."),
    S.RECEIVED: gettext_lazy("Hồ sơ đã được tiếp nhận; thời gian giải quyết bắt đầu được tính."),
    S.REFUSED: gettext_lazy("Hồ sơ không được tiếp nhận; lý do ghi trong phiếu từ chối đã gửi Quý vị."),
    S.PROCESSING: gettext_lazy("Hồ sơ đang được giải quyết."),
    S.SUPPLEMENT: gettext_lazy("Hồ sơ cần bổ sung giấy tờ; thời gian chờ không tính vào thời hạn."),
    S.DUTY: gettext_lazy("Hồ sơ chờ thực hiện nghĩa vụ tài chính; thời gian chờ không tính vào thời hạn."),
    S.WITHDRAWN: gettext_lazy("Hồ sơ đã được rút theo yêu cầu của người nộp."),
    S.STOPPED: gettext_lazy("Cơ quan đã dừng xử lý hồ sơ; lý do ghi trong thông báo đã gửi Quý vị."),
    S.DONE: gettext_lazy("Đã có kết quả; mời Quý vị đến nhận hoặc chờ nhận theo cách đã đăng ký."),
    S.RETURNED: gettext_lazy("Kết quả đã được trả."),
}
# What ``course_of`` reads below a dossier.
COURSE_LISTS = (Below("changes"), Below("clock_events"), Below("stops"), Below("legs", follow=("agency",)))
# Coming back to work after one of these, the clock runs on.
WAITED_IN = (S.SUPPLEMENT, S.DUTY, S.STOPPED)


@dataclass(frozen=True, slots=True)
class CourseEvent:
    """One thing that happened, as a sentence."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class DossierCourse:
    """The way so far, oldest first, and how the appointment comes about, day by day."""

    events: tuple[CourseEvent, ...]
    # The term in words, such as "3 ngày làm việc"; empty without an appointment.
    limit: str
    days: tuple[DayLine, ...]
    # Since when the clock stands still, and why; None while it runs.
    paused_since: datetime | None
    paused_for: str
    # The new day that an apology promised in place of the counted one.
    apology_due_at: datetime | None


def with_course(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """The rows beside a dossier that ``course_of`` reads; those below it are ``COURSE_LISTS``."""
    return rows.select_related(
        "version__procedure", "channel_rule", "receiving_agency__unit", "deciding_agency"
    )


def course_of(dossier: Dossier) -> DossierCourse:
    """The course of one dossier."""
    limit = limit_of(dossier)
    stop = next((one for one in dossier.stops.all() if one.ended_at is None), None)
    apology = _last(dossier, ClockEventKind.APOLOGY)
    events = [*_changes(dossier), *_ways(dossier), *_new_days(dossier)]
    return DossierCourse(
        events=tuple(sorted(events, key=lambda one: one.at)),
        limit=str(limit) if limit and dossier.due_at else "",
        days=explained(dossier) if dossier.received_at else (),
        paused_since=stop.started_at if stop else None,
        paused_for=str(StopReason(stop.reason).label) if stop else "",
        apology_due_at=apology.due_at if apology else None,
    )


def _changes(dossier: Dossier) -> list[CourseEvent]:
    told = []
    for change in dossier.changes.all():
        words = str(WORDS[DossierState(change.after)])
        if change.after == S.PROCESSING and change.before in WAITED_IN:
            words = _("Hồ sơ được giải quyết tiếp; thời gian giải quyết được tính tiếp.")
        elif change.after == S.PROCESSING and change.before == S.DONE:
            words = _("Hồ sơ được mở lại để sửa kết quả.")
        told.append(CourseEvent(change.at, words))
    return told


def _ways(dossier: Dossier) -> list[CourseEvent]:
    """To which other agencies it went, where there are several."""
    return [
        CourseEvent(leg.sent_at, _("Hồ sơ được chuyển đến %(agency)s.") % {"agency": leg.agency.name})
        for leg in dossier.legs.all()
        if leg.sent_at is not None
        and leg.state != LegState.CANCELLED
        and leg.agency_id != dossier.receiving_agency_id
    ]


def _new_days(dossier: Dossier) -> list[CourseEvent]:
    """When the appointment was moved, and to which day."""
    sentences = {
        ClockEventKind.APOLOGY: _("Cơ quan xin lỗi vì chậm và hẹn lại trả kết quả lúc %(at)s."),
        ClockEventKind.RESCHEDULED: _("Lịch làm việc thay đổi; hẹn trả kết quả lúc %(at)s."),
        ClockEventKind.RESUMED: _("Hẹn trả kết quả mới: %(at)s."),
    }
    return [
        CourseEvent(event.at, sentences[ClockEventKind(event.kind)] % {"at": _moment(event.due_at)})
        for event in dossier.clock_events.all()
        if event.kind in sentences and event.due_at is not None
    ]


def _last(dossier: Dossier, kind: ClockEventKind) -> ClockEvent | None:
    found = [event for event in dossier.clock_events.all() if event.kind == kind]
    return found[-1] if found else None


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%H:%M, %d/%m/%Y}"
