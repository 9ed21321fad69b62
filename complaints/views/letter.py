"""The page of a letter: one content at a time, and the panels that other files hang on it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from complaints.models import Matter
from complaints.queries import letter_page as query
from complaints.views.panels import Refused, leading, parts
from egov.workflow.refusal import Refusal


@require_GET
def letter_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter by its key leads to its first content that the reader may see."""
    return redirect("complaints:matter_detail", pk=query.first_matter(request.actor, pk).pk)


@require_GET
def matter_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one content of a letter; the read is recorded."""
    return _show(request, query.read_matter(request.actor, pk), {})


def take_step(
    request: HttpRequest, matter: Matter, name: str, form: Form, act: Callable[[dict[str, Any]], str]
) -> HttpResponse:
    """Take one step on a matter that the actor sees: ``act`` gets the cleaned form and gives the sentence of
    success. What was refused goes back into the form as it was typed."""
    if form.is_valid():
        try:
            done = act(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return after_step(request, matter)
    return _show(request, query.whole(request.actor, matter.pk), {name: form})


def after_step(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Back to the matter, or to the list: whoever has given it on may not see it any more."""
    if Matter.objects.visible_to(request.actor).filter(pk=matter.pk).exists():
        return redirect("complaints:matter_detail", pk=matter.pk)
    return redirect("complaints:letter_list")


def _show(request: HttpRequest, read: query.WholeMatter, refused: Refused) -> HttpResponse:
    """The page; a form that was refused comes back with its sentence."""
    shown = parts(read.reader, read.matter, refused)
    context = {
        "matter": read.matter,
        "letter": read.matter.letter,
        "matters": read.beside,
        "main": [part for part in shown if not part.is_aside],
        "aside": [part for part in shown if part.is_aside],
        "leading": leading(shown),
    }
    return render(request, "complaints/letter_detail.html", context, status=422 if refused else 200)
