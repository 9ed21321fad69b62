"""Reminders by the clock: what is due tomorrow, what is late, what nobody answered. They move nothing.

Each occasion is told once: its key is the dossier and the day, so a task that runs twice says nothing new.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TypeVar, cast

from django.db.models import (
    Exists,
    Expression,
    F,
    Func,
    Model,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from egov.notifications.models import Notification
from egov.notifications.send import Message, ToRole, tell_members, tell_roles
from egov.organizations.enums import Role
from egov.organizations.models import Membership
from egov.workdays.load_calendar import calendar_of
from onestop.enums import LegState, StepState
from onestop.models import Consultation, Dossier, HandoverLine, Leg, Step, SupplementRequest
from onestop.states import RUNNING

M = TypeVar("M", bound=Model)
DUE_SOON, OVERDUE = "onestop.due_soon", "onestop.overdue"
SUPPLEMENT_PASSED, UNANSWERED = "onestop.supplement_passed", "onestop.consultation_overdue"
NOT_TAKEN_OVER = "onestop.not_taken_over"
# One run tells of at most so many of a kind; the next one, minutes later, goes on.
AT_ONCE = 1_000

To = tuple[Iterable[Membership], Iterable[tuple[int, Role]], Message]


def remind(at: datetime) -> int:
    """Tell whoever has it in hand, and who answers for it; return how many occasions were told."""
    on = timezone.localdate(at)
    with override("vi"):
        occasions = [
            *_due(on),
            *_supplements_passed(on),
            *_unanswered(at),
            *_not_taken_over(on),
        ]
        for members, roles, message in occasions:
            tell_members(members, message)
            tell_roles([ToRole(agency_id, role, message) for agency_id, role in roles])
    return len(occasions)


def _due(on: date) -> Iterator[To]:
    """One working day before the appointment, and once it has passed."""
    tomorrow = calendar_of(None, on).working_day_after(on)
    running = Dossier.objects.filter(state__in=RUNNING, due_at__date__lte=tomorrow)
    # By days, as lateness is judged: what is due this morning is late from tomorrow on.
    late = running.filter(due_at__date__lt=on)
    for dossier in _with_steps(_untold(late, OVERDUE, _due_day())):
        text = _("Hồ sơ %(code)s quá hạn trả kết quả (hẹn %(due)s). Hãy xử lý ngay.")
        leaders = [(dossier.deciding_agency_id, Role.LEADER)]
        yield _in_hand(dossier, OVERDUE, text, leaders)
    for dossier in _with_steps(_untold(running.filter(due_at__date__gte=on), DUE_SOON, _due_day())):
        text = _(
            "Hồ sơ %(code)s sắp đến hạn trả kết quả: %(due)s. "
            "Nếu không kịp, văn bản xin lỗi phải gửi chậm nhất một ngày trước ngày hẹn."
        )
        yield _in_hand(dossier, DUE_SOON, text, [])


def _with_steps(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """With the steps that run now and who holds them."""
    steps = Step.objects.filter(state=StepState.RUNNING).select_related("holder", "leg")
    legs = Leg.objects.filter(state=LegState.RUNNING).prefetch_related(Prefetch("steps", queryset=steps))
    return dossiers.prefetch_related(Prefetch("legs", queryset=legs))


def _in_hand(dossier: Dossier, event: str, text: str, roles: list[tuple[int, Role]]) -> To:
    steps = [step for leg in dossier.legs.all() for step in leg.steps.all()]
    holders = [step.holder for step in steps if step.holder is not None]
    waiting = [(step.leg.agency_id, Role(step.role)) for step in steps if step.holder is None]
    if not steps:
        waiting = [(dossier.current_agency_id, Role.COUNTER)]
    assert dossier.due_at is not None  # noqa: S101  (the query asks for it)
    due = timezone.localtime(dossier.due_at)
    message = Message(
        event=event,
        text=text % {"code": dossier, "due": f"{due:%H:%M %d/%m/%Y}"},
        key=f"{dossier.pk}.{due:%Y%m%d}",
        about=dossier,
    )
    return holders, [*waiting, *roles], message


def _supplements_passed(on: date) -> Iterator[To]:
    """Rule 21: the officer who asked, the counter and the leader are told; the dossier stays as it is."""
    waiting = SupplementRequest.objects.filter(
        issued_at__isnull=False, answered_at=None, closed_at=None, deadline_on__lt=on
    ).select_related("dossier", "proposed_by")
    for request in _untold(waiting, SUPPLEMENT_PASSED, Cast("pk", TextField()), subject="dossier_id"):
        dossier = request.dossier
        message = Message(
            event=SUPPLEMENT_PASSED,
            text=_(
                "Hồ sơ %(code)s quá hạn bổ sung giấy tờ (%(day)s). "
                "Hãy liên hệ người nộp, hoặc lãnh đạo quyết định dừng giải quyết."
            )
            % {"code": dossier, "day": f"{request.deadline_on:%d/%m/%Y}"},
            key=f"{dossier.pk}.{request.pk}",
            about=dossier,
        )
        roles = [(dossier.receiving_agency_id, Role.COUNTER), (dossier.deciding_agency_id, Role.LEADER)]
        yield [request.proposed_by], roles, message


def _unanswered(at: datetime) -> Iterator[To]:
    """An opinion that did not come in time."""
    late = Consultation.objects.filter(opinion="", due_at__lt=at).select_related(
        "dossier", "agency", "asked_by"
    )
    for asked in _untold(late, UNANSWERED, Cast("pk", TextField()), subject="dossier_id"):
        message = Message(
            event=UNANSWERED,
            text=_("%(agency)s chưa trả lời ý kiến về hồ sơ %(code)s, đã quá hạn.")
            % {"agency": asked.agency.name, "code": asked.dossier},
            key=f"{asked.dossier_id}.{asked.pk}",
            about=asked.dossier,
        )
        yield [asked.asked_by], [(asked.agency_id, Role.REGISTRY)], message


def _not_taken_over(on: date) -> Iterator[To]:
    """Handed over on an earlier day, and still nobody has taken it over or given it back."""
    line = HandoverLine.objects.filter(leg=OuterRef("pk"), answered_at=None).values("pk")
    waiting = (
        Leg.objects.filter(state=LegState.SENT, sent_at__date__lt=on)
        .annotate(line_id=Subquery(line))
        .select_related("dossier")
    )
    for leg in _untold(waiting, NOT_TAKEN_OVER, Cast("line_id", TextField()), subject="dossier_id"):
        message = Message(
            event=NOT_TAKEN_OVER,
            text=_("Hồ sơ %(code)s được chuyển đến từ hôm trước mà chưa có người nhận.")
            % {"code": leg.dossier},
            key=f"{leg.dossier_id}.{leg.line_id}",
            about=leg.dossier,
        )
        yield [], [(leg.agency_id, Role.COUNTER), (leg.agency_id, Role.REGISTRY)], message


def _untold(rows: QuerySet[M], event: str, occasion: Expression, *, subject: str = "pk") -> QuerySet[M]:
    """Those of which nobody was told on this occasion; keys are ``event:subject.occasion:reader``."""
    dossier_id = OuterRef(subject)
    start = Concat(
        *(Value(f"{event}:"), Cast(dossier_id, TextField()), Value(".")),
        *(OuterRef("occasion"), Value(":")),
        output_field=TextField(),
    )
    told = Notification.objects.filter(event=event, subject_id=dossier_id, key__startswith=start)
    untold = cast("QuerySet[M]", rows.annotate(occasion=occasion).exclude(Exists(told)).order_by("pk"))
    return untold[:AT_ONCE]


def _due_day() -> Expression:
    """The day of the appointment in Viet Nam: put off, it is a new occasion."""
    local = Func(Value("Asia/Ho_Chi_Minh"), F("due_at"), function="timezone")
    return Func(local, Value("YYYYMMDD"), function="to_char", output_field=TextField())
