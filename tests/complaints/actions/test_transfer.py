"""A letter goes to the body that is competent: entered there, returned, urged, answered, signed and sent."""

from datetime import date, datetime, timedelta

import pytest

from complaints.actions.decide_proposal import approve
from complaints.actions.pass_up import NobodyAbove, pass_up
from complaints.actions.propose import Proposed, propose
from complaints.actions.reply import NothingSaid, note_answer, reply
from complaints.actions.send_paper import send_paper
from complaints.actions.take_in_hand import assign
from complaints.actions.take_in_transfer import NoReasonToReturn, return_transfer, take_in_transfer
from complaints.enums import Channel, Direction, MatterKind, MatterState, Series, Source, SubjectKind
from complaints.models import Attachment, Letter, Matter, Transfer, Urging
from complaints.queries.transfers import arriving, late_transfers, not_yet_sent, overdue_transfers
from documents.models import Document
from egov.notifications.models import Notification
from egov.organizations.enums import Capacity
from egov.workdays.load_holidays import load_holidays
from egov.workflow.performer import SYSTEM
from egov.workflow.refusal import NotFollowing, NotPermitted
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.letters import LetterFactory, MatterFactory
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.processing import LetterOffice, make_letter_office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
D, K, S = Direction, MatterKind, MatterState
LATER = NOW.date() + timedelta(days=15)


@pytest.fixture
def province():
    return AgencyFactory(province=True)


@pytest.fixture
def office(province) -> LetterOffice:
    return make_letter_office(AgencyFactory(parent=province, name="Ủy ban nhân dân xã Thụy Xuân"))


@pytest.fixture
def other(province) -> LetterOffice:
    return make_letter_office(AgencyFactory(parent=province, name="Ủy ban nhân dân xã Thụy Trình"))


def sent(office: LetterOffice, other: LetterOffice, kind: MatterKind, **traits: object) -> Transfer:
    matter = office.matter(kind, at=NOW, **traits)
    office.decide(matter, D.TRANSFER, target=other.agency, at=NOW)
    return matter.transfers.get()


@pytest.mark.rule("complaints", 16)
def test_a_transferred_denunciation_travels_by_code_and_nobody_stands_on_it(office, other):
    transfer = sent(office, other, K.DENUNCIATION, summary="Nhận hối lộ", subject="Bùi Quốc Thịnh")
    note, told = transfer.matter.papers.order_by("number")
    assert (note.kind, told.kind) == ("transfer", "told_transfer")
    for paper in (note, told):
        assert transfer.matter.letter.code in str(paper.content)
        for word in ("Nhận hối lộ", "Thịnh", "Vũ Thị Lan"):
            assert word not in str(paper.content)
    assert "phụ lục niêm phong" in str(note.content)
    received = take_in_transfer(other.keeper, transfer, at=NOW)
    assert (received.letter.series, received.letter.is_protected) == (Series.DENUNCIATIONS, True)
    assert not received.letter.participants.exists()
    assert received.summary == "Nhận hối lộ"


def test_it_gets_a_number_of_its_own_there_and_arrives_when_it_was_sent(office, other):
    transfer = sent(office, other, K.REACTION)
    Attachment.objects.create(letter=transfer.matter.letter, kind="evidence", name="Ảnh", added_at=NOW)
    later = NOW + timedelta(days=1)
    matter = take_in_transfer(other.intake, transfer, at=later)
    letter = matter.letter
    assert letter.code == f"D-{other.agency.code}-2025-00001"
    assert (letter.received_at, letter.entered_at) == (NOW, later)
    assert (letter.channel, letter.source) == (Channel.TRANSFERRED, Source.TRANSFER)
    assert (letter.sent_by, letter.sent_number) == (office.agency.name, transfer.paper.notation)
    assert letter.wants_reply
    assert [one.name for one in letter.participants.all()] == ["Vũ Thị Lan"]
    assert [one.name for one in letter.attachments.all()] == ["Ảnh"]
    assert (matter.state, matter.agency, matter.handler) == (S.ENTERED, other.agency, None)
    assert matter.process_due_on is not None
    transfer.refresh_from_db()
    assert transfer.received == matter
    with pytest.raises(NotPermitted, match="đã được vào sổ"):
        take_in_transfer(other.intake, transfer, at=later)


