"""What an approved direction does: its paper, the matter's new state, and whom it concerns (domain: 5.4)."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.actions.issue_paper import issue_paper
from complaints.actions.send_on import come_back, send_on
from complaints.enums import Direction, MatterState
from complaints.models import Matter, MatterPaper, Proposal, Transfer, Urging, ground_words
from complaints.queries.paper_words import PAPER_OF, Said
from complaints.queries.people import at_the_door
from egov.notifications.send import Message, tell_members
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.workflow.move import move

CarryOut = Callable[[Actor, Matter, Proposal, datetime], None]
# Directions that a paper and a state say everything about.
ENDS_IN: Mapping[str, MatterState] = {
    Direction.COMPLETE: MatterState.INCOMPLETE,
    Direction.REFUSE: MatterState.REFUSED,
    Direction.GUIDE: MatterState.GUIDED,
    Direction.ANSWER: MatterState.ANSWERED,
    Direction.FILE: MatterState.FILED,
    Direction.STOP: MatterState.STOPPED,
}


def carry_out(actor: Actor, matter: Matter, proposal: Proposal, *, at: datetime) -> None:
    """Do what was approved, inside the approval."""
    OWN_WAY.get(proposal.direction, _end)(actor, matter, proposal, at)


def _paper(
    actor: Actor,
    matter: Matter,
    proposal: Proposal,
    *,
    addressee: Agency | None = None,
    name: str = "",
    at: datetime,
) -> MatterPaper | None:
    """The paper of the direction; filing has none, it is a mark in the register."""
    kind = PAPER_OF.get(proposal.direction)
    if kind is None:
        return None
    said = _said(actor, proposal, addressee=addressee.name if addressee else name)
    return issue_paper(actor, matter, kind, said, addressee=addressee, at=at)


def _said(actor: Actor, proposal: Proposal, *, addressee: str = "") -> Said:
    return Said(
        proposal=proposal,
        addressee=addressee,
        signer_name=actor.user.full_name,
        signer_position=actor.membership.position,
    )


def _end(actor: Actor, matter: Matter, proposal: Proposal, at: datetime) -> None:
    paper = _paper(actor, matter, proposal, at=at)
    move(matter, to=ENDS_IN[proposal.direction], by=actor, at=at, note=_note(matter, proposal, paper))


def _accept(actor: Actor, matter: Matter, proposal: Proposal, at: datetime) -> None:
    """The sheet of the approved proposal; the decision of acceptance itself is a step of the settlement."""
    _paper(actor, matter, proposal, at=at)


def _transfer(actor: Actor, matter: Matter, proposal: Proposal, at: datetime) -> None:
    send_on(
        actor, matter, _said(actor, proposal), recipient=proposal.target, name=proposal.target_name, at=at
    )


def _return(actor: Actor, matter: Matter, proposal: Proposal, at: datetime) -> None:
    transfer = Transfer.objects.select_related("sender").filter(received=matter).first()
    sender = transfer.sender if transfer else None
    paper = _paper(actor, matter, proposal, addressee=sender, name=matter.letter.sent_by, at=at)
    move(matter, to=MatterState.RETURNED, by=actor, at=at, note=_note(matter, proposal, paper))
    if transfer is not None:
        come_back(actor, transfer, reason=proposal.words, at=at)


def _urge(actor: Actor, matter: Matter, proposal: Proposal, at: datetime) -> None:
    """Urge the body that is late and follow it; a letter about that body itself is filed and followed."""
    urged = proposal.target
    assert urged is not None  # noqa: S101  (a proposal to urge names an agency)
    paper = _paper(actor, matter, proposal, addressee=urged, at=at)
    assert paper is not None  # noqa: S101  (urging has one)
    urging = Urging.objects.create(
        matter=matter, agency=urged, paper=paper, answer_by=proposal.answer_by, urged_at=at
    )
    if matter.state == MatterState.PROCESSING:
        move(matter, to=MatterState.FILED, by=actor, at=at, note=_note(matter, proposal, paper))
    text = _("%(agency)s đôn đốc giải quyết đơn %(code)s (văn bản %(notation)s).") % {
        "agency": actor.agency.name,
        "code": matter.letter.code,
        "notation": paper.notation,
    }
    door = at_the_door(urged, matter.letter, on=timezone.localdate(at))
    tell_members(door, Message(event="complaints.urged", text=text, key=str(urging.pk)))


def _note(matter: Matter, proposal: Proposal, paper: MatterPaper | None) -> str:
    """Ground and paper: what was typed stands in the proposal, and goes with it (rule 41)."""
    ground = ground_words(matter.kind, proposal.direction, proposal.ground)
    number = _("Văn bản %(notation)s") % {"notation": paper.notation} if paper else ""
    return ". ".join(part for part in (ground, number) if part)


OWN_WAY: Mapping[str, CarryOut] = {
    Direction.ACCEPT: _accept,
    Direction.TRANSFER: _transfer,
    Direction.RETURN: _return,
    Direction.URGE: _urge,
}
