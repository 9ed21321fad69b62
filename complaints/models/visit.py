"""A visit (lượt tiếp) as it stands in the register of reception, who came, and what they brought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from complaints import states
from complaints.enums import (
    EarlierResult,
    MatterKind,
    ParticipantRole,
    ReceptionForm,
    ReceptionKind,
    VisitOutcome,
    VisitState,
)
from complaints.models import visit_sql
from complaints.models.feed_sql import queues_visit
from egov.organizations.models.folded import Folded
from egov.workflow.models import StateChange

if TYPE_CHECKING:
    from egov.organizations.actor import Actor, SignedOut


class VisitQuerySet(models.QuerySet["Visit"]):
    """Visits by who may see them, and by what counts."""

    def visible_to(self, actor: Actor | SignedOut) -> Self:
        """Visits that the actor may read, as one SQL predicate."""
        from complaints.models.reception_visibility import readable_visits  # noqa: PLC0415  (needs duties)

        return self.filter(readable_visits(actor))

    def effective(self) -> Self:
        """Entries as they stand now: one that was corrected counts by its correction alone."""
        return self.filter(correction=None, state=VisitState.CLOSED)


class Visit(models.Model):
    """One reception of one person or group on one matter; a line of the register (form 03).

    At the desk it is written; closed, it never changes again, and a fault in it is mended by a new entry
    that names the old one. A protected one (a denunciation) says who came and about what nowhere but in the
    sealed letter that it points to.
    """

    STATES = states.VISIT
    HISTORY = "changes"

    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="visits")
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.PositiveIntegerField(_("số thứ tự"))
    code = models.CharField(_("mã lượt tiếp"), max_length=60, unique=True)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="correction"
    )
    correction_reason = models.CharField(_("lý do đính chính"), max_length=300, blank=True)

    kind = models.CharField(_("loại hình tiếp"), max_length=12, choices=ReceptionKind.choices)
    form = models.CharField(
        _("hình thức tiếp"), max_length=10, choices=ReceptionForm.choices, default=ReceptionForm.IN_PERSON
    )
    started_at = models.DateTimeField(_("bắt đầu lúc"))
    ended_at = models.DateTimeField(_("kết thúc lúc"), null=True, blank=True)
    # Who writes, and who really received: the head of the day, a deputy, or the officer (rule 42).
    officer = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, related_name="hosted_visits"
    )
    host_is_head = models.BooleanField(_("người đứng đầu trực tiếp tiếp"), default=False)
    day = models.ForeignKey(
        "complaints.ReceptionDay", on_delete=models.PROTECT, null=True, blank=True, related_name="visits"
    )

    is_protected = models.BooleanField(_("tố cáo, được bảo vệ danh tính"), default=False)
    people = models.PositiveIntegerField(_("số người"), default=1)
    # Why nobody was identified, where nobody was (rule 8).
    unidentified_because = models.CharField(_("căn cứ không có giấy tờ"), max_length=300, blank=True)
    # A denouncer's paper was looked at and not written down here.
    identity_seen = models.BooleanField(_("đã đối chiếu giấy tờ, không ghi vào sổ"), default=False)
    # With a group: who keeps order, where it waits, to whom it was reported (domain: 8).
    group_note = models.CharField(_("phối hợp bảo đảm trật tự"), max_length=500, blank=True)

    matter_kind = models.CharField(_("loại vụ việc"), max_length=12, choices=MatterKind.choices, blank=True)
    field = models.ForeignKey(
        "complaints.ContentField", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    summary = models.TextField(_("tóm tắt nội dung"), blank=True)
    settled_by = models.CharField(_("cơ quan đã giải quyết"), max_length=200, blank=True)
    earlier_result = models.CharField(
        _("kết quả đã có"), max_length=10, choices=EarlierResult.choices, default=EarlierResult.NONE
    )
    # The first visit on the same matter: several visits are one case (rule 47).
    root = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="later_visits"
    )

    outcome = models.CharField(_("hướng xử lý"), max_length=12, choices=VisitOutcome.choices, blank=True)
    outcome_words = models.TextField(_("nội dung trả lời, hướng dẫn"), blank=True)
    directed_to = models.CharField(_("cơ quan được hướng dẫn, chuyển đến"), max_length=200, blank=True)
    paper_number = models.CharField(_("số văn bản hướng dẫn, chuyển"), max_length=60, blank=True)
    letter = models.ForeignKey(
        "complaints.Letter", on_delete=models.PROTECT, null=True, blank=True, related_name="visits"
    )
    # By when the visitor is told what came of it (Law 42/2013/QH13, Art. 28).
    answer_due_on = models.DateField(_("trả lời trước ngày"), null=True, blank=True)

    state = models.CharField(
        _("trạng thái"), max_length=6, choices=VisitState.choices, default=VisitState.OPEN
    )
    # Double clicks: the same key makes one visit.
    idempotency_key = models.CharField(max_length=64, unique=True, null=True, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["agency", "started_at"], name="visit_started"),
            models.Index(fields=["agency", "state"], name="visit_open", condition=Q(state="open")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "number"], name="visit_number_once"),
            models.CheckConstraint(
                condition=Q(state="open") | (~Q(outcome="") & Q(ended_at__gte=F("started_at"))),
                name="visit_closed_with_outcome",
            ),
            models.CheckConstraint(condition=Q(people__gte=1), name="visit_of_somebody"),
            models.CheckConstraint(
                condition=Q(is_protected=False)
                | Q(summary="", settled_by="", group_note="", outcome_words="", unidentified_because=""),
                name="visit_protected_says_nothing",
            ),
            models.CheckConstraint(
                condition=Q(matter_kind="denunciation", is_protected=True)
                | (~Q(matter_kind="denunciation") & Q(is_protected=False)),
                name="visit_denunciation_protected",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(correction_reason=""), name="visit_correction_with_reason"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="number_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=visit_sql.NUMBER_STAYS,
            ),
            pgtrigger.Trigger(
                name="register_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=visit_sql.REGISTER_OPEN,
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def case_id(self) -> int:
        """The first visit on the same matter: what tells cases apart."""
        return self.root_id or self.pk


class VisitChange(StateChange):
    """One step of a visit."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="changes")

    class Meta(StateChange.Meta):
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            queues_visit(),
        ]


