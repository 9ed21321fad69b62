"""What the frame of every page of the portal asks for."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse, translate_url
from django.utils.html import format_html
from django.utils.translation import get_language, override

register = template.Library()

COOKIE = "display"
CONTRASTS = ("normal", "high")
SIZES = ("normal", "large", "larger")


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
    return translate_url(request.get_full_path(), language)


@register.simple_tag(takes_context=True)
def page_address(context: Context, language: str = "") -> str:
    """The one full address of this page, without what was chosen on it; also in another language."""
    request: HttpRequest = context["request"]
    path = translate_url(request.path, language) if language else request.path
    return request.build_absolute_uri(path)


@register.simple_tag(takes_context=True)
def here(context: Context, address: str) -> str:
    """Marks the way to the part of the portal in which the reader is."""
    request: HttpRequest | None = context.get("request")
    return format_html(' aria-current="{}"', "true") if request and request.path.startswith(address) else ""


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
