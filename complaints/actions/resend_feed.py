"""Tell the national database of a matter or visit all over again, where a comparison found a difference."""

from datetime import datetime

from django.utils.translation import gettext as _

from complaints import rules
from complaints.enums import FeedState
from complaints.models import FeedRecord
from egov.organizations.actor import Actor
from egov.taskqueue.enqueue import enqueue
from egov.workflow.action import action
from egov.workflow.refusal import Refusal


class NothingToResend(Refusal):
    """Nothing was acknowledged yet, or it is being told again already."""


@action("complaints.resend_feed", allowed=rules.may_resend_feed)
def resend_feed(actor: Actor, record: FeedRecord, *, at: datetime) -> FeedRecord:  # noqa: ARG001
    """Have all that was acknowledged told once more, in order. Raises NothingToResend."""
    if record.resend_at is not None:
        raise NothingToResend(_("Bản ghi này đang chờ gửi lại."))
    if not record.entries.filter(state=FeedState.SENT).exists():
        raise NothingToResend(_("Bản ghi này chưa được gửi lần nào; hệ thống sẽ tự gửi theo thứ tự."))
    record.resend_at, record.resend_problem = at, ""
    record.save(update_fields=["resend_at", "resend_problem"])
    enqueue("complaints.tell_feed", record_id=record.pk)
    return record