def test_its_door_is_told_by_code(office, other):
    transfer = sent(office, other, K.REACTION)
    told = Notification.objects.filter(event="complaints.transferred")
    assert [one.member for one in told] == [other.intake.membership]
    assert transfer.matter.letter.code in told[0].text
    assert list(arriving(other.intake)) == [transfer]
    assert not arriving(office.intake).exists()


def test_protected_ones_arrive_with_the_keeper_alone(office, other):
    transfer = sent(office, other, K.DENUNCIATION)
    assert list(arriving(other.keeper)) == [transfer]
    assert not arriving(other.intake).exists()
    with pytest.raises(NotPermitted):
        take_in_transfer(other.intake, transfer, at=NOW)


@pytest.mark.rule("complaints", 15)
def test_a_denunciation_sent_after_five_working_days_is_late_for_the_head(office, other, clock):
    """Tết 16–20/02/2026: received on Thursday 12/02, the fifth working day is Thursday 26/02."""
    load_holidays([2026])
    arrived = datetime.fromisoformat("2026-02-12T08:00:00+07:00")
    clock.move_to(arrived)
    due = date(2026, 2, 26)
    in_time, late = (office.matter(K.DENUNCIATION, at=arrived) for _ in range(2))
    office.decide(
        in_time, D.TRANSFER, target=other.agency, at=datetime.fromisoformat("2026-02-26T16:00+07:00")
    )
    office.decide(late, D.TRANSFER, target=other.agency, at=datetime.fromisoformat("2026-02-27T08:00+07:00"))
    assert [one.due_on for one in Transfer.objects.all()] == [due, due]
    shown = late_transfers(office.leader)
    assert [one.matter for one in shown] == [late]
    assert late_transfers(other.leader).count() == 0


@pytest.mark.rule("complaints", 15)
def test_a_denunciation_that_should_have_gone_and_has_not_is_late_until_it_goes(office, other, clock):
    """Received on Thursday 12/02, to be sent by Thursday 26/02: waiting for a leader it is late too."""
    load_holidays([2026])
    arrived = datetime.fromisoformat("2026-02-12T08:00:00+07:00")
    clock.move_to(arrived)
    waiting, elsewhere, kept = (office.matter(K.DENUNCIATION, at=arrived) for _ in range(3))
    office.propose(waiting, D.TRANSFER, target=other.agency, at=arrived)
    office.propose(kept, D.ACCEPT, at=arrived)
    assert overdue_transfers(office.leader, date(2026, 2, 26)) == []
    late = overdue_transfers(office.leader, date(2026, 2, 27))
    assert [(one.matter, one.due_on) for one in late] == [(waiting, date(2026, 2, 26))], elsewhere
    assert overdue_transfers(other.leader, date(2026, 2, 27)) == []
    with pytest.raises(NotPermitted):
        overdue_transfers(actor_for(MembershipFactory(agency=office.agency)), date(2026, 2, 27))
    waiting.refresh_from_db()
    approve(office.leader, waiting, at=datetime.fromisoformat("2026-02-27T08:00:00+07:00"))
    assert overdue_transfers(office.leader, date(2026, 3, 1)) == []
    assert [one.matter for one in late_transfers(office.leader)] == [waiting]


@pytest.mark.rule("complaints", 15)
def test_what_is_about_the_head_at_the_top_of_the_network_is_late_until_it_is_sent_on_paper(province):
    above = make_letter_office(province)
    matter = above.matter(K.DENUNCIATION, at=NOW, taken=False, subject_membership=above.leader.membership)
    assert [one.matter for one in overdue_transfers(above.keeper, LATER)] == []
    assert list(not_yet_sent(Matter.objects.filter(agency=province))) == [matter]


