"""One incoming document: the paper, is it genuine, what to do next, who does what, the history."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from documents.enums import DeliveryState, Source
from documents.exchange.inspection import inspect
from documents.forms import steps as forms
from documents.models import Delivery
from documents.queries import incoming as query
from documents.queries import staff
from documents.views.history import delivery_events
from egov.organizations.actor import Actor

# The steps that the page may offer, the most forward one first.
FORWARD = ("register", "present", "direct", "assign", "start", "finish", "complete_part")
# What the reader is told when they have no step: the reason of the step that the state waits for.
AWAITED = {
    DeliveryState.ARRIVED: "register",
    DeliveryState.REGISTERED: "present",
    DeliveryState.PRESENTED: "direct",
    DeliveryState.ASSIGNED: "start",
    DeliveryState.IN_PROGRESS: "finish",
}


@require_GET
def incoming_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of an incoming document."""
    return show_incoming(request, query.read_incoming(request.actor, pk))


def show_incoming(request: HttpRequest, delivery: Delivery, **refused: Form) -> HttpResponse:
    """The page; a form that was refused comes back by its step's name, as it was typed."""
    document = delivery.document
    verdicts = query.steps(request.actor, delivery)
    offered = [name for name in FORWARD if verdicts[name]]
    awaited = AWAITED.get(DeliveryState(delivery.state), "")
    # What a state waits for comes before what is merely possible (a second directive, presenting anew).
    offered.sort(key=lambda name: name != awaited)
    # Nobody answers what was not taken in.
    answers = (
        list(query.issued_answers(request.actor, delivery)) if hasattr(delivery, "incoming_entry") else []
    )
    context: dict[str, Any] = {
        "delivery": delivery,
        "document": document,
        "entry": getattr(delivery, "incoming_entry", None),
        "verdicts": verdicts,
        "offered": offered,
        "reopened": set(refused),
        "main": offered[0] if offered else "",
        "not_shown": _not_shown(refused, offered if not verdicts["return"] else [*offered, "return"]),
        "why_not": "" if offered or not awaited else verdicts[awaited].reason,
        "forms": {
            name: refused.get(name) or form_of(request, delivery, name) for name in (*offered, "return")
        },
        "attachments": document.attachments.all(),
        "directives": delivery.directives.all(),
        "answers": answers,
        "events": delivery_events(delivery.changes.all()),
        "facts": facts(delivery),
        "is_paper": document.source == Source.PAPER,
    }
    context |= _authenticity(delivery)
    return render(request, "documents/incoming_detail.html", context, status=422 if refused else 200)


def form_of(request: HttpRequest, delivery: Delivery, name: str, sent: Any = None) -> Form:
    """The form of one step, empty or with what was sent."""
    return FORMS[name](request.actor, delivery, sent)


def _present_form(actor: Actor, _delivery: Delivery, sent: Any) -> Form:
    return forms.PresentForm(sent, leaders=staff.leaders(actor, timezone.localdate()))


def _direct_form(actor: Actor, delivery: Delivery, sent: Any) -> Form:
    choices = unit_and_person_choices(actor)
    # A deadline that has passed cannot be set anew, so it is not proposed.
    due_on = delivery.due_on if delivery.due_on and delivery.due_on >= timezone.localdate() else None
    return forms.DirectiveForm(sent, choices=choices, initial={"due_on": due_on})


def _assign_form(actor: Actor, _delivery: Delivery, sent: Any) -> Form:
    return forms.AssignForm(sent, members=staff.own_unit(actor, timezone.localdate()))


def _finish_form(actor: Actor, delivery: Delivery, sent: Any) -> Form:
    return forms.FinishForm(sent, answers=query.issued_answers(actor, delivery))


FORMS: dict[str, Callable[[Actor, Delivery, Any], Form]] = {
    "register": lambda _actor, _delivery, sent: forms.RegisterForm(sent),
    "return": lambda _actor, _delivery, sent: forms.ReasonForm(sent),
    "present": _present_form,
    "direct": _direct_form,
    "assign": _assign_form,
    "start": lambda _actor, _delivery, sent: Form(sent),
    "complete_part": lambda _actor, _delivery, sent: forms.ResultForm(sent),
    "finish": _finish_form,
}


def _not_shown(refused: dict[str, Form], shown: list[str]) -> list[str]:
    """What was refused in a form that the page no longer offers: somebody else was faster."""
    return [error for name, form in refused.items() if name not in shown for error in form.non_field_errors()]


def unit_and_person_choices(actor: Actor) -> list[tuple[str, Any]]:
    """Units and people of the agency as one list of choices."""
    people = staff.colleagues(actor, timezone.localdate())
    return [
        (_("Đơn vị"), [(f"unit:{unit.pk}", unit.name) for unit in staff.units(actor)]),
        (_("Cá nhân"), [(f"person:{one.pk}", forms.person_label(one)) for one in people]),
    ]


def facts(delivery: Delivery) -> list[tuple[str, object]]:
    """What is known, in the order in which people ask."""
    document, entry = delivery.document, getattr(delivery, "incoming_entry", None)
    arrived = timezone.localtime(delivery.arrived_at) if delivery.arrived_at else None
    return [
        (_("Số đến"), f"{entry.number:02d}/{entry.year}" if entry else ""),
        (_("Ngày đến"), f"{arrived:%H:%M %d/%m/%Y}" if arrived else ""),
        (_("Nơi gửi"), document.author_name),
        (_("Số, ký hiệu"), document.notation),
        (_("Ngày văn bản"), f"{document.dated_on:%d/%m/%Y}" if document.dated_on else ""),
        (_("Loại văn bản"), document.kind.name),
        (_("Người ký"), ", ".join(filter(None, (document.signer_name, document.signer_position)))),
        (_("Mức độ khẩn"), document.get_urgency_display() if document.urgency else ""),
        (_("Phạm vi lưu hành"), document.get_circulation_display() if document.circulation else ""),
        (_("Trình"), forms.person_label(delivery.presented_to) if delivery.presented_to else ""),
        (_("Số trang"), document.page_count or ""),
    ]


def _authenticity(delivery: Delivery) -> dict[str, Any]:
    """What was found when it was taken in; before that, what is found now; paper has nothing to check."""
    kept = query.kept_verification(delivery)
    if kept is not None:
        return {"verification": kept[0], "checked_at": kept[1], "faults": (), "doubts": ()}
    if delivery.document.source == Source.PAPER:
        return {"verification": None, "checked_at": None, "faults": (), "doubts": ()}
    found = inspect(delivery)
    return {
        "verification": found.verification,
        "checked_at": timezone.now(),
        "faults": found.faults,
        "doubts": found.doubts,
    }
