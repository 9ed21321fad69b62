"""Rule 51: an editor and an approver, two people, and neither the one who asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState

from egov.workflow.refusal import NotPermitted
from egov.workflow.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from wagtail.models import Page, Revision


class NotApproved(NotPermitted):
    """The text has not been seen by an editor and an approver, two people other than its author."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Nội dung chưa qua biên tập và duyệt đăng của hai người khác người đề nghị, "
                "nên chưa thể đăng. Hãy gửi theo quy trình duyệt."
            )
        )


def require_approval(page: Page, revision: Revision) -> None:
    """Raise :class:`NotApproved` unless this very revision passed both steps by different people."""
    if not is_approved(page, revision):
        raise NotApproved


def is_approved(page: Page, revision: Revision) -> bool:
    """Whether two people other than whoever wrote or sent this revision approved it, an editor first."""
    if revision.object_id != str(page.pk):
        return False
    states = (
        TaskState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED)
        .select_related("workflow_state", "task")
        .order_by("finished_at")
    )
    from portal.content.models.steps import ApprovalStep, EditingStep  # noqa: PLC0415  (they import this)

    by_kind: dict[type, Any] = {}
    for state in states:
        by_kind[state.task.specific_class] = state
    editing, approval = by_kind.get(EditingStep), by_kind.get(ApprovalStep)
    if editing is None or approval is None or editing.workflow_state_id != approval.workflow_state_id:
        return False
    people = [approval.workflow_state.requested_by_id, editing.finished_by_id, approval.finished_by_id]
    return None not in people and len(set(people)) == len(people) and revision.user_id != people[-1]


def may_decide(page: Page, user: Any) -> Verdict:
    """Whether this person may pass the step that the page stands at: not their own text, not a second time.

    An editor mends the text and passes it on; then the approver is the one who sees it with fresh eyes.
    """
    from portal.content.models.steps import ApprovalStep  # noqa: PLC0415

    state = page.current_workflow_state
    if state is None or state.current_task_state is None:
        return refused(_("Bài không ở bước nào của quy trình duyệt."))
    if state.requested_by_id == user.pk:
        return refused(_("Người đề nghị đăng không tự duyệt bài của mình."))
    revision, step = state.current_task_state.revision, state.current_task_state.task.specific_class
    if step is ApprovalStep and revision is not None and revision.user_id == user.pk:
        return refused(_("Người viết bản này không tự duyệt đăng; hãy để người khác xem."))
    done = TaskState.objects.filter(
        workflow_state=state, status=TaskState.STATUS_APPROVED, finished_by=user, revision=revision
    )
    if done.exists():
        return refused(_("Mỗi bước do một người khác nhau quyết định; bạn đã duyệt một bước của bài này."))
    return ALLOWED
