"""A body that processes letters: who handles, who keeps the protected register, who decides."""

from dataclasses import dataclass
from datetime import datetime

from complaints.actions.decide_proposal import approve
from complaints.actions.propose import Proposed, propose
from complaints.actions.take_in_hand import assign
from complaints.enums import Direction, DutyKind, MatterKind, Series
from complaints.models import Matter, Proposal
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from tests.factories.letters import LetterFactory, MatterFactory, ParticipantFactory, appointed
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for


@dataclass(frozen=True)
class LetterOffice:
    """Its people; ``deputy`` decides where the head may not."""

    agency: Agency
    intake: Actor
    handler: Actor
    keeper: Actor
    leader: Actor
    deputy: Actor

    def matter(
        self, kind: MatterKind = MatterKind.COMPLAINT, *, at: datetime, taken: bool = True, **traits: object
    ) -> Matter:
        """A matter of such a kind that arrived then, in the handler's hands unless told otherwise."""
        protected = kind == MatterKind.DENUNCIATION
        series = {MatterKind.INFORMATION: Series.INFORMATION, MatterKind.DENUNCIATION: Series.DENUNCIATIONS}
        letter = LetterFactory(
            agency=self.agency,
            received_at=at,
            written_on=at.date(),
            series=series.get(kind, Series.LETTERS),
            is_protected=protected,
            **{key.removeprefix("letter__"): value for key, value in traits.items() if "letter__" in key},
        )
        if not protected and kind != MatterKind.INFORMATION:
            ParticipantFactory(letter=letter)
        fields = {key: value for key, value in traits.items() if "letter__" not in key}
        matter = MatterFactory(letter=letter, kind=kind, **fields)
        if taken:
            assign(self.leader, matter, to=self.handler.membership, at=at)
            matter.refresh_from_db()
        return matter

    def propose(self, matter: Matter, direction: Direction, *, at: datetime, **fields: object) -> Proposal:
        """The handler proposes it."""
        words = fields.pop("words", "Theo quy định của pháp luật")
        return propose(self.handler, matter, Proposed(direction=direction, words=words, **fields), at=at)

    def decide(self, matter: Matter, direction: Direction, *, at: datetime, **fields: object) -> Proposal:
        """Proposed by the handler, approved by the leader."""
        self.propose(matter, direction, at=at, **fields)
        matter.refresh_from_db()
        proposal = approve(self.leader, matter, at=at)
        matter.refresh_from_db()
        return proposal


def make_letter_office(agency: Agency | None = None) -> LetterOffice:
    """An office whose people are all there."""
    agency = agency or AgencyFactory()
    return LetterOffice(
        agency=agency,
        intake=appointed(agency, DutyKind.INTAKE),
        handler=appointed(agency, DutyKind.HANDLING),
        keeper=appointed(agency, DutyKind.PROTECTED),
        leader=actor_for(MembershipFactory(agency=agency, leader=True)),
        deputy=actor_for(MembershipFactory(agency=agency, deputy=True)),
    )
