"""Who gives duties and keeps kin on file: the head of the agency, with a second factor."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.models import Duty, Kin
from egov.accounts.models import User
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.organizations.models import Membership
from egov.workflow.verdict import ALLOWED, Verdict, refused

Anyone = Actor | SignedOut
ONLY_THE_HEAD = _("Chỉ người đứng đầu cơ quan được làm việc này.")
NO_SECOND_FACTOR = _("Hãy đăng nhập bằng xác thực hai lớp trước khi làm việc này.")


def may_keep_duties(actor: Anyone, _subject: object = None) -> Verdict:
    """Seeing and changing who has which duty: the head of the agency."""
    if isinstance(actor, Actor) and actor.membership.is_head and actor.is_(Role.LEADER):
        return ALLOWED if actor.second_factor else refused(NO_SECOND_FACTOR)
    return refused(ONLY_THE_HEAD)


def may_appoint_duty(actor: Anyone, member: Membership) -> Verdict:
    """The head, to somebody who serves in the agency."""
    return _of_own(actor, member.agency_id)


def may_end_duty(actor: Anyone, duty: Duty) -> Verdict:
    """The same."""
    return _of_own(actor, duty.membership.agency_id)


def may_note_kin(actor: Anyone, official: User) -> Verdict:
    """The head, of somebody who serves in the agency; the relative may serve anywhere."""
    verdict = may_keep_duties(actor)
    if not verdict or not isinstance(actor, Actor):
        return verdict
    serving = Membership.objects.current(timezone.localdate()).filter(user=official, agency=actor.agency)
    return ALLOWED if serving.exists() else refused(_("Người này không công tác tại cơ quan của Quý vị."))


def may_end_kin(actor: Anyone, kin: Kin) -> Verdict:
    """Whoever could have written it."""
    verdict = may_note_kin(actor, kin.official)
    return verdict or may_note_kin(actor, kin.relative)


def _of_own(actor: Anyone, agency_id: int) -> Verdict:
    if isinstance(actor, Actor) and actor.agency_id == agency_id:
        return may_keep_duties(actor)
    return refused(ONLY_THE_HEAD)
