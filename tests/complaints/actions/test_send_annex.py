"""The sealed annex goes apart from every paper, from custodian to custodian; nobody reads it on the way."""

import pytest
from django.utils import timezone

from complaints.actions.correct import correct_matter
from complaints.actions.enter import enter
from complaints.actions.seal_person import NoCustodian, SealedPerson, seal_person
from complaints.actions.send_annex import AnnexNotPossible, send_annex
from complaints.actions.take_in_transfer import take_in_transfer
from complaints.enums import DutyKind, MatterKind
from complaints.models import Kin, Transfer, WrappedKey
from complaints.queries.sealing_keys import annexes_to_send
from complaints.queries.transfers import transfer_at_door
from egov.sealing.envelope import open_envelope
from egov.sealing.personal_key import open_key
from egov.workflow.refusal import NotPermitted
from tests.factories.entries import content, entry
from tests.factories.letters import LetterFactory, MatterFactory, appointed
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


@pytest.mark.rule("complaints", 35)
def test_about_the_own_head_nobody_below_can_open_or_send_it_and_above_it_is_closed_anew(now):
    above = AgencyFactory(province=True)
    higher, below = (make_sealed_office(agency, at=now) for agency in (above, AgencyFactory(parent=above)))
    about = {"subject": "Chủ tịch", "subject_agency": below.agency}
    told = content(MatterKind.DENUNCIATION, subject_membership=below.head.membership, **about)
    letter = enter(appointed(below.agency, DutyKind.INTAKE), entry(told, at=now), at=now)
    transfer = Transfer.objects.get(matter__letter=letter)
    assert transfer_at_door(higher.keeper, transfer.pk) == transfer
    there = take_in_transfer(higher.keeper, transfer, at=now).letter
    assert annexes_to_send(below.custodian) == []
    with pytest.raises(NotPermitted):
        send_annex(below.custodian, letter, there, passphrase=passphrase_of(below.custodian), at=now)
    (annex,) = annexes_to_send(higher.custodian)
    assert (annex.letter, annex.recipient) == (letter, there)
    words = passphrase_of(higher.custodian)
    (record,) = send_annex(higher.custodian, letter, there, passphrase=words, at=now)
    assert {one.key or one.recovery_key for one in record.wrapped_keys.all()} == {
        higher.custodian_key,
        higher.recovery_key,
    }
    assert annexes_to_send(higher.custodian) == []


@pytest.mark.rule("complaints", 35)
def test_seen_later_to_be_about_the_head_the_custodian_below_sends_it_up_unread(now):
    """The seal was closed below before anybody knew: nobody else has a key. Kin of the head send nothing."""
    above = AgencyFactory(province=True)
    higher, below = (make_sealed_office(agency, at=now) for agency in (above, AgencyFactory(parent=above)))
    keeper = below.keeper
    letter = enter(keeper, entry(content(MatterKind.DENUNCIATION), at=now), at=now)
    changes = {"subject_agency": below.agency, "subject_membership": below.head.membership}
    correct_matter(keeper, letter.matters.get(), changes, reason="Đơn nêu Chủ tịch", at=now)
    there = take_in_transfer(higher.keeper, Transfer.objects.get(), at=now).letter
    words = passphrase_of(below.custodian)
    tie = Kin.objects.create(
        official=below.head.user,
        relative=below.custodian.user,
        relation="spouse",
        basis="Bản khai",
        noted_at=now,
        noted_by=below.head.membership,
    )
    assert annexes_to_send(below.custodian) == []
    with pytest.raises(NotPermitted):
        send_annex(below.custodian, letter, there, passphrase=words, at=now)
    tie.delete()
    (annex,) = annexes_to_send(below.custodian)
    send_annex(below.custodian, annex.letter, annex.recipient, passphrase=words, at=now)
    keys = WrappedKey.objects.filter(record__letter=there)
    assert {one.key or one.recovery_key for one in keys} == {higher.custodian_key, higher.recovery_key}


def test_not_to_a_body_that_could_not_open_it(sender, now):
    matter = denunciation(sender.agency)
    seal_person(sender.keeper, matter.letter, LAN, at=now)
    there = taken_over(matter, AgencyFactory(), now)
    with pytest.raises(NoCustodian):
        send_annex(sender.custodian, matter.letter, there, passphrase=passphrase_of(sender.custodian), at=now)
    assert not there.sealed_records.exists()
