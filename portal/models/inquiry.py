"""What citizens ask, report and suggest, its answer, and what of it the public reads (domain: 4.2).

Complaints and denunciations are not here: they have their own law, and denouncers their own protection.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from egov.organizations.actor import Actor
from egov.workdays.limit import LimitUnit
from egov.workflow.models import StateChange
from portal.enums import InquiryKind, InquiryState, InquiryTask
from portal.states import INQUIRY, WAITING

if TYPE_CHECKING:
    from egov.organizations.actor import SignedOut

TEXT_LENGTH = 5000
SUBJECT_LENGTH = 200


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    """Inquiries by whose work they are."""

    def visible_to(self, actor: Actor | SignedOut) -> InquiryQuerySet:
        """Those that the actor's agency sorts, and those that it has to answer."""
        if not isinstance(actor, Actor):
            return self.none()
        return self.filter(Q(coordinator_id=actor.agency_id) | Q(answering_agency_id=actor.agency_id))


class Inquiry(models.Model):
    """One question, report or suggestion. The words of its author stay as they were written."""

    STATES = INQUIRY
    HISTORY = "changes"

    kind = models.CharField(_("loại"), max_length=10, choices=InquiryKind.choices)
    # ``HD-2026-000123``: known to the author, with the secret the way to the answer.
    code = models.CharField(_("mã"), max_length=20, unique=True)
    secret = models.CharField(_("mã tra cứu"), max_length=12)
    subject = models.CharField(_("tiêu đề"), max_length=SUBJECT_LENGTH)
    text = models.TextField(_("nội dung"), max_length=TEXT_LENGTH)
    # Code of the procedure that it is about; empty for other matters.
    procedure_code = models.CharField(_("mã thủ tục"), max_length=40, blank=True)
    author_name = models.CharField(_("họ và tên"), max_length=100)
    author_email = models.EmailField(_("thư điện tử"), blank=True)
    author_phone = models.CharField(_("điện thoại"), max_length=20, blank=True)
    may_publish = models.BooleanField(_("đồng ý công khai"), default=False)
    # Read as telling of an official's wrongdoing: answered, and never published (rule 56).
    names_wrongdoing = models.BooleanField(_("nói về vi phạm của cán bộ"), default=False)
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=InquiryState.choices, default=InquiryState.RECEIVED
    )
    received_at = models.DateTimeField(_("nhận lúc"))
    # By then it is passed to who must answer, and answered.
    assign_by = models.DateTimeField(_("phải chuyển trước"))
    due_at = models.DateTimeField(_("hạn trả lời"))
    coordinator = models.ForeignKey(
        "organizations.Agency", on_delete=models.PROTECT, related_name="+", verbose_name=_("cơ quan đầu mối")
    )
    answering_agency = models.ForeignKey(
        "organizations.Agency",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("cơ quan trả lời"),
    )
    answer = models.TextField(_("nội dung trả lời"), max_length=TEXT_LENGTH, blank=True)
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True)
    # What is to be published: words without personal data, by the editor.
    public_subject = models.CharField(_("tiêu đề công khai"), max_length=SUBJECT_LENGTH, blank=True)
    public_text = models.TextField(_("nội dung công khai"), max_length=TEXT_LENGTH, blank=True)
    public_answer = models.TextField(_("trả lời công khai"), max_length=TEXT_LENGTH, blank=True)
    proposed_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = InquiryQuerySet.as_manager()

    class Meta:
        ordering = ("-received_at", "-id")
        indexes = [
            models.Index(fields=["coordinator", "state", "due_at"], name="inquiry_sorting"),
            models.Index(fields=["answering_agency", "state", "due_at"], name="inquiry_answering"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer=""), name="inquiry_answer_has_words"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["proposed", "published"])
                | Q(may_publish=True, names_wrongdoing=False),
                name="inquiry_public_by_consent",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="words_stay",
                fields=["kind", "code", "secret", "subject", "text", "author_name", "received_at"],
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def due_on(self) -> date:
        """The day by which the answer is due."""
        return timezone.localdate(self.due_at)

    @property
    def is_waiting(self) -> bool:
        """Whether its term still runs."""
        return self.state in WAITING


class InquiryChange(StateChange):
    """One step of an inquiry."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="changes")

    class Meta(StateChange.Meta):
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class InquiryPublication(models.Model):
    """What was published and by whom; withdrawing it ends it and keeps the copy (rule 51)."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="publications")
    kind = models.CharField(_("loại"), max_length=10, choices=InquiryKind.choices)
    subject = models.CharField(_("tiêu đề"), max_length=SUBJECT_LENGTH)
    text = models.TextField(_("nội dung"), max_length=TEXT_LENGTH)
    answer = models.TextField(_("trả lời"), max_length=TEXT_LENGTH)
    answered_by = models.CharField(_("cơ quan trả lời"), max_length=300)
    asked_on = models.DateField(_("ngày hỏi"))
    answered_on = models.DateField(_("ngày trả lời"))
    published_at = models.DateTimeField(_("công khai lúc"))
    proposed_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    published_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(_("gỡ lúc"), null=True)
    withdrawn_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField(_("lý do gỡ"), max_length=500, blank=True)

    class Meta:
        ordering = ("-published_at", "-id")
        indexes = [
            models.Index(
                fields=["kind", "-published_at"],
                condition=Q(withdrawn_at__isnull=True),
                name="inquiry_public",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["inquiry"], condition=Q(withdrawn_at__isnull=True), name="inquiry_published_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(reason="")),
                name="inquiry_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(published_by=models.F("proposed_by")), name="inquiry_four_eyes"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="copy_stays",
                fields=[
                    "inquiry", "kind", "subject", "text", "answer", "answered_by", "asked_on", "answered_on",
                    "published_at", "proposed_by", "published_by",
                ],
            ),
            pgtrigger.Protect(
                name="withdrawn_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.subject


class InquiryTerm(models.Model):
    """Within what time an inquiry is passed on and answered, from a day on."""

    kind = models.CharField(_("loại"), max_length=10, choices=InquiryKind.choices)
    task = models.CharField(_("việc"), max_length=10, choices=InquiryTask.choices)
    amount = models.PositiveSmallIntegerField(_("số"))
    unit = models.CharField(_("đơn vị"), max_length=15, choices=LimitUnit.choices)
    valid_from = models.DateField(_("từ ngày"))
    basis = models.CharField(_("căn cứ"), max_length=300)

    class Meta:
        ordering = ("kind", "task", "-valid_from")
        constraints = [
            models.UniqueConstraint(fields=["kind", "task", "valid_from"], name="inquiry_term_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="inquiry_term_takes_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.task} {self.amount} {self.unit}"
