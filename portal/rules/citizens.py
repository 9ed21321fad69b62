"""What a citizen may set for themselves, and who sees whether they were reached."""

from django.utils.translation import gettext_lazy as _

from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.workflow.performer import Performer
from egov.workflow.verdict import ALLOWED, Verdict, refused
from portal.models import Citizen

NOTICE_READERS = (Role.COUNTER, Role.AGENCY_ADMIN)


def may_choose_channels(performer: Performer, citizen: Citizen) -> Verdict:
    """Their own, and nobody else's; no official does it for them."""
    if isinstance(performer, Citizen) and performer.pk == citizen.pk:
        return ALLOWED
    return refused(_("Mỗi người tự chọn cách nhận tin của mình, sau khi đăng nhập."))


def may_stop_channel(performer: Performer, citizen: Citizen) -> Verdict:
    """Whoever holds the link of a message that was sent to them stands for them here, and nowhere else."""
    return may_choose_channels(performer, citizen)


def may_see_notices(actor: Performer, subject: object = None) -> Verdict:  # noqa: ARG001  (a list)
    """The counter, which answers when people say that they were not told, and the agency's administrator."""
    if isinstance(actor, Actor) and actor.is_(*NOTICE_READERS):
        return ALLOWED
    return refused(_("Chỉ bộ phận một cửa và quản trị cơ quan được xem tình trạng gửi tin cho công dân."))
