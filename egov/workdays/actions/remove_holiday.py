"""Make a day an ordinary one again in its scope."""

from egov.audit.record import record
from egov.organizations.actor import Actor
from egov.workdays import rules
from egov.workdays.models import Holiday
from egov.workflow.action import action


@action("workdays.remove_holiday", allowed=rules.may_remove_holiday)
def remove_holiday(actor: Actor, holiday: Holiday) -> None:
    """Take the entry out; the audit log keeps what it said. Moves no appointment."""
    was = f"{holiday.kind}: {holiday.name} ({holiday.source})"
    record(actor, "workdays.holiday_removed", holiday, day=f"{holiday.day}", was=was, scope=holiday.agency_id)
    # The row keeps its key in memory, so that the audit row of the action names it.
    Holiday.objects.filter(pk=holiday.pk).delete()
