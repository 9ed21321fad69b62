"""Sealed documents go on their way: complete, by the registry, to agencies that exist."""

import pytest

from documents.actions.issue import NotReadyToIssue, issue
from documents.actions.signatures import AgencySignatureMissing
from documents.enums import DeliveryState, DocumentState
from documents.exchange.routing import RecipientEnded
from documents.models import Delivery, Document, Hop, OutgoingEntry
from egov.audit.models import AuditEvent
from egov.notifications.models import Notification
from egov.workflow.refusal import NotPermitted
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.documents import Office
from tests.factories.organizations import MembershipFactory
from tests.support.parallel import at_once

pytestmark = pytest.mark.django_db


def test_every_recipient_gets_one_delivery_and_the_first_hop_is_enqueued(
    office: Office, django_capture_on_commit_callbacks
):
    document = office.sealed(at=NOW)
    with django_capture_on_commit_callbacks() as after_commit:
        issued = issue(office.registry, document, at=NOW)
    assert issued.state == DocumentState.ISSUED
    assert issued.issued_at == NOW
    delivery = Delivery.objects.get(document=document)
    assert (delivery.agency, delivery.state) == (office.recipients[0], DeliveryState.PENDING)
    assert Hop.objects.filter(document=document, node=office.registry.agency, previous=None).count() == 1
    assert len(after_commit) == 1
    assert AuditEvent.objects.filter(action="documents.issue", subject_id=str(document.pk)).count() == 1


def test_issuing_twice_is_refused_and_changes_nothing(office: Office):
    document = office.issued(at=NOW)
    with pytest.raises(NotPermitted, match="bước chờ phát hành"):
        issue(office.registry, document, at=NOW)
    assert Delivery.objects.filter(document=document).count() == 1


def test_a_drafter_who_is_not_the_registry_is_told(office: Office):
    document = office.sealed(at=NOW)
    drafter = MembershipFactory(agency=office.registry.agency)
    Document.objects.filter(pk=document.pk).update(drafter=drafter)
    issue(office.registry, document, at=NOW)
    assert Notification.objects.get(event="documents.issued").member == drafter


@pytest.mark.django_db(transaction=True)
def test_a_double_click_issues_once(office: Office):
    document = office.sealed(at=NOW)
    outcomes = at_once(lambda _: issue(office.registry, document, at=NOW), range(3), threads=3)
    assert len([outcome for outcome in outcomes if isinstance(outcome, NotPermitted)]) == 2
    assert Delivery.objects.filter(document=document).count() == 1


@pytest.mark.rule("documents", 8)
class TestComplete:
    def test_without_a_recipient_it_stays(self, office: Office):
        document = office.sealed(at=NOW)
        document.recipients.all().delete()
        with pytest.raises(NotReadyToIssue, match="nơi nhận"):
            issue(office.registry, document, at=NOW)

    @pytest.mark.parametrize("missing", ["number", "dated_on"])
    def test_without_number_or_date_it_stays(self, office: Office, missing: str):
        document = office.sealed(at=NOW)
        Document.objects.filter(pk=document.pk).update(**{missing: None})
        with pytest.raises(NotReadyToIssue, match="chưa có số"):
            issue(office.registry, document, at=NOW)

    def test_without_the_registers_line_it_stays(self, office: Office):
        import pgtrigger

        document = office.sealed(at=NOW)
        with pgtrigger.ignore("documents.OutgoingEntry:append_only"):
            OutgoingEntry.objects.filter(document=document).delete()
        with pytest.raises(NotReadyToIssue, match="vào sổ"):
            issue(office.registry, document, at=NOW)

    def test_without_the_agencys_signature_on_these_bytes_it_stays(self, office: Office):
        document = office.numbered(at=NOW)
        Document.objects.filter(pk=document.pk).update(state=DocumentState.SEALED, sealed_at=NOW)
        with pytest.raises(AgencySignatureMissing):
            issue(office.registry, document, at=NOW)


def test_a_recipient_that_closed_since_is_named(office: Office):
    document = office.sealed(at=NOW)
    closed = office.recipients[0]
    closed.valid_to = NOW.date()
    closed.save()
    with pytest.raises(RecipientEnded, match=closed.name):
        issue(office.registry, document, at=NOW)
    document.refresh_from_db()
    assert document.state == DocumentState.SEALED


def test_an_agency_that_ended_issues_nothing(office: Office):
    document = office.sealed(at=NOW)
    agency = office.registry.agency
    agency.valid_to = NOW.date()
    agency.save()
    with pytest.raises(NotReadyToIssue, match="kết thúc hoạt động"):
        issue(office.registry, document, at=NOW)
