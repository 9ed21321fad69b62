"""The steps of an incoming document: one door each; what is refused is said beside what was typed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.actions.assign import assign
from documents.actions.direct import DirectiveContent, Part, direct
from documents.actions.finish import complete_part, finish
from documents.actions.present import present
from documents.actions.receive import register
from documents.actions.return_ import return_
from documents.actions.start import start
from documents.enums import AssignmentRole
from documents.models import Delivery
from documents.queries import staff
from documents.queries.incoming import visible_incoming
from documents.views.incoming import form_of, show_incoming
from egov.organizations.actor import Actor
from egov.workflow.refusal import Refusal

Act = Callable[[Actor, Delivery, dict[str, Any]], Any]


@require_POST
def incoming_register(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it in: check kept, số đến given, sender told."""

    def act(actor: Actor, delivery: Delivery, typed: dict[str, Any]) -> str:
        entry = register(actor, delivery, at=timezone.now(), acknowledgement=typed["acknowledgement"])
        return _("Đã tiếp nhận, số đến %(number)02d. Nơi gửi đã được báo.") % {"number": entry.number}

    return _step(request, pk, "register", act)


@require_POST
def incoming_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Send back with the reason."""

    def act(actor: Actor, delivery: Delivery, typed: dict[str, Any]) -> str:
        return_(actor, delivery, reason=typed["reason"], at=timezone.now())
        return _("Đã trả lại nơi gửi kèm lý do.")

    return _step(request, pk, "return", act)


@require_POST
def incoming_present(request: HttpRequest, pk: int) -> HttpResponse:
    """Present to a leader."""

    def act(actor: Actor, delivery: Delivery, typed: dict[str, Any]) -> str:
        present(actor, delivery, to=typed["leader"], at=timezone.now())
        return _("Đã trình %(name)s.") % {"name": typed["leader"].user.full_name}

    return _step(request, pk, "present", act)


@require_POST
def incoming_direct(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a directive and give out the work."""

    def act(actor: Actor, delivery: Delivery, typed: dict[str, Any]) -> str:
        content = DirectiveContent(
            text=typed["text"],
            lead=_part(actor, typed["lead"]),
            coordinators=tuple(_part(actor, value) for value in typed["coordinators"]),
            informed=tuple(_part(actor, value) for value in typed["informed"]),
            due_on=typed["due_on"],
        )
        direct(actor, delivery, content, at=timezone.now())
        return _("Đã ghi ý kiến chỉ đạo và giao việc.")

    return _step(request, pk, "direct", act)


@require_POST
def incoming_assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the unit's part on to one of its people."""

    def act(actor: Actor, delivery: Delivery, typed: dict[str, Any]) -> str:
        role = AssignmentRole(typed["role"])
        assign(actor, delivery, member=typed["member"], role=role, due_on=typed["due_on"], at=timezone.now())
        return _("Đã phân công %(name)s.") % {"name": typed["member"].user.full_name}

    return _step(request, pk, "assign", act)


@require_POST
def incoming_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that work has begun."""

    def act(actor: Actor, delivery: Delivery, _typed: dict[str, Any]) -> str:
        start(actor, delivery, at=timezone.now())
        return _("Đã ghi nhận bắt đầu xử lý.")

    return _step(request, pk, "start", act)


@require_POST
def incoming_complete_part(request: HttpRequest, pk: int) -> HttpResponse:
    """Report a coordinator's part done."""

    def act(actor: Actor, delivery: Delivery, typed: dict[str, Any]) -> str:
        complete_part(actor, delivery, note=typed["note"], at=timezone.now())
        return _("Đã ghi kết quả phần phối hợp.")

    return _step(request, pk, "complete_part", act)


@require_POST
def incoming_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the matter with an answer or a note."""

    def act(actor: Actor, delivery: Delivery, typed: dict[str, Any]) -> str:
        finish(actor, delivery, answer=typed["answer"], note=typed["note"], at=timezone.now())
        return _("Đã kết thúc xử lý. Nơi gửi đã được báo hoàn thành.")

    return _step(request, pk, "finish", act)


def _step(request: HttpRequest, pk: int, name: str, act: Act) -> HttpResponse:
    """Check the shape, take the step, say what happened; a refusal goes back into the form."""
    delivery = visible_incoming(request.actor, pk)
    form: Form = form_of(request, delivery, name, request.POST)
    if form.is_valid():
        try:
            done = act(request.actor, delivery, form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("documents:incoming_detail", pk=delivery.pk)
    return show_incoming(request, delivery, **{name: form})


def _part(actor: Actor, value: str) -> Part:
    """A choice of the form (``unit:12``, ``person:34``) as the action takes it; the form has checked it."""
    kind, _colon, key = value.partition(":")
    chosen = staff.units(actor) if kind == "unit" else staff.colleagues(actor, timezone.localdate())
    return Part(who=chosen.get(pk=key))
