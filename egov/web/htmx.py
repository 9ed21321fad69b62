"""One address, two sizes: the whole page, or the part of it that htmx asked for."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part; going back in the browser's history wants the page."""
    details: Any = getattr(request, "htmx", None)
    return bool(details) and not details.history_restore_request and not details.boosted


def render_page(
    request: HttpRequest, page: str, part: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render ``part`` for htmx, else ``page``, which includes the same part and so works without scripts."""
    response = render(request, part if wants_part(request) else page, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
