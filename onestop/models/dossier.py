"""A dossier: what somebody asks for, by which version of the procedure, until when; and its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from egov.search.index import Words
from egov.workflow.models import StateChange
from egov.workflow.refusal import Refusal
from onestop import states
from onestop.enums import (
    Channel,
    ClockEventKind,
    Delivery,
    DeliveryState,
    DossierState,
    PaymentState,
    StopReason,
    SystemOfRecord,
)
from onestop.models.spell import tells_spell
from onestop.models.sync_sql import follows_system_of_record

if TYPE_CHECKING:
    from egov.organizations.actor import Actor, SignedOut

CODE = r"^[0-9A-Z]{1,3}(\.[0-9A-Z]{1,3}){0,4}-\d{6}-\d{4,}$"
# Only its last clock event says what a dossier's times are: whoever writes them otherwise is refused.
TIMES_FOLLOW_EVENTS = """
    DECLARE
        told RECORD;
    BEGIN
        SELECT received_at, due_at, finished_at, returned_at INTO told
        FROM onestop_clockevent WHERE dossier_id = NEW.id ORDER BY id DESC LIMIT 1;
        IF (NEW.received_at, NEW.due_at, NEW.finished_at, NEW.returned_at)
            IS DISTINCT FROM (told.received_at, told.due_at, told.finished_at, told.returned_at)
        THEN
            RAISE EXCEPTION 'the times of dossier % follow its clock events', NEW.id;
        END IF;
        RETURN NEW;
    END;
"""


class StatusOfAnotherSystem(Refusal):
    """Only the system of record may change a status (rule 49)."""


class DossierQuerySet(models.QuerySet["Dossier"]):
    """Dossiers by who may see them."""

    def visible_to(self, actor: Actor | SignedOut) -> Self:
        """Dossiers of the actor's agency and step, as one SQL predicate (rule 43)."""
        from onestop.models.visibility import readable_dossiers  # noqa: PLC0415  (predicates need legs and steps)

        return self.filter(readable_dossiers(actor))


class Dossier(models.Model):
    """One matter of one applicant. Its version, case and appointment stay what they were at receipt."""

    STATES = states.DOSSIER
    HISTORY = "changes"

    # Empty only for an online filing that nobody has received yet; such a one has its filing number.
    code = models.CharField(_("mã hồ sơ"), max_length=40, unique=True, null=True, blank=True)
    # What the applicant is given before there is a code; never reused.
    filing_number = models.CharField(_("số đăng ký"), max_length=40, unique=True, null=True, blank=True)
    # What another system calls it, such as the national portal.
    external_code = models.CharField(_("mã ngoài"), max_length=60, blank=True)
    version = models.ForeignKey("onestop.ProcedureVersion", on_delete=models.PROTECT, related_name="dossiers")
    case = models.ForeignKey("onestop.Case", on_delete=models.PROTECT, related_name="dossiers")
    channel = models.CharField(_("cách thức nộp"), max_length=10, choices=Channel.choices)
    channel_rule = models.ForeignKey(
        "onestop.ChannelRule", on_delete=models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=DossierState.choices, default=DossierState.FILED
    )

    # Help may be given, papers received and the matter decided in three different places (Decree 118/2025).
    receiving_agency = models.ForeignKey(
        "organizations.Agency", on_delete=models.PROTECT, related_name="received_dossiers"
    )
    deciding_agency = models.ForeignKey(
        "organizations.Agency", on_delete=models.PROTECT, related_name="decided_dossiers"
    )
    # Who has it now: agency, and the person if there is one.
    current_agency = models.ForeignKey(
        "organizations.Agency", on_delete=models.PROTECT, related_name="held_dossiers"
    )
    holder = models.ForeignKey(
        "organizations.Membership",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="held_dossiers",
    )
    received_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # An official who typed for the citizen is not the applicant.
    assisted_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    owner = models.ForeignKey("onestop.Party", on_delete=models.PROTECT, related_name="owned_dossiers")
    submitter = models.ForeignKey("onestop.Party", on_delete=models.PROTECT, related_name="filed_dossiers")
    content = models.CharField(_("nội dung yêu cầu"), max_length=500)
    sets = models.PositiveSmallIntegerField(_("số bộ hồ sơ"), default=1)
    delivery = models.CharField(
        _("cách nhận kết quả"), max_length=10, choices=Delivery.choices, default=Delivery.COUNTER
    )
    delivery_address = models.CharField(_("địa chỉ nhận kết quả"), max_length=300, blank=True)

    submitted_at = models.DateTimeField(_("nộp lúc"))
    received_at = models.DateTimeField(_("tiếp nhận lúc"), null=True)
    # Null after receipt: the procedure gives no appointment, and the dossier is in no ratio (rule 23).
    due_at = models.DateTimeField(_("hẹn trả lúc"), null=True)
    finished_at = models.DateTimeField(_("có kết quả lúc"), null=True)
    returned_at = models.DateTimeField(_("trả kết quả lúc"), null=True)
    # The first appointment, which lateness is counted against, and what the law alone would have given.
    promised_at = models.DateTimeField(_("hẹn lần đầu"), null=True)
    legal_due_at = models.DateTimeField(_("hạn theo luật"), null=True)

    payment_state = models.CharField(
        _("nộp phí, lệ phí"), max_length=10, choices=PaymentState.choices, default=PaymentState.NONE
    )
    delivery_state = models.CharField(
        _("giao kết quả"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.NOT_READY
    )
    # Four characters printed on the receipt: the second factor of the public lookup.
    secret = models.CharField(_("mã tra cứu"), max_length=8, blank=True)
    # A correction after the result was handed over is a new dossier.
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    # Double clicks and repeated calls: the same key makes one dossier.
    idempotency_key = models.CharField(max_length=64, unique=True, null=True, blank=True)
    search = models.GeneratedField(
        expression=Words("code", "content"), output_field=SearchVectorField(), db_persist=True
    )

    objects = DossierQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["receiving_agency", "state", "due_at"], name="dossier_receiving"),
            models.Index(fields=["deciding_agency", "state", "due_at"], name="dossier_deciding"),
            models.Index(
                fields=["current_agency", "due_at"],
                name="dossier_desk",
                condition=~Q(state__in=["refused", "withdrawn", "returned"]),
            ),
            models.Index(fields=["holder", "due_at"], name="dossier_holder"),
            models.Index(fields=["received_at"], name="dossier_received"),
            # The latest finished ones of a version: how long they really took.
            models.Index(
                fields=["version", "finished_at"],
                name="dossier_finished",
                condition=Q(finished_at__isnull=False),
            ),
            GinIndex(fields=["search"], name="dossier_search"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(code__isnull=True) | Q(code__regex=CODE), name="dossier_code"),
            models.CheckConstraint(
                condition=Q(code__isnull=False)
                | Q(state__in=["filed", "refused", "supplement", "withdrawn"]),
                name="dossier_received_has_code",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "returned"]) | Q(finished_at__isnull=False),
                name="dossier_done_has_time",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="times_follow_events",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("received_at", "due_at", "finished_at", "returned_at"),
                func=TIMES_FOLLOW_EVENTS,
            ),
        ]

    def __str__(self) -> str:
        return self.code or self.filing_number or f"#{self.pk}"

    def refuse_move(self) -> None:
        """Raises StatusOfAnotherSystem where a ministry's system decides the status (rule 49)."""
        if self.version.procedure.system_of_record != SystemOfRecord.LOCAL:
            raise StatusOfAnotherSystem(
                _(
                    "Trạng thái của hồ sơ này do hệ thống của bộ, ngành quyết định; "
                    "hệ thống của tỉnh chỉ hiển thị lại."
                )
            )


