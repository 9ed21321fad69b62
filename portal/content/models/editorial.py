"""What every page of the portal's editors shares: nothing is public unless an editor and an approver saw it.

The guard stands where a page becomes public and where it stops being so, whichever way leads there: a form,
the end of a workflow, a timer, a shell.
"""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PublishingPanel
from wagtail.models import Orderable, Page, Revision

from egov.audit.record import record
from portal.content.approval import require_approval
from portal.content.models.withdrawal import WithdrawnCopy
from portal.content.staff import performer_of


class PageCorrection(Orderable):
    """What was wrong in a published article and how it reads now; stays with it for good."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="corrections")
    corrected_on = models.DateField(_("ngày đính chính"), default=timezone.localdate)
    note = models.TextField(_("nội dung đính chính"))

    panels = [FieldPanel("corrected_on"), FieldPanel("note")]

    class Meta(Orderable.Meta):
        verbose_name = _("đính chính")

    def __str__(self) -> str:
        return f"{self.corrected_on}: {self.note}"


class EditorialPage(Page):
    """A page that officials write, edit and approve. Concrete pages add what they are about."""

    # Sections are laid by the foundation and carry no text of their own.
    is_section = False

    settings_panels = [PublishingPanel()]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            _("Địa chỉ và máy tìm kiếm"),
        )
    ]
    closing_panels = [
        InlinePanel("files", heading=_("Tệp đính kèm"), label=_("Tệp")),
        InlinePanel("corrections", heading=_("Đính chính"), label=_("Đính chính")),
    ]

    class Meta:
        abstract = True

    @transaction.atomic
    def publish(self, revision: Revision, user: Any = None, **options: Any) -> None:
        """Let the revision be public, or due at its time. Raises ``NotApproved`` without two approvals."""
        require_approval(self, revision)
        super().publish(revision, user=user, **options)
        self.refresh_from_db(fields=["live", "go_live_at"])
        action = "content.publish" if self.live and not revision.approved_go_live_at else "content.schedule"
        record(performer_of(user), action, self, revision=revision.pk, title=self.title)

    @transaction.atomic
    def unpublish(
        self,
        set_expired: bool = False,
        commit: bool = True,
        user: Any = None,
        log_action: Any = True,
        *,
        reason: str = "",
    ) -> None:
        """Take the page from the public. What stood there is kept, with the reason, for good."""
        if self.live:
            why = reason or str(_("Hết thời hạn đăng đã được duyệt."))
            WithdrawnCopy.keep(self, reason=why, by=performer_of(user))
        super().unpublish(set_expired=set_expired, commit=commit, user=user, log_action=log_action)
        record(performer_of(user), "content.unpublish", self, title=self.title, expired=set_expired)

    def find_entry(self) -> dict[str, Any] | None:
        """What the portal's search knows of this page; None when it is not to be found there."""
        return None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """``page``; ``missing_language`` when its text is not in the language of the address."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        own = self.locale.language_code
        context["text_language"] = own
        context["is_untranslated"] = own != translation.get_language()
        return context
