"""Two people decide what becomes of a letter; each direction leaves its paper and its state (domain: 5.4)."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from complaints.actions.bring_supplement import NothingBrought, bring_supplement
from complaints.actions.decide_proposal import NoReasonGiven, approve, send_back
from complaints.actions.issue_paper import print_paper
from complaints.actions.propose import ProposalNotAcceptable, Proposed, propose, take_back
from complaints.actions.take_in_hand import NotToThisPerson, assign, take_in_hand
from complaints.enums import Channel, Direction, DutyKind, MatterKind, MatterState, Source, SubjectKind
from complaints.models import Letter, Matter, MatterPaper, Proposal
from complaints.queries.suggestions import guided_before, suggestions
from complaints.rules.directions import offered
from egov.audit.models import AuditEvent
from egov.notifications.models import Notification
from egov.workflow.refusal import NotPermitted
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.letters import ParticipantFactory, appointed
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.processing import LetterOffice, make_letter_office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
D, K, S = Direction, MatterKind, MatterState
LATER = NOW.date() + timedelta(days=15)


@pytest.fixture
def office() -> LetterOffice:
    return make_letter_office()


@pytest.fixture
def elsewhere():
    return AgencyFactory(name="Ủy ban nhân dân xã Thụy Trình")


@pytest.mark.rule("complaints", 18)
def test_the_proposer_does_not_approve_in_whatever_position(office):
    """Neither as handler, nor as a leader who proposed, nor in a second position of the same person."""
    matter = office.matter(at=NOW)
    office.propose(matter, D.FILE, ground="lacks_conditions", at=NOW)
    second = MembershipFactory(agency=office.agency, deputy=True, user=office.handler.user)
    for actor in (office.handler, actor_for(second)):
        with pytest.raises(NotPermitted, match="Người đề xuất không được duyệt"):
            approve(actor, matter, at=NOW)
    approve(office.deputy, matter, at=NOW)
    matter.refresh_from_db()
    assert matter.state == S.FILED


@pytest.mark.rule("complaints", 18)
def test_a_leader_who_handles_a_letter_has_another_one_approve(office):
    matter = office.matter(at=NOW)
    assign(office.leader, matter, to=office.leader.membership, at=NOW)
    propose(office.leader, matter, Proposed(direction=D.FILE, words="x", ground="unreadable"), at=NOW)
    with pytest.raises(NotPermitted, match="Người đề xuất"):
        approve(office.leader, matter, at=NOW)
    approve(office.deputy, matter, at=NOW)


@pytest.mark.rule("complaints", 18)
def test_the_database_keeps_the_two_apart_and_a_decision_for_ever(office):
    matter = office.matter(at=NOW)
    proposal = office.propose(matter, D.FILE, ground="unreadable", at=NOW)
    own = {"state": "approved", "decided_at": NOW, "decided_by": proposal.proposed_by}
    with pytest.raises(IntegrityError, match="proposal_decided_by_another"), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(**own)
    approve(office.leader, matter, at=NOW)
    for change in (lambda rows: rows.update(words="khác"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match=r"stays what it is|Cannot delete"), transaction.atomic():
            change(Proposal.objects.filter(pk=proposal.pk))


def test_a_proposal_is_told_to_who_may_decide_and_the_decision_to_who_proposed(office):
    matter = office.matter(at=NOW)
    office.decide(matter, D.FILE, ground="unreadable", at=NOW)
    told = {
        event: {one.member for one in Notification.objects.filter(event=event)}
        for event in ("complaints.proposed", "complaints.decided")
    }
    assert told["complaints.proposed"] == {office.leader.membership, office.deputy.membership}
    assert told["complaints.decided"] == {office.handler.membership}


def test_sent_back_and_taken_back_change_nothing_but_the_proposal(office):
    matter = office.matter(at=NOW)
    office.propose(matter, D.FILE, ground="unreadable", at=NOW)
    with pytest.raises(NoReasonGiven):
        send_back(office.leader, matter, words=" ", at=NOW)
    send_back(office.leader, matter, words="Đọc lại trang 2", at=NOW)
    office.propose(matter, D.FILE, ground="unreadable", at=NOW)
    take_back(office.handler, matter, at=NOW)
    matter.refresh_from_db()
    assert matter.state == S.PROCESSING
    assert [one.state for one in matter.proposals.all()] == ["sent_back", "taken_back"]
    assert not matter.papers.exists()


@pytest.mark.rule("complaints", 14)
def test_a_complaint_is_guided_and_a_denunciation_transferred(office, elsewhere):
    complaint, denunciation = office.matter(at=NOW), office.matter(K.DENUNCIATION, at=NOW)
    assert D.GUIDE in offered(complaint)
    assert D.TRANSFER not in offered(complaint)
    assert D.TRANSFER in offered(denunciation)
    assert D.GUIDE not in offered(denunciation)
    with pytest.raises(ProposalNotAcceptable, match="hướng dẫn người gửi, không chuyển đơn"):
        office.propose(complaint, D.TRANSFER, target=elsewhere, at=NOW)
    with pytest.raises(ProposalNotAcceptable, match="chuyển cơ quan có thẩm quyền, không hướng dẫn"):
        office.propose(denunciation, D.GUIDE, target=elsewhere, at=NOW)


@pytest.mark.rule("complaints", 14)
@pytest.mark.parametrize("kind", [K.SUGGESTION, K.REACTION, K.INFORMATION])
def test_suggestions_reactions_and_information_are_transferred(office, kind):
    directions = offered(office.matter(kind, at=NOW))
    assert D.TRANSFER in directions
    assert D.GUIDE not in directions


@pytest.mark.rule("complaints", 14)
def test_a_complaint_that_the_press_sent_may_be_transferred(office):
    matter = office.matter(at=NOW, letter__source=Source.PRESS, letter__sent_by="Báo Thái Bình")
    assert {D.GUIDE, D.TRANSFER} <= set(offered(matter))


@pytest.mark.parametrize(
    ("kind", "direction", "fields", "outcome"),
    [
        (K.COMPLAINT, D.GUIDE, {"target_name": "Tòa án nhân dân tỉnh"}, (S.GUIDED, "guidance")),
        (K.COMPLAINT, D.COMPLETE, {"answer_by": LATER}, (S.INCOMPLETE, "completion")),
        (K.COMPLAINT, D.REFUSE, {"ground": "normative"}, (S.REFUSED, "refusal")),
        (K.DENUNCIATION, D.REFUSE, {"ground": "no_basis"}, (S.REFUSED, "refusal")),
        (K.COMPLAINT, D.STOP, {"ground": "withdrawn"}, (S.STOPPED, "stop")),
        (K.COMPLAINT, D.FILE, {"ground": "guided_once"}, (S.FILED, None)),
        (K.COMPLAINT, D.ACCEPT, {}, (S.PROCESSING, "proposal")),
        (K.SUGGESTION, D.ANSWER, {"words": "Đã đưa vào kế hoạch 2026."}, (S.ANSWERED, "answer")),
        (K.REACTION, D.TRANSFER, {"target_name": "Điện lực"}, (S.TRANSFERRED, "transfer")),
    ],
)
def test_each_direction_leaves_its_state_and_its_paper(office, kind, direction, fields, outcome):
    state, paper = outcome
    matter = office.matter(kind, at=NOW)
    office.decide(matter, direction, at=NOW, **fields)
    assert matter.state == state
    kinds = [one.kind for one in matter.papers.all()]
    assert kinds[:1] == ([paper] if paper else [])
    for one in matter.papers.all():
        printed = print_paper(office.handler, one, at=NOW)
        again = print_paper(office.leader, one, at=NOW)
        assert printed.file is not None
        assert printed.file == again.file
    assert AuditEvent.objects.filter(action="complaints.approve").count() == 1


def test_papers_are_numbered_in_one_series_of_the_body(office, elsewhere):
    for _ in range(2):
        office.decide(office.matter(at=NOW), D.GUIDE, target=elsewhere, at=NOW)
    office.decide(office.matter(K.SUGGESTION, at=NOW), D.ANSWER, words="x", at=NOW)
    rows = MatterPaper.objects.order_by("number").values_list("number", "notation")
    assert list(rows) == [(1, "01/HD-UBND"), (2, "02/HD-UBND"), (3, "03/UBND-TCD")]
    with pytest.raises(Exception, match="Cannot"), transaction.atomic():
        MatterPaper.objects.update(number=9)


def test_a_guidance_slip_says_to_whom_and_where(office, elsewhere):
    matter = office.matter(at=NOW)
    office.decide(matter, D.GUIDE, target=elsewhere, words="Đất thuộc xã khác", at=NOW)
    words = str(matter.papers.get().content)
    assert "Vũ Thị Lan" in words
    assert elsewhere.name in words
    assert "Đất thuộc xã khác" in words


@pytest.mark.parametrize(
    ("direction", "fields"),
    [
        (D.REFUSE, {}),
        (D.REFUSE, {"ground": "nothing"}),
        (D.FILE, {}),
        (D.GUIDE, {}),
        (D.COMPLETE, {}),
        (D.COMPLETE, {"answer_by": NOW.date()}),
        (D.URGE, {"answer_by": LATER}),
        (D.FILE, {"ground": "unreadable", "words": "  "}),
        (D.RETURN, {}),
        (D.ANSWER, {}),
    ],
)
def test_what_a_proposal_lacks_is_said(office, direction, fields):
    matter = office.matter(at=NOW)
    with pytest.raises(ProposalNotAcceptable):
        office.propose(matter, direction, at=NOW, **fields)
    assert not Proposal.objects.exists()


def test_nothing_is_guided_to_itself_or_to_an_ended_body(office):
    for target in (office.agency, AgencyFactory(valid_to=date(2025, 7, 1))):
        with pytest.raises(ProposalNotAcceptable):
            office.propose(office.matter(at=NOW), D.GUIDE, target=target, at=NOW)


@pytest.mark.rule("complaints", 1)
def test_what_is_not_eligible_is_not_proposed_for_acceptance(office):
    matter = office.matter(at=NOW, letter__is_signed=False)
    with pytest.raises(ProposalNotAcceptable, match="không có chữ ký"):
        office.propose(matter, D.ACCEPT, at=NOW)
    assert D.ACCEPT not in [one.direction for one in suggestions(matter)]


def test_what_became_unlawful_meanwhile_is_not_approved(office):
    matter = office.matter(at=NOW)
    office.propose(matter, D.ACCEPT, at=NOW)
    Letter.objects.filter(pk=matter.letter_id).update(is_signed=False)
    with pytest.raises(ProposalNotAcceptable, match="không có chữ ký"):
        approve(office.leader, matter, at=NOW)
    matter.refresh_from_db()
    assert matter.proposals.get().state == "waiting"


def test_a_supplement_brings_the_letter_back(office):
    matter = office.matter(at=NOW)
    office.decide(matter, D.COMPLETE, answer_by=LATER, words="Bổ sung chữ ký", at=NOW)
    with pytest.raises(NothingBrought):
        bring_supplement(office.intake, matter, words=" ", at=NOW)
    bring_supplement(office.intake, matter, words="Đơn đã ký", at=NOW)
    matter.refresh_from_db()
    assert matter.state == S.PROCESSING
    office.decide(matter, D.COMPLETE, answer_by=LATER, words="Bổ sung lần nữa", at=NOW)
    office.decide(matter, D.FILE, ground="not_completed", at=NOW)
    assert matter.state == S.FILED


@pytest.mark.rule("complaints", 20)
def test_the_second_identical_letter_suggests_itself_for_filing(office, elsewhere):
    first = office.matter(at=NOW)
    ParticipantFactory(letter=first.letter, personal_number="034090000123")
    assert guided_before(first) is None
    office.decide(first, D.GUIDE, target=elsewhere, at=NOW)
    second = office.matter(at=NOW + timedelta(days=20))
    suggested = suggestions(second)[0]
    assert suggested.direction == D.FILE
    assert first.letter.code in suggested.reason
    office.decide(second, D.FILE, ground="guided_once", at=NOW)
    assert second.state == S.FILED


@pytest.mark.rule("complaints", 20)
def test_another_subject_person_or_kind_is_another_letter(office, elsewhere):
    first = office.matter(at=NOW)
    office.decide(first, D.GUIDE, target=elsewhere, at=NOW)
    other_subject = office.matter(at=NOW, subject="Quyết định 99/QĐ-UBND")
    other_kind = office.matter(K.LAND_DISPUTE, at=NOW)
    other_person = office.matter(at=NOW)
    other_person.letter.participants.update(name="Phạm Văn Sáu")
    assert [guided_before(one) for one in (other_subject, other_kind, other_person)] == [None] * 3
    # An officer who links the letters knows better.
    Letter.objects.filter(pk=other_person.letter_id).update(root=first.letter)
    other_person.letter.refresh_from_db()
    assert guided_before(other_person) == first


def test_somebody_takes_it_in_hand_once(office):
    matter = office.matter(at=NOW, taken=False)
    take_in_hand(office.handler, matter, at=NOW)
    matter.refresh_from_db()
    assert (matter.handler, matter.state) == (office.handler.membership, S.PROCESSING)
    with pytest.raises(NotPermitted):
        take_in_hand(appointed(office.agency, DutyKind.HANDLING), matter, at=NOW)


def test_only_who_was_appointed_handles(office):
    matter = office.matter(at=NOW, taken=False)
    for member in (MembershipFactory(agency=office.agency), appointed(AgencyFactory(), DutyKind.HANDLING)):
        with pytest.raises(NotToThisPerson):
            assign(office.leader, matter, to=getattr(member, "membership", member), at=NOW)


@pytest.mark.rule("complaints", 39)
def test_no_word_of_a_denunciation_leaves_its_page(office, elsewhere):
    """Notifications and audit rows speak of the code; papers to other bodies hold no word typed about it."""
    matter = office.matter(
        K.DENUNCIATION,
        at=NOW,
        summary="Ông Bùi Quốc Thịnh nhận tiền",
        subject="Bùi Quốc Thịnh",
        subject_kind=SubjectKind.INDIVIDUAL,
    )
    office.decide(matter, D.TRANSFER, target=elsewhere, words="Thịnh thuộc xã khác quản lý", at=NOW)
    texts = list(Notification.objects.values_list("text", flat=True))
    texts += [str(one.details) for one in AuditEvent.objects.all()]
    texts += [str(one.content) for one in matter.papers.all()]
    assert not [text for text in texts if "Thịnh" in text]
    assert any(matter.letter.code in text for text in texts)


def test_outsiders_take_part_in_nothing(office, elsewhere, cast):
    """Another body's whole office, a colleague without a duty, administrators, a visitor."""
    others = make_letter_office(elsewhere)
    colleague = actor_for(MembershipFactory(agency=office.agency))
    administrator = actor_for(MembershipFactory(agency=office.agency, agency_admin=True))
    outsiders = [others.handler, others.leader, others.keeper, colleague, administrator, cast.em]
    free, waiting = office.matter(at=NOW, taken=False), office.matter(at=NOW)
    mine, incomplete = office.matter(at=NOW), office.matter(at=NOW)
    office.propose(waiting, D.FILE, ground="unreadable", at=NOW)
    office.decide(incomplete, D.COMPLETE, answer_by=LATER, at=NOW)
    before = list(Matter.objects.order_by("pk").values())
    filing = Proposed(direction=D.FILE, words="x", ground="unreadable")
    for actor in outsiders:
        for act in (
            lambda who: take_in_hand(who, free, at=NOW),
            lambda who: assign(who, free, to=office.handler.membership, at=NOW),
            lambda who: propose(who, mine, filing, at=NOW),
            lambda who: take_back(who, waiting, at=NOW),
            lambda who: approve(who, waiting, at=NOW),
            lambda who: send_back(who, waiting, words="x", at=NOW),
            lambda who: bring_supplement(who, incomplete, words="x", at=NOW),
            lambda who: print_paper(who, incomplete.papers.get(), at=NOW),
        ):
            with pytest.raises(NotPermitted):
                act(actor)
    assert list(Matter.objects.order_by("pk").values()) == before


def test_a_letter_from_another_body_may_be_returned_on_paper(office):
    matter = office.matter(
        at=NOW,
        letter__channel=Channel.TRANSFERRED,
        letter__sent_by="Báo Nhân Dân",
        letter__sent_number="15/CV-BND",
    )
    office.decide(matter, D.RETURN, words="Không thuộc địa bàn", at=NOW)
    paper = matter.papers.get()
    assert (matter.state, paper.kind) == (S.RETURNED, "return")
    assert "Báo Nhân Dân" in str(paper.content)
    assert "15/CV-BND" in str(paper.content)
