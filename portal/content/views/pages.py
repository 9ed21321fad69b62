"""Shows what editors have published, in the language of the address or, said so, in Vietnamese."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import translation
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Page, Site

from portal.caching import public_page

KEPT_FOR = 60  # seconds: how late a correction may be seen


@require_safe
@public_page(seconds=KEPT_FOR)
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The page at a path; its Vietnamese text with a notice where no translation is public."""
    page, elsewhere = _find(request, path)
    if elsewhere:
        return HttpResponseRedirect(elsewhere)
    response = page.serve(request)
    if isinstance(response, TemplateResponse):
        response.render()
    return response


section = serve


def _find(request: HttpRequest, path: str) -> tuple[Page, str]:
    """The page, or where it stands in the language of the address."""
    site = Site.find_for_request(request)
    language = translation.get_language() or settings.LANGUAGE_CODE
    if site is None:
        raise Http404
    roots = {root.locale.language_code: root for root in site.root_page.get_translations(inclusive=True)}
    wanted = roots.get(language)
    page = _below(wanted, path) if wanted else None
    if page is not None:
        return page, ""
    for code, root in roots.items():
        other = _below(root, path) if code != language else None
        if other is None:
            continue
        translated = other.get_translation_or_none(Locale.objects.get(language_code=language))
        if translated is not None and translated.live:
            return other, translated.get_url(request)
        if code == settings.LANGUAGE_CODE:
            return other.specific, ""
    raise Http404


def _below(root: Page, path: str) -> Page | None:
    page = Page.objects.live().filter(url_path=root.url_path + path).first()
    return page.specific if page is not None else None
