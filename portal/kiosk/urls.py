"""Addresses of the touch board: all of them below the code of the agency in whose hall it stands."""

from django.urls import path

from portal.kiosk import dossiers, pages, tickets

urlpatterns = [
    path("", pages.kiosk_home, name="kiosk_home"),
    path("reset/", pages.kiosk_reset, name="kiosk_reset"),
    path("procedures/", pages.kiosk_procedures, name="kiosk_procedures"),
    path("procedures/<str:procedure_code>/", pages.kiosk_procedure, name="kiosk_procedure"),
    path("procedures/<str:procedure_code>/checklist/", pages.kiosk_checklist, name="kiosk_checklist"),
    path("lookup/", dossiers.kiosk_lookup, name="kiosk_lookup"),
    path("rate/", dossiers.kiosk_rate, name="kiosk_rate"),
    path("tickets/", tickets.kiosk_tickets, name="kiosk_tickets"),
    path("tickets/<uuid:token>/", tickets.kiosk_ticket, name="kiosk_ticket"),
    path("tickets/<uuid:token>/paper/", tickets.kiosk_ticket_paper, name="kiosk_ticket_paper"),
    path("late/", pages.kiosk_late, name="kiosk_late"),
]
