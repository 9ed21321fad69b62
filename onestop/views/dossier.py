"""One dossier: what to do next, its clock explained, its way, papers, requests, results and history."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from egov.files.views.download import file_response
from egov.organizations.actor import Actor
from egov.workdays import explain
from egov.workdays.calendar import Calendar
from egov.workdays.explain import DayLine
from egov.workdays.limit import Limit, LimitUnit
from egov.workdays.load_calendar import calendar_of
from egov.workflow.refusal import Refusal
from onestop import deadlines
from onestop.actions.stop import BY_STATE
from onestop.enums import StopReason
from onestop.models import Apology, Consultation, Dossier, Party
from onestop.queries import dossier_detail as query
from onestop.rules.identity import masked
from onestop.states import PAUSED, RUNNING
from onestop.views.dossier_panels import panels_context
from onestop.views.dossier_work import (
    TAKES_FORM,
    WORKS,
    Work,
    ending,
    free_steps,
    going_on,
)
from onestop.views.way import history, way

HAS_ITS_OWN_STEP = {*BY_STATE, StopReason.CONSULTATION}
BESIDE_THEIR_QUESTION = ("take_silence", "drop_question")


@dataclass(frozen=True)
class Offered:
    """A step that the page offers, with its form."""

    name: str
    work: Work
    form: Form
    reopened: bool


@dataclass(frozen=True)
class Question:
    """A consultation with what may still be done about it."""

    asked: Consultation
    may_close: bool
    may_take_silence: bool
    is_late: bool


@require_GET
def dossier_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a dossier; the read is recorded with who, as what, when."""
    return show_dossier(request, query.read_dossier(request.actor, pk))


@require_GET
def dossier_paper(request: HttpRequest, pk: int, paper_pk: int) -> HttpResponseBase:
    """The file of one paper, in the page or with ``?download=1``."""
    readable = query.read_paper(request.actor, pk, paper_pk)
    return file_response(request, readable.stored, readable.name, inline="download" not in request.GET)


