"""The sealed annex goes apart from every paper, from custodian to custodian; nobody reads it on the way."""

import pytest
from django.utils import timezone

from complaints.actions.seal_person import NoCustodian, SealedPerson, seal_person
from complaints.actions.send_annex import AnnexNotPossible, send_annex
from complaints.models import Transfer
from egov.sealing.envelope import open_envelope
from egov.sealing.personal_key import open_key
from egov.workflow.refusal import NotPermitted
from tests.factories.letters import LetterFactory, MatterFactory
from tests.factories.organizations import AgencyFactory
from tests.factories.sealing import LAN, make_sealed_office, passphrase_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("complaints", 16)]


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def sender(now):
    return make_sealed_office(AgencyFactory(), at=now)


def denunciation(agency):
    return MatterFactory(letter=LetterFactory(agency=agency, protected=True), kind="denunciation")


def taken_over(matter, agency, now):
    received = denunciation(agency)
    Transfer.objects.create(
        matter=matter,
        sender=matter.agency,
        recipient=agency,
        recipient_name=agency.name,
        sent_at=now,
        received=received,
    )
    return received.letter


def test_the_other_custodian_opens_it_under_the_code_it_has_there(sender, now, settings):
    matter = denunciation(sender.agency)
    seal_person(sender.keeper, matter.letter, LAN, at=now)
    other = make_sealed_office(AgencyFactory(), at=now)
    there = taken_over(matter, other.agency, now)
    (record,) = send_annex(
        sender.custodian, matter.letter, there, passphrase=passphrase_of(sender.custodian), at=now
    )
    assert record.letter == there
    assert there.code in record.context
    key = other.custodian_key
    private = open_key(key.locked, passphrase_of(other.custodian), pepper=settings.SIGNING_PEPPER.encode())
    content = open_envelope(
        bytes(record.nonce),
        bytes(record.ciphertext),
        bytes(record.wrapped_keys.get(key=key).wrapped),
        private,
        context=record.context,
    )
    assert SealedPerson.from_bytes(content) == LAN
    assert not record.wrapped_keys.filter(key=sender.custodian_key).exists()
    with pytest.raises(AnnexNotPossible):
        send_annex(sender.custodian, matter.letter, there, passphrase=passphrase_of(sender.custodian), at=now)


def test_it_goes_only_where_the_letter_went_and_only_from_the_custodian(sender, now):
    matter = denunciation(sender.agency)
    seal_person(sender.keeper, matter.letter, LAN, at=now)
    other = make_sealed_office(AgencyFactory(), at=now)
    elsewhere = denunciation(other.agency).letter
    words = passphrase_of(sender.custodian)
    with pytest.raises(AnnexNotPossible):
        send_annex(sender.custodian, matter.letter, elsewhere, passphrase=words, at=now)
    there = taken_over(matter, other.agency, now)
    for outsider in (sender.head, sender.keeper, other.custodian):
        with pytest.raises(NotPermitted):
            send_annex(outsider, matter.letter, there, passphrase=words, at=now)


def test_not_to_a_body_that_could_not_open_it(sender, now):
    matter = denunciation(sender.agency)
    seal_person(sender.keeper, matter.letter, LAN, at=now)
    there = taken_over(matter, AgencyFactory(), now)
    with pytest.raises(NoCustodian):
        send_annex(sender.custodian, matter.letter, there, passphrase=passphrase_of(sender.custodian), at=now)
    assert not there.sealed_records.exists()