@pytest.mark.rule("complaints", 19)
def test_what_was_sent_by_mistake_comes_back_without_a_new_clock(office, other):
    transfer = sent(office, other, K.REACTION)
    first_due = transfer.matter.process_due_on
    received = take_in_transfer(other.intake, transfer, at=NOW + timedelta(days=2))
    assign(other.leader, received, to=other.handler.membership, at=NOW)
    received.refresh_from_db()
    later = NOW + timedelta(days=3)
    other.decide(received, D.RETURN, words="Đất thuộc xã Thụy Xuân", at=later)
    assert received.state == S.RETURNED
    assert received.papers.get().addressee == office.agency
    transfer.refresh_from_db()
    first = transfer.matter
    first.refresh_from_db()
    assert (transfer.returned_at, transfer.return_reason) == (later, "Đất thuộc xã Thụy Xuân")
    assert (first.state, first.process_due_on, first.handler) == (
        S.PROCESSING,
        first_due,
        office.handler.membership,
    )
    told = Notification.objects.filter(event="complaints.came_back")
    assert office.handler.membership in {one.member for one in told}


@pytest.mark.rule("complaints", 19)
def test_the_door_sends_it_back_with_a_reason_and_may_be_sent_to_again(office, other):
    transfer = sent(office, other, K.REACTION)
    with pytest.raises(NoReasonToReturn):
        return_transfer(other.intake, transfer, reason=" ", at=NOW)
    return_transfer(other.intake, transfer, reason="Chuyển nhầm", at=NOW)
    matter = Matter.objects.get(pk=transfer.matter_id)
    assert matter.state == S.PROCESSING
    with pytest.raises(NotPermitted):
        take_in_transfer(other.intake, transfer, at=NOW)
    office.decide(matter, D.TRANSFER, target=other.agency, at=NOW)
    assert matter.transfers.count() == 2


def test_who_handles_urges_the_body_that_has_it_and_notes_the_answer(office, other):
    transfer = sent(office, other, K.REACTION)
    matter = Matter.objects.get(pk=transfer.matter_id)
    office.decide(matter, D.URGE, target=other.agency, answer_by=LATER, at=NOW)
    urging = Urging.objects.get()
    assert (matter.state, urging.agency, urging.paper.addressee) == (
        S.TRANSFERRED,
        other.agency,
        other.agency,
    )
    assert Notification.objects.filter(event="complaints.urged", member=other.intake.membership).exists()
    with pytest.raises(NothingSaid):
        note_answer(office.handler, urging, answer=" ", at=NOW)
    note_answer(office.handler, urging, answer="Sẽ trả lời trong tuần", at=NOW)
    with pytest.raises(NotPermitted, match="đã có trả lời"):
        note_answer(office.handler, urging, answer="x", at=NOW)


def test_a_letter_about_a_late_body_is_filed_and_followed(office, other):
    matter = office.matter(at=NOW)
    office.decide(matter, D.URGE, target=other.agency, answer_by=LATER, at=NOW)
    assert matter.state == S.FILED
    assert matter.urgings.get().answered_at is None


def test_a_denunciation_that_is_being_settled_is_replied_to_within_the_laws_days(office, other):
    """Settling takes thirty days, the reply twenty: that it was accepted is told."""
    transfer = sent(office, other, K.DENUNCIATION)
    received = take_in_transfer(other.keeper, transfer, at=NOW)
    Matter.objects.filter(pk=received.pk).update(
        state=S.SETTLING, accepted_on=NOW.date(), handler=other.handler.membership
    )
    received.refresh_from_db()
    assert "Đã thụ lý" in str(reply(other.leader, received, words="Đã thụ lý", at=NOW).content)


def test_the_body_that_sent_it_gets_its_reply_once(office, other):
    transfer = sent(office, other, K.SUGGESTION)
    received = take_in_transfer(other.intake, transfer, at=NOW)
    assign(other.leader, received, to=other.handler.membership, at=NOW)
    received.refresh_from_db()
    with pytest.raises(NotPermitted, match="chưa có kết quả"):
        reply(other.handler, received, words="x", at=NOW)
    other.decide(received, D.ANSWER, words="Đã tiếp thu", at=NOW)
    with pytest.raises(NothingSaid):
        reply(other.handler, received, words=" ", at=NOW)
    paper = reply(other.handler, received, words="Đã trả lời công dân", at=NOW)
    assert paper.addressee == office.agency
    assert Notification.objects.get(event="complaints.replied").member == office.handler.membership
    with pytest.raises(NotPermitted, match="Đã báo kết quả"):
        reply(other.handler, received, words="x", at=NOW)


