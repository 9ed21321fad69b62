"""The queue in the hall: groups, windows, and the tickets that people wait with. No names, ever."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from egov.workflow.models import StateChange
from onestop import states
from onestop.enums import TicketChannel, TicketPriority, TicketState


class QueueGroup(models.Model):
    """Matters that are served together at one agency, such as civil status or land: one row of numbers."""

    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="queue_groups")
    letter = models.CharField(_("chữ đầu số"), max_length=2)
    name = models.CharField(_("lĩnh vực phục vụ"), max_length=100)
    sectors = models.ManyToManyField("onestop.Sector", blank=True, related_name="queue_groups")
    # After so many of a priority class in a row, one without priority is called: nobody waits for ever.
    priority_share = models.PositiveSmallIntegerField(_("số lượt ưu tiên liên tiếp tối đa"), default=2)
    is_open = models.BooleanField(_("đang cấp số"), default=True)

    class Meta:
        ordering = ("agency_id", "letter")
        constraints = [
            models.UniqueConstraint(fields=["agency", "letter"], name="queue_group_letter"),
        ]

    def __str__(self) -> str:
        return f"{self.letter} – {self.name}"


class Window(models.Model):
    """A place at the counter where one official serves one person at a time."""

    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="windows")
    number = models.PositiveSmallIntegerField(_("quầy số"))
    groups = models.ManyToManyField(QueueGroup, related_name="windows", verbose_name=_("lĩnh vực phục vụ"))
    # Who sits there now.
    held_by = models.OneToOneField(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="window"
    )

    class Meta:
        ordering = ("agency_id", "number")
        constraints = [models.UniqueConstraint(fields=["agency", "number"], name="window_number")]

    def __str__(self) -> str:
        return _("Quầy %(number)d") % {"number": self.number}


class TicketQuerySet(models.QuerySet["Ticket"]):
    """Tickets by day and state."""

    def of_day(self, agency_id: int, day: date) -> Self:
        """Tickets of an agency on that day."""
        return self.filter(group__agency_id=agency_id, day=day)

    def waiting(self) -> Self:
        """Those that nobody has called yet, in the order in which they came."""
        return self.filter(state=TicketState.WAITING).order_by("issued_at", "pk")


class Ticket(models.Model):
    """One turn in a queue. It knows a class of priority and times, but not whose turn it is (rule 41)."""

    STATES = states.TICKET
    HISTORY = "changes"

    # Whose number it bears, from the first hour to the last.
    group = models.ForeignKey(QueueGroup, on_delete=models.PROTECT, related_name="tickets")
    # Where it waits or is served now: another group after a transfer.
    waits_in = models.ForeignKey(QueueGroup, on_delete=models.PROTECT, related_name="waiting_tickets")
    day = models.DateField(_("ngày"))
    number = models.PositiveIntegerField(_("số"))
    # What stands in the address of the paper ticket: nobody can walk through the day's tickets by number.
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    priority = models.CharField(
        _("diện ưu tiên"), max_length=12, choices=TicketPriority.choices, default=TicketPriority.NONE
    )
    channel = models.CharField(_("nơi lấy số"), max_length=8, choices=TicketChannel.choices)
    state = models.CharField(
        _("trạng thái"), max_length=8, choices=TicketState.choices, default=TicketState.WAITING
    )
    window = models.ForeignKey(
        Window, on_delete=models.PROTECT, null=True, blank=True, related_name="tickets"
    )
    issued_at = models.DateTimeField(_("lấy số lúc"))
    called_at = models.DateTimeField(_("gọi lúc"), null=True)
    calls = models.PositiveSmallIntegerField(_("số lần gọi"), default=0)
    started_at = models.DateTimeField(_("phục vụ từ"), null=True)
    ended_at = models.DateTimeField(_("xong lúc"), null=True)

    objects = TicketQuerySet.as_manager()

    class Meta:
        ordering = ("-day", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["group", "day", "number"], name="ticket_number"),
            # One person at a time at a window.
            models.UniqueConstraint(
                fields=["window"],
                condition=models.Q(state__in=["called", "serving"]),
                name="ticket_one_at_a_window",
            ),
        ]
        indexes = [
            models.Index(
                fields=["waits_in", "day", "issued_at"],
                name="ticket_waiting",
                condition=models.Q(state="waiting"),
            ),
            models.Index(fields=["window", "day", "called_at"], name="ticket_called"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What is called out and shown: A012."""
        return f"{self.group.letter}{self.number:03d}"

    @property
    def has_priority(self) -> bool:
        return self.priority != TicketPriority.NONE


class TicketChange(StateChange):
    """One step of a ticket."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="changes")
