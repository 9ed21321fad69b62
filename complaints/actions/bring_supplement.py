"""What was asked of the sender has been brought: the letter is processed on (domain: 5.4)."""

from datetime import datetime

from django.utils.translation import gettext as _

from complaints import rules
from complaints.enums import MatterState
from complaints.models import Matter
from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal

NOTE_LENGTH = 1000


class NothingBrought(Refusal):
    """What was brought has to be said."""


@action("complaints.bring_supplement", allowed=rules.may_bring_supplement)
def bring_supplement(actor: Actor, matter: Matter, *, words: str, at: datetime) -> Matter:
    """Note what was brought and go on. The papers themselves are attached to the letter.

    Raises NothingBrought.
    """
    if not words.strip():
        raise NothingBrought(_("Hãy ghi những gì đã được bổ sung."))
    move(matter, to=MatterState.PROCESSING, by=actor, at=at, note=words.strip()[:NOTE_LENGTH])
    return matter
