"""Tell the national portal of a dossier all over again, where the daily comparison found a difference (48).

What was sent stays sent: each call is made once more, word for word as it was acknowledged before, so that a
portal which has it all changes nothing, and one which has lost it gets it back in order. Only an operator
asks for it. Whether the two systems now agree is for the next comparison to say, never for this page.
"""

import uuid
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from egov.exchange.conversation import Rejected, Unavailable
from egov.exchange.lease import hold, release
from egov.files.refusals import DamagedFile, StoreUnavailable
from egov.files.store import read_checked
from egov.organizations.actor import Actor
from egov.taskqueue.enqueue import enqueue
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.sync_dossier import ERROR_LENGTH
from onestop.enums import SyncState
from onestop.exchange.national_portal import content
from onestop.exchange.national_portal.interface import NationalPortal
from onestop.models import Dossier, NationalRecord, SyncDifference, SyncEvent

# After the portal did not answer.
DELAY = timedelta(minutes=5)
AT_ONCE = 100


class NothingToResend(Refusal):
    """The portal was never told of the dossier, or is being told of it again already."""


@action("onestop.ask_resend", allowed=rules.may_resend)
def ask_resend(actor: Actor, difference: SyncDifference, *, at: datetime) -> SyncDifference:  # noqa: ARG001
    """Have the dossier told again, from its announcement to its last status. Raises NothingToResend."""
    if not difference.can_be_resent:
        raise NothingToResend(_("Hồ sơ này đang chờ gửi lại."))
    if not NationalRecord.objects.filter(dossier=difference.dossier_id, opened_at__isnull=False).exists():
        raise NothingToResend(_("Hồ sơ này chưa được gửi lần nào; hệ thống sẽ tự gửi theo thứ tự."))
    difference.resend_at, difference.resend_problem = at, ""
    difference.save(update_fields=["resend_at", "resend_problem"])
    enqueue("onestop.resend_difference", difference_id=difference.pk)
    return difference


def resend_difference(portal: NationalPortal, difference_id: int, at: datetime) -> bool:
    """Tell it again if that is due; whether the portal has acknowledged all of it.

    Does nothing while another worker speaks of the dossier: the sweep comes back to it.
    """
    difference = SyncDifference.objects.filter(pk=difference_id, resend_at__lte=at).first()
    if difference is None:
        return False
    record = NationalRecord.objects.get(dossier=difference.dossier_id)
    lease = uuid.uuid4().hex
    if not hold(record, lease):
        return False
    try:
        _tell_again(portal, record, lease)
    except Rejected as refusal:
        difference.resend_at, difference.resend_problem = None, str(refusal)[:ERROR_LENGTH]
    except (Unavailable, StoreUnavailable, DamagedFile) as fault:
        difference.resend_at, difference.resend_problem = at + DELAY, str(fault)[:ERROR_LENGTH]
    else:
        difference.resend_at, difference.resend_problem, difference.resent_at = None, "", at
    finally:
        release(record, lease)
    difference.save(update_fields=["resend_at", "resend_problem", "resent_at"])
    return difference.resent_at == at


def sweep_resends(at: datetime) -> int:
    """Send a task for every dossier that is to be told again, longest waiting first; how many."""
    due = SyncDifference.objects.filter(resend_at__lte=at).order_by("resend_at")
    found = list(due.values_list("pk", flat=True)[:AT_ONCE])
    for difference_id in found:
        enqueue("onestop.resend_difference", difference_id=difference_id)
    return len(found)


def _tell_again(portal: NationalPortal, record: NationalRecord, lease: str) -> None:
    dossier = Dossier.objects.get(pk=record.dossier_id)
    number = record.number or ""
    given = portal.next_number(content.reference_of(dossier), known_as=number)
    if given != number:
        raise Rejected(_("Cổng quốc gia cấp số khác cho hồ sơ này: %(number)s.") % {"number": given})
    for one in record.files.select_related("file"):
        portal.upload(
            read_checked(one.file),
            sha256=one.file.sha256,
            name=one.file.sha256,
            media_type=one.file.media_type,
        )
    portal.open_dossier(number, record.opened_with or {})
    told = SyncEvent.objects.filter(dossier=dossier, state=SyncState.SENT).order_by("sequence")
    for event in told:
        # A long history takes longer than one lease.
        if not hold(record, lease):
            raise Unavailable(_("Hồ sơ đang được gửi ở nơi khác."))
        words = event.content or {}
        portal.tell_progress(number, event.sequence, words["progress"])
        portal.tell_status(number, event.sequence, words["status"])
