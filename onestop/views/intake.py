"""The page on which a dossier is taken in; every field is kept on the server while it is typed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from egov.organizations.actor import Actor
from egov.web.htmx import render_page
from egov.workflow.refusal import NotPermitted, Refusal
from onestop.actions.enter_filing import DuplicateFiling, PapersMissing
from onestop.actions.filing import FilingNotAcceptable, NumberDoubtful
from onestop.actions.intake_draft import (
    add_intake_file,
    discard_intake,
    receive_intake,
    refuse_intake_draft,
    remove_intake_file,
    save_intake,
)
from onestop.enums import IntakeRefusalGround
from onestop.forms.intake import RefusalForm
from onestop.forms.intake_missing import MissingForm
from onestop.forms.typed_intake import Typing
from onestop.models import IntakeDraft
from onestop.queries.intake_preview import draft_of
from onestop.views.counter import at_counter

# What the pressed button does besides saving.
SAVE, ALL_PAPERS, RECEIVE, REFUSE, LATER = "save", "papers", "receive", "refuse", "later"


@require_http_methods(["GET", "POST"])
def intake_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Type, save, receive. Whatever was sent is kept, so a refusal costs no word; with a receipt in the same
    transaction."""
    actor = at_counter(request)
    draft = open_draft(actor, pk)
    if draft.dossier_id is not None:
        return redirect("onestop:dossier_received", pk=draft.dossier_id)
    if request.method == "GET":
        return show_intake(request, Typing(draft, actor))
    typing = Typing(draft, actor, request.POST)
    pressed = request.POST.get("next", SAVE)
    if pressed == ALL_PAPERS:
        typing.tick_all()
    if request.FILES or pressed != RECEIVE or typing.card_unread:
        draft = _saved(actor, draft, typing)
        if draft.dossier_id is not None:
            return redirect("onestop:dossier_received", pk=draft.dossier_id)
    refusal = _keep_files(request, actor, draft, typing) or _unread(typing)
    if refusal is not None:
        return show_intake(request, typing.saved(draft), refusal)
    finish = {RECEIVE: _receive, REFUSE: _refuse, LATER: _later}.get(pressed)
    if finish is not None:
        return finish(request, actor, typing.checked(draft))
    return show_intake(request, typing.saved(draft), focus=typing.focus)


@require_POST
def intake_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the fields while they are typed, and work out anew what stands beside them."""
    actor = at_counter(request)
    draft = open_draft(actor, pk)
    typing = Typing(draft, actor, request.POST)
    if draft.dossier_id is None:
        draft = _saved(actor, draft, typing)
    if draft.dossier_id is not None:
        # It has become a dossier meanwhile: there is nothing left to keep, and nothing to show.
        return HttpResponse(status=204)
    return render(request, "onestop/_intake_side.html", _context(typing.saved(draft)))


@require_POST
def intake_file_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the scans of one paper while the rest is being typed."""
    actor = at_counter(request)
    draft = open_draft(actor, pk)
    refusal = _keep_files(request, actor, draft, Typing(draft, actor))
    typing = Typing(open_draft(actor, pk), actor)
    context = {**_context(typing), "refusal": refusal}
    return render(request, "onestop/_intake_papers.html", context, status=refusal.status if refusal else 200)


