"""The copy of what was public and no longer is. Never changed, never deleted: the database refuses both."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pgtrigger
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from egov.workflow.performer import Performer
    from portal.content.models.editorial import EditorialPage


class WithdrawnCopy(models.Model):
    """An article as it stood on the portal, who took it away, when and why."""

    # An id, not a foreign key: the copy outlives the page.
    page_id = models.BigIntegerField(_("trang"), db_index=True)
    kind = models.CharField(_("loại"), max_length=60)
    language = models.CharField(_("ngôn ngữ"), max_length=5)
    title = models.CharField(_("tiêu đề"), max_length=255)
    address = models.CharField(_("địa chỉ"), max_length=500)
    content = models.JSONField(_("toàn bộ nội dung"))
    published_at = models.DateTimeField(_("đăng lúc"), null=True)
    withdrawn_at = models.DateTimeField(_("gỡ lúc"), default=timezone.now)
    reason = models.TextField(_("lý do gỡ"))
    person = models.CharField(_("người gỡ"), max_length=300)
    user_id = models.BigIntegerField(_("tài khoản"), null=True)

    class Meta:
        ordering = ("-withdrawn_at",)
        verbose_name = _("bản lưu của bài đã gỡ")
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="content_withdrawn_for_a_reason")
        ]
        triggers = [
            pgtrigger.Protect(name="withdrawn_for_good", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.withdrawn_at:%d/%m/%Y})"

    @classmethod
    def keep(cls, page: EditorialPage, *, reason: str, by: Performer) -> WithdrawnCopy:
        """Copy the live text of a page, with its children and the hashes in the names of its files."""
        content: dict[str, Any] = json.loads(json.dumps(page.serializable_data(), cls=DjangoJSONEncoder))
        return cls.objects.create(
            page_id=page.pk,
            kind=page._meta.model_name,
            language=page.locale.language_code,
            title=page.title,
            address=page.url or page.url_path,
            content=content,
            published_at=page.last_published_at,
            reason=reason,
            person=by.caption[:300],
            user_id=by.user_id,
        )
