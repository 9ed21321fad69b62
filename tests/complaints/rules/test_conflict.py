"""Rule 17: the person named, their kin and those directly below them get no matter into their hands."""

import pytest
from django.utils import timezone

from complaints.actions.take_in_hand import NotToThisPerson, assign, take_in_hand
from complaints.enums import DutyKind, MatterKind, MatterState, Stage, SubjectKind, Tie
from complaints.models import Kin, Matter
from complaints.rules import tie_to
from egov.organizations.models import Membership
from egov.workflow.refusal import NotPermitted
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.letters import LetterFactory, MatterFactory, appointed
from tests.factories.organizations import AgencyFactory, DepartmentFactory, MembershipFactory, actor_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock"), pytest.mark.rule("complaints", 17)]


@pytest.fixture
def agency():
    return AgencyFactory(parent=AgencyFactory(province=True))


def against(agency, subject: Membership, kind: MatterKind = MatterKind.DENUNCIATION, **fields) -> Matter:
    protected = kind == MatterKind.DENUNCIATION
    return MatterFactory(
        letter=LetterFactory(agency=agency, received_at=NOW, protected=protected),
        kind=kind,
        subject_kind=SubjectKind.INDIVIDUAL,
        subject=subject.user.full_name,
        subject_membership=subject,
        **fields,
    )


def related(one: Membership, other: Membership) -> None:
    Kin.objects.create(
        official=one.user,
        relative=other.user,
        relation=Kin.Relation.SIBLING,
        basis="Hồ sơ cán bộ",
        noted_at=NOW,
        noted_by=one,
    )


def test_the_person_named_kin_and_subordinates_are_tied(agency):
    unit = DepartmentFactory(agency=agency)
    subject = MembershipFactory(agency=agency, office_head=True, department=unit)
    below = MembershipFactory(agency=agency, department=unit)
    brother, stranger = MembershipFactory(agency=agency), MembershipFactory(agency=agency)
    related(subject, brother)
    matter = against(agency, subject)
    ties = [tie_to(matter, one) for one in (subject, brother, below, stranger)]
    assert ties == [Tie.SELF, Tie.KIN, Tie.SUBORDINATE, None]


def test_kin_on_file_ties_whoever_declared_it_until_it_ends(agency):
    subject, sister = MembershipFactory(agency=agency), MembershipFactory(agency=agency)
    related(sister, subject)
    matter = against(agency, subject)
    assert tie_to(matter, sister) == Tie.KIN
    Kin.objects.update(ended_at=timezone.now())
    assert tie_to(matter, sister) is None


def test_a_person_in_another_position_is_the_same_person(agency):
    subject = MembershipFactory(agency=agency)
    elsewhere = MembershipFactory(user=subject.user)
    assert tie_to(against(agency, subject), elsewhere) == Tie.SELF


def test_all_serve_below_the_head_and_so_do_heads_of_the_agencies_below(agency):
    head = MembershipFactory(agency=agency, leader=True)
    deputy, clerk = MembershipFactory(agency=agency, deputy=True), MembershipFactory(agency=agency)
    lower = AgencyFactory(parent=agency)
    lower_head, lower_clerk = MembershipFactory(agency=lower, leader=True), MembershipFactory(agency=lower)
    matter = against(agency, head)
    assert [tie_to(matter, one) for one in (deputy, clerk, lower_head)] == [Tie.SUBORDINATE] * 3
    assert tie_to(matter, lower_clerk) is None


def test_who_serves_in_the_denounced_body_is_tied(agency):
    clerk = MembershipFactory(agency=agency)
    letter = LetterFactory(agency=agency, received_at=NOW, protected=True)
    matter = MatterFactory(letter=letter, kind=MatterKind.DENUNCIATION, subject_agency=agency)
    assert tie_to(matter, clerk) == Tie.UNIT


def test_a_first_complaint_stays_with_the_body_that_it_is_about(agency):
    """Its author reconsiders; the second one goes to nobody who serves below the author."""
    head, clerk = MembershipFactory(agency=agency, leader=True), MembershipFactory(agency=agency)
    wife = MembershipFactory(agency=agency)
    related(head, wife)
    first = against(agency, head, MatterKind.COMPLAINT)
    assert [tie_to(first, one) for one in (clerk, wife)] == [None, Tie.KIN]
    second = against(agency, head, MatterKind.COMPLAINT, stage=Stage.SECOND)
    assert tie_to(second, clerk) == Tie.SUBORDINATE


def test_nobody_tied_is_given_the_matter(agency):
    leader = actor_for(MembershipFactory(agency=agency, deputy=True))
    subject = MembershipFactory(agency=agency, position="Cán bộ địa chính")
    handler, brother = (appointed(agency, DutyKind.PROTECTED) for _ in range(2))
    related(subject, brother.membership)
    matter = against(agency, subject)
    with pytest.raises(NotToThisPerson, match="là người thân của người bị phản ánh"):
        assign(leader, matter, to=brother.membership, at=NOW)
    with pytest.raises(NotPermitted):
        take_in_hand(brother, matter, at=NOW)
    matter.refresh_from_db()
    assert (matter.handler, matter.state) == (None, MatterState.ENTERED)
    assign(leader, matter, to=handler.membership, at=NOW)
    matter.refresh_from_db()
    assert (matter.handler, matter.state) == (handler.membership, MatterState.PROCESSING)


def test_the_refusal_names_the_letter_by_its_code_alone(agency):
    leader = actor_for(MembershipFactory(agency=agency, deputy=True))
    subject = MembershipFactory(agency=agency, user__full_name="Bùi Quốc Thịnh")
    brother = appointed(agency, DutyKind.PROTECTED)
    related(subject, brother.membership)
    matter = against(agency, subject)
    with pytest.raises(NotToThisPerson) as refusal:
        assign(leader, matter, to=brother.membership, at=NOW)
    assert matter.letter.code in refusal.value.sentence
    assert "Thịnh" not in refusal.value.sentence
    assert matter.summary not in refusal.value.sentence
