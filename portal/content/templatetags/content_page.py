"""What templates of published pages ask for."""

from typing import Any
from urllib.parse import urlsplit

from django import template
from django.template import Context
from django.urls import reverse
from wagtail.models import Page

register = template.Library()


@register.filter
def public_translations(page: Page) -> list[Page]:
    """The page in each language in which it is public, for search engines."""
    return list(page.get_translations(inclusive=True).live().select_related("locale"))


@register.simple_tag(takes_context=True)
def address_of(context: Context, page: Page) -> str:
    """The whole address of a page in its own language, at the host that was asked."""
    request: Any = context["request"]
    return str(request.build_absolute_uri(page.get_url(request)))


@register.simple_tag
def pageurl_here(page: Page) -> str:
    """The address of a page in the language of the reader, also where its text is in another one."""
    path = page.url_path.split("/", 2)[2]
    return reverse("wagtail_serve", args=[path])


@register.simple_tag(takes_context=True)
def page_address(context: Context, number: int) -> str:
    """The address of the list in view at another page of it, with everything else that was asked."""
    asked: Any = context["request"].GET.copy()
    asked["page"] = str(number)
    return f"{urlsplit(context['request'].path).path}?{asked.urlencode()}"
