"""Matters on their way through settlement, made through the real actions, and the people who settle them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib import import_module
from zoneinfo import ZoneInfo

from django.apps import apps

from complaints.actions.accept import accept
from complaints.actions.dialogue import call_dialogue, minute_dialogue
from complaints.actions.draft_outcome import OutcomeContent, draft_outcome
from complaints.actions.verify import Assignment, assign_verification, report
from complaints.enums import Direction, DutyKind, MatterKind, MatterState, Stage
from complaints.models import Matter, Outcome, Proposal, Term
from complaints.models.outcome import AnswerResult, ComplaintResult, DenunciationResult
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.workflow.move import move
from egov.workflow.performer import SYSTEM
from tests.factories.letters import LetterFactory, MatterFactory, ParticipantFactory, appointed
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
RESULTS = {
    MatterKind.COMPLAINT: ComplaintResult.PARTLY,
    MatterKind.DENUNCIATION: DenunciationResult.PARTLY_TRUE,
    MatterKind.SUGGESTION: AnswerResult.EXPLAINED,
}


def vn(year: int, month: int, day: int, hour: int = 9) -> datetime:
    """A moment in Viet Nam."""
    return datetime(year, month, day, hour, tzinfo=HANOI)


# When each step is taken unless a test says otherwise.
RECEIVED, ACCEPTED, SETTLED = vn(2026, 8, 3), vn(2026, 8, 10), date(2026, 8, 31)


@dataclass(frozen=True)
class Bench:
    """A body that settles: its head, a deputy, the handler, a colleague; and somebody of another body."""

    leader: Actor
    deputy: Actor
    handler: Actor
    colleague: Actor
    registry: Actor
    outsider: Actor

    @property
    def agency(self) -> Agency:
        return self.leader.agency


def law_in_force() -> None:
    """The terms as the migration leaves them, where a test with real commits has emptied every table."""
    if not Term.objects.exists():
        import_module("complaints.migrations.0002_reference_data").load_terms(apps)


def make_bench(agency: Agency | None = None) -> Bench:
    """People with their duties; one may handle open and protected letters."""
    law_in_force()
    agency = agency or AgencyFactory()
    return Bench(
        leader=actor_for(MembershipFactory(agency=agency, leader=True, user__full_name="Đỗ Văn Quyết")),
        deputy=actor_for(MembershipFactory(agency=agency, deputy=True)),
        handler=appointed(agency, DutyKind.HANDLING, DutyKind.PROTECTED),
        colleague=appointed(agency, DutyKind.HANDLING, DutyKind.PROTECTED),
        registry=actor_for(MembershipFactory(agency=agency, registry=True)),
        outsider=actor_for(MembershipFactory(leader=True)),
    )


def processed(
    bench: Bench, *, received: datetime = RECEIVED, kind: str = MatterKind.COMPLAINT, **traits: object
) -> Matter:
    """In the handler's hands, its acceptance proposed and approved."""
    protected = kind == MatterKind.DENUNCIATION
    letter = LetterFactory(
        agency=bench.agency, received_at=received, protected=protected, written_on=received.date()
    )
    if not protected:
        ParticipantFactory(letter=letter, phone="0912345678", personal_number="034190001234")
    traits = {"state": MatterState.PROCESSING, "handler": bench.handler.membership} | traits
    matter = MatterFactory(letter=letter, kind=kind, **traits)
    Proposal.objects.create(
        matter=matter,
        direction=Direction.ACCEPT,
        words="Đủ điều kiện thụ lý",
        state=Proposal.State.APPROVED,
        proposed_at=received,
        proposed_by=bench.handler.membership,
        decided_at=received,
        decided_by=bench.leader.membership,
    )
    return matter


def accepted(bench: Bench, *, at: datetime = ACCEPTED, **traits: object) -> Matter:
    """Accepted by the head at that moment."""
    traits.setdefault("received", RECEIVED if at >= RECEIVED else at - timedelta(days=7))
    return accept(bench.leader, processed(bench, **traits), at=at)


def verified(bench: Bench, *, at: datetime = ACCEPTED, differs: bool = False, **traits: object) -> Matter:
    """Accepted at that moment, assigned to the handler for verification a week later, and reported on."""
    matter = accepted(bench, at=at, **traits)
    later = at + timedelta(days=7)
    task = Assignment(
        leader=bench.handler.membership,
        content="Xác minh nguồn gốc đất",
        due_on=later.date() + timedelta(days=7),
    )
    assign_verification(bench.leader, matter, task, at=later)
    report(
        bench.handler,
        matter,
        findings="Mức bồi thường tính thiếu 20 m² đất trồng lúa.",
        recommendation="Công nhận một phần nội dung.",
        differs=differs,
        at=later,
    )
    return matter


def talked(bench: Bench, matter: Matter) -> Matter:
    """A dialogue called and minuted, ten days after acceptance."""
    assert matter.accepted_on is not None
    at = datetime.combine(matter.accepted_on + timedelta(days=10), time(9), HANOI)
    called = call_dialogue(
        bench.handler, matter, meets_at=at, place="Phòng họp số 1", content="Diện tích được bồi thường", at=at
    )
    minute_dialogue(
        bench.handler,
        matter,
        dialogue_id=called.pk,
        chaired_by=bench.leader.membership,
        complainant_came=True,
        is_signed=True,
        minutes="Hai bên thống nhất số liệu đo đạc.",
        at=at,
    )
    return matter


def drafted(bench: Bench, *, at: datetime = ACCEPTED, **traits: object) -> Outcome:
    """Accepted at that moment and, two weeks later, drafted with the result usual for its kind."""
    matter = verified(bench, at=at, **traits)
    result = RESULTS[MatterKind(matter.kind)]
    if matter.stage == Stage.SECOND:
        talked(bench, matter)
        result = ComplaintResult.MODIFY
    content = OutcomeContent(
        result=result, findings="Nội dung có cơ sở một phần.", ruling="Bồi thường thêm 20 m²."
    )
    return draft_outcome(bench.handler, matter, content, at=at + timedelta(days=14))


def settled(bench: Bench, *, on: date = SETTLED, **traits: object) -> Outcome:
    """The result as if its paper had been issued on that day: for what comes after it."""
    outcome = drafted(bench, **traits)
    outcome.document_id, outcome.notation = outcome.pk + 1_000_000, f"{outcome.pk}/QĐ-UBND"
    outcome.dated_on, outcome.issued_at = on, datetime.combine(on, time(9), HANOI)
    outcome.signer = bench.leader.membership
    outcome.save()
    matter = Matter.objects.get(pk=outcome.matter_id)
    matter.settled_at = outcome.issued_at
    move(matter, to=MatterState.SETTLED, by=SYSTEM, at=outcome.issued_at, also=["settled_at"])
    return Outcome.objects.get(pk=outcome.pk)
