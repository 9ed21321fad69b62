"""Close a day, or make one up, in a scope."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from egov.audit.record import record
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.workdays import rules
from egov.workdays.models import Holiday
from egov.workflow.action import action
from egov.workflow.refusal import Refusal


class FactMissing(Refusal):
    """A day differs for a reason that has a name and stands in a decision."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DayFacts:
    """One day that differs. ``source`` is the decision or notice: its number and date."""

    day: date
    kind: Holiday.Kind
    name: str
    source: str


@action("workdays.set_holiday", allowed=rules.may_change_working_time)
def set_holiday(actor: Actor, scope: Agency | None, *, facts: DayFacts) -> Holiday:
    """Enter the day, or correct it if the scope has an entry for it. Raises FactMissing.

    Moves no appointment: terms that are promised keep their day until a person promises another one
    (onestop-and-portal.md rule 16). Those that it touches are listed by egov.workdays.touched.
    """
    name, source = facts.name.strip(), facts.source.strip()
    if not name or not source:
        raise FactMissing(_("Hãy ghi tên ngày và số quyết định hoặc thông báo làm căn cứ."))
    before = Holiday.objects.filter(day=facts.day, agency=scope).first()
    was = str(before and f"{before.kind}: {before.name} ({before.source})")
    holiday, _made = Holiday.objects.update_or_create(
        day=facts.day, agency=scope, defaults={"kind": facts.kind, "name": name, "source": source}
    )
    now = f"{holiday.kind}: {holiday.name} ({holiday.source})"
    record(actor, "workdays.holiday_set", holiday, day=f"{holiday.day}", was=was, now=now)
    return holiday
