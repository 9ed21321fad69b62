"""What Wagtail tells editors by e-mail goes out from the queue: a mail server that is slow or away holds up
nobody's click."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Model
from django.dispatch import Signal
from wagtail.admin import signal_handlers as wagtails
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from egov.taskqueue.enqueue import enqueue

# By the name that Wagtail gives each of its receivers: what it hears, of what, and who writes the mails.
WRITERS: dict[str, tuple[Signal, type[Model], Any]] = {
    "group_approval_task_submitted_email_notification": (
        task_submitted, TaskState, wagtails.task_submission_email_notifier,
    ),
    "workflow_state_submitted_email_notification": (
        workflow_submitted, WorkflowState, wagtails.workflow_submission_email_notifier,
    ),
    "workflow_state_rejected_email_notification": (
        workflow_rejected, WorkflowState, wagtails.workflow_rejection_email_notifier,
    ),
    "workflow_state_approved_email_notification": (
        workflow_approved, WorkflowState, wagtails.workflow_approval_email_notifier,
    ),
}  # fmt: skip


def send_from_queue() -> None:
    """Stand in for Wagtail's receivers, which would talk to the mail server in the editor's request.

    Whether they are connected before or after: under their names no second receiver is taken.
    """
    for name, (signal, sender, _writer) in WRITERS.items():
        signal.disconnect(sender=sender, dispatch_uid=name)
        signal.connect(_queue(name), sender=sender, weak=False, dispatch_uid=name)


def write_mails(name: str, pk: int, user_id: int | None) -> None:
    """Write to all whom it concerns. Raises SMTPException or OSError when the server cannot be reached."""
    _signal, model, writer = WRITERS[name]
    about = model._default_manager.filter(pk=pk).first()
    if about is not None:
        by = None if user_id is None else get_user_model().objects.filter(pk=user_id).first()
        writer(instance=about, user=by)


def _queue(name: str) -> Any:
    def told(instance: Model, user: Any = None, **_more: object) -> None:
        if settings.NOTIFICATIONS_BY_EMAIL:
            by = user.pk if user is not None else None
            enqueue("content.tell_editors", name=name, pk=instance.pk, user_id=by)

    return told
