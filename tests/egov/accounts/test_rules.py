"""Who may do what with an account: everyone with their own, administrators within their care."""

import pytest

from egov.accounts import rules
from egov.accounts.actions.change_password import change_password
from egov.accounts.actions.edit_profile import choose_language, edit_profile
from egov.accounts.actions.end_session import end_other_sessions, end_session
from egov.accounts.actions.enrol_second_factor import enrol_second_factor
from egov.accounts.actions.invite import invite
from egov.accounts.actions.regenerate_backup_codes import regenerate_backup_codes
from egov.accounts.actions.reset_second_factor import reset_second_factor
from egov.accounts.models import UserSession
from egov.accounts.person import Person
from egov.workflow.refusal import NotPermitted
from tests.factories.accounts import TotpDeviceFactory, UserFactory
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for

pytestmark = pytest.mark.django_db

ON_ANOTHERS_ACCOUNT = {
    "change_password": lambda actor, user: change_password(actor, user, password="x", here=None),
    "edit_profile": lambda actor, user: edit_profile(actor, user, email="", phone=""),
    "choose_language": lambda actor, user: choose_language(actor, user, language="en"),
    "end_other_sessions": lambda actor, user: end_other_sessions(actor, user, here=None),
    "end_session": lambda actor, user: end_session(
        actor, UserSession.objects.create(user=user, session_key="k")
    ),
    "enrol_second_factor": lambda actor, user: enrol_second_factor(actor, user, code="1", here=None),
    "regenerate_backup_codes": regenerate_backup_codes,
    "invite": invite,
    "reset_second_factor": reset_second_factor,
}


@pytest.mark.parametrize("name", ON_ANOTHERS_ACCOUNT)
def test_nobody_touches_the_account_of_another(cast, name):
    with pytest.raises(NotPermitted):
        ON_ANOTHERS_ACCOUNT[name](cast.dung, cast.an.user)


@pytest.mark.parametrize("name", ON_ANOTHERS_ACCOUNT)
def test_a_visitor_touches_no_account(cast, name):
    with pytest.raises(NotPermitted):
        ON_ANOTHERS_ACCOUNT[name](Person(user=None), cast.an.user)


@pytest.fixture
def province(db):
    return AgencyFactory(province=True)


@pytest.fixture
def admin(province):
    return actor_for(MembershipFactory(agency_admin=True, agency=province))


def test_an_agency_administrator_looks_after_people_of_the_agency(admin, province):
    assert rules.may_administer_account(admin, MembershipFactory(agency=province).user)


def test_an_agency_administrator_has_no_say_over_people_elsewhere(admin, province):
    elsewhere = MembershipFactory().user
    both = MembershipFactory(agency=province).user
    MembershipFactory(user=both)
    former = MembershipFactory(agency=province, ended=True).user
    none = UserFactory()
    for user in (elsewhere, both, former, none):
        assert not rules.may_administer_account(admin, user)


def test_an_agency_administrator_cannot_take_over_an_administrator_of_the_system(admin, province):
    assert not rules.may_administer_account(admin, MembershipFactory(agency=province, system_admin=True).user)


def test_an_administrator_of_the_system_looks_after_everyone_but_themselves(province):
    actor = actor_for(MembershipFactory(system_admin=True, agency=province))
    assert rules.may_administer_account(actor, MembershipFactory().user)
    assert not rules.may_administer_account(actor, actor.user)


def test_administration_needs_the_second_factor(province):
    membership = MembershipFactory(agency_admin=True, agency=province)
    user = MembershipFactory(agency=province).user
    verdict = rules.may_administer_account(actor_for(membership, second_factor=False), user)
    assert not verdict
    assert "xác thực hai lớp" in str(verdict.reason)


def test_an_account_out_of_use_is_not_invited(admin, province):
    user = MembershipFactory(agency=province, user=UserFactory(is_active=False)).user
    assert not rules.may_administer_account(admin, user)


def test_an_authenticator_is_replaced_only_from_a_session_that_it_opened():
    device = TotpDeviceFactory()
    assert not rules.may_enrol_second_factor(Person(device.user), device.user)
    assert rules.may_enrol_second_factor(Person(device.user, second_factor=True), device.user)


def test_a_lost_second_factor_is_taken_away_by_the_administrator(admin, province, sign_in):
    user = MembershipFactory(agency=province).user
    TotpDeviceFactory(user=user)
    thief = sign_in(actor_for(user.memberships.get()))
    response = sign_in(admin).post(f"/accounts/{user.pk}/second-factor/reset/")
    assert response.status_code == 302
    assert not user.totpdevice_set.exists()
    assert thief.get("/account/").status_code == 302
