"""What caches between us and people may keep: a page that is the same for everybody, and nothing else."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def public_page(*, seconds: int) -> Callable[[View[P]], View[P]]:
    """Open to everybody; shared caches keep it that many seconds when the request told nothing of a person.

    A request with a cookie may be somebody's (a sign-in, a chosen contrast): its answer is kept nowhere.
    """

    def decorate(view: View[P]) -> View[P]:
        def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            response = view(request, *args, **kwargs)
            patch_vary_headers(response, ["Cookie"])
            if not request.COOKIES and not response.cookies and response.status_code == 200:  # noqa: PLR2004
                patch_cache_control(response, public=True, max_age=seconds)
            return response

        update_wrapper(answer, view)
        return login_not_required(answer)

    return decorate