@require_POST
def intake_file_remove(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """Take one scan off."""
    actor = at_counter(request)
    draft = open_draft(actor, pk)
    remove_intake_file(actor, draft, file_id=file_pk, at=timezone.now())
    context = _context(Typing(open_draft(actor, pk), actor))
    return render_page(request, "onestop/intake_edit.html", "onestop/_intake_papers.html", context)


@require_POST
def intake_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    actor = at_counter(request)
    discard_intake(actor, open_draft(actor, pk), at=timezone.now())
    messages.success(request, _("Đã bỏ hồ sơ đang nhập."))
    return redirect("onestop:counter")


def _later(request: HttpRequest, _actor: Actor, _typing: Typing) -> HttpResponse:
    """It is kept; the next person in the queue comes first."""
    messages.success(request, _("Đã lưu hồ sơ đang nhập."))
    return redirect("onestop:counter")


def _saved(actor: Actor, draft: IntakeDraft, typing: Typing) -> IntakeDraft:
    """The draft with what was typed; as it is where the other of two clicks has just received it."""
    try:
        return save_intake(actor, draft, typed=typing.typed, at=timezone.now())
    except NotPermitted:
        received = open_draft(actor, draft.pk)
        if received.dossier_id is None:
            raise
        return received


def open_draft(actor: Actor, pk: int) -> IntakeDraft:
    """One's own draft; to everybody else there is none."""
    draft = draft_of(actor, pk)
    if draft is None:
        raise Http404
    return draft


def show_intake(
    request: HttpRequest,
    typing: Typing,
    refusal: Refusal | None = None,
    *,
    refusal_form: RefusalForm | None = None,
    missing_form: MissingForm | None = None,
    focus: str = "",
) -> HttpResponse:
    """The page as it was typed; what is wrong on top, and the focus where the next typing is."""
    context = _context(typing) | {
        "refusal": refusal,
        "refusal_form": refusal_form or RefusalForm(),
        "missing_form": missing_form or MissingForm(requirements=typing.form.papers_asked),
        "slips": typing.draft.slips.select_related("form"),
        "focus": typing.place_of(refusal.field) if isinstance(refusal, FilingNotAcceptable) else focus,
        "duplicate": isinstance(refusal, DuplicateFiling),
        "doubtful": isinstance(refusal, NumberDoubtful),
        "lacking": refusal.papers if isinstance(refusal, PapersMissing) else (),
    }
    wrong = (
        refusal is not None
        or typing.form.errors
        or (refusal_form is not None and refusal_form.errors)
        or (missing_form is not None and missing_form.errors)
    )
    status = refusal.status if refusal is not None else 422 if wrong else 200
    return render(request, "onestop/intake_edit.html", context, status=status)


def _context(typing: Typing) -> dict[str, Any]:
    return {
        "draft": typing.draft,
        "version": typing.draft.version,
        "form": typing.form,
        "typing": typing,
        "preview": typing.preview(timezone.now()),
        "refusal": None,
        "refusal_form": RefusalForm(),
        "focus": "",
        "duplicate": False,
        "doubtful": False,
        "lacking": (),
    }


def _receive(request: HttpRequest, actor: Actor, typing: Typing) -> HttpResponse:
    refusal = None
    if typing.form.is_valid():
        try:
            dossier = receive_intake(
                actor, typing.draft, filing=typing.filing(), typed=typing.typed, at=timezone.now()
            )
        except Refusal as said:
            refusal = said
        else:
            return redirect("onestop:dossier_received", pk=dossier.pk)
    draft = _saved(actor, typing.draft, typing)
    if draft.dossier_id is not None:
        return redirect("onestop:dossier_received", pk=draft.dossier_id)
    return show_intake(request, typing.saved(draft, bound=True), refusal)


def _refuse(request: HttpRequest, actor: Actor, typing: Typing) -> HttpResponse:
    form = RefusalForm(request.POST)
    if not typing.form.is_valid() or not form.is_valid():
        return show_intake(request, typing, refusal_form=form)
    try:
        dossier = refuse_intake_draft(
            actor,
            typing.draft,
            filing=typing.filing(),
            ground=IntakeRefusalGround(form.cleaned_data["ground"]),
            reason=form.cleaned_data["reason"],
            at=timezone.now(),
        )
    except Refusal as refusal:
        return show_intake(request, typing, refusal, refusal_form=form)
    return redirect("onestop:dossier_received", pk=dossier.pk)


def _unread(typing: Typing) -> Refusal | None:
    if not typing.card_unread:
        return None
    return Refusal(_("Dòng vừa quét không phải mã QR của thẻ căn cước. Hãy quét lại hoặc ghi bằng tay."))


def _keep_files(request: HttpRequest, actor: Actor, draft: IntakeDraft, typing: Typing) -> Refusal | None:
    """Take every file that came along; the first one that is refused says why, the others stay."""
    requirements = {one.pk: one for case in typing.cases for one in case.requirements.all()}
    for name, files in request.FILES.lists():
        _word, _dash, key = name.partition("_")
        requirement = requirements.get(int(key)) if key.isdecimal() else None
        for file in files:
            try:
                add_intake_file(
                    actor,
                    draft,
                    requirement=requirement,
                    file=file,  # type: ignore[arg-type]  # an uploaded file is a stream of bytes
                    filename=file.name or "",
                    at=timezone.now(),
                )
            except Refusal as refusal:
                return refusal
    return None