class Visitor(models.Model):
    """Somebody who came on an open matter, as they showed themselves; of a group, those who spoke for it."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="visitors")
    role = models.CharField(
        _("tư cách"), max_length=14, choices=ParticipantRole.choices, default=ParticipantRole.PRINCIPAL
    )
    name = models.CharField(_("họ tên"), max_length=200)
    folded_name = models.GeneratedField(
        expression=Folded("name"), output_field=models.CharField(max_length=200), db_persist=True
    )
    born_on = models.DateField(_("ngày sinh"), null=True, blank=True)
    personal_number = models.CharField(_("số định danh"), max_length=20, blank=True)
    identity_paper = models.CharField(_("giấy tờ khác: loại, số"), max_length=100, blank=True)
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=20, blank=True)
    # For whom somebody else acts by which paper, certified or not (rule 10).
    authorisation = models.CharField(_("giấy ủy quyền, văn bản cử đại diện"), max_length=200, blank=True)
    is_certified = models.BooleanField(_("đã công chứng, chứng thực"), default=False)
    lawyer_card = models.CharField(_("thẻ luật sư: số, ngày, nơi cấp"), max_length=200, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = [
            models.Index(fields=["folded_name"], name="visitor_name"),
            models.Index(fields=["personal_number"], name="visitor_number", condition=~Q(personal_number="")),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="while_at_the_desk",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=visit_sql.WHILE_AT_THE_DESK,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_identified(self) -> bool:
        """Whether a paper says who this is."""
        return bool(self.personal_number or self.identity_paper)

    @property
    def lacks_certificate(self) -> bool:
        """Acts for somebody by a paper that nobody certified: flagged (rule 10)."""
        return self.role == ParticipantRole.AUTHORISED and not self.is_certified


class VisitPaper(models.Model):
    """A paper that a visitor handed over or showed; what the slip lists."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="papers")
    name = models.CharField(_("tên giấy tờ"), max_length=300)
    copies = models.PositiveSmallIntegerField(_("số bản"), default=1)
    is_original = models.BooleanField(_("bản chính"), default=False)
    is_shown_only = models.BooleanField(_("chỉ xuất trình để đối chiếu"), default=False)

    class Meta:
        ordering = ("id",)
        triggers = [
            pgtrigger.Trigger(
                name="while_at_the_desk",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=visit_sql.WHILE_AT_THE_DESK,
            ),
        ]

    def __str__(self) -> str:
        return self.name
