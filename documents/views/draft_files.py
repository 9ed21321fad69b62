"""Attachments of a draft, and how its paper will look."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from documents.actions.draft_files import add_attachment, remove_attachment
from documents.enums import Source
from documents.forms.drafting import AttachmentForm
from documents.queries.paper import set_paper
from documents.views.compose import draft_of, show_draft
from documents.views.papers import made_now
from egov.files.views.download import file_response
from egov.workflow.refusal import Refusal

DRAFT_NAME = "du-thao.pdf"


@require_POST
def attachment_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one more file."""
    document = draft_of(request, pk)
    form = AttachmentForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            add_attachment(request.actor, document, file=file, filename=file.name, at=timezone.now())
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("Đã thêm tệp kèm theo."))
            return redirect("documents:draft_edit", pk=document.pk)
    return show_draft(request, document, attachment=form)


@require_POST
def attachment_remove(request: HttpRequest, pk: int, attachment_pk: int) -> HttpResponse:
    """Take a file off the draft."""
    document = draft_of(request, pk)
    remove_attachment(request.actor, document, attachment_id=attachment_pk, at=timezone.now())
    messages.success(request, _("Đã bỏ tệp kèm theo."))
    return redirect("documents:draft_edit", pk=document.pk)


@require_GET
def draft_preview(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The paper as it would be set today; an uploaded one as it was uploaded."""
    document = draft_of(request, pk)
    if document.source == Source.UPLOADED:
        if document.uploaded_file is None:
            messages.warning(request, _("Chưa có tệp PDF để xem. Hãy tải tệp lên trước."))
            return redirect("documents:draft_edit", pk=document.pk)
        return file_response(request, document.uploaded_file, DRAFT_NAME, inline=True)
    printed = set_paper(document, on=timezone.localdate())
    return made_now(printed.pdf, name=DRAFT_NAME)
