"""The outbox of record: one row per recipient; the hops that carry them; each recipient's history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents import states
from documents.enums import STATUS_OF, DeliveryState, StatusCode
from egov.workflow.models import StateChange

if TYPE_CHECKING:
    from datetime import datetime

    from documents.exchange.routing import Plan
    from documents.models.document import Document
    from egov.organizations.actor import Actor, SignedOut
    from egov.workflow.performer import Performer

# One statement each, whatever the number of recipients: a circular to 769 agencies costs two.
WRITE_LEGS = """
    INSERT INTO documents_delivery (document_id, agency_id, node_id, state, sent_at, due_on)
    SELECT %s, leg.agency_id, leg.node_id, 'pending', %s, %s
    FROM unnest(%s::bigint[], %s::bigint[]) AS leg (agency_id, node_id)
    ON CONFLICT (document_id, agency_id) DO NOTHING
"""
# A node that handed the document on before does so again when the document is forwarded.
WRITE_HOPS = """
    INSERT INTO documents_hop (document_id, node_id, previous_id, depth)
    SELECT %s, hop.node_id, hop.previous_id, hop.depth
    FROM unnest(%s::bigint[], %s::bigint[], %s::smallint[]) AS hop (node_id, previous_id, depth)
    ON CONFLICT (document_id, node_id) DO UPDATE SET done_at = NULL
"""


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries by who may see them."""

    def create_for(self, document: Document, plan: Plan, *, at: datetime) -> int:
        """Write the row of every recipient and every hop of the way; return the number of recipients.

        Runs in the transaction that issues the document.
        """
        with connection.cursor() as cursor:
            cursor.execute(
                WRITE_LEGS,
                [
                    document.pk,
                    at,
                    document.due_on,
                    [leg.agency_id for leg in plan.legs],
                    [leg.node_id for leg in plan.legs],
                ],
            )
            written = int(cursor.rowcount)
            cursor.execute(
                WRITE_HOPS,
                [
                    document.pk,
                    [hop.node_id for hop in plan.hops],
                    [hop.previous_id for hop in plan.hops],
                    [hop.depth for hop in plan.hops],
                ],
            )
        return written

    def visible_to(self, actor: Actor | SignedOut) -> DeliveryQuerySet:
        """Incoming documents that the actor may read: their agency's by role, or given to them to handle."""
        from documents.models.visibility import readable_deliveries  # noqa: PLC0415  (predicates need both models)

        return self.filter(readable_deliveries(actor))


class Delivery(models.Model):
    """One document on its way to, and being handled by, one recipient: that recipient's incoming document."""

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
    validation = models.ForeignKey(
        "signing.ValidationReport", on_delete=models.PROTECT, null=True, related_name="+"
    )

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

    def note_step(self, *, by: Performer, at: datetime, note: str) -> None:
        """Write into the history what changed without a change of state."""
        self.changes.create(
            before=self.state, after=self.state, at=at, user_id=by.user_id, person=by.caption, note=note
        )


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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give the step the status that its sender is told; paper has no sender who could be told."""
        if self._state.adding and self.before != self.after and self.delivery.node_id is not None:
            self.code = STATUS_OF.get(self.after, "")
        super().save(*args, **kwargs)


class Hop(models.Model):
    """One node of a document's way through the tree; it serves its direct recipients with one statement."""

    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="hops")
    node = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    # The node before it on the way; null for the sender's own.
    previous = models.ForeignKey(
        "organizations.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    depth = models.PositiveSmallIntegerField(_("bước"))
    done_at = models.DateTimeField(_("xong lúc"), null=True)

    class Meta:
        ordering = ("depth", "id")
        indexes = [models.Index(fields=["document"], name="hop_waiting", condition=Q(done_at__isnull=True))]
        constraints = [models.UniqueConstraint(fields=["document", "node"], name="hop_once")]

    def __str__(self) -> str:
        return f"{self.document_id} @ {self.node_id}"
