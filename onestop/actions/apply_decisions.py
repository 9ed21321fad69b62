"""Bookkeeping at midnight: states of versions and lines of decisions follow their days (rule 7).

Which version takes new dossiers is said by dates alone, so everything is right before this runs; running it
twice, late, or never on one day changes nothing but how soon the lists say “đã thay thế”.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from egov.audit.record import record
from egov.workflow.performer import SYSTEM
from onestop.actions.activate_version import settle
from onestop.enums import VersionState
from onestop.models import DecisionEffect, Procedure


def apply_decisions(at: datetime) -> int:
    """Everything whose day has come at that moment in Viet Nam; returns how many lines and versions."""
    today = timezone.localdate(at)
    due = DecisionEffect.objects.filter(applied_at__isnull=True, effective_on__lte=today)
    ended = Procedure.objects.filter(
        versions__state=VersionState.ACTIVE, versions__effective_to__lte=today
    ).values_list("pk", flat=True)
    changed = 0
    for pk in sorted({*due.values_list("procedure", flat=True), *ended}):
        with transaction.atomic():
            procedure = Procedure.objects.select_for_update(no_key=True).get(pk=pk)
            lines = due.filter(procedure=procedure).update(applied_at=at)
            settled = settle(procedure, today, by=SYSTEM, at=at)
            if lines or settled:
                record(SYSTEM, "onestop.apply_decisions", procedure, lines=lines, versions=settled)
            changed += lines + settled
    return changed
