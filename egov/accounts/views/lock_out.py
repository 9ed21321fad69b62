"""The page of a person who typed a wrong password too often."""

import math

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from egov.accounts.models import User


def locked_out(
    request: HttpRequest, _response: HttpResponse | None, credentials: dict[str, str] | None
) -> HttpResponse:
    """Says until when the door stays shut and what to do; the same for names that nobody has.

    django-axes puts it in place of the view's own answer (``AXES_LOCKOUT_CALLABLE``).
    """
    AxesProxyHandler.update_request(request)
    username = User.normalize_username(
        (credentials or {}).get("username") or request.POST.get("username", "")
    )
    last = AccessAttempt.objects.filter(
        username=username,
        ip_address=request.axes_ip_address,  # type: ignore[attr-defined]  # set by django-axes
    ).aggregate(last=Max("attempt_time"))["last"]
    cool_off = get_cool_off(request)
    opens_at = (last or timezone.now()) + cool_off
    seconds = max(1, math.ceil((opens_at - timezone.now()).total_seconds()))
    response = render(
        request,
        "accounts/locked_out.html",
        {
            "limit": settings.AXES_FAILURE_LIMIT,
            "minutes": math.ceil(seconds / 60),
            "opens_at": timezone.localtime(opens_at),
        },
        status=429,
    )
    response["Retry-After"] = str(seconds)
    return response
