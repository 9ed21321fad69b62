"""What is due to be public, or no longer, by the times that were approved with it."""

from datetime import datetime

import structlog
from wagtail.models import Page, Revision

from egov.workflow.refusal import Refusal

log = structlog.get_logger(__name__)


def keep_times(now: datetime) -> tuple[int, int]:
    """Publish what was approved for a time that has come, withdraw what has run out; how many of each.

    Each by itself: one that is refused is told in the log and hinders no other. Wagtail's own command would
    withdraw without the copy that has to stay.
    """
    published = withdrawn = 0
    for page in Page.objects.live().filter(expire_at__lte=now).specific():
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        withdrawn += 1
    for revision in Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at"):
        try:
            revision.publish(log_action="wagtail.publish.scheduled")
        except Refusal as refusal:
            log.warning("not_published_on_time", revision=revision.pk, reason=str(refusal))
            continue
        published += 1
    return published, withdrawn
