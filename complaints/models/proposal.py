"""What somebody proposes to do with a content, and what another person decided on it (rule 18)."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from complaints.enums import Direction

# Decided once. Only the words go, and only with the letter that the head had destroyed (rule 41).
DECISION_STAYS = """
    IF NEW.words = '' AND NEW.decision = '' AND EXISTS (
        SELECT 1 FROM complaints_destroyedletter d JOIN complaints_matter m ON m.letter_id = d.letter_id
        WHERE m.id = OLD.matter_id
    ) AND (NEW.matter_id, NEW.direction, NEW.ground, NEW.state, NEW.proposed_by_id, NEW.decided_by_id)
        IS NOT DISTINCT FROM
        (OLD.matter_id, OLD.direction, OLD.ground, OLD.state, OLD.proposed_by_id, OLD.decided_by_id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the decision on proposal % stays what it is', OLD.id;
"""


class Proposal(models.Model):
    """One proposed direction with its reason; decided once, by somebody else, and never written again."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Chờ duyệt")
        APPROVED = "approved", _("Đã duyệt")
        SENT_BACK = "sent_back", _("Yêu cầu xem lại")
        TAKEN_BACK = "taken_back", _("Đã rút lại")

    matter = models.ForeignKey("complaints.Matter", on_delete=models.PROTECT, related_name="proposals")
    direction = models.CharField(_("hướng xử lý"), max_length=10, choices=Direction.choices)
    # Code of the law's ground, where the direction needs one.
    ground = models.CharField(_("căn cứ"), max_length=30, blank=True)
    # Why; for an answer, the answer itself.
    words = models.TextField(_("lý do, nội dung"))
    # Where it goes: an agency of the network, or a body outside it by its name.
    target = models.ForeignKey(
        "organizations.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    target_name = models.CharField(_("cơ quan ngoài hệ thống"), max_length=200, blank=True)
    # By when papers are brought, or the urged body answers.
    answer_by = models.DateField(_("trước hết ngày"), null=True, blank=True)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.WAITING)
    proposed_at = models.DateTimeField(_("đề xuất lúc"))
    proposed_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("quyết định lúc"), null=True, blank=True)
    decided_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision = models.CharField(_("ý kiến"), max_length=1000, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(state="waiting"), name="proposal_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None, decided_by=None)
                | Q(state="taken_back", decided_at__isnull=False)
                | Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(decided_by=F("proposed_by")),
                name="proposal_decided_by_another",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="decided_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=DECISION_STAYS,
                condition=pgtrigger.Condition("OLD.state <> 'waiting'"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.matter_id}"

    @property
    def place(self) -> str:
        """Name of where it goes; empty where it goes nowhere."""
        return self.target.name if self.target else self.target_name
