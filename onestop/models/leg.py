"""A dossier's way: legs through agencies, steps through people, each with a clock of its own."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from egov.workdays.limit import LimitUnit
from egov.workflow.models import StateChange
from onestop import states
from onestop.enums import LegState, StepState


class Leg(models.Model):
    """One agency's part of a dossier. Its lateness is that agency's and never extends the appointment."""

    STATES = states.LEG
    HISTORY = "changes"

    dossier = models.ForeignKey("onestop.Dossier", on_delete=models.PROTECT, related_name="legs")
    planned = models.ForeignKey("onestop.PlannedLeg", on_delete=models.PROTECT, null=True, related_name="+")
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    name = models.CharField(_("công đoạn"), max_length=200)
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="legs")
    after = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("sau công đoạn"), default=list, blank=True
    )
    amount = models.PositiveSmallIntegerField(_("thời hạn"))
    unit = models.CharField(_("đơn vị"), max_length=15, choices=LimitUnit.choices)
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=LegState.choices, default=LegState.PLANNED
    )
    sent_at = models.DateTimeField(_("chuyển đến lúc"), null=True)
    started_at = models.DateTimeField(_("bắt đầu lúc"), null=True)
    due_at = models.DateTimeField(_("hạn"), null=True)
    ended_at = models.DateTimeField(_("xong lúc"), null=True)

    class Meta:
        ordering = ("dossier_id", "order")
        constraints = [models.UniqueConstraint(fields=["dossier", "order"], name="leg_order")]
        indexes = [models.Index(fields=["agency", "state", "due_at"], name="leg_agency")]

    def __str__(self) -> str:
        return self.name


class LegChange(StateChange):
    """One step of a leg: sent, taken over, given back, done."""

    leg = models.ForeignKey(Leg, on_delete=models.PROTECT, related_name="changes")

    class Meta(StateChange.Meta):
        indexes = [models.Index(fields=["after", "at"], name="leg_change_at")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class Step(models.Model):
    """One person's part of a leg."""

    STATES = states.STEP
    HISTORY = "changes"

    leg = models.ForeignKey(Leg, on_delete=models.PROTECT, related_name="steps")
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    name = models.CharField(_("bước"), max_length=200)
    role = models.CharField(_("vai trò"), max_length=15)
    hours = models.PositiveSmallIntegerField(_("thời hạn (giờ làm việc)"))
    followers = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("bước tiếp theo"), default=list, blank=True
    )
    holder = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="steps"
    )
    department = models.ForeignKey(
        "organizations.Department", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=StepState.choices, default=StepState.PLANNED
    )
    started_at = models.DateTimeField(_("bắt đầu lúc"), null=True)
    due_at = models.DateTimeField(_("hạn"), null=True)
    ended_at = models.DateTimeField(_("xong lúc"), null=True)
    note = models.TextField(_("ý kiến"), blank=True)

    class Meta:
        ordering = ("leg_id", "order")
        constraints = [models.UniqueConstraint(fields=["leg", "order"], name="step_order")]
        indexes = [models.Index(fields=["holder", "state", "due_at"], name="step_holder")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_last(self) -> bool:
        """Whether the leg may end here: nothing follows but what came before, to be mended."""
        return all(order < self.order for order in self.followers)


class StepChange(StateChange):
    """One change of a step: the lines of the control slip."""

    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="changes")

    class Meta(StateChange.Meta):
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
