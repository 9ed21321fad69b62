"""Pictures and papers of published articles."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from wagtail.models import Page

from egov.files.filenames import extension_of
from egov.files.views.download import file_response
from portal.caching import public_page
from portal.content.models import Paper, Picture, Rendition
from portal.content.models.files import content_store
from portal.content.print_article import PRINTED, article_pdf

KEPT_FOR = 60  # seconds
YEAR = 365 * 24 * 3600


@login_not_required
@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture by the hash of its content, which nobody knows who has not seen it on a page."""
    known = Rendition.objects.filter(file=name).exists() or Picture.objects.filter(file=name).exists()
    if not known:
        raise Http404
    response = file_response(request, content_store().stored(name), name, inline=True)
    # What a hash names never changes.
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


@login_not_required
@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A paper of an article that is public now."""
    found = Paper.public_papers.public().filter(pk=pk).first()
    if found is None:
        raise Http404
    name = found.title if extension_of(found.title) else f"{found.title}{extension_of(found.file.name)}"
    return file_response(request, content_store().stored(found.file.name), name, inline=False)


@login_not_required
@require_safe
@public_page(seconds=KEPT_FOR)
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """A public article as PDF."""
    page = Page.objects.live().filter(pk=pk).first()
    specific = page.specific if page is not None else None
    if not isinstance(specific, PRINTED):
        raise Http404
    response = HttpResponse(article_pdf(specific, request), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, f"{specific.slug}.pdf") or "attachment"
    return response
