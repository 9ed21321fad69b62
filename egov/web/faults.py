"""What a person reads when something of ours is broken: in words, and without what may be broken."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

UNAVAILABLE, BROKEN = 503, 500
# Seconds after which a machine may ask again.
RETRY_AFTER = "30"
# SQLSTATE of a server that is shut down, that crashed, or that is not ready yet; class 08: the connection.
AWAY = frozenset({"57P01", "57P02", "57P03"})


def server_error(request: HttpRequest) -> HttpResponse:
    """503 with "nothing is lost, try again" while the database is away; 500 for every other fault.

    Whatever ran before the fault is not relied on: the request may have no session, actor or htmx details.
    """
    if not is_away(sys.exc_info()[1]):
        return HttpResponse(render_to_string("500.html"), status=BROKEN)
    if _wants_part(request):
        sentence = _("Cơ sở dữ liệu đang tạm ngừng: chưa ghi nhận được. Hãy đợi một lát rồi làm lại.")
        words = render_to_string("components/c_alert.html", {"kind": "refused", "text": sentence})
        response = HttpResponse(words, status=UNAVAILABLE)
        response["HX-Retarget"], response["HX-Reswap"] = "#messages", "innerHTML"
    else:
        response = HttpResponse(render_to_string("503.html"), status=UNAVAILABLE)
    response["Retry-After"] = RETRY_AFTER
    return response


def is_away(error: BaseException | None) -> bool:
    """Whether this is a lost connection to the database, and no fault of a statement."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    # Without a code the server was not reached, or was cut off in the middle of its answer.
    state: str | None = getattr(error.__cause__, "pgcode", None)
    return state is None or state in AWAY or state.startswith("08")


def _wants_part(request: HttpRequest) -> bool:
    whole = {"HX-Boosted", "HX-History-Restore-Request"}
    return "HX-Request" in request.headers and not any(name in request.headers for name in whole)
