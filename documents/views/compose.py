"""Write a draft: facts, text or PDF; saved on the server while it is being written."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from documents import rules
from documents.actions.draft import DraftContent, create_draft, edit_draft
from documents.actions.draft_files import upload_paper
from documents.enums import Circulation, Source, Urgency
from documents.forms.drafting import AttachmentForm, DraftForm, SubmitForm
from documents.models import Delivery, Document
from documents.queries import drafting
from documents.queries.recipient_words import recipient_words
from egov.workflow.refusal import NotPermitted, Refusal

# Where the button that saved the draft leads.
AFTER_SAVE = {
    "recipients": "documents:draft_recipients",
    "preview": "documents:draft_preview",
    "stay": "documents:draft_edit",
}


@require_http_methods(["GET", "POST"])
def document_compose(request: HttpRequest) -> HttpResponse:
    """Begin a document, possibly as the answer to an incoming one."""
    allowed = rules.may_draft(request.actor, None)
    if not allowed:
        raise NotPermitted(allowed.reason)
    answers = answered_delivery(request)
    form = draft_form(request)
    if request.method == "POST" and form.is_valid():
        try:
            document = create_draft(request.actor, content_of(form, answers), at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _keep_paper(request, document, form) or after_save(request, document)
    return render(
        request,
        "documents/draft_edit.html",
        {"form": form, "document": None, "answers": answers},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def draft_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a draft: its text, its recipients, its attachments, and to whom it is submitted."""
    document = draft_of(request, pk)
    form = draft_form(request, document)
    if request.method == "POST" and form.is_valid():
        try:
            edit_draft(request.actor, document, content_of(form, document.answers), at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _keep_paper(request, document, form) or after_save(request, document)
    return show_draft(request, document, form=form)


@require_POST
def draft_autosave(request: HttpRequest, pk: int | None = None) -> JsonResponse:
    """Keep what is being typed; tells the page script when, or why not. Files are not part of it."""
    document = draft_of(request, pk) if pk else None
    form = draft_form(request, document)
    if not form.is_valid():
        return JsonResponse(
            {"note": _("Chưa lưu tự động: cần chọn loại văn bản và ghi trích yếu.")}, status=422
        )
    try:
        if document is None:
            content = content_of(form, answered_delivery(request))
            document = create_draft(request.actor, content, at=timezone.now())
        else:
            edit_draft(request.actor, document, content_of(form, document.answers), at=timezone.now())
    except Refusal as refusal:
        return JsonResponse({"note": str(refusal)}, status=refusal.status)
    return JsonResponse(
        {
            "note": _("Đã lưu lúc %(time)s.") % {"time": timezone.localtime().strftime("%H:%M:%S")},
            "edit": reverse("documents:draft_edit", args=[document.pk]),
            "autosave": reverse("documents:draft_autosave", args=[document.pk]),
        }
    )


def show_draft(
    request: HttpRequest,
    document: Document,
    *,
    form: DraftForm | None = None,
    submit: SubmitForm | None = None,
    attachment: AttachmentForm | None = None,
) -> HttpResponse:
    """The page of a draft; a form that was refused comes back as it was typed."""
    wrong = any(one is not None and one.is_bound and one.errors for one in (form, submit, attachment))
    context = {
        "document": document,
        "answers": document.answers,
        "form": form or draft_form(request, document, bound=False),
        "submit_form": submit or submit_form(document),
        "attachment_form": attachment or AttachmentForm(),
        "attachments": list(document.attachments.select_related("file")),
        "recipient_lines": recipient_words([document.pk]).get(document.pk, []),
        "returned": document.changes.filter(after=document.state).exclude(note="").last(),
    }
    return render(request, "documents/draft_edit.html", context, status=422 if wrong else 200)


def draft_of(request: HttpRequest, pk: int) -> Document:
    """A document that the actor may edit; a refusal in words when it is no longer a draft."""
    visible = Document.objects.visible_to(request.actor).select_related(
        "kind", "agency__unit", "department", "answers__document", "signer__user", "uploaded_file"
    )
    document = get_object_or_404(visible, pk=pk)
    verdict = rules.may_edit(request.actor, document)
    if not verdict:
        raise NotPermitted(verdict.reason)
    return document


def draft_form(request: HttpRequest, document: Document | None = None, *, bound: bool = True) -> DraftForm:
    """The form with what was sent, else with what is kept."""
    choices = {
        "kinds": drafting.kinds(timezone.localdate()),
        "departments": drafting.departments(request.actor),
    }
    if bound and request.method == "POST":
        return DraftForm(request.POST, request.FILES, **choices)
    initial: dict[str, Any] = {}
    if document is not None:
        names = ("abstract", "source", "body", "urgency", "circulation", "due_on")
        initial = {name: getattr(document, name) for name in names}
        initial |= {"kind": document.kind_id, "department": document.department_id}
    return DraftForm(initial=initial, **choices)


def submit_form(document: Document, sent: Any = None) -> SubmitForm:
    """Who may sign this document today."""
    signers = drafting.possible_signers(document, on=timezone.localdate())
    return SubmitForm(sent, signers=[(one.value, one.label) for one in signers])


def content_of(form: DraftForm, answers: Delivery | None) -> DraftContent:
    """What the form says, as the action takes it."""
    typed = form.cleaned_data
    return DraftContent(
        kind=typed["kind"],
        abstract=typed["abstract"],
        source=Source(typed["source"]),
        body=typed["body"],
        department=typed["department"],
        urgency=Urgency(typed["urgency"]),
        circulation=Circulation(typed["circulation"]),
        due_on=typed["due_on"],
        answers=answers,
        secrecy=typed["secrecy"],
    )


def answered_delivery(request: HttpRequest) -> Delivery | None:
    """The incoming document named in the address that this one answers, if the actor may see it."""
    key = request.GET.get("answers", "")
    if not key.isdecimal():
        return None
    visible = Delivery.objects.visible_to(request.actor).select_related("document")
    return get_object_or_404(visible, pk=int(key))


def after_save(request: HttpRequest, document: Document) -> HttpResponse:
    """Where the pressed button leads."""
    target = AFTER_SAVE.get(request.POST.get("next", ""), AFTER_SAVE["stay"])
    if target == AFTER_SAVE["stay"]:
        messages.success(request, _("Đã lưu dự thảo."))
    return redirect(target, pk=document.pk)


def _keep_paper(request: HttpRequest, document: Document, form: DraftForm) -> HttpResponse | None:
    """Take the uploaded PDF when there is one; the page with the reason when it is refused."""
    upload = form.cleaned_data["paper"]
    if upload is None:
        return None
    try:
        upload_paper(request.actor, document, file=upload, filename=upload.name, at=timezone.now())
    except Refusal as refusal:
        form.add_error("paper", str(refusal))
        return show_draft(request, document, form=form)
    return None