@require_POST
def dossier_step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take one step; a refusal goes back into the form as it was typed."""
    dossier = query.visible_dossier(request.actor, pk)
    work = WORKS.get(name)
    if work is None:
        raise Http404
    form = work.form(request.actor, dossier, request.POST, request.FILES)
    if form.is_valid():
        typed: Any = form if name in TAKES_FORM else form.cleaned_data
        try:
            done = work.act(request.actor, dossier, typed, timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            # Whoever has given the dossier on may not see it any more.
            still_seen = Dossier.objects.visible_to(request.actor).filter(pk=pk).exists()
            return redirect("onestop:dossier_detail", pk=pk) if still_seen else redirect("onestop:desk")
    return show_dossier(request, dossier, refused=(name, form))


def show_dossier(
    request: HttpRequest, dossier: Dossier, refused: tuple[str, Form] | None = None
) -> HttpResponse:
    """The page; a form that was refused comes back with its sentence."""
    now = timezone.now()
    offered = _offered(request.actor, dossier, refused)
    context: dict[str, Any] = {
        "dossier": dossier,
        "main": [one for one in offered if not one.work.is_aside],
        "aside": [one for one in offered if one.work.is_aside],
        "not_shown": _not_shown(refused, offered),
        "place": _place(dossier),
        "clock": _clock(dossier),
        "due_on": timezone.localdate(dossier.due_at) if dossier.due_at else None,
        "urges": dossier.state in RUNNING,
        "way": way(dossier, now),
        "held": query.holdings(dossier),
        "papers": dossier.papers.all(),
        "supplements": dossier.supplements.all(),
        "questions": _questions(request.actor, dossier),
        "duties": dossier.duties.all(),
        "facts": facts(dossier),
        "people": people(dossier),
        "events": history(dossier),
    }
    context |= panels_context(request, dossier)
    status = 200 if refused is None else 422
    return render(request, "onestop/dossier_detail.html", context, status=status)


def facts(dossier: Dossier) -> list[tuple[str, object]]:
    """What is asked for and where, in the order in which people ask."""
    receiver = dossier.received_by.user.full_name if dossier.received_by else ""
    helper = dossier.assisted_by.user.full_name if dossier.assisted_by else ""
    return [
        (_("Thủ tục"), f"{dossier.version.name} ({dossier.version.procedure.local_code})"),
        (_("Trường hợp"), dossier.case.name),
        (_("Nội dung yêu cầu"), dossier.content),
        (_("Cách thức nộp"), dossier.get_channel_display()),
        (_("Nơi tiếp nhận"), dossier.receiving_agency.name),
        (_("Cơ quan giải quyết"), dossier.deciding_agency.name),
        (_("Người tiếp nhận"), receiver),
        (_("Người hỗ trợ nhập"), helper),
        (_("Cách nhận kết quả"), dossier.get_delivery_display()),
        (_("Địa chỉ nhận kết quả"), dossier.delivery_address),
        (_("Mã ngoài"), dossier.external_code),
        (_("Đính chính hồ sơ"), str(dossier.corrects) if dossier.corrects else ""),
    ]


def people(dossier: Dossier) -> list[tuple[str, list[tuple[str, object]]]]:
    """The owner and, if somebody else came, the submitter; numbers by their two ends."""
    found = [(_("Chủ hồ sơ"), _party(dossier.owner))]
    if dossier.submitter_id != dossier.owner_id:
        found.append((_("Người nộp"), _party(dossier.submitter)))
    return found


def _party(party: Party) -> list[tuple[str, object]]:
    return [
        (_("Họ tên"), party.name),
        (_("Số định danh"), masked(party.personal_number) if party.personal_number else ""),
        (_("Mã số thuế"), party.tax_code),
        (_("Người đại diện"), party.representative),
        (_("Ngày sinh"), f"{party.born_on:%d/%m/%Y}" if party.born_on else ""),
        (_("Địa chỉ"), party.address),
        (_("Điện thoại"), party.phone),
        (_("Thư điện tử"), party.email),
        (_("Lưu ý"), party.number_warning),
    ]


def _offered(actor: Actor, dossier: Dossier, refused: tuple[str, Form] | None) -> list[Offered]:
    verdicts = query.steps(actor, dossier)
    offered = []
    for name, work in WORKS.items():
        if name in BESIDE_THEIR_QUESTION or not verdicts[name]:
            continue
        if name in MAKES_SENSE and not MAKES_SENSE[name](actor, dossier):
            continue
        again = refused is not None and refused[0] == name
        form = refused[1] if refused and again else work.form(actor, dossier, None, None)
        # Several forms of the page ask for a reason: each label has to lead to its own field.
        form.auto_id = f"{name}_%s"
        offered.append(Offered(name, work, form, again))
    return offered


def _may_stop(_actor: Actor, dossier: Dossier) -> bool:
    return any(reason not in HAS_ITS_OWN_STEP for reason in dossier.version.allowed_stops)


def _may_apologize(_actor: Actor, dossier: Dossier) -> bool:
    return dossier.due_at is not None and not hasattr(dossier, "apology")


def _may_ask(_actor: Actor, dossier: Dossier) -> bool:
    return not any(one.is_waiting or one.is_proposed for one in dossier.supplements.all())


def _has_notice(_actor: Actor, dossier: Dossier) -> bool:
    return any(one.notice_number and one.proved_at is None for one in dossier.duties.all())


# Whether a permitted step would have anything to do: a page of buttons that refuse helps nobody.
MAKES_SENSE: dict[str, Callable[[Actor, Dossier], object]] = {
    "take_up": free_steps,
    "forward": going_on,
    "finish_leg": ending,
    "stop": _may_stop,
    "apologize": _may_apologize,
    "request_supplement": _may_ask,
    "prove_duty": _has_notice,
}


def _not_shown(refused: tuple[str, Form] | None, offered: list[Offered]) -> list[str]:
    """What was refused in a form that the page no longer offers: somebody else was faster."""
    if refused is None or refused[0] in {one.name for one in offered}:
        return []
    return [error for errors in refused[1].errors.values() for error in errors]


def _place(dossier: Dossier) -> list[str]:
    """Where the dossier is now, one sentence for each leg that is on its way."""
    sentences = []
    for leg in way(dossier, timezone.now()):
        if leg.leg.state == "sent":
            sentences.append(_("%(agency)s chưa nhận công đoạn “%(leg)s”.") % _names(leg.leg))
        elif leg.leg.state == "running":
            steps = [one for one in leg.steps if one.started_at and not one.is_done]
            who = ", ".join(f"{one.name} ({one.who})" for one in steps)
            sentences.append(_("%(agency)s đang giữ: %(who)s.") % {**_names(leg.leg), "who": who})
    return sentences


def _names(leg: Any) -> dict[str, str]:
    return {"agency": leg.agency.name, "leg": leg.name}


@dataclass(frozen=True)
class Clock:
    """The appointment, and each day that led to it."""

    facts: list[tuple[str, object]]
    lines: tuple[DayLine, ...]
    apology: Apology | None
    apology_lines: tuple[DayLine, ...]
    is_paused: bool


def _clock(dossier: Dossier) -> Clock:
    apology: Apology | None = getattr(dossier, "apology", None)
    limit = deadlines.limit_of(dossier)
    received = dossier.received_at
    no_day = _("không hẹn ngày trả") if received and not dossier.due_at else ""
    rows: list[tuple[str, object]] = [
        (_("Nộp lúc"), _moment(dossier.submitted_at)),
        (_("Tính từ"), _moment(received)),
        (_("Thời hạn"), str(limit) if limit else ""),
        (_("Hẹn trả"), _moment(dossier.due_at) or no_day),
        (_("Hẹn lần đầu"), _moment(dossier.promised_at) if dossier.promised_at != dossier.due_at else ""),
        (_("Hạn theo luật"), _moment(dossier.legal_due_at)),
        (_("Có kết quả lúc"), _moment(dossier.finished_at)),
        (_("Trả kết quả lúc"), _moment(dossier.returned_at)),
    ]
    if not received:
        return Clock(rows, (), apology, (), dossier.state in PAUSED)
    calendar = calendar_of(dossier.receiving_agency, timezone.localdate(dossier.submitted_at))
    lines = deadlines.explained(dossier, calendar)
    return Clock(rows, lines, apology, _apology_lines(apology, calendar), dossier.state in PAUSED)


def _apology_lines(apology: Apology | None, calendar: Calendar) -> tuple[DayLine, ...]:
    """The days that an apology added, counted like any others."""
    if apology is None:
        return ()
    start = max(apology.made_at, apology.old_due_at)
    return explain.explain(calendar, start, apology.new_due_at, Limit(apology.days, LimitUnit.WORKING_DAYS))


def _questions(actor: Actor, dossier: Dossier) -> list[Question]:
    may = bool(query.rules.may_take_silence(actor, dossier))
    now = timezone.now()
    return [
        Question(
            asked=one,
            may_close=may and not one.opinion,
            may_take_silence=may
            and not one.opinion
            and one.due_at < now
            and dossier.version.silence_is_consent,
            is_late=not one.opinion and one.due_at < now,
        )
        for one in dossier.consultations.all()
    ]


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%H:%M %d/%m/%Y}" if at else ""
