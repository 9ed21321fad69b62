"""Files on their way out: the paper of a document, an attachment; each read was allowed and is noted."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from documents.queries.detail import read_file
from egov.files.views.download import PDF, POLICY_OF_PDF, file_response


@require_GET
def document_paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The paper as it stands: in the page, or as a file with ``?download=1``."""
    readable = read_file(request.actor, pk)
    return file_response(request, readable.stored, readable.name, inline="download" not in request.GET)


@require_GET
def attachment_file(request: HttpRequest, pk: int, attachment_pk: int) -> HttpResponseBase:
    """One attachment, as a file to keep."""
    readable = read_file(request.actor, pk, attachment_id=attachment_pk)
    return file_response(request, readable.stored, readable.name, inline=False)


def made_now(pdf: bytes, *, name: str, inline: bool = True) -> HttpResponse:
    """A PDF that was made for this request and is not kept."""
    response = HttpResponse(pdf, content_type=PDF)
    response["Content-Disposition"] = content_disposition_header(not inline, name) or "attachment"
    response["Content-Security-Policy"] = POLICY_OF_PDF
    return response
