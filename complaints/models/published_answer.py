"""An answer to a suggestion or a reaction that everybody may read on the portal: redacted, twice read."""

from typing import Self

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from egov.search.index import Words

# Whatever writes the row: nothing of a protected letter, nothing but suggestions and reactions.
OF_OPEN_SUGGESTIONS = """
    IF NOT EXISTS (
        SELECT 1 FROM complaints_matter m JOIN complaints_letter l ON l.id = m.letter_id
        WHERE m.id = NEW.matter_id AND m.kind IN ('suggestion', 'reaction') AND NOT l.is_protected
    ) THEN
        RAISE EXCEPTION 'matter % is no suggestion or reaction that may be made public', NEW.matter_id;
    END IF;
    RETURN NEW;
"""


class PublishedAnswerQuerySet(models.QuerySet["PublishedAnswer"]):
    """Answers by what became of them."""

    def standing(self) -> Self:
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)

    def public(self) -> Self:
        """What citizens read: approved by a second person and not withdrawn."""
        return self.standing().filter(approved_at__isnull=False)


class PublishedAnswer(models.Model):
    """What was asked and what was answered, without the data of any person; stands until it is withdrawn."""

    matter = models.ForeignKey(
        "complaints.Matter", on_delete=models.PROTECT, related_name="published_answers"
    )
    title = models.CharField(_("tiêu đề"), max_length=300)
    question = models.TextField(_("nội dung kiến nghị, phản ánh"))
    answer = models.TextField(_("nội dung trả lời"))
    prepared_at = models.DateTimeField(_("soạn lúc"))
    prepared_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(_("duyệt lúc"), null=True, blank=True)
    approved_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("gỡ lúc"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_because = models.CharField(_("lý do gỡ"), max_length=300, blank=True)
    search = models.GeneratedField(
        expression=Words("title", "question", "answer"), output_field=SearchVectorField(), db_persist=True
    )

    objects = PublishedAnswerQuerySet.as_manager()

    class Meta:
        ordering = ("-approved_at", "-id")
        indexes = [GinIndex(fields=["search"], name="published_answer_search")]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(withdrawn_at=None), name="published_answer_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False) & ~Q(approved_by=F("prepared_by")),
                name="published_answer_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_because="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because=""),
                name="published_answer_withdrawn_because",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="words_stay",
                operation=pgtrigger.UpdateOf("matter_id", "title", "question", "answer", "prepared_by_id"),
            ),
            pgtrigger.Trigger(
                name="of_open_suggestions",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=OF_OPEN_SUGGESTIONS,
            ),
        ]

    def __str__(self) -> str:
        return self.title
