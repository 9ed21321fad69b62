"""The file of a settled matter is closed: everything ordered is done and published (rules 31 and 33)."""

from datetime import datetime

from django.utils.translation import gettext as _

from complaints.enums import MatterState
from complaints.models import Matter, Publication
from complaints.rules import settlement as rules
from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal


class StillOpen(Refusal):
    """Something that was ordered is not done, or nothing shows that the result was public."""


@action("complaints.archive", allowed=rules.may_archive)
def archive(actor: Actor, matter: Matter, *, at: datetime) -> Matter:
    """Close the file. Raises StillOpen with what is missing."""
    open_items = matter.execution_items.filter(done_on__isnull=True).count()
    if open_items:
        raise StillOpen(_("Còn %(count)d việc chưa thi hành xong.") % {"count": open_items})
    published = Publication.objects.filter(outcome__matter=matter)
    if not published.filter(proven_at__isnull=False).exists():
        raise StillOpen(_("Kết quả chưa được công khai đủ ngày kèm minh chứng."))
    if published.filter(approved_at__isnull=False, proven_at__isnull=True).exists():
        raise StillOpen(_("Còn bản công khai chưa có minh chứng."))
    move(matter, to=MatterState.ARCHIVED, by=actor, at=at)
    return matter
