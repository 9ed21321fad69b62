"""Words of a form that came when the sign-in had ended: kept in the browser's own session, and shown
again in the same form once its person has signed in.

A form stands on a page of one's own dossier, so whoever signs in next and has no part in it never sees them.
"""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

from portal.middleware import signed_in
from portal.views.citizen_only import citizen_only

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

KEY = "unsent"
LONGEST = 2000
OF_THE_FORM = "csrfmiddlewaretoken"


def citizen_form(view: View[P]) -> View[P]:
    """For citizens only, as ``citizen_only``; what was typed is not lost to a sign-in that has ended."""
    guarded = citizen_only(view)

    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method == "POST" and signed_in(request) is None:
            typed = {name: text[:LONGEST] for name, text in request.POST.items() if name != OF_THE_FORM}
            request.session[KEY] = {"path": request.path, "typed": typed}
        return guarded(request, *args, **kwargs)

    update_wrapper(answer, guarded)
    return answer


def typed_before(request: HttpRequest) -> dict[str, str]:
    """What was typed into the form of this page before the sign-in ended; it is given once."""
    kept = request.session.get(KEY)
    if kept is None or kept["path"] != request.path:
        return {}
    del request.session[KEY]
    typed: dict[str, str] = kept["typed"]
    return typed
