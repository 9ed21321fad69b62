"""Appointing people, ending positions, delegating."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from egov.accounts.models import User
from egov.audit.models import AuditEvent
from egov.organizations.actions.appoint import (
    AgencyNotThere,
    AlreadyAppointed,
    DepartmentElsewhere,
    HeadAlreadyThere,
    Post,
    RoleNotGiven,
    UsernameTaken,
    appoint,
    enlist,
)
from egov.organizations.actions.delegate import (
    AlreadyRevoked,
    NotAHolder,
    NotPassedOn,
    OutsideTerm,
    Terms,
    WithoutEnd,
    WithoutKinds,
    delegate,
    revoke_delegation,
)
from egov.organizations.actions.end_appointment import AlreadyEnded, EndsBeforeStart, end_appointment
from egov.organizations.enums import Capacity, Role
from egov.organizations.models import Delegation, Membership
from egov.workflow.refusal import NotPermitted
from tests.factories.accounts import UserFactory
from tests.factories.organizations import (
    AgencyFactory,
    DelegationFactory,
    DepartmentFactory,
    MembershipFactory,
    actor_for,
)

pytestmark = pytest.mark.django_db
TODAY = date(2025, 9, 15)
POST = Post("Chuyên viên", Role.SPECIALIST, TODAY)
TL = Terms(Capacity.TL, ("GM", "CV"), "Quy chế làm việc", TODAY)


@pytest.fixture
def admin(cast):
    return actor_for(MembershipFactory(agency=cast.an.agency, agency_admin=True))


@pytest.fixture
def system_admin():
    return actor_for(MembershipFactory(system_admin=True))


@pytest.fixture
def office_head(cast):
    return MembershipFactory(agency=cast.an.agency, office_head=True)


class TestAppoint:
    """Positions begin."""

    def test_a_person_may_serve_in_two_places(self, cast, admin):
        made = appoint(admin, cast.an.agency, user=cast.dung.user, post=POST)
        assert (made.user, made.agency, made.position) == (cast.dung.user, cast.an.agency, "Chuyên viên")
        event = AuditEvent.objects.get(action="organizations.appoint")
        assert event.details == {"made": f"organizations.membership {made.pk}"}

    def test_a_new_person_gets_an_account_that_an_invitation_opens(self, cast, admin):
        made = enlist(
            admin, cast.an.agency, username=" PhucNT ", full_name="Nguyễn Thị Phúc", email="", post=POST
        )
        assert made.user.username == "phucnt"
        assert not made.user.has_usable_password()

    def test_a_sign_in_name_belongs_to_one_person(self, cast, admin):
        with pytest.raises(UsernameTaken, match="“dung”"):
            enlist(admin, cast.an.agency, username="Dung", full_name="Lê Dung", email="", post=POST)
        assert User.objects.filter(full_name="Lê Dung").count() == 0

    def test_an_agency_has_one_head(self, cast, admin):
        with pytest.raises(HeadAlreadyThere):
            appoint(admin, cast.an.agency, user=UserFactory(), post=replace(POST, is_head=True))

    def test_a_unit_of_another_agency_is_refused(self, cast, admin):
        with pytest.raises(DepartmentElsewhere):
            appoint(
                admin, cast.an.agency, user=UserFactory(), post=replace(POST, department=DepartmentFactory())
            )

    def test_the_same_position_twice_is_refused(self, cast, admin):
        again = Post(cast.an.membership.position, Role.REGISTRY, TODAY)
        with pytest.raises(AlreadyAppointed):
            appoint(admin, cast.an.agency, user=cast.an.user, post=again)

    def test_nobody_is_appointed_to_an_agency_that_has_ended(self, system_admin):
        with pytest.raises(AgencyNotThere):
            appoint(system_admin, AgencyFactory(closed=True), user=UserFactory(), post=POST)

    def test_only_the_system_s_administrator_makes_another(self, cast, admin, system_admin):
        post = replace(POST, role=Role.SYSTEM_ADMIN)
        with pytest.raises(RoleNotGiven):
            appoint(admin, cast.an.agency, user=UserFactory(), post=post)
        assert appoint(system_admin, cast.an.agency, user=UserFactory(), post=post)


class TestEnd:
    """Positions end."""

    def test_from_that_day_on_it_is_not_held(self, cast, admin):
        ended = end_appointment(admin, cast.an.membership, on=TODAY)
        assert not ended.holds_on(TODAY)
        assert ended.holds_on(date(2025, 9, 14))

    def test_delegations_from_and_to_it_end_too(self, cast, admin, office_head):
        given = DelegationFactory(grantor=cast.binh.membership, holder=office_head)
        end_appointment(admin, cast.binh.membership, on=TODAY)
        given.refresh_from_db()
        assert given.valid_to == TODAY

    def test_not_before_its_start_and_not_after_its_end(self, cast, admin):
        with pytest.raises(EndsBeforeStart):
            end_appointment(admin, cast.an.membership, on=cast.an.membership.valid_from)
        end_appointment(admin, cast.an.membership, on=TODAY)
        with pytest.raises(AlreadyEnded):
            end_appointment(admin, cast.an.membership, on=date(2025, 10, 1))

    def test_nobody_ends_their_own(self, admin):
        with pytest.raises(NotPermitted, match="tự kết thúc"):
            end_appointment(admin, admin.membership, on=TODAY)


class TestDelegate:
    """Decree 30/2020, Art. 13."""

    def test_the_head_lets_the_head_of_office_sign(self, cast, office_head):
        given = delegate(cast.binh, cast.binh.membership, holder=office_head, terms=TL)
        assert given.holds_on(TODAY)
        assert given.kinds == ["GM", "CV"]

    @pytest.mark.rule("documents", 10)
    def test_authorisation_needs_an_end(self, cast, office_head):
        terms = replace(TL, capacity=Capacity.TUQ)
        with pytest.raises(WithoutEnd):
            delegate(cast.binh, cast.binh.membership, holder=office_head, terms=terms)
        given = delegate(
            cast.binh,
            cast.binh.membership,
            holder=office_head,
            terms=replace(terms, valid_to=date(2025, 12, 1)),
        )
        assert not given.holds_on(date(2025, 12, 1))

    @pytest.mark.rule("documents", 10)
    def test_what_was_delegated_is_not_passed_on(self, cast, admin, office_head):
        delegate(cast.binh, cast.binh.membership, holder=office_head, terms=TL)
        another = MembershipFactory(agency=cast.an.agency, office_head=True)
        with pytest.raises(NotPermitted, match="ủy quyền lại"):
            delegate(actor_for(office_head), office_head, holder=another, terms=TL)
        with pytest.raises(NotPassedOn):
            delegate(admin, office_head, holder=another, terms=TL)

    @pytest.mark.rule("documents", 10)
    def test_the_kinds_are_listed(self, cast, office_head):
        with pytest.raises(WithoutKinds):
            delegate(cast.binh, cast.binh.membership, holder=office_head, terms=replace(TL, kinds=()))

    def test_only_to_the_head_of_a_unit_of_the_same_agency(self, cast):
        elsewhere = MembershipFactory(office_head=True)
        for holder in (elsewhere, cast.an.membership):
            with pytest.raises(NotAHolder):
                delegate(cast.binh, cast.binh.membership, holder=holder, terms=TL)

    def test_within_both_terms_of_office(self, cast, office_head):
        with pytest.raises(OutsideTerm):
            delegate(
                cast.binh,
                cast.binh.membership,
                holder=office_head,
                terms=replace(TL, valid_from=date(2020, 1, 1)),
            )
        with pytest.raises(OutsideTerm):
            delegate(cast.binh, cast.binh.membership, holder=office_head, terms=replace(TL, valid_to=TODAY))

    def test_revoked_it_no_longer_holds_but_did_before(self, cast, office_head, clock):
        given = delegate(
            cast.binh,
            cast.binh.membership,
            holder=office_head,
            terms=replace(TL, valid_from=date(2025, 9, 1)),
        )
        revoke_delegation(cast.binh, given)
        given.refresh_from_db()
        assert not given.holds_on(timezone.localdate())
        assert given.holds_on(date(2025, 9, 14))
        with pytest.raises(AlreadyRevoked):
            revoke_delegation(cast.binh, given)


class TestOutsiders:
    """Nobody without the office, and nobody without the second factor."""

    @pytest.fixture(
        params=["an", "binh", "chi", "dung", "em", "admin_elsewhere", "admin_without_second_factor"]
    )
    def outsider(self, request, cast):
        if request.param == "admin_elsewhere":
            return actor_for(MembershipFactory(agency=cast.dung.agency, agency_admin=True))
        if request.param == "admin_without_second_factor":
            post = MembershipFactory(agency=cast.an.agency, agency_admin=True)
            return actor_for(post, second_factor=False)
        return getattr(cast, request.param)

    def test_appoint(self, cast, outsider):
        with pytest.raises(NotPermitted):
            appoint(outsider, cast.an.agency, user=UserFactory(), post=POST)
        with pytest.raises(NotPermitted):
            enlist(outsider, cast.an.agency, username="moi", full_name="Mới", email="", post=POST)
        assert not User.objects.filter(username="moi").exists()

    def test_end_appointment(self, cast, outsider):
        target = MembershipFactory(agency=cast.an.agency)
        with pytest.raises(NotPermitted):
            end_appointment(outsider, target, on=TODAY)
        assert Membership.objects.get(pk=target.pk).valid_to is None

    def test_delegate_for_another_head(self, cast, outsider, office_head):
        head = MembershipFactory(agency=cast.an.agency, leader=True)
        with pytest.raises(NotPermitted):
            delegate(outsider, head, holder=office_head, terms=TL)
        assert not Delegation.objects.exists()

    def test_revoke(self, outsider, cast):
        given = DelegationFactory(grantor=MembershipFactory(agency=cast.an.agency, leader=True))
        with pytest.raises(NotPermitted):
            revoke_delegation(outsider, given)

    def test_a_head_without_a_second_factor(self, cast, office_head):
        with pytest.raises(NotPermitted, match="hai lớp"):
            delegate(
                replace(cast.binh, second_factor=False), cast.binh.membership, holder=office_head, terms=TL
            )
