"""How long a dossier stood how: what every report counts, as it was known at any moment (rule 27)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

import pgtrigger
from django.contrib.postgres.fields import DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from onestop.enums import Channel, DossierState, Timeliness
from onestop.models.spell_sql import TELL_SPELL

# The smallest step of a moment in the database.
INSTANT = timedelta(microseconds=1)
# Only an event's trigger writes spells: no statement of its own may.
BY_HAND = pgtrigger.Condition("pg_trigger_depth() = 0")


def tells_spell() -> pgtrigger.Trigger:
    """For the models whose rows are a dossier's events: each new one begins the dossier's next spell."""
    return pgtrigger.Trigger(
        name="tells_spell", when=pgtrigger.After, operation=pgtrigger.Insert, func=TELL_SPELL
    )


class SpellQuerySet(models.QuerySet["Spell"]):
    """Spells by moment."""

    def just_before(self, moment: datetime) -> Self:
        """The spell of each dossier that held in the last instant before that moment."""
        return self.filter(during__contains=moment - INSTANT)


class Spell(models.Model):
    """A stretch of a dossier's life in which nothing about it changed; the last one has no end yet.

    Derived from the append-only events by a trigger and never written otherwise; ``verify_figures`` makes
    them again from the events and compares. A dossier's spells follow each other without a gap.
    """

    dossier = models.ForeignKey("onestop.Dossier", on_delete=models.PROTECT, related_name="spells")
    since = models.DateTimeField(_("từ lúc"))
    until = models.DateTimeField(_("đến trước lúc"), null=True)
    during = models.GeneratedField(
        expression=Func(F("since"), F("until"), function="tstzrange", output_field=DateTimeRangeField()),
        output_field=DateTimeRangeField(),
        db_persist=True,
    )
    # Whose figure it is: the agency that decided it then; an agency merged away keeps its past.
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    procedure = models.ForeignKey("onestop.Procedure", on_delete=models.PROTECT, related_name="+")
    sector = models.ForeignKey("onestop.Sector", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(_("cách thức nộp"), max_length=10, choices=Channel.choices)
    state = models.CharField(_("trạng thái"), max_length=10, choices=DossierState.choices)
    state_since = models.DateTimeField(_("ở trạng thái này từ"))

    # When it stopped being a mere filing, and from when it counts as received: never twice, never both.
    taken_at = models.DateTimeField(_("tiếp nhận, từ chối lúc"), null=True)
    received_at = models.DateTimeField(_("ngày tiếp nhận"), null=True)
    entered_at = models.DateTimeField(_("tính vào số tiếp nhận từ"), null=True)
    # The appointment in words of the day; less the grace that an apology won it is the one that counts.
    due_at = models.DateTimeField(_("hẹn trả lúc"), null=True)
    grace = models.DurationField(_("thời gian hẹn lại"), default=timedelta)
    is_apologised = models.BooleanField(_("đã xin lỗi"), default=False)
    promised_at = models.DateTimeField(_("hạn để tính đúng, trễ"), null=True)
    # The first moment that is too late.
    late_from = models.DateTimeField(_("trễ từ lúc"), null=True)
    finished_at = models.DateTimeField(_("có kết quả lúc"), null=True)
    # From the result, refusal or withdrawal on; handing the result over does not move it.
    closed_at = models.DateTimeField(_("kết thúc lúc"), null=True)
    reopened_at = models.DateTimeField(_("mở lại lúc"), null=True)
    # Empty where only the moment of the report can tell: at work, or never to be judged.
    timeliness = models.CharField(_("tiến độ"), max_length=10, choices=Timeliness.choices, blank=True)
    is_late_by_law = models.BooleanField(_("trễ so với luật"), null=True)

    objects = SpellQuerySet.as_manager()

    class Meta:
        ordering = ("dossier_id", "since")
        constraints = [
            models.UniqueConstraint(fields=["dossier", "since"], name="spell_once"),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(until__isnull=True), name="spell_one_at_present"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="spell_ends_after_start"
            ),
        ]
        indexes = [
            # What was open at a moment, and what was closed in a period: the two halves of every report.
            GistIndex(fields=["during"], name="spell_open", condition=Q(closed_at__isnull=True)),
            models.Index(fields=["closed_at"], name="spell_closed", condition=Q(closed_at__isnull=False)),
            models.Index(
                fields=["reopened_at"], name="spell_reopened", condition=Q(reopened_at__isnull=False)
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="by_events_only",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                condition=BY_HAND,
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.state} {self.since:%d/%m/%Y %H:%M}"


class ClosedMonth(models.Model):
    """A month whose figures stand: no event may be dated into it or before it any more."""

    first_day = models.DateField(_("tháng"), unique=True)
    # The first moment that no longer belongs to it.
    ended_at = models.DateTimeField(_("hết tháng lúc"))
    closed_at = models.DateTimeField(_("chốt số lúc"))

    class Meta:
        ordering = ("-first_day",)
        indexes = [models.Index(fields=["-ended_at"], name="closed_month_end")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.first_day:%m/%Y}"


class MonthFigure(models.Model):
    """What one agency did by one procedure in a closed month: kept, so that years are added up at once."""

    month = models.ForeignKey(ClosedMonth, on_delete=models.PROTECT, related_name="figures")
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    procedure = models.ForeignKey("onestop.Procedure", on_delete=models.PROTECT, related_name="+")
    carried = models.PositiveIntegerField(_("kỳ trước chuyển qua"))
    reopened = models.PositiveIntegerField(_("trong đó mở lại"))
    received_online = models.PositiveIntegerField(_("tiếp nhận trực tuyến"))
    received_counter = models.PositiveIntegerField(_("tiếp nhận trực tiếp"))
    received_post = models.PositiveIntegerField(_("tiếp nhận qua bưu chính"))
    solved_early = models.PositiveIntegerField(_("giải quyết trước hạn"))
    solved_on_time = models.PositiveIntegerField(_("giải quyết đúng hạn"))
    solved_late = models.PositiveIntegerField(_("giải quyết quá hạn"))
    solved_unpromised = models.PositiveIntegerField(_("giải quyết, không hẹn ngày trả"))
    apologised = models.PositiveIntegerField(_("quá hạn có xin lỗi"))
    late_by_law = models.PositiveIntegerField(_("quá hạn so với luật"))
    running_in_time = models.PositiveIntegerField(_("đang giải quyết trong hạn"))
    running_late = models.PositiveIntegerField(_("đang giải quyết quá hạn"))
    running_unpromised = models.PositiveIntegerField(_("đang giải quyết, không hẹn ngày trả"))
    paused_in_time = models.PositiveIntegerField(_("tạm dừng trong hạn"))
    paused_late = models.PositiveIntegerField(_("tạm dừng quá hạn"))
    paused_unpromised = models.PositiveIntegerField(_("tạm dừng, không hẹn ngày trả"))
    refused = models.PositiveIntegerField(_("từ chối"))
    withdrawn = models.PositiveIntegerField(_("rút hồ sơ"))
    waiting = models.PositiveIntegerField(_("chờ tiếp nhận"))

    class Meta:
        ordering = ("month", "agency", "procedure")
        constraints = [
            models.UniqueConstraint(fields=["month", "agency", "procedure"], name="month_figure_once"),
            # Rule 25, held by the database itself.
            models.CheckConstraint(
                condition=Q(
                    carried=F("solved_early")
                    + F("solved_on_time")
                    + F("solved_late")
                    + F("solved_unpromised")
                    + F("running_in_time")
                    + F("running_late")
                    + F("running_unpromised")
                    + F("paused_in_time")
                    + F("paused_late")
                    + F("paused_unpromised")
                    + F("refused")
                    + F("withdrawn")
                    - F("received_online")
                    - F("received_counter")
                    - F("received_post")
                ),
                name="month_figure_adds_up",
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.month_id} {self.agency_id} {self.procedure_id}"
