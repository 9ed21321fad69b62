"""What every page of the touch board has: an agency's hall around it, and nothing that is kept (rule 58).

The board is one document: what is touched replaces its middle part, so the browser's history never grows and
nothing that was typed stands in an address. Without scripts the same addresses give whole pages.
"""

from collections.abc import Callable, Mapping
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from egov.organizations.models import Agency
from egov.web.htmx import render_page
from egov.workflow.refusal import Refusal
from onestop import public as onestop

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Agency, P], HttpResponse]
PAGE = "portal/kiosk/page.html"


def kiosk_page(view: View[P]) -> Callable[..., HttpResponse]:
    """Open to everybody in an agency's hall; a refusal is told on the board.

    Its forms need no token: no cookie has a part in them, and whoever stands there may do what they do.
    """

    def answer(request: HttpRequest, /, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        agency = Agency.objects.existing(timezone.localdate()).filter(code=code).first()
        if agency is None:
            context = {"code": code[:40], "sentence": _("Không có cơ quan nào mang mã này.")}
            return render(request, "portal/kiosk/nowhere.html", context, status=404)
        try:
            return view(request, agency, *args, **kwargs)
        except Refusal as refusal:
            return told(request, agency, refusal)

    update_wrapper(answer, view)
    open_to_all: Callable[..., HttpResponse] = csrf_exempt(login_not_required(answer))
    return open_to_all


def show(
    request: HttpRequest, agency: Agency, part: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """One part of the board, alone or with the frame around it."""
    return render_page(request, PAGE, part, {**context, "agency": agency, "part": part}, status=status)


def told(request: HttpRequest, agency: Agency, refusal: Refusal) -> HttpResponse:
    """What was refused and why, with nothing of what was typed."""
    context = {"sentence": refusal.sentence}
    response = show(request, agency, "portal/kiosk/_refused.html", context, status=refusal.status)
    if isinstance(refusal, onestop.TooManyLookups):
        response["Retry-After"] = str(refusal.wait)
    return response
