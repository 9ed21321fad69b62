"""What the frame of every page of the portal asks for."""

from dataclasses import dataclass
from functools import cache, lru_cache

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse, translate_url
from django.utils.encoding import escape_uri_path, iri_to_uri
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

register = template.Library()

COOKIE = "display"
CONTRASTS = ("normal", "high")
SIZES = ("normal", "large", "larger")


# Main navigation of the portal, by name of the page.
MAIN_PLACES = {
    "portal:procedure_list": _("Thủ tục hành chính"),
    "portal:lookup": _("Tra cứu hồ sơ"),
    "portal:news": _("Tin tức"),
    "portal:legal_documents": pgettext_lazy("mục chính", "Văn bản"),
    "portal:questions": _("Hỏi đáp"),
    "portal:feedback": _("Phản ánh, kiến nghị"),
    "portal:letter_home": _("Gửi đơn"),
    "portal:statistics": _("Số liệu"),
    "portal:agency_list": pgettext_lazy("mục chính", "Cơ quan"),
}
PAGES_REMEMBERED = 1_000


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the portal in the main navigation."""

    address: str
    words: Promise
    is_here: bool


@dataclass(frozen=True)
class Display:
    """Contrast and size of type as the person has chosen."""

    contrast: str
    size: str


@register.simple_tag(takes_context=True)
def display(context: Context) -> Display:
    """The choice in the cookie; anything else in it is no choice."""
    request: HttpRequest | None = context.get("request")
    contrast, _dot, size = (request.COOKIES.get(COOKIE, "") if request else "").partition(".")
    return Display(contrast if contrast in CONTRASTS else CONTRASTS[0], size if size in SIZES else SIZES[0])


@register.simple_tag(takes_context=True)
def address_in(context: Context, language: str) -> str:
    """The address of this page in another language."""
    request: HttpRequest = context["request"]
    query = request.META.get("QUERY_STRING", "")
    path = _in_language(escape_uri_path(request.path), get_language(), language)
    return f"{path}?{iri_to_uri(query)}" if query else path


@register.simple_tag(takes_context=True)
def page_address(context: Context, language: str) -> str:
    """The one full address of this page in a language, without what was chosen on it."""
    request: HttpRequest = context["request"]
    path = _in_language(escape_uri_path(request.path), get_language(), language)
    return request.build_absolute_uri(path)


@register.simple_tag(takes_context=True)
def rendered(context: Context, name: str) -> SafeString:
    """A template of this page's context, to be shown in more than one place and worked out once."""
    assert context.template is not None  # noqa: S101  (a page is being rendered)
    return context.template.engine.get_template(name).render(context)


@register.simple_tag
def same_for_all(name: str) -> SafeString:
    """A part of the frame that says the same on every page to everybody, once in each language."""
    return _same_for_all(name, get_language())


@cache
def _same_for_all(name: str, _language: str | None) -> SafeString:
    return get_template(name).render()


@register.simple_tag(takes_context=True)
def main_places(context: Context) -> list[Place]:
    """The main navigation; marks the part of the portal in which the reader is."""
    request: HttpRequest | None = context.get("request")
    here = request.path if request else ""
    return [
        Place(address, words, here.startswith(address))
        for address, words in zip(_main_addresses(get_language()), MAIN_PLACES.values(), strict=True)
    ]


@cache
def _main_addresses(_language: str | None) -> list[str]:
    """Addresses do not change while the process lives; asked for in each language once."""
    return [reverse(name) for name in MAIN_PLACES]


@lru_cache(maxsize=PAGES_REMEMBERED)
def _in_language(path: str, current: str | None, wanted: str) -> str:
    """A path of the current language in the wanted one; every page says it several times."""
    return path if wanted == current else translate_url(path, wanted)


@register.filter
def in_reader_language(address: str) -> str:
    """The address of a Vietnamese page that is the same in all languages, in the reader's one."""
    language = get_language() or settings.LANGUAGE_CODE
    with override(settings.LANGUAGE_CODE):
        return translate_url(address, language)


@register.simple_tag
def name_of(language: str) -> str:
    """The name of a language, in that language."""
    return str(dict(settings.LANGUAGES)[language])


@register.simple_tag
def language_address(language: str, code: str) -> str:
    """The touch board of an agency in another language: always its first page, whatever part is shown."""
    return translate_url(reverse("portal:kiosk_home", args=[code]), language)