class MirroredDossier(Dossier):
    """The same dossier when its system of record speaks: it follows whatever that system says."""

    STATES = states.MIRROR

    class Meta:
        proxy = True

    def refuse_move(self) -> None:
        """Nobody else's word counts here; the database asks for that word (models/sync_sql.py)."""


class DossierChange(StateChange):
    """One step of a dossier."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="changes")

    class Meta(StateChange.Meta):
        indexes = [models.Index(fields=["after", "at"], name="dossier_change_at")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            tells_spell(),
            follows_system_of_record(),
        ]


class ClockEvent(models.Model):
    """What the dossier's times became, when, why and by whom. Never edited: corrections are new events
    (rule 26)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="clock_events")
    kind = models.CharField(_("sự việc"), max_length=12, choices=ClockEventKind.choices)
    at = models.DateTimeField(_("lúc"))
    received_at = models.DateTimeField(_("tiếp nhận lúc"), null=True)
    due_at = models.DateTimeField(_("hẹn trả lúc"), null=True)
    finished_at = models.DateTimeField(_("có kết quả lúc"), null=True)
    returned_at = models.DateTimeField(_("trả kết quả lúc"), null=True)
    reason = models.CharField(_("lý do"), max_length=500, blank=True)
    user_id = models.BigIntegerField(_("người thực hiện"), null=True)
    person = models.CharField(_("họ tên, chức vụ"), max_length=300, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["kind", "at"], name="clock_event_kind")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            tells_spell(),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%d/%m/%Y %H:%M}"


class Stop(models.Model):
    """A period in which the clock stands still, for a reason that the procedure allows."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="stops")
    reason = models.CharField(_("lý do"), max_length=15, choices=StopReason.choices)
    words = models.CharField(_("diễn giải"), max_length=500, blank=True)
    started_at = models.DateTimeField(_("từ lúc"))
    ended_at = models.DateTimeField(_("đến lúc"), null=True, blank=True)
    # What was left when it stopped: working minutes, or calendar days where the limit is in those.
    remaining_minutes = models.IntegerField(_("còn lại (phút làm việc)"), null=True)
    remaining_days = models.IntegerField(_("còn lại (ngày)"), null=True)

    class Meta:
        ordering = ("started_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(ended_at__isnull=True), name="stop_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("started_at")),
                name="stop_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.started_at:%d/%m/%Y}"
