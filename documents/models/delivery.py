"""The outbox of record: one row per recipient; the hops that carry them; each recipient's history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents import states
from documents.enums import DeliveryState, StatusCode
from egov.workflow.models import StateChange

if TYPE_CHECKING:
    from egov.organizations.actor import Actor, SignedOut


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries by who may see them."""

    def visible_to(self, actor: Actor | SignedOut) -> DeliveryQuerySet:
        """Incoming documents that the actor may read: of their agency, by role, or given to them to handle."""
        from documents.models.visibility import readable_deliveries  # noqa: PLC0415  (predicates need both models)

        return self.filter(readable_deliveries(actor))


class Delivery(models.Model):
    """One document on its way to, at, and being handled by one recipient: the recipient's incoming document."""

    STATES = states.DELIVERY
    HISTORY = "changes"

    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="deliveries")
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="deliveries")
    # Agency whose hop hands it over; null for paper that came in at the registry.
    node = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        _("trạng thái"), max_length=12, choices=DeliveryState.choices, default=DeliveryState.PENDING
    )
    sent_at = models.DateTimeField(_("gửi lúc"))
    arrived_at = models.DateTimeField(_("đến lúc"), null=True)
    registered_at = models.DateTimeField(_("tiếp nhận lúc"), null=True)
    presented_at = models.DateTimeField(_("trình lúc"), null=True)
    presented_to = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, related_name="presented_deliveries"
    )
    finished_at = models.DateTimeField(_("hoàn thành lúc"), null=True)
    # Deadline in force: from the directive, else the packet's; null when nobody set one.
    due_on = models.DateField(_("hạn xử lý"), null=True)
    # What the registry found when it checked signatures and integrity.
    validation = models.ForeignKey("signing.ValidationReport", on_delete=models.PROTECT, null=True, related_name="+")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("-sent_at", "-id")
        indexes = [
            models.Index(fields=["agency", "state", "-arrived_at"], name="delivery_inbox"),
            models.Index(fields=["document", "node"], name="delivery_pending", condition=Q(state="pending")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["document", "agency"], name="delivery_once"),
            models.CheckConstraint(
                condition=Q(state="pending") | Q(arrived_at__isnull=False), name="delivery_arrival_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} → {self.agency_id}"


class DeliveryChange(StateChange):
    """One step at one recipient; ``code`` is the status that the sender sees, empty for inner steps."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="changes")
    code = models.CharField(_("mã trạng thái"), max_length=2, choices=StatusCode.choices, blank=True)

    class Meta(StateChange.Meta):
        constraints = [
            # The same status is never told twice, whatever runs twice.
            models.UniqueConstraint(
                fields=["delivery", "code"], name="delivery_status_once", condition=~Q(code="")
            ),
        ]


class Hop(models.Model):
    """One node of a document's way through the tree; it serves all its direct recipients with one statement."""

    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="hops")
    node = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    # The node before it on the way; null for the sender's own.
    previous = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    depth = models.PositiveSmallIntegerField(_("bước"))
    done_at = models.DateTimeField(_("xong lúc"), null=True)

    class Meta:
        ordering = ("depth", "id")
        indexes = [models.Index(fields=["document"], name="hop_waiting", condition=Q(done_at__isnull=True))]
        constraints = [models.UniqueConstraint(fields=["document", "node"], name="hop_once")]

    def __str__(self) -> str:
        return f"{self.document_id} @ {self.node_id}"
