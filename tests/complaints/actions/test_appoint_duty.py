"""The head appoints, nobody else: a duty is what lets somebody read and handle letters."""

from datetime import timedelta

import pytest

from complaints.actions.appoint_duty import DutyNotEnded, DutyNotGiven, appoint_duty, end_duty
from complaints.actions.note_kin import KinNotNoted, end_kin, note_kin
from complaints.enums import DutyKind
from complaints.models import Duty, Kin, Letter
from complaints.rules import holds
from egov.notifications.models import Notification
from egov.workflow.refusal import NotPermitted
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.letters import MatterFactory
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TODAY = NOW.date()
BASIS = "Quyết định 12/QĐ-UBND ngày 01/09/2025"


@pytest.fixture
def agency():
    return AgencyFactory()


@pytest.fixture
def head(agency):
    return actor_for(MembershipFactory(agency=agency, leader=True))


def test_a_duty_opens_the_registers_until_its_last_day(head, agency, clock):
    clerk = actor_for(MembershipFactory(agency=agency))
    MatterFactory(letter__agency=agency)
    assert not Letter.objects.visible_to(clerk).exists()
    duty = appoint_duty(head, clerk.membership, DutyKind.HANDLING, basis=BASIS, valid_from=TODAY, at=NOW)
    assert holds(clerk, DutyKind.HANDLING)
    assert Letter.objects.visible_to(clerk).exists()
    assert Notification.objects.get(event="complaints.duty_given").member == clerk.membership
    end_duty(head, duty, on=TODAY + timedelta(days=1), at=NOW)
    clock.shift(timedelta(days=1))
    assert not holds(clerk, DutyKind.HANDLING)
    assert not Letter.objects.visible_to(clerk).exists()


@pytest.mark.parametrize("trait", ["agency_admin", "system_admin"])
def test_administrators_get_no_duty(head, agency, trait: str):
    administrator = MembershipFactory(agency=agency, **{trait: True})
    with pytest.raises(DutyNotGiven, match="Quản trị viên"):
        appoint_duty(head, administrator, DutyKind.HANDLING, basis=BASIS, valid_from=TODAY, at=NOW)


def test_a_duty_needs_a_decision_a_day_and_a_free_place(head, agency):
    clerk = MembershipFactory(agency=agency)
    for basis, day in ((" ", TODAY), (BASIS, TODAY - timedelta(days=1))):
        with pytest.raises(DutyNotGiven):
            appoint_duty(head, clerk, DutyKind.INTAKE, basis=basis, valid_from=day, at=NOW)
    duty = appoint_duty(head, clerk, DutyKind.INTAKE, basis=BASIS, valid_from=TODAY, at=NOW)
    with pytest.raises(DutyNotGiven, match="đang có"):
        appoint_duty(head, clerk, DutyKind.INTAKE, basis=BASIS, valid_from=TODAY, at=NOW)
    with pytest.raises(DutyNotEnded):
        end_duty(head, duty, on=TODAY, at=NOW)
    end_duty(head, duty, on=TODAY + timedelta(days=1), at=NOW)
    with pytest.raises(DutyNotEnded, match="đã kết thúc"):
        end_duty(head, duty, on=TODAY + timedelta(days=2), at=NOW)
    appoint_duty(head, clerk, DutyKind.INTAKE, basis=BASIS, valid_from=TODAY, at=NOW)


def test_outsiders_give_and_end_no_duty_and_note_no_kin(head, agency, cast):
    clerk, colleague = MembershipFactory(agency=agency), MembershipFactory(agency=agency)
    duty = appoint_duty(head, clerk, DutyKind.INTAKE, basis=BASIS, valid_from=TODAY, at=NOW)
    kin = note_kin(
        head, clerk.user, relative=colleague.user, relation=Kin.Relation.SPOUSE, basis="Bản khai", at=NOW
    )
    deputy = actor_for(MembershipFactory(agency=agency, deputy=True))
    administrator = actor_for(MembershipFactory(agency=agency, agency_admin=True))
    once = actor_for(head.membership, second_factor=False)
    for actor in (actor_for(clerk), deputy, administrator, once, cast.binh, cast.dung, cast.em):
        with pytest.raises(NotPermitted):
            appoint_duty(actor, clerk, DutyKind.HANDLING, basis=BASIS, valid_from=TODAY, at=NOW)
        with pytest.raises(NotPermitted):
            end_duty(actor, duty, on=TODAY + timedelta(days=1), at=NOW)
        with pytest.raises(NotPermitted):
            note_kin(
                actor,
                clerk.user,
                relative=colleague.user,
                relation=Kin.Relation.OTHER,
                basis="Bản khai",
                at=NOW,
            )
        with pytest.raises(NotPermitted):
            end_kin(actor, kin, at=NOW)
    assert Duty.objects.get().valid_to is None


def test_kin_is_noted_once_with_its_basis(head, agency):
    one, other = MembershipFactory(agency=agency), MembershipFactory()
    spouse = Kin.Relation.SPOUSE
    for relative, basis in ((one.user, "Bản khai"), (other.user, " ")):
        with pytest.raises(KinNotNoted):
            note_kin(head, one.user, relative=relative, relation=spouse, basis=basis, at=NOW)
    kin = note_kin(head, one.user, relative=other.user, relation=spouse, basis="Bản khai", at=NOW)
    with pytest.raises(KinNotNoted, match="đã được ghi"):
        note_kin(head, one.user, relative=other.user, relation=spouse, basis="Bản khai", at=NOW)
    end_kin(head, kin, at=NOW)
    assert Kin.objects.of_user(one.user_id) == frozenset()
    note_kin(head, one.user, relative=other.user, relation=spouse, basis="Bản khai", at=NOW)
    assert Kin.objects.of_user(other.user_id) == {one.user_id}
