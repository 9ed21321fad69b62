"""The line of an online reception and the minutes of any: each step one button on the visit's page."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from complaints.actions.minutes import confirm_minutes, sign_minutes_with_pin, write_minutes
from complaints.actions.online_session import ask_consent, check_identity, keep_recording, note_line
from complaints.enums import SessionEventKind
from complaints.models import OnlineSession, ReceptionMinutes, Visit
from complaints.queries.visits import VisitNotFound, read_visit
from egov.organizations.actor import Actor
from egov.workflow.refusal import Refusal

LONGEST_PIN = 64
Step = Callable[[Actor, Visit, QueryDict], Any]


@require_POST
def visit_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one step of the session or the minutes; an unknown one changes nothing."""
    visit = read_visit(request.actor, pk)
    step = STEPS.get(request.POST.get("step", ""))
    if step is None:
        messages.error(request, _("Không có bước này."))
        return redirect("complaints:visit_detail", pk=pk)
    try:
        step(request.actor, visit, request.POST)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã ghi nhận."))
    return redirect("complaints:visit_detail", pk=pk)


def _session(visit: Visit) -> OnlineSession:
    session = getattr(visit, "session", None)
    if session is None:
        raise VisitNotFound(_("Lượt tiếp này không phải tiếp trực tuyến."))
    return session


def _minutes(visit: Visit) -> ReceptionMinutes:
    minutes = getattr(visit, "minutes", None)
    if minutes is None:
        raise VisitNotFound(_("Lượt tiếp này chưa có biên bản."))
    return minutes


def _line(kind: SessionEventKind) -> Step:
    return lambda actor, visit, sent: note_line(
        actor, _session(visit), kind=kind, note=sent.get("note", ""), at=timezone.now()
    )


STEPS: Mapping[str, Step] = {
    "identity": lambda actor, visit, sent: check_identity(
        actor, _session(visit), how=sent.get("how", ""), at=timezone.now()
    ),
    "consent": lambda actor, visit, sent: ask_consent(
        actor, _session(visit), consents=sent.get("consents") == "yes", at=timezone.now()
    ),
    **{kind.value: _line(kind) for kind in SessionEventKind},
    "recording": lambda actor, visit, sent: keep_recording(
        actor, _session(visit), code=sent.get("code", ""), at=timezone.now()
    ),
    "minutes": lambda actor, visit, sent: write_minutes(
        actor, visit, text=sent.get("text", "")[:20000], at=timezone.now()
    ),
    "confirm": lambda actor, visit, sent: confirm_minutes(
        actor, _minutes(visit), how=sent.get("how", ""), at=timezone.now()
    ),
    "sign": lambda actor, visit, sent: sign_minutes_with_pin(
        actor, _minutes(visit), pin=sent.get("pin", "")[:LONGEST_PIN], at=timezone.now()
    ),
}
