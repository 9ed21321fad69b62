"""Whom a denunciation is directed against, their side, and who merely administers, see nothing of it."""

import pytest
from django.utils import timezone

from complaints.enums import DutyKind
from complaints.models import Appointment, Kin, Letter, Matter
from complaints.queries.people import approvers, at_the_door, possible_handlers
from complaints.queries.visits import nameable_letters
from complaints.rules.conflict import tie_to
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
    other = appointed(agency, DutyKind.PROTECTED)
    assert sees(other, letter)
    second = MembershipFactory(user=denounced.user, agency=agency, position="Thanh tra", role="leader")
    assert not sees(denounced, letter)
    assert not sees(actor_for(second), letter)
    assert not sees(other, letter), "whom the one denounced leads by now"


def test_who_moved_after_the_letter_takes_the_new_unit_along(agency, letter):
    """The position that was named has ended; the unit and the subordinates of today are shut out too."""
    old, new = DepartmentFactory(agency=agency), DepartmentFactory(agency=agency)
    denounced = MembershipFactory(agency=agency, department=old)
    against(letter, denounced)
    keeper = appointed(agency, DutyKind.PROTECTED, department=new)
    assert sees(keeper, letter)
    moved = MembershipFactory(user=denounced.user, agency=agency, department=new, position="Phó phòng")
    assert not sees(keeper, letter)
    moved.valid_to = timezone.localdate()
    moved.save()
    assert sees(keeper, letter)


def test_whom_the_words_name_is_shut_out_though_nobody_was_chosen(agency, letter):
    """As over the portal: two of one name, or nobody found, must not leave the letter to the one named."""
    keepers = [appointed(agency, DutyKind.PROTECTED) for _one in range(3)]
    for keeper, name in zip(keepers, ("Lê Văn Tám", "Lê Văn Tâm", "Tám"), strict=True):
        keeper.user.full_name = name
        keeper.user.save()
    Matter.objects.filter(letter=letter, ordinal=2).update(subject="Ông Lê  Văn TÁM, cán bộ địa chính")
    # Accents are typed as one pleases: a namesake without them is shut out too. A lone word is no name.
    assert [sees(one, letter) for one in keepers] == [False, False, True]
    Matter.objects.filter(letter=letter, ordinal=2).update(subject="Ông Lê Văn Tâmm")
    assert [sees(one, letter) for one in keepers] == [True, True, True]


@pytest.mark.rule("complaints", 4)
def test_anonymous_information_is_for_who_keeps_it_and_never_for_whom_it_is_about(agency):
    letter = LetterFactory(agency=agency, series="TT")
    matter = MatterFactory(letter=letter, kind="information")
    leader = actor_for(MembershipFactory(agency=agency, leader=True))
    denounced = appointed(agency, DutyKind.INTAKE, DutyKind.PROTECTED, DutyKind.INSPECTOR)
    keepers = [appointed(agency, kind) for kind in (DutyKind.INTAKE, DutyKind.PROTECTED, DutyKind.INSPECTOR)]
    assert all(sees(one, letter) for one in (leader, *keepers, denounced))
    outsiders = (
        appointed(agency, DutyKind.HANDLING, DutyKind.RECEPTION, DutyKind.CUSTODIAN),
        actor_for(MembershipFactory(agency=agency, agency_admin=True)),
        actor_for(MembershipFactory(agency=agency, system_admin=True)),
        appointed(AgencyFactory(), DutyKind.INTAKE, DutyKind.PROTECTED, DutyKind.INSPECTOR),
        SignedOut(),
    )
    assert not any(sees(one, letter) for one in outsiders)
    handler = appointed(agency, DutyKind.HANDLING)
    Matter.objects.filter(pk=matter.pk).update(handler=handler.membership)
    assert sees(handler, letter)
    Matter.objects.filter(pk=matter.pk).update(subject_membership=denounced.membership)
    assert not sees(denounced, letter)
    assert all(sees(one, letter) for one in (leader, handler))


def test_lists_beside_the_registers_say_nothing_either(agency, letter):
    """Appointments, letters to be named by a visit, the tie that bars: the same shut out."""
    denounced = appointed(agency, DutyKind.PROTECTED, DutyKind.RECEPTION, DutyKind.CUSTODIAN)
    other = appointed(agency, DutyKind.PROTECTED, DutyKind.RECEPTION)
    Appointment.objects.create(
        agency=agency, year=2026, number=1, letter=letter, is_protected=True, asked_at=timezone.now()
    )
    assert Appointment.objects.visible_to(denounced).exists()
    against(letter, denounced.membership)
    assert not Appointment.objects.visible_to(denounced).exists()
    assert Appointment.objects.visible_to(other).exists()
    assert list(nameable_letters(other)) == [letter]
    assert not nameable_letters(denounced).exists()
    assert not nameable_letters(appointed(agency, DutyKind.RECEPTION)).exists()
    on, first = timezone.localdate(), letter.matters.get(ordinal=1)
    assert tie_to(first, denounced.membership) is not None, "because of the other content"
    assert tie_to(first, other.membership) is None
    assert denounced.membership not in possible_handlers(first, on)
    assert [one.pk for one in at_the_door(agency, letter, on=on)] == [other.membership.pk]


def test_deputies_who_may_not_know_are_not_told_either(agency, letter):
    """Who decides is told of every proposal: not the deputy beside the one denounced."""
    head = MembershipFactory(agency=agency, leader=True)
    deputies = [MembershipFactory(agency=agency, deputy=True) for _one in range(2)]
    against(letter, deputies[0])
    first = letter.matters.get(ordinal=1)
    assert approvers(first, but=None, on=timezone.localdate()) == [head]


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
