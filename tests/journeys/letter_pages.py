"""Every page of reception and letters that an office sees, with something on it, and who sees it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from decimal import Decimal

from complaints.actions.appointment import Asking, agree_appointment, ask_appointment
from complaints.actions.enter import enter
from complaints.actions.execute import Task, add_execution_item
from complaints.actions.note_kin import note_kin
from complaints.actions.open_seal import answer_opening, ask_opening
from complaints.actions.promise import Word, promise
from complaints.actions.publish import prepare_publication
from complaints.actions.redact import add_redacted_copy
from complaints.actions.seal_person import seal_person
from complaints.actions.timetable import Plan, plan_day
from complaints.actions.visit_entry import Handed
from complaints.enums import Direction, DutyKind, MatterKind, SealedKind
from complaints.models import FeedComparison, FeedEntry, Kin, Letter, MatterPaper
from complaints.models.execution import ExecutionKind
from egov.organizations.actions.merge_agencies import merge_agencies
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from tests.complaints.actions.test_after_settlement import notice
from tests.factories.documents import pdf_of
from tests.factories.entries import LAN as SENDER
from tests.factories.entries import entry, group
from tests.factories.letters import appointed
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.processing import make_letter_office
from tests.factories.sealing import LAN, key_of, make_sealed_office
from tests.factories.settlements import Bench, accepted, drafted, make_bench, processed, settled, verified
from tests.factories.visits import heard, make_desk

# Steps on a letter that have a page of their own, of which forms differ (complaints/views/letter_work.py).
ON_ENTERED = ("attach", "represent", "link", "split", "correct-letter", "sign")


@dataclass(frozen=True)
class Place:
    """A page by the name of its address, before somebody's eyes."""

    actor: Actor
    name: str
    keys: tuple[object, ...] = ()
    query: str = ""


def letter_pages(at: datetime) -> list[Place]:
    """All of them, of one commune in the middle of its work at that moment."""
    agency = AgencyFactory(parent=AgencyFactory(province=True), name="Ủy ban nhân dân xã Thụy Xuân")
    bench = make_bench(agency)
    return [
        *_entry(at),
        *_processing(agency, bench, at),
        *_settlement(bench, at),
        *_sealed(agency, bench, at),
        *_reception(agency, at),
        *feed_pages(AgencyFactory(), at),
    ]


def _entry(at: datetime) -> Iterator[Place]:
    """A letter of a group whose last sender has not signed, and two that are alike."""
    agency = AgencyFactory()
    head = actor_for(MembershipFactory(agency=agency, leader=True))
    clerk = appointed(agency, DutyKind.INTAKE, DutyKind.RECEPTION)
    many = group(6, representatives=1)
    people = (*many.senders[:5], replace(many.senders[5], has_signed=False))
    letter = enter(clerk, replace(many, senders=people, received_at=at, written_on=at.date()), at=at)
    again = enter(clerk, entry(at=at), at=at)
    enter(clerk, entry(at=at), at=at)
    matter = letter.matters.get()
    for name in ("letter_list", "letter_enter", "letter_register", "letter_figures"):
        yield Place(clerk, name)
    yield Place(clerk, "letter_list", query="?q=khong+co+gi")
    yield Place(clerk, "letter_entered", (again.pk,))
    yield Place(clerk, "matter_detail", (matter.pk,))
    yield from (Place(clerk, "letter_step", (matter.pk, step)) for step in ON_ENTERED)
    yield Place(head, "matter_detail", (again.matters.get().pk,))


