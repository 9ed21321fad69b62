"""Let a version hold from a day on, and end the one before it on that day."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.verify_version import refuse_incomplete
from onestop.enums import EffectKind, VersionState
from onestop.models import DecisionEffect, Procedure, ProcedureVersion
from onestop.models.procedure import IN_FORCE


class DayNotPossible(Refusal):
    """From that day on another version holds already, or the day has passed."""


@action("onestop.activate_version", allowed=rules.may_activate_version)
def activate_version(actor: Actor, version: ProcedureVersion, *, on: date, at: datetime) -> ProcedureVersion:
    """Let it take new dossiers from 00:00 of that day, today or later; running ones keep theirs (rule 5).

    Raises VersionIncomplete (rule 2) or DayNotPossible.
    """
    if on < timezone.localdate(at):
        raise DayNotPossible(_("Ngày áp dụng không thể ở trong quá khứ."))
    put_in_force(version, on, by=actor, at=at)
    return version


def put_in_force(version: ProcedureVersion, on: date, *, by: Performer, at: datetime) -> None:
    """The same for a decision's line, whose day may have passed when it is entered.

    From then on dates alone say which version holds: no task needs to run at midnight for that to be right.
    """
    refuse_incomplete(version)
    before = _held_on(version.procedure, on)
    if before:
        # A day on which the procedure is abolished stays so.
        version.effective_to = before.effective_to
        before.effective_to = on
        before.save(update_fields=["effective_to"])
    version.effective_from = on
    version.save(update_fields=["effective_from", "effective_to"])
    move(version, to=VersionState.ACTIVE, by=by, at=at)
    settle(version.procedure, timezone.localdate(at), by=by, at=at)


def end(procedure: Procedure, on: date, *, by: Performer, at: datetime) -> None:
    """Nobody may file by the procedure from 00:00 of that day on (rule 6). Raises DayNotPossible."""
    held = _held_on(procedure, on)
    if held is None:
        raise DayNotPossible(
            _("Thủ tục %(code)s không có phiên bản nào đang áp dụng ngày %(day)s để bãi bỏ.")
            % {"code": procedure.local_code, "day": f"{on:%d/%m/%Y}"}
        )
    held.effective_to = on
    held.save(update_fields=["effective_to"])
    settle(procedure, timezone.localdate(at), by=by, at=at)


def settle(procedure: Procedure, today: date, *, by: Performer, at: datetime) -> int:
    """Let the states of versions whose last day has passed follow their dates; returns how many."""
    passed = list(
        procedure.versions.select_for_update(of=("self",), no_key=True).filter(
            state=VersionState.ACTIVE, effective_to__lte=today
        )
    )
    abolished_on = set(
        DecisionEffect.objects.filter(procedure=procedure, kind=EffectKind.ABOLISHED).values_list(
            "effective_on", flat=True
        )
    )
    for version in passed:
        abolished = version.effective_to in abolished_on
        move(
            version,
            to=VersionState.ABOLISHED if abolished else VersionState.SUPERSEDED,
            by=by,
            at=at,
        )
    return len(passed)


def _held_on(procedure: Procedure, on: date) -> ProcedureVersion | None:
    """The version that begins before that day and would hold on it; the procedure is locked."""
    Procedure.objects.select_for_update(no_key=True).get(pk=procedure.pk)
    versions = procedure.versions.filter(state__in=IN_FORCE)
    later = versions.filter(effective_from__gte=on).order_by("effective_from").first()
    if later is not None:
        raise DayNotPossible(
            _(
                "Phiên bản %(number)d của thủ tục %(code)s áp dụng từ ngày %(day)s; "
                "phiên bản khác chỉ áp dụng được từ một ngày sau đó."
            )
            % {
                "number": later.number,
                "code": procedure.local_code,
                "day": f"{later.effective_from:%d/%m/%Y}",
            }
        )
    held = versions.exclude(effective_to__lte=on).order_by("-effective_from").first()
    if held is not None and held.state != VersionState.ACTIVE:
        raise DayNotPossible(
            _("Thủ tục %(code)s đã hết áp dụng từ ngày %(day)s; hãy chọn ngày từ đó trở đi.")
            % {"code": procedure.local_code, "day": f"{held.effective_to:%d/%m/%Y}"}
        )
    return held
