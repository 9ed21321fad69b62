"""What caches may keep, between us and people and in this process: a page that is the same for everybody.

A request with a cookie may be somebody's (a sign-in, a chosen contrast), so it is neither answered from a
cache nor is its answer kept. This process keeps pages in its own memory, never in the broker's: whoever asks
for a million addresses pushes out other pages, not messages.
"""

import hashlib
from collections.abc import Callable
from functools import update_wrapper
from hashlib import sha256
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from egov.web.htmx import wants_part

P = ParamSpec("P")
PAGES = "pages"
OK = 200
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def public_page(*, seconds: int) -> Callable[[View[P]], View[P]]:
    """Open to everybody; kept that many seconds when the request told nothing of a person."""

    def decorate(view: View[P]) -> View[P]:
        def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            place = _place(request)
            kept = caches[PAGES].get(place) if place else None
            if kept is not None:
                return _again(*kept)
            response = view(request, *args, **kwargs)
            patch_vary_headers(response, ["Cookie"])
            if place and not response.cookies and response.status_code == OK:
                patch_cache_control(response, public=True, max_age=seconds)
                if not response.streaming:
                    caches[PAGES].set(place, (response.content, list(response.items())), seconds)
            return response

        update_wrapper(answer, view)
        return login_not_required(answer)

    return decorate


def _place(request: HttpRequest) -> str:
    """Where the page of a request is kept: by all that makes it what it is; empty for a person's."""
    if request.COOKIES or request.method not in {"GET", "HEAD"}:
        return ""
    part = "part" if wants_part(request) else "page"
    return sha256(f"{part} {request.build_absolute_uri()}".encode("utf-8", "surrogatepass")).hexdigest()


def _again(content: bytes, headers: list[tuple[str, str]]) -> HttpResponse:
    """The same answer, for this request's middleware to complete."""
    response = HttpResponse(content)
    for name, value in headers:
        response[name] = value
    return response


def revalidated(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer under its ETag; 304 without a body where the reader has that very one."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
