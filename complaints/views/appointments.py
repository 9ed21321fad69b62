"""Requests to meet the leader: the list, a new one, its answer, and whom still to tell of a change."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from complaints.actions.appointment import (
    agree_appointment,
    ask_appointment,
    decline_appointment,
    end_appointment,
)
from complaints.actions.keep_print import print_appointment
from complaints.actions.tell_appointed import note_told
from complaints.enums import AppointmentState
from complaints.forms.timetable import AgreeForm, AskingForm, DeclineForm
from complaints.queries import appointments as query
from complaints.queries.timetable import coming_days
from complaints.queries.visits import nameable_letters
from complaints.rules import reception as law
from complaints.views.visits import reader, receiver
from egov.files.views.download import file_response
from egov.web.htmx import render_page
from egov.web.pager import page_of
from egov.workflow.refusal import Refusal

NEWEST_FIRST = ("-pk",)
LONGEST_KEY = 18


@require_GET
def appointment_list(request: HttpRequest) -> HttpResponse:
    """The newest first; those that wait are counted."""
    actor = reader(request)
    rows = query.appointments(actor)
    waiting = query.waiting_appointments(rows)
    only = request.GET.get("state") == AppointmentState.ASKED
    context = {
        "pager": page_of(request, waiting if only else rows, order=NEWEST_FIRST),
        "waiting": waiting.count(),
        "untold": rows.filter(untold__gt=0).count(),
        "may_ask": bool(law.may_ask_appointment(actor, actor.agency)),
        "tab": "appointments",
    }
    page, part = "complaints/appointment_list.html", "complaints/_appointment_rows.html"
    return render_page(request, page, part, context)


@require_http_methods(["GET", "POST"])
def appointment_ask(request: HttpRequest) -> HttpResponse:
    """Write down that somebody wants to meet the leader."""
    actor = receiver(request)
    form = AskingForm(request.POST or None, letters=nameable_letters(actor))
    if form.is_bound and form.is_valid():
        try:
            asked = ask_appointment(actor, actor.agency, form.asking(), at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi phiếu %(slip)s; chờ lãnh đạo trả lời.") % {"slip": asked})
            return redirect("complaints:appointment_detail", pk=asked.pk)
    status = 422 if form.errors else 200
    return render(request, "complaints/appointment_ask.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def appointment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: who, about what, the answer or the form for it, and what is still to be told."""
    actor = reader(request)
    appointment = query.read_appointment(actor, pk)
    step = request.POST.get("step", "")
    sent = request.POST or None
    agree = AgreeForm(sent if step == "agree" else None, days=coming_days(appointment.agency))
    decline = DeclineForm(sent if step == "decline" else None, prefix="decline")
    form: Form | None = {"agree": agree, "decline": decline}.get(step)
    if form is not None and form.is_valid():
        try:
            if step == "agree":
                agree_appointment(actor, appointment, **agree.cleaned_data, at=timezone.now())
            else:
                decline_appointment(actor, appointment, **decline.cleaned_data, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi trả lời."))
            return redirect("complaints:appointment_detail", pk=pk)
    context = {
        "appointment": appointment,
        "may_answer": appointment.state == AppointmentState.ASKED
        and bool(law.may_answer_appointment(actor, appointment)),
        "keeps": bool(law.may_keep_appointment(actor, appointment)),
        "notices": appointment.notices.select_related("change", "told_by__user"),
        "changes": appointment.changes.all(),
        "agree": agree,
        "decline": decline,
        "form": form,
    }
    return render(request, "complaints/appointment_detail.html", context, status=422 if sent else 200)


@require_POST
def appointment_end(request: HttpRequest, pk: int) -> HttpResponse:
    """They came, did not come, or want it no more."""
    appointment = query.read_appointment(request.actor, pk)
    chosen = request.POST.get("to", "")
    to = AppointmentState(chosen) if chosen in AppointmentState.values else AppointmentState.ASKED
    end_appointment(request.actor, appointment, to=to, at=timezone.now())
    messages.success(request, _("Đã ghi nhận."))
    return redirect("complaints:appointment_detail", pk=pk)


@require_POST
def appointment_told(request: HttpRequest, pk: int) -> HttpResponse:
    """The visitor was reached about a change of the day."""
    appointment = query.read_appointment(request.actor, pk)
    key = request.POST.get("notice", "")
    known = key.isdecimal() and len(key) <= LONGEST_KEY
    notice = appointment.notices.filter(pk=int(key)).first() if known else None
    if notice is None:
        raise query.NotFound(_("Không tìm thấy thay đổi cần báo này."))
    note_told(request.actor, appointment, notice=notice, how=request.POST.get("how", ""), at=timezone.now())
    messages.success(request, _("Đã ghi là đã báo."))
    return redirect("complaints:appointment_detail", pk=pk)


@require_GET
def appointment_print(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The slip of an agreed appointment as PDF, the same bytes until it is moved."""
    appointment = query.read_appointment(request.actor, pk)
    if appointment.day is None or appointment.time is None:
        raise query.NotFound(_("Chưa hẹn ngày nên chưa có phiếu hẹn."))
    kept = print_appointment(request.actor, appointment, at=timezone.now())
    assert kept.file is not None  # noqa: S101  (printing gives one or refuses)
    name = f"phieu-hen-{appointment.number}-{appointment.year}.pdf"
    return file_response(request, kept.file, name, inline=True)