def _processing(agency: Agency, bench: Bench, at: datetime) -> Iterator[Place]:
    """One waits for approval, one was sent on by paper, one arrives; duties, kin, an agency that ended."""
    office = make_letter_office(agency)
    mine = office.matter(MatterKind.REACTION, at=at)
    waiting = office.matter(MatterKind.REACTION, at=at)
    office.propose(waiting, Direction.FILE, ground="unreadable", at=at)
    elsewhere = make_letter_office(AgencyFactory())
    for sender, receiver in ((office, elsewhere), (elsewhere, office)):
        sent = sender.matter(MatterKind.REACTION, at=at)
        sender.decide(sent, Direction.TRANSFER, target=receiver.agency, at=at)
    paper = MatterPaper.objects.filter(matter__letter__agency=agency).earliest("pk")
    relative = MembershipFactory(agency=agency).user
    note_kin(
        office.leader,
        office.handler.user,
        relative=relative,
        relation=Kin.Relation.SPOUSE,
        basis="Bản khai",
        at=at,
    )
    for name in ("duty_list", "kin_list", "retention", "transfer_list"):
        yield Place(bench.leader, name)
    yield Place(office.intake, "transfer_list")
    yield Place(office.handler, "matter_detail", (mine.pk,))
    yield Place(office.handler, "proposal_create", (mine.pk, Direction.TRANSFER))
    yield Place(
        office.handler,
        "proposal_create",
        (processed(bench, handler=office.handler.membership).pk, Direction.COMPLETE),
    )
    yield Place(bench.leader, "matter_detail", (waiting.pk,))
    yield Place(office.handler, "matter_detail", (paper.matter_id,))
    yield Place(office.handler, "matter_paper_send", (paper.pk,))
    yield from _ended(at)


def _ended(at: datetime) -> Iterator[Place]:
    """An agency that was merged with an open letter."""
    old, new = make_letter_office(AgencyFactory()), make_letter_office(AgencyFactory())
    admin = actor_for(MembershipFactory(system_admin=True, agency=AgencyFactory(province=True)))
    old.matter(at=at)
    merge_agencies(admin, new.agency, predecessors=[old.agency], on=at.date(), basis="Nghị quyết 1666")
    yield Place(admin, "hand_over_list")
    yield Place(admin, "hand_over_move", (old.agency.pk,))


def _settlement(bench: Bench, at: datetime) -> Iterator[Place]:
    """Before acceptance, in verification, before the dialogue, drafted, settled and being carried out."""
    yield Place(bench.leader, "matter_detail", (processed(bench).pk,))
    yield Place(bench.leader, "matter_detail", (accepted(bench).pk,))
    yield Place(bench.handler, "matter_detail", (verified(bench, differs=True).pk,))
    yield Place(bench.handler, "matter_detail", (drafted(bench).matter_id,))
    done = settled(bench).matter
    prepare_publication(bench.handler, done, notice(), at=at)
    task = Task(
        kind=ExecutionKind.MONEY_TO_CITIZEN,
        what="Chi trả bồi thường",
        by_whom="Kho bạc",
        amount=Decimal(1_250_000),
        due_on=at.date() + timedelta(days=30),
    )
    add_execution_item(bench.handler, done, task, at=at)
    yield Place(bench.leader, "matter_detail", (done.pk,))
    yield Place(bench.handler, "matter_detail", (done.pk,))


def _sealed(agency: Agency, bench: Bench, at: datetime) -> Iterator[Place]:
    """A denunciation with its seal and a redacted copy; one opening waits for an answer, one to go on."""
    office = make_sealed_office(agency, at=at)
    matter = accepted(bench, kind=MatterKind.DENUNCIATION, handler=office.keeper.membership)
    letter = Letter.objects.get(pk=matter.letter_id)
    seal_person(office.keeper, letter, LAN, at=at)
    add_redacted_copy(office.keeper, letter, file=pdf_of("Nội dung đã che"), filename="don.pdf", at=at)
    key_of(office.keeper, at=at)
    agreed = ask_opening(office.keeper, letter, kind=SealedKind.PERSON, reason="Xác minh", at=at)
    answer_opening(office.head, agreed, agrees=True, at=at)
    yield Place(office.keeper, "matter_detail", (matter.pk,))
    yield Place(office.head, "matter_detail", (matter.pk,))
    for name in ("opening_list", "letter_matches"):
        yield Place(office.keeper, name)
    yield from (Place(one, "opening_detail", (agreed.pk,)) for one in (office.custodian, office.inspector))
    yield from (Place(one, "sealing_keys") for one in (office.custodian, office.head))
    waiting = accepted(bench, kind=MatterKind.DENUNCIATION, handler=office.keeper.membership)
    seal_person(office.keeper, waiting.letter, LAN, at=at)
    asked = ask_opening(office.keeper, waiting.letter, kind=SealedKind.PERSON, reason="Xác minh", at=at)
    yield Place(office.head, "opening_detail", (asked.pk,))


