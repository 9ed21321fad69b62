"""A request to meet the leader, its answer, and what the visitor was told of changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from complaints import states
from complaints.enums import AppointmentState
from egov.workflow.models import StateChange

if TYPE_CHECKING:
    from egov.organizations.actor import Actor, SignedOut


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Appointments by who may see them."""

    def visible_to(self, actor: Actor | SignedOut) -> Self:
        """Those of the actor's agency, by duty, as one SQL predicate."""
        from complaints.models.reception_visibility import readable_appointments  # noqa: PLC0415

        return self.filter(readable_appointments(actor))


class Appointment(models.Model):
    """Somebody asks to meet the leader (yêu cầu gặp lãnh đạo): asked, then agreed with day and hour, or not.

    Whoever denounces asks under the code of their sealed letter: no name, number or content stands here.
    """

    STATES = states.APPOINTMENT
    HISTORY = "changes"

    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="appointments")
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.PositiveIntegerField(_("số phiếu"))
    # Where it was asked for, when at the desk; the visit that it led to, once it did.
    visit = models.ForeignKey(
        "complaints.Visit", on_delete=models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    met_in = models.ForeignKey(
        "complaints.Visit", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    letter = models.ForeignKey(
        "complaints.Letter", on_delete=models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    is_protected = models.BooleanField(_("được bảo vệ danh tính"), default=False)
    name = models.CharField(_("họ tên"), max_length=200, blank=True)
    personal_number = models.CharField(_("số định danh"), max_length=20, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=20, blank=True)
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    content = models.CharField(_("nội dung muốn gặp"), max_length=500, blank=True)

    asked_at = models.DateTimeField(_("đề nghị lúc"))
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=AppointmentState.choices, default=AppointmentState.ASKED
    )
    day = models.ForeignKey(
        "complaints.ReceptionDay",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
    )
    time = models.TimeField(_("giờ hẹn"), null=True, blank=True)
    answer = models.CharField(_("trả lời"), max_length=500, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "number"], name="appointment_number_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "met", "missed"])
                | Q(day__isnull=False, time__isnull=False),
                name="appointment_agreed_has_day",
            ),
            models.CheckConstraint(
                condition=Q(is_protected=False)
                | Q(name="", personal_number="", phone="", address="", content="", letter__isnull=False),
                name="appointment_protected_says_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number:02d}/PH-TCD"


class AppointmentChange(StateChange):
    """One step of an appointment."""

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="changes")

    class Meta(StateChange.Meta):
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]


class AppointmentNotice(models.Model):
    """What an appointed visitor has to be told of a change, and when and how they were (rule 45)."""

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="notices")
    change = models.ForeignKey("complaints.TimetableChange", on_delete=models.PROTECT, related_name="notices")
    made_at = models.DateTimeField(_("lập lúc"))
    # Empty until somebody reached the visitor; whoever uses the portal is told there besides.
    told_at = models.DateTimeField(_("đã báo lúc"), null=True, blank=True)
    told_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    told_how = models.CharField(_("đã báo bằng"), max_length=200, blank=True)

    class Meta:
        ordering = ("made_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["appointment", "change"], name="appointment_told_once"),
            models.CheckConstraint(
                condition=Q(told_at=None, told_by=None) | Q(told_at__isnull=False, told_by__isnull=False),
                name="appointment_told_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appointment_id}: {self.change_id}"
