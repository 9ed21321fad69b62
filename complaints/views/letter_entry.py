"""Enter a letter on one page, then hand out its slip."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from complaints import rules
from complaints.actions.enter import enter
from complaints.actions.entry import EntryNotAcceptable
from complaints.actions.keep_print import print_letter_slip
from complaints.forms.fields import agency_names
from complaints.forms.letter_entry import LetterEntryForms
from complaints.models import Letter
from complaints.queries.duplicates import candidates
from complaints.queries.letter_slip import letter_for_slip
from egov.files.views.download import file_response
from egov.web.htmx import wants_part
from egov.workflow.refusal import NotPermitted, Refusal

# What the pressed button does: enter the letter, or give the page one more line of a kind.
ENTER, MORE = "enter", "more-"


@require_http_methods(["GET", "POST"])
def letter_enter(request: HttpRequest) -> HttpResponse:
    """The page of entry; whatever was typed stays in the fields when it is refused."""
    verdict = rules.may_enter(request.actor)
    if not verdict:
        raise NotPermitted(verdict.reason)
    now = timezone.now()
    if request.method == "GET":
        return _show(request, LetterEntryForms(now=now))
    pressed = request.POST.get("next", ENTER)
    more = pressed.removeprefix(MORE) if pressed.startswith(MORE) else ""
    forms = LetterEntryForms(request.POST, request.FILES, more=more, now=now)
    if more or not forms.is_valid():
        return _show(request, forms, status=200 if more else 422)
    try:
        letter = enter(request.actor, forms.entry(), at=now)
    except EntryNotAcceptable as refusal:
        about = refusal.about if refusal.about in forms.arrival.fields else None
        forms.arrival.add_error(about, str(refusal))
    except Refusal as refusal:
        forms.arrival.add_error(None, str(refusal))
    else:
        return _gone_on(request, reverse("complaints:letter_entered", args=[letter.pk]))
    return _show(request, forms, status=422)


@require_GET
def letter_entered(request: HttpRequest, pk: int) -> HttpResponse:
    """The number, the slip, and letters that may be the same case; for who entered it and who may read it."""
    letter = letter_for_slip(request.actor, pk)
    seen = Letter.objects.visible_to(request.actor).filter(pk=pk).exists()
    context = {
        "letter": letter,
        "is_seen": seen,
        "alike": candidates(request.actor, letter) if seen else [],
    }
    return render(request, "complaints/letter_entered.html", context)


@require_GET
def letter_slip_print(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The slip as PDF/A, called by the letter's code; the same bytes at every print."""
    letter = letter_for_slip(request.actor, pk)
    kept = print_letter_slip(request.actor, letter, at=timezone.now())
    assert kept.file is not None  # noqa: S101  (printing gives one or refuses)
    return file_response(request, kept.file, f"giay-bien-nhan-{letter.code}.pdf", inline=True)


def _gone_on(request: HttpRequest, address: str) -> HttpResponse:
    """To the next page: htmx, which put the form there, is told to leave it."""
    return HttpResponse(headers={"HX-Redirect": address}) if wants_part(request) else redirect(address)


def _show(request: HttpRequest, forms: LetterEntryForms, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "forms": forms,
        "agencies": agency_names(),
        "wrong": [form for form in forms.all if form.is_bound and form.errors] if status != 200 else [],  # noqa: PLR2004
    }
    return render(request, "complaints/letter_enter.html", context, status=status)
