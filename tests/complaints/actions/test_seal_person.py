"""Who denounces is closed for the custodians of the body, and the system forgets it."""

import pytest
from django.db import InternalError, transaction

from complaints.actions.seal_person import NoCustodian, PersonUnknown, SealedPerson, seal_person
from complaints.enums import DutyKind
from complaints.models import Duty, SealedRecord, SealedTrace
from egov.sealing.envelope import open_envelope
from egov.sealing.personal_key import open_key
from egov.workflow.refusal import NotPermitted
from tests.factories.letters import MONDAY_MORNING, LetterFactory, MatterFactory, appointed
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.sealing import LAN, SealedOffice, make_sealed_office, passphrase_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> SealedOffice:
    return make_sealed_office(AgencyFactory())


@pytest.fixture
def letter(office):
    return MatterFactory(
        letter=LetterFactory(agency=office.agency, protected=True), kind="denunciation"
    ).letter


@pytest.mark.rule("complaints", 40)
def test_the_rows_hold_ciphers_and_the_custodians_passphrase_opens_them(office, letter, settings):
    record = seal_person(office.keeper, letter, LAN, at=MONDAY_MORNING)
    stored = SealedRecord.objects.get(pk=record.pk)
    assert LAN.name.encode() not in bytes(stored.ciphertext)
    assert len(stored.ciphertext) == 4096 + 16, "as long as anybody's"
    key = office.custodian_key
    opened = open_key(key.locked, passphrase_of(office.custodian), pepper=settings.SIGNING_PEPPER.encode())
    wrapped = stored.wrapped_keys.get(key=key).wrapped
    content = open_envelope(
        bytes(stored.nonce), bytes(stored.ciphertext), bytes(wrapped), opened, context=stored.context
    )
    assert SealedPerson.from_bytes(content) == LAN
    assert stored.wrapped_keys.filter(recovery_key=office.recovery_key).count() == 1
    assert stored.wrapped_keys.count() == 2


@pytest.mark.rule("complaints", 35)
def test_a_trace_is_kept_that_says_nothing_of_the_name(office, letter):
    seal_person(office.keeper, letter, LAN, at=MONDAY_MORNING)
    traces = list(SealedTrace.objects.filter(letter=letter).values_list("kind", "value"))
    assert sorted(kind for kind, _value in traces) == ["name", "number", "phone"]
    assert {len(value) for _kind, value in traces} == {4}


@pytest.mark.rule("complaints", 35)
def test_without_somebody_who_could_open_nothing_is_taken_in(office, letter):
    Duty.objects.filter(kind=DutyKind.CUSTODIAN).update(valid_to=MONDAY_MORNING.date())
    with pytest.raises(NoCustodian):
        seal_person(office.keeper, letter, LAN, at=MONDAY_MORNING)
    assert not SealedRecord.objects.exists()
    assert not SealedTrace.objects.exists()


def test_nor_without_both_of_the_two_for_recovery(office, letter):
    membership = office.holders[0].membership
    type(membership).objects.filter(pk=membership.pk).update(valid_to=MONDAY_MORNING.date())
    with pytest.raises(NoCustodian):
        seal_person(office.keeper, letter, LAN, at=MONDAY_MORNING)


def test_somebody_without_a_name_denounces_nothing(office, letter):
    with pytest.raises(PersonUnknown):
        seal_person(office.keeper, letter, SealedPerson(name="  "), at=MONDAY_MORNING)


def test_only_who_takes_letters_in_at_the_body_seals(office, letter):
    outsiders = (
        appointed(AgencyFactory(), DutyKind.PROTECTED),
        appointed(office.agency, DutyKind.HANDLING),
        office.head,
        actor_for(MembershipFactory(agency=office.agency, agency_admin=True)),
    )
    for one in outsiders:
        with pytest.raises(NotPermitted):
            seal_person(one, letter, LAN, at=MONDAY_MORNING)


def test_nothing_is_sealed_of_an_open_letter(office):
    letter = MatterFactory(letter=LetterFactory(agency=office.agency)).letter
    with pytest.raises(NotPermitted):
        seal_person(office.keeper, letter, LAN, at=MONDAY_MORNING)
    with pytest.raises(InternalError, match="not protected"), transaction.atomic():
        SealedRecord.objects.create(
            letter=letter, kind="person", nonce=b"1" * 12, ciphertext=b"x", sealed_at=MONDAY_MORNING
        )


def test_a_seal_is_neither_changed_nor_deleted(office, letter):
    record = seal_person(office.keeper, letter, LAN, at=MONDAY_MORNING)
    rows = SealedRecord.objects.filter(pk=record.pk)
    for change in (
        lambda: rows.update(ciphertext=b"other"),
        lambda: rows.update(letter=LetterFactory(protected=True)),
        lambda: SealedRecord.objects.filter(pk=record.pk)._raw_delete("default"),
    ):
        with pytest.raises(InternalError), transaction.atomic():
            change()


def test_a_person_shows_nothing_of_themselves():
    assert LAN.name not in repr(LAN)
    assert LAN.name not in f"{LAN} {[LAN]}"
