"""Pages that belong to one citizen."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRefresh

from egov.web.htmx import wants_part
from egov.web.way_back import own_address
from portal.middleware import signed_in

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def citizen_only(view: View[P]) -> View[P]:
    """For whoever has signed in with an electronic identity; all others are sent to do so and then back.

    An official's sign-in does not count. A part of a page cannot show the sign-in, so the whole page is
    loaded anew; a form is come back to by the page on which it stood.
    """

    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if signed_in(request) is not None:
            return view(request, *args, **kwargs)
        if wants_part(request):
            return HttpResponseClientRefresh()
        return HttpResponseRedirect(sign_in_address(request))

    update_wrapper(answer, view)
    return login_not_required(answer)


def sign_in_address(request: HttpRequest) -> str:
    """Where to sign in, with the way back to this page."""
    here = request.get_full_path()
    if request.method not in {"GET", "HEAD"}:
        here = own_address(request, request.headers.get("Referer", here))
    return f"{reverse('portal:citizen_sign_in')}?{urlencode({'next': here})}"
