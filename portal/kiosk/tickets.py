"""Take a number at the board: on the screen and on paper, without a name (rule 41)."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from egov.accounts.login.address import address_of
from egov.organizations.models import Agency
from onestop import public as onestop
from portal.kiosk.forms import TicketForm
from portal.kiosk.frame import kiosk_page, show
from portal.kiosk.paper import for_print

GROUPS, TICKET = "portal/kiosk/_tickets.html", "portal/kiosk/_ticket.html"


@require_http_methods(["GET", "HEAD", "POST"])
@kiosk_page
def kiosk_tickets(request: HttpRequest, agency: Agency) -> HttpResponse:
    """What one came for; touched, the number. Touched twice it is the same one."""
    now = timezone.now()
    if request.method == "POST":
        form = TicketForm(request.POST)
        if form.is_valid():
            chosen = form.cleaned_data
            taken = onestop.take_ticket(
                agency.code,
                chosen["group"],
                priority=onestop.TicketPriority(chosen["priority"]),
                once=chosen["once"],
                at=now,
                address=address_of(request),
            )
            return show(request, agency, TICKET, {"ticket": taken})
    context = {"hall": onestop.hall(agency.code, at=now), "once": uuid4(), "priorities": _priorities()}
    return show(request, agency, GROUPS, context, status=422 if request.method == "POST" else 200)


@require_safe
@kiosk_page
def kiosk_ticket(request: HttpRequest, agency: Agency, token: UUID) -> HttpResponse:
    """One's number again: how many are before it now."""
    return show(request, agency, TICKET, {"ticket": onestop.ticket(token)})


@require_safe
@kiosk_page
def kiosk_ticket_paper(request: HttpRequest, agency: Agency, token: UUID) -> HttpResponse:  # noqa: ARG001
    """The slip of 80 mm that the board's printer cuts."""
    return for_print(onestop.ticket_paper(token), "so-thu-tu.pdf")


def _priorities() -> list[tuple[str, str]]:
    none = onestop.TicketPriority.NONE
    return [(one.value, str(one.label)) for one in onestop.TicketPriority if one != none]
