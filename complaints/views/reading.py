"""Pages that only read: whose side the actor is on is asked once for everything that they show."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from complaints.models.side import as_reader
from egov.organizations.actor import Actor


def reads_once(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Make the actor of the request a reader; only for views that change nothing."""

    @wraps(view)
    def reading(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor = request.actor  # type: ignore[attr-defined]
        if isinstance(actor, Actor):
            request.actor = as_reader(actor)  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return reading
