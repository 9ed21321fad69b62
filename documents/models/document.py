"""A document: what was written, by whom, in which state; and its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents import states
from documents.enums import Circulation, DocumentState, Source, Urgency
from egov.organizations.enums import Capacity
from egov.search.index import Words
from egov.workflow.models import StateChange

if TYPE_CHECKING:
    from egov.organizations.actor import Actor, SignedOut


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents by who may see them."""

    def visible_to(self, actor: Actor | SignedOut) -> DocumentQuerySet:
        """Documents that the actor may read, as one SQL predicate: of the agency that they act for, by
        role."""
        from documents.models.visibility import readable_documents  # noqa: PLC0415  (predicates need both models)

        return self.filter(readable_documents(actor))


class Document(models.Model):
    """An official document from its draft on; a paper that came in is one too (``source`` paper)."""

    STATES = states.DOCUMENT
    HISTORY = "changes"

    # Issuing agency; null for paper that came from outside the network.
    agency = models.ForeignKey(
        "organizations.Agency", on_delete=models.PROTECT, null=True, related_name="documents"
    )
    author_name = models.CharField(_("tác giả"), max_length=200)
    drafter = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, related_name="drafted_documents"
    )
    department = models.ForeignKey(
        "organizations.Department", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.ForeignKey("documents.DocumentKind", on_delete=models.PROTECT, related_name="+")
    abstract = models.CharField(_("trích yếu"), max_length=500)
    source = models.CharField(_("nguồn"), max_length=10, choices=Source.choices)
    body = models.TextField(_("nội dung"), blank=True)
    urgency = models.PositiveSmallIntegerField(
        _("mức độ khẩn"), choices=Urgency.choices, default=Urgency.NORMAL
    )
    circulation = models.CharField(
        _("phạm vi lưu hành"),
        max_length=10,
        choices=Circulation.choices,
        default=Circulation.FREE,
        blank=True,
    )
    due_on = models.DateField(_("hạn trả lời"), null=True, blank=True)
    answers = models.ForeignKey(
        "documents.Delivery", on_delete=models.PROTECT, null=True, blank=True, related_name="answers"
    )

    signer = models.ForeignKey(
        "organizations.Membership",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents_to_sign",
    )
    capacity = models.CharField(_("tư cách ký"), max_length=5, choices=Capacity.choices, default=Capacity.OWN)
    # The paper as it stands now; every earlier revision stays in the file store, named in the history.
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What the drafter uploaded: the paper starts from it anew when it comes back unsigned or unnumbered.
    uploaded_file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    page_count = models.PositiveSmallIntegerField(_("số trang"), default=0)

    number = models.PositiveIntegerField(_("số"), null=True)
    # As printed: 07/QĐ-UBND. For paper that came in: what its author wrote.
    notation = models.CharField(_("số, ký hiệu"), max_length=60, blank=True)
    dated_on = models.DateField(_("ngày văn bản"), null=True)
    signer_name = models.CharField(_("người ký"), max_length=100, blank=True)
    signer_position = models.CharField(_("chức vụ người ký"), max_length=100, blank=True)
    signed_at = models.DateTimeField(_("ký lúc"), null=True)
    sealed_at = models.DateTimeField(_("đóng dấu lúc"), null=True)
    issued_at = models.DateTimeField(_("phát hành lúc"), null=True)

    state = models.CharField(
        _("trạng thái"), max_length=10, choices=DocumentState.choices, default=DocumentState.DRAFT
    )
    created_at = models.DateTimeField(_("tạo lúc"), auto_now_add=True)
    # What the search box looks through: folded words, kept true by PostgreSQL itself.
    search = models.GeneratedField(
        expression=Words("number", "notation", "abstract", "author_name", "signer_name", "signer_position"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = [
            models.Index(fields=["agency", "state", "-created_at"], name="document_agency_state"),
            models.Index(fields=["signer"], name="document_to_sign", condition=Q(state="submitted")),
            GinIndex(fields=["search"], name="document_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="issued")
                | Q(number__isnull=False, file__isnull=False, dated_on__isnull=False),
                name="document_issued_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(agency__isnull=False) | Q(source="paper"), name="document_has_agency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notation} {self.abstract}".strip()


class DocumentChange(StateChange):
    """One step of a document."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="changes")
    # SHA-256 of the paper after this step: names every revision that the file store keeps.
    file_sha256 = models.CharField(max_length=64, blank=True)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.document.file and not self.file_sha256:
            self.file_sha256 = self.document.file.sha256
        super().save(*args, **kwargs)
