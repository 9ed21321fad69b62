"""Parts of a dossier's page that other files fill: each a partial and what it needs.

A panel is a template and a function of the request and the dossier; keys of its context are its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from onestop.enums import SystemOfRecord
from onestop.models import Dossier
from onestop.queries.slips import forms_of
from onestop.views.money_panel import PARTIAL as MONEY
from onestop.views.money_panel import money_panel
from onestop.views.results import PARTIAL as RESULTS
from onestop.views.results import results_panel


@dataclass(frozen=True)
class Panel:
    """One part of the page."""

    template: str
    context: Callable[[HttpRequest, Dossier], dict[str, Any]]


def _forms(_request: HttpRequest, dossier: Dossier) -> dict[str, Any]:
    return {"issued_forms": forms_of(dossier)}


def _source(_request: HttpRequest, dossier: Dossier) -> dict[str, Any]:
    """Only a dossier of another system has one; the others cost no query."""
    mirrored = dossier.version.procedure.system_of_record != SystemOfRecord.LOCAL
    return {"source_status": dossier.mirrored.last() if mirrored else None}


PANELS: tuple[Panel, ...] = (
    Panel("onestop/_dossier_source.html", _source),
    Panel(RESULTS, results_panel),
    Panel(MONEY, money_panel),
    Panel("onestop/_dossier_forms.html", _forms),
)


def panels_context(request: HttpRequest, dossier: Dossier) -> dict[str, Any]:
    """What all panels need, and their templates in order."""
    context: dict[str, Any] = {"panels": [panel.template for panel in PANELS]}
    for panel in PANELS:
        context |= panel.context(request, dossier)
    return context
