"""The frame of actions: one transaction, a locked row, a rule, one audit row."""

import pytest
from django.db import transaction

from egov.audit.models import AuditEvent
from egov.organizations.models import Agency, Department
from egov.workflow.action import REGISTER, action
from egov.workflow.refusal import NotPermitted
from egov.workflow.verdict import ALLOWED, Verdict, refused
from tests.factories.organizations import AgencyFactory


def may_rename(actor: object, agency: Agency) -> Verdict:
    return ALLOWED if agency.abbreviation == "UBND" else refused("Chỉ đổi tên được ủy ban.")


@pytest.fixture
def rename():
    @action("tests.rename", allowed=may_rename)
    def rename(actor: object, agency: Agency, *, name: str, then: object = None) -> Agency:
        agency.name = name
        agency.save(update_fields=["name"])
        if callable(then):
            then()
        return agency

    yield rename
    del REGISTER["tests.rename"]


@pytest.fixture
def found_room():
    @action("tests.found_room", allowed=may_rename)
    def found_room(actor: object, agency: Agency, *, name: str) -> Department:
        return Department.objects.create(agency=agency, name=name, abbreviation="P")

    yield found_room
    del REGISTER["tests.found_room"]


def test_it_does_its_work_and_leaves_one_audit_row(cast, rename):
    agency = rename(cast.an, cast.chi.agency, name="Tên mới")
    assert Agency.objects.get(pk=agency.pk).name == "Tên mới"
    (event,) = AuditEvent.objects.filter(action="tests.rename")
    assert (event.user_id, event.agency_id) == (cast.an.user_id, cast.an.agency_id)
    assert event.person == cast.an.caption
    assert (event.subject_type, event.subject_id) == ("organizations.agency", str(agency.pk))


def test_the_audit_row_names_what_was_made(cast, found_room):
    room = found_room(cast.an, cast.an.agency, name="Phòng mới")
    event = AuditEvent.objects.get(action="tests.found_room")
    assert event.subject_id == str(cast.an.agency.pk)
    assert event.details == {"made": f"organizations.department {room.pk}"}


def test_a_refusal_changes_nothing_and_carries_its_sentence(cast, rename):
    with pytest.raises(NotPermitted, match="Chỉ đổi tên được ủy ban"):
        rename(cast.an, cast.dung.agency, name="Tên mới")
    assert Agency.objects.get(pk=cast.dung.agency.pk).name == "Sở Nội vụ"
    assert not AuditEvent.objects.filter(action="tests.rename").exists()


@pytest.mark.django_db(transaction=True)
def test_a_failure_takes_everything_back(rename):
    class Performer:
        user_id = agency_id = None
        caption = address = machine_key = ""

    agency = AgencyFactory(name="Tên cũ")

    def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        rename(Performer(), agency, name="Tên mới", then=fail)
    assert Agency.objects.get(pk=agency.pk).name == "Tên cũ"
    assert not AuditEvent.objects.exists()


def test_the_rule_sees_the_row_as_it_is_now(cast, rename):
    stale = Agency.objects.get(pk=cast.dung.agency.pk)
    stale.abbreviation = "UBND"
    with pytest.raises(NotPermitted):
        rename(cast.an, stale, name="Tên mới")


def test_two_actions_cannot_share_a_name(rename):
    with pytest.raises(ValueError, match="two actions"):
        action("tests.rename", allowed=may_rename)(rename)


def test_an_action_joins_the_transaction_around_it(cast, rename):
    with transaction.atomic():
        rename(cast.an, cast.chi.agency, name="Tên mới")
        transaction.set_rollback(True)
    assert Agency.objects.get(pk=cast.chi.agency.pk).name != "Tên mới"
