"""The two steps between a draft and the public: editing, approval; each by another person."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState

from egov.audit.record import record
from egov.workflow.refusal import NotPermitted
from portal.content.approval import may_decide
from portal.content.staff import performer_of


class DecisionRefused(NotPermitted):
    """This person may not pass this step."""


class Step(AbstractGroupApprovalTask):
    """A step that people with one duty decide. Nobody decides on what they wrote, sent or decided before."""

    class Meta:
        abstract = True

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Approve or send back, each asked once more with room for words; nothing for who may not decide."""
        if not self._user_in_groups(user) or not may_decide(obj, user):
            return []
        return [
            ("reject", _("Trả lại để sửa"), True),
            ("approve", self.words_of_approval, True),
        ]

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Do it, and note it. Raises :class:`DecisionRefused`."""
        page = task_state.workflow_state.content_object
        if not self._user_in_groups(user):
            raise DecisionRefused(_("Bước này dành cho người có nhiệm vụ tương ứng."))
        verdict = may_decide(page, user)
        if not verdict:
            raise DecisionRefused(verdict.reason)
        self.settle(task_state, page)
        record(
            performer_of(user),
            f"content.{action_name}",
            page.specific,
            step=self.name,
            revision=task_state.revision_id,
            comment=kwargs.get("comment", ""),
        )
        super().on_action(task_state, user, action_name, **kwargs)

    def settle(self, task_state: TaskState, page: Any) -> None:
        """Which revision the decision is about: the one that the step began with."""


class EditingStep(Step):
    """An editor reads the draft, mends it, sends it on."""

    words_of_approval = _("Biên tập xong, chuyển duyệt đăng")

    def settle(self, task_state: TaskState, page: Any) -> None:
        """The latest one, with what the editor mended: this goes on to the approver."""
        task_state.revision = page.get_latest_revision()
        task_state.save(update_fields=["revision"])

    class Meta:
        verbose_name = _("bước biên tập")
        verbose_name_plural = _("bước biên tập")

    @classmethod
    def get_description(cls) -> Any:
        return _("Biên tập viên xem và chuyển duyệt đăng")


class ApprovalStep(Step):
    """An approver lets the article be public as the editor passed it, or sends it back.

    What the approver changed is a text that no editor saw: it goes back to the editors' step by itself.
    """

    words_of_approval = _("Duyệt đăng")

    class Meta:
        verbose_name = _("bước duyệt đăng")
        verbose_name_plural = _("bước duyệt đăng")

    @classmethod
    def get_description(cls) -> Any:
        return _("Người duyệt đăng quyết định; nếu sửa nội dung, bài trở lại bước biên tập")
