"""Whom a denunciation is directed against, their side, and who merely administers, see nothing of it."""

import pytest
from django.utils import timezone

from complaints.enums import DutyKind
from complaints.models import Kin, Letter, Matter
from egov.organizations.actor import SignedOut
from tests.factories.letters import LetterFactory, MatterFactory, appointed
from tests.factories.organizations import (
    AgencyFactory,
    DepartmentFactory,
    MembershipFactory,
    actor_for,
)

pytestmark = [pytest.mark.django_db, pytest.mark.rule("complaints", 35)]


@pytest.fixture
def agency():
    return AgencyFactory()


@pytest.fixture
def letter(agency):
    letter = LetterFactory(agency=agency, protected=True)
    MatterFactory(letter=letter, kind="denunciation")
    MatterFactory(letter=letter, kind="denunciation")
    return letter


def against(letter, membership):
    """The second content alone: it bars from the whole letter."""
    Matter.objects.filter(letter=letter, ordinal=2).update(subject_membership=membership)


def sees(actor, letter) -> bool:
    seen = Letter.objects.visible_to(actor).filter(pk=letter.pk).exists()
    assert seen == Matter.objects.visible_to(actor).filter(letter=letter).exists()
    return seen


def test_by_duty_and_role(agency, letter):
    leader = actor_for(MembershipFactory(agency=agency, leader=True))
    seeing = (leader, appointed(agency, DutyKind.PROTECTED), appointed(agency, DutyKind.INSPECTOR))
    assert all(sees(one, letter) for one in seeing)
    blind = (
        appointed(agency, DutyKind.INTAKE, DutyKind.HANDLING, DutyKind.RECEPTION),
        appointed(agency, DutyKind.CUSTODIAN),
        actor_for(MembershipFactory(agency=agency, agency_admin=True)),
        actor_for(MembershipFactory(agency=agency, system_admin=True)),
        appointed(agency, DutyKind.PROTECTED, DutyKind.INSPECTOR, system_admin=True),
        appointed(AgencyFactory(), DutyKind.PROTECTED, DutyKind.INSPECTOR),
        actor_for(MembershipFactory(leader=True)),
        SignedOut(),
    )
    assert not any(sees(one, letter) for one in blind)


def test_a_handler_sees_what_is_theirs_alone(agency, letter):
    handler = appointed(agency, DutyKind.HANDLING)
    Matter.objects.filter(letter=letter, ordinal=1).update(handler=handler.membership)
    assert [one.ordinal for one in Matter.objects.visible_to(handler)] == [1]


def test_the_one_denounced_sees_nothing_in_whatever_position(agency, letter):
    denounced = appointed(agency, DutyKind.PROTECTED)
    against(letter, denounced.membership)
    second = MembershipFactory(user=denounced.user, agency=agency, position="Thanh tra", role="leader")
    assert not sees(denounced, letter)
    assert not sees(actor_for(second), letter)
    assert sees(appointed(agency, DutyKind.PROTECTED), letter)


def test_nor_do_kin_on_file_whoever_declared_it(agency, letter):
    keeper, other = appointed(agency, DutyKind.PROTECTED), appointed(agency, DutyKind.PROTECTED)
    denounced = MembershipFactory(agency=agency)
    against(letter, denounced)
    tie = {"basis": "Sơ yếu lý lịch", "noted_at": timezone.now(), "noted_by": denounced}
    Kin.objects.create(official=denounced.user, relative=keeper.user, relation="spouse", **tie)
    Kin.objects.create(official=other.user, relative=denounced.user, relation="child", **tie)
    assert not sees(keeper, letter)
    assert not sees(other, letter)
    Kin.objects.update(ended_at=timezone.now())
    assert sees(keeper, letter)


def test_nor_does_anybody_of_their_unit(agency, letter):
    unit, other = DepartmentFactory(agency=agency), DepartmentFactory(agency=agency)
    against(letter, MembershipFactory(agency=agency, department=unit))
    assert not sees(appointed(agency, DutyKind.PROTECTED, department=unit), letter)
    assert sees(appointed(agency, DutyKind.PROTECTED, department=other), letter)
    assert sees(appointed(agency, DutyKind.PROTECTED), letter)


def test_nor_does_anybody_below_a_head_who_is_denounced(agency, letter):
    head = MembershipFactory(agency=agency, leader=True)
    against(letter, head)
    below = AgencyFactory(parent=agency)
    handler = actor_for(MembershipFactory(agency=below, leader=True))
    Matter.objects.filter(letter=letter).update(handler=handler.membership)
    deputy = actor_for(MembershipFactory(agency=agency, deputy=True))
    for one in (deputy, appointed(agency, DutyKind.PROTECTED), handler):
        assert not sees(one, letter)


def test_below_a_deputy_everybody_but_the_head(agency, letter):
    against(letter, MembershipFactory(agency=agency, deputy=True))
    assert not sees(appointed(agency, DutyKind.PROTECTED), letter)
    assert sees(actor_for(MembershipFactory(agency=agency, leader=True)), letter)


def test_nor_does_anybody_of_a_body_that_is_denounced(agency, letter):
    denounced = AgencyFactory()
    Matter.objects.filter(letter=letter, ordinal=2).update(subject_agency=denounced)
    keeper = appointed(agency, DutyKind.PROTECTED)
    assert sees(keeper, letter)
    MembershipFactory(user=keeper.user, agency=denounced)
    assert not sees(keeper, letter)


def test_an_open_letter_is_not_hidden_from_whom_it_is_about(agency):
    letter = LetterFactory(agency=agency)
    clerk = appointed(agency, DutyKind.INTAKE)
    MatterFactory(letter=letter, subject_membership=clerk.membership)
    assert sees(clerk, letter)
