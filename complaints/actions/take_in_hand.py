"""Somebody takes a matter in hand, or a leader gives it to somebody: never to one who is tied (rule 17)."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import rules
from complaints.enums import DutyKind, MatterState
from complaints.models import Duty, Matter
from egov.notifications.send import Message, tell_members
from egov.organizations.actor import Actor
from egov.organizations.models import Membership
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal

NOTE_LENGTH = 1000
# Which duties make somebody a possible handler; a leader may also handle by themselves.
HANDLERS = (DutyKind.HANDLING, DutyKind.PROTECTED)


class NotToThisPerson(Refusal):
    """The person is tied to whom the matter is about, or was not appointed to handle letters here."""


@action("complaints.take_in_hand", allowed=rules.may_take_in_hand)
def take_in_hand(actor: Actor, matter: Matter, *, at: datetime) -> Matter:
    """The actor handles the matter from now on."""
    _give(actor, matter, actor.membership, at=at)
    return matter


@action("complaints.assign", allowed=rules.may_assign)
def assign(actor: Actor, matter: Matter, *, to: Membership, note: str = "", at: datetime) -> Matter:
    """Name who handles it, for the first time or instead of another. Raises NotToThisPerson.

    The person named is told, by the letter's code alone.
    """
    today = timezone.localdate(at)
    appointed = Duty.objects.current(today).filter(membership=to, kind__in=HANDLERS).exists()
    if to.agency_id != matter.agency_id or not (appointed or to == actor.membership):
        raise NotToThisPerson(_("Người này chưa được phân công xử lý đơn của cơ quan."))
    verdict = rules.not_tied(matter, to)
    if not verdict:
        raise NotToThisPerson(verdict.reason)
    _give(actor, matter, to, note=clean_line(note)[:NOTE_LENGTH], at=at)
    text = _("Quý vị được phân công xử lý đơn %(code)s.") % {"code": matter.letter.code}
    # A person who gets it back later is told again.
    key = f"{matter.pk}-{at:%Y%m%d%H%M%S}"
    tell_members([to], Message(event="complaints.assigned", text=text, key=key, about=matter.letter))
    return matter


def _give(actor: Actor, matter: Matter, member: Membership, *, note: str = "", at: datetime) -> None:
    matter.handler = member
    if matter.state == MatterState.ENTERED:
        move(matter, to=MatterState.PROCESSING, by=actor, at=at, note=note, also=["handler"])
    else:
        matter.save(update_fields=["handler"])
        matter.changes.create(
            before=matter.state,
            after=matter.state,
            at=at,
            user_id=actor.user_id,
            person=actor.caption,
            note=note or _("Phân công người xử lý: %(name)s.") % {"name": member.user.full_name},
        )
