"""A ticket as the board's printer cuts it: letter, number, group and time, nothing about the person."""

from django.utils import timezone

from egov.printing.typesetter import typeset
from onestop.models import Ticket
from onestop.queries.queue import ahead_of


def ticket_pdf(ticket: Ticket) -> bytes:
    """80 mm wide, as long as its words."""
    issued = timezone.localtime(ticket.issued_at)
    content = {
        "agency": ticket.group.agency.name,
        "label": ticket.label,
        "group": ticket.group.name,
        "priority": ticket.get_priority_display() if ticket.has_priority else "",
        "issued": f"{issued:%H:%M} ngày {issued:%d/%m/%Y}",
        "ahead": ahead_of(ticket),
    }
    return typeset("ticket", content).pdf
