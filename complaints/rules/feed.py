"""Who may look after what is told to the national database (rule 51)."""

from django.utils.translation import gettext_lazy as _

from complaints.enums import DutyKind, FeedState
from complaints.models import FeedEntry, FeedRecord
from complaints.rules.duties import holds
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.workflow.verdict import ALLOWED, Verdict, refused

Anyone = Actor | SignedOut
KEEPERS = (DutyKind.INTAKE, DutyKind.PROTECTED, DutyKind.RECEPTION)


def may_see_feed(actor: Anyone, subject: object = None) -> Verdict:  # noqa: ARG001  (a list)
    """Who keeps a register, inspects or leads; of each only what they may read anyway."""
    if isinstance(actor, Actor) and (actor.is_(Role.LEADER) or holds(actor, *KEEPERS, DutyKind.INSPECTOR)):
        return ALLOWED
    return refused(
        _("Chỉ người giữ sổ tiếp công dân, sổ đơn, thanh tra và lãnh đạo được xem việc gửi dữ liệu quốc gia.")
    )


def may_correct_feed(actor: Anyone, entry: FeedEntry) -> Verdict:
    """Who keeps the register that it comes from; only what the national database has rejected."""
    verdict = may_resend_feed(actor, entry.record)
    if not verdict:
        return verdict
    if entry.state != FeedState.REJECTED:
        return refused(_("Chỉ bản ghi đang bị từ chối mới sửa được."))
    return ALLOWED


def may_resend_feed(actor: Anyone, record: FeedRecord) -> Verdict:
    """Who keeps the register that it comes from, in the body whose register it is, and may read it."""
    if not (
        isinstance(actor, Actor)
        and actor.agency_id == record.agency_id
        and holds(actor, _keeper_of(record))
        and FeedRecord.objects.visible_to(actor).filter(pk=record.pk).exists()
    ):
        return refused(_("Chỉ người được phân công giữ sổ của bản ghi này được sửa và gửi lại."))
    return ALLOWED


def _keeper_of(record: FeedRecord) -> DutyKind:
    if record.is_guarded:
        return DutyKind.PROTECTED
    return DutyKind.INTAKE if record.visit is None else DutyKind.RECEPTION