@pytest.mark.rule("complaints", 17)
def test_a_letter_about_the_head_of_the_receiving_body_goes_up_by_itself(office, province):
    above = make_letter_office(province)
    letter = LetterFactory(agency=office.agency, protected=True, received_at=NOW)
    matter = MatterFactory(
        letter=letter,
        kind=K.DENUNCIATION,
        subject_kind=SubjectKind.INDIVIDUAL,
        subject_membership=office.leader.membership,
    )
    for actor in (office.leader, office.deputy, office.handler, office.keeper, above.leader):
        with pytest.raises(NotPermitted):
            assign(actor, matter, to=office.handler.membership, at=NOW)
        with pytest.raises(NotPermitted):
            pass_up(actor, matter, at=NOW)
    transfer = pass_up(SYSTEM, matter, at=NOW)
    assert (transfer.recipient, transfer.sender) == (province, office.agency)
    received = take_in_transfer(above.keeper, transfer, at=NOW)
    assert Letter.objects.visible_to(above.leader).filter(pk=received.letter_id).exists()
    assert not Matter.objects.visible_to(office.leader).exists()


def test_where_nobody_stands_above_nothing_is_passed_up(province):
    top = make_letter_office(province)
    matter = MatterFactory(
        letter=LetterFactory(agency=province, protected=True, received_at=NOW),
        kind=K.DENUNCIATION,
        subject_membership=top.leader.membership,
    )
    with pytest.raises(NobodyAbove):
        pass_up(SYSTEM, matter, at=NOW)
    with pytest.raises(NotPermitted):
        pass_up(SYSTEM, top.matter(at=NOW), at=NOW)


def test_the_note_is_signed_and_issued_as_an_official_letter(office, other):
    """Through the documents' door: the paper learns its number when the document is issued."""
    transfer = sent(office, other, K.DENUNCIATION, summary="Nhận hối lộ")
    paper = transfer.paper
    send_paper(office.handler, paper, signer=office.leader.membership, capacity=Capacity.TM, at=NOW)
    paper.refresh_from_db()
    document = Document.objects.get(pk=paper.document_id)
    assert transfer.matter.letter.code in document.abstract
    assert "Nhận hối lộ" not in document.body
    assert [one.agency for one in document.recipients.all()] == [other.agency]
    with pytest.raises(NotPermitted, match="đã được trình ký"):
        send_paper(office.handler, paper, signer=office.leader.membership, capacity=Capacity.TM, at=NOW)


def test_outsiders_take_in_return_reply_and_send_nothing(office, other, cast):
    transfer = sent(office, other, K.REACTION)
    colleague = actor_for(MembershipFactory(agency=other.agency))
    administrator = actor_for(MembershipFactory(agency=other.agency, agency_admin=True))
    matter = Matter.objects.get(pk=transfer.matter_id)
    office.decide(matter, D.URGE, target=other.agency, answer_by=LATER, at=NOW)
    urging = Urging.objects.get()
    for actor in (office.intake, office.leader, colleague, administrator, cast.dung, cast.em):
        with pytest.raises(NotPermitted):
            take_in_transfer(actor, transfer, at=NOW)
        with pytest.raises(NotPermitted):
            return_transfer(actor, transfer, reason="x", at=NOW)
    for actor in (other.leader, colleague, administrator, cast.dung, cast.em):
        with pytest.raises(NotPermitted):
            note_answer(actor, urging, answer="x", at=NOW)
        with pytest.raises(NotPermitted):
            reply(actor, matter, words="x", at=NOW)
        with pytest.raises(NotPermitted):
            send_paper(actor, urging.paper, signer=office.leader.membership, capacity=Capacity.TM, at=NOW)
    transfer.refresh_from_db()
    assert (transfer.received, transfer.returned_at) == (None, None)


def test_what_was_decided_twice_at_once_is_decided_once(office, other):
    matter = office.matter(K.REACTION, at=NOW)
    propose(office.handler, matter, Proposed(direction=D.TRANSFER, words="x", target=other.agency), at=NOW)
    approve(office.leader, matter, at=NOW)
    with pytest.raises((NotPermitted, NotFollowing)):
        approve(office.deputy, matter, at=NOW)
    assert Transfer.objects.count() == 1
