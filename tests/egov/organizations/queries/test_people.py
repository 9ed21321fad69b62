"""Who serves where and who may sign, on a day."""

from datetime import date

import pytest
from django.utils import timezone

from egov.organizations.enums import Role
from egov.organizations.queries import people
from tests.factories.organizations import DelegationFactory, MembershipFactory

pytestmark = pytest.mark.django_db
TODAY = date(2025, 9, 15)


def test_the_head_comes_first_and_past_holders_are_left_out(cast):
    MembershipFactory(agency=cast.an.agency, ended=True)
    MembershipFactory(agency=cast.an.agency, user__is_active=False)
    assert list(people.people_of(cast.an.agency, TODAY)) == [cast.binh.membership, cast.an.membership]
    assert people.head_of(cast.an.agency, TODAY) == cast.binh.membership
    assert people.head_of(cast.dung.agency, TODAY) is None


def test_positions_are_those_of_the_day(cast):
    past = MembershipFactory(user=cast.an.user, ended=True)
    assert list(people.positions_of(cast.an.user, TODAY)) == [cast.an.membership]
    assert past in people.positions_of(cast.an.user, date(2024, 12, 31))


def test_registry_clerks_are_of_their_own_agency(cast):
    assert list(people.registry_clerks(cast.an.agency, TODAY)) == [cast.an.membership]
    assert list(people.holders(cast.an.agency, TODAY, Role.LEADER, Role.REGISTRY)) == [
        cast.binh.membership,
        cast.an.membership,
    ]


def test_signers_are_leaders_and_holders_of_a_delegation(cast):
    given = DelegationFactory(grantor=cast.binh.membership)
    MembershipFactory(agency=cast.an.agency, office_head=True)
    assert set(people.signers(cast.an.agency, TODAY)) == {cast.binh.membership, given.holder}


@pytest.mark.parametrize("ends", ["delegation", "grantor", "holder", "revoked", "not_head"])
def test_a_delegation_ends_with_what_it_stands_on(cast, ends):
    given = DelegationFactory(grantor=cast.binh.membership)
    assert given in people.delegations_in_force(TODAY)
    assert list(people.delegations_held(given.holder, TODAY)) == [given]
    yesterday = date(2025, 9, 14)
    if ends == "delegation":
        given.valid_to = TODAY
    elif ends == "revoked":
        given.revoked_at = timezone.make_aware(timezone.datetime(2025, 9, 15, 7))
    elif ends == "not_head":
        given.grantor.is_head = False
    else:
        getattr(given, ends).valid_to = TODAY
    for row in (given, given.grantor, given.holder):
        row.save()
    assert given not in people.delegations_in_force(TODAY)
    if ends != "not_head":
        assert given in people.delegations_in_force(yesterday)
    if ends == "revoked":
        assert not given.holds_on(TODAY)
        assert given.holds_on(yesterday)
    assert given in people.delegations_of(cast.an.agency)