def _reception(agency: Agency, at: datetime) -> Iterator[Place]:
    """A visit at the desk, one in the register with a promise, a day with an appointment."""
    desk = make_desk(agency)
    open_one = desk.written(at=at)
    said = heard(papers=(Handed(name="Đơn khiếu nại", is_original=True),))
    closed = desk.closed(said, at=at)
    word = Word(text="Kiểm tra thực địa", due_on=at.date() + timedelta(days=9), keeper=desk.head.membership)
    promised = promise(desk.head, closed, word, at=at)
    plan = Plan(
        on=at.date() + timedelta(days=2),
        opens=time(7),
        closes=time(11),
        place="Phòng tiếp công dân",
        host=desk.head.membership,
    )
    day = plan_day(desk.officer, agency, plan, at=at)
    asked, agreed = (
        ask_appointment(desk.officer, agency, Asking(name=SENDER.name, content="Bồi thường"), at=at)
        for _turn in range(2)
    )
    agree_appointment(desk.head, agreed, day=day, time=time(8), at=at)
    for name in (
        "visit_list",
        "visit_open",
        "visit_register",
        "timetable",
        "appointment_list",
        "appointment_ask",
        "promise_list",
    ):
        yield Place(desk.officer, name)
    yield Place(desk.officer, "visit_detail", (open_one.pk,))
    yield Place(desk.officer, "visit_detail", (closed.pk,))
    yield Place(desk.officer, "visit_correct", (closed.pk,))
    yield Place(desk.officer, "day_detail", (day.pk,))
    yield Place(desk.officer, "appointment_detail", (agreed.pk,))
    yield Place(desk.head, "appointment_detail", (asked.pk,))
    yield Place(desk.head, "promise_detail", (promised.pk,))


def feed_pages(agency: Agency, at: datetime) -> Iterator[Place]:
    """A letter whose first event the national database does not take, one that it took and has lost, others
    that wait."""
    clerk = appointed(agency, DutyKind.INTAKE)
    refused = FeedEntry.objects.get(record__matter__letter=enter(clerk, entry(at=at), at=at))
    FeedEntry.objects.filter(pk=refused.pk).update(
        state="rejected",
        attempts=1,
        answer="HTTP 422: Mã lĩnh vực không có trong danh mục quốc gia.",
        content={"subject": "matter", "reference": refused.record.reference, "kind": "complaint"},
    )
    taken = FeedEntry.objects.get(record__matter__letter=enter(clerk, entry(at=at), at=at))
    FeedEntry.objects.filter(pk=taken.pk).update(
        state="sent",
        attempts=1,
        sent_at=at,
        content={"subject": "matter", "reference": taken.record.reference, "kind": "complaint"},
    )
    compared = FeedComparison.objects.create(day=at.date(), compared_at=at, ours=1)
    compared.differences.create(record=taken.record, kind="missing", ours=1)
    yield Place(clerk, "feed_list")
    for queue in ("waiting", "sent"):
        yield Place(clerk, "feed_list", query=f"?queue={queue}")
    for one in (refused, taken):
        yield Place(clerk, "feed_detail", (one.record_id,))
    yield Place(clerk, "feed_correct", (refused.pk,))
