"""What every request and answer of the site goes through."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import patch_cache_control
from django_htmx.http import HttpResponseClientRefresh

from egov.web.htmx import wants_part


class LanguageMiddleware(LocaleMiddleware):
    """A public page speaks the language of its address, so that every cache may keep it; the office that of
    the person's choice, and Vietnamese before there is one: many an office machine just asks for English.
    """

    def process_request(self, request: HttpRequest) -> None:
        language = _language_of_address(request.path_info)
        if language is None:
            chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
            language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()


def _language_of_address(path: str) -> str | None:
    """The language of a public address; None for an address of the office, or of nothing."""
    first = translation.get_language_from_path(path)
    with translation.override(first or settings.LANGUAGE_CODE):
        try:
            match = resolve(path)
        except Resolver404:
            return first
    if settings.PUBLIC_NAMESPACE in match.namespaces or match.view_name in settings.PUBLIC_NAMES:
        return first or settings.LANGUAGE_CODE
    return None


class SignInMiddleware(LoginRequiredMiddleware):
    """Everything is for signed-in people unless a view says ``@login_not_required``.

    A part of a page cannot show the sign-in form, so the browser is told to load the whole page anew.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., Any],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        response = super().process_view(request, view_func, view_args, view_kwargs)
        return HttpResponseClientRefresh() if response is not None and wants_part(request) else response


class PrivatePageMiddleware:
    """Keeps pages out of every shared or shown-again cache: the next person at the desk sees nothing of them.

    Static files are answered further out and keep their long life.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response
