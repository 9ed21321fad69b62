"""What people say of the service: once a dossier and stage, never edited, unknown to the rated (57)."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from onestop.enums import CommentState, RatingStage, Satisfaction


class Criterion(models.Model):
    """One question of the rating slip, asked in a period; which are asked is the province's decision."""

    code = models.SlugField(_("mã"), max_length=30, unique=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    name = models.CharField(_("tiêu chí"), max_length=200)
    # Asked only of those who filed online.
    online_only = models.BooleanField(_("chỉ hỏi khi nộp trực tuyến"), default=False)
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)

    class Meta:
        ordering = ("order",)
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="criterion_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Rating(models.Model):
    """One answer of one applicant about one stage of a dossier. Nobody can change or remove it.

    Counted by agency and month only: no page puts it beside its dossier or the people who handled it.
    """

    dossier = models.ForeignKey("onestop.Dossier", on_delete=models.PROTECT, related_name="ratings")
    stage = models.CharField(_("giai đoạn"), max_length=10, choices=RatingStage.choices)
    level = models.CharField(_("mức độ hài lòng"), max_length=15, choices=Satisfaction.choices)
    # Who is rated: the agency that received (at intake) or decided the dossier, as it was then.
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("lúc"))

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["dossier", "stage"], name="rating_once_per_stage")]
        indexes = [models.Index(fields=["at", "agency"], name="rating_at")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.stage} {self.level}"


class RatingAnswer(models.Model):
    """The level given to one criterion."""

    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="answers")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(_("mức độ hài lòng"), max_length=15, choices=Satisfaction.choices)

    class Meta:
        ordering = ("rating_id", "criterion_id")
        constraints = [models.UniqueConstraint(fields=["rating", "criterion"], name="rating_answer_once")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.criterion_id} {self.level}"


class RatingComment(models.Model):
    """What somebody added in their own words: read for personal data before anybody else sees it.

    The words stay; only whether they are shown is decided, once.
    """

    rating = models.OneToOneField(Rating, on_delete=models.PROTECT, related_name="comment")
    text = models.TextField(_("ý kiến"), max_length=2000)
    state = models.CharField(
        _("kiểm duyệt"), max_length=10, choices=CommentState.choices, default=CommentState.WAITING
    )
    # What is shown instead, personal data taken out; empty: the words as they are.
    shown_text = models.TextField(_("nội dung công bố"), max_length=2000, blank=True)
    moderated_at = models.DateTimeField(_("kiểm duyệt lúc"), null=True, blank=True)
    moderated_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("lý do không công bố"), max_length=300, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["state", "id"], name="rating_comment_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", moderated_at__isnull=True)
                | Q(~Q(state="waiting"), moderated_at__isnull=False, moderated_by__isnull=False),
                name="rating_comment_moderated_by_somebody",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="words_stay", fields=["rating", "text"]),
            pgtrigger.Protect(
                name="decided_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__moderated_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:50]
