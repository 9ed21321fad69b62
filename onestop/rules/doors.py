"""Who may look after what goes to and comes from other systems."""

from django.utils.translation import gettext_lazy as _

from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.workflow.verdict import ALLOWED, Verdict, refused
from onestop.enums import SyncState, SystemOfRecord
from onestop.models import Dossier, SyncDifference, SyncEvent

Anyone = Actor | SignedOut
# Of their own agency's dossiers; the system's administrator sees the events of all, which name nobody.
OPERATORS = (Role.COUNTER, Role.OFFICE_HEAD, Role.LEADER)


def may_see_sync(actor: Anyone, subject: object = None) -> Verdict:  # noqa: ARG001  (a list)
    """The counter and the heads of an agency; the administrator of the system."""
    if isinstance(actor, Actor) and actor.is_(*OPERATORS, Role.SYSTEM_ADMIN):
        return ALLOWED
    return refused(
        _("Chỉ bộ phận một cửa, lãnh đạo cơ quan và quản trị hệ thống được xem tình trạng đồng bộ hồ sơ.")
    )


def may_retry_sync(actor: Anyone, event: SyncEvent) -> Verdict:
    """Whoever may see it; what has been sent is not sent again."""
    if not (may_see_sync(actor) and SyncEvent.objects.visible_to(actor).filter(pk=event.pk).exists()):
        return refused(_("Không tìm thấy sự kiện đồng bộ."))
    if event.state == SyncState.SENT:
        return refused(_("Cổng dịch vụ công quốc gia đã nhận sự kiện này."))
    return ALLOWED


def may_resend(actor: Anyone, difference: SyncDifference) -> Verdict:
    """Whoever looks after the sending; what only the portal has is not ours to tell."""
    dossiers = Dossier.objects.all()
    if not (isinstance(actor, Actor) and actor.is_(Role.SYSTEM_ADMIN)):
        dossiers = Dossier.objects.visible_to(actor)
    ours = difference.dossier_id
    if ours is None or not (may_see_sync(actor) and dossiers.filter(pk=ours).exists()):
        return refused(_("Không tìm thấy khác biệt này."))
    return ALLOWED


def may_mirror(actor: Anyone, subject: object) -> Verdict:
    """The system of the agency concerned, with its key: nobody types the status of another system (49)."""
    if not (isinstance(actor, Actor) and actor.machine_key):
        return refused(_("Trạng thái của hồ sơ này chỉ nhận qua cổng kết nối từ hệ thống của bộ, ngành."))
    if isinstance(subject, Dossier):
        if actor.agency_id not in {subject.receiving_agency_id, subject.deciding_agency_id}:
            return refused(_("Hồ sơ này không thuộc cơ quan của hệ thống đang kết nối."))
        if subject.version.procedure.system_of_record != SystemOfRecord.MINISTRY:
            return refused(_("Trạng thái của hồ sơ này do hệ thống của tỉnh quyết định."))
    return ALLOWED
