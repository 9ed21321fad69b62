"""The drill: a passphrase is lost, two people bring the seals back for a successor; one alone never could."""

import pytest
from django.db import InternalError, transaction
from django.utils import timezone

from complaints.actions.hand_over_key import (
    StillNeeded,
    SuccessorNotAcceptable,
    drop_key,
    hand_over_key,
    share_key,
)
from complaints.actions.make_recovery import HoldersNotAcceptable, make_recovery_key
from complaints.actions.opened_key import PassphraseRefused
from complaints.actions.recover_key import (
    RecoveryNotPossible,
    ask_recovery,
    cancel_recovery,
    finish_recovery,
    give_share,
)
from complaints.actions.seal_person import SealedPerson, seal_person
from complaints.enums import DutyKind
from complaints.models import SealedRecord, SealingKey, WrappedKey
from egov.sealing.envelope import BrokenSeal, open_envelope, unwrap
from egov.sealing.personal_key import open_key
from egov.workflow.refusal import NotPermitted
from tests.factories.letters import LetterFactory, MatterFactory, appointed
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.sealing import LAN, key_of, make_sealed_office, passphrase_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def office(now):
    return make_sealed_office(AgencyFactory(), at=now)


@pytest.fixture
def record(office, now) -> SealedRecord:
    letter = LetterFactory(agency=office.agency, protected=True)
    MatterFactory(letter=letter, kind="denunciation")
    return seal_person(office.keeper, letter, LAN, at=now)


@pytest.fixture
def successor(office, now):
    one = appointed(office.agency, DutyKind.CUSTODIAN)
    key_of(one, at=now)
    return one


def content_for(person, record, settings) -> SealedPerson:
    key = key_of(person)
    private = open_key(key.locked, passphrase_of(person), pepper=settings.SIGNING_PEPPER.encode())
    wrapped = WrappedKey.objects.get(record=record, key=key, opening=None).wrapped
    return SealedPerson.from_bytes(
        open_envelope(
            bytes(record.nonce), bytes(record.ciphertext), bytes(wrapped), private, context=record.context
        )
    )


def recovering(office, successor, now, reason="Người giữ khóa mất"):
    return ask_recovery(office.head, office.recovery_key, key_of(successor), reason=reason, at=now)


def test_two_people_bring_back_what_a_lost_passphrase_closed(office, record, successor, now, settings):
    recovery = recovering(office, successor, now)
    words = passphrase_of(successor)
    with pytest.raises(RecoveryNotPossible):
        finish_recovery(successor, recovery, passphrase=words, at=now)
    give_share(office.holders[0], recovery, passphrase=passphrase_of(office.holders[0]), at=now)
    with pytest.raises(RecoveryNotPossible):
        finish_recovery(successor, recovery, passphrase=words, at=now)
    with pytest.raises(RecoveryNotPossible):
        give_share(office.holders[0], recovery, passphrase=passphrase_of(office.holders[0]), at=now)
    give_share(office.holders[1], recovery, passphrase=passphrase_of(office.holders[1]), at=now)
    with pytest.raises(PassphraseRefused):
        finish_recovery(successor, recovery, passphrase="không phải câu này đâu nhé", at=now)
    finish_recovery(successor, recovery, passphrase=words, at=now)
    assert content_for(successor, record, settings) == LAN
    assert {bytes(one.wrapped) for one in recovery.given.all()} == {b""}
    with pytest.raises(RecoveryNotPossible):
        finish_recovery(successor, recovery, passphrase=words, at=now)


def test_a_lost_key_is_dropped_only_when_nothing_is_lost_with_it(office, record, successor, now):
    lost = office.custodian_key
    with pytest.raises(StillNeeded):
        drop_key(office.custodian, lost, at=now)
    recovery = recovering(office, successor, now)
    for holder in office.holders:
        give_share(holder, recovery, passphrase=passphrase_of(holder), at=now)
    finish_recovery(successor, recovery, passphrase=passphrase_of(successor), at=now)
    drop_key(office.custodian, lost, at=now)
    lost.refresh_from_db()
    assert (bytes(lost.ciphertext), bytes(lost.nonce)) == (b"", b"")
    assert not WrappedKey.objects.filter(key=lost).exists()


def test_one_share_opens_nothing(office, record, settings):
    holder = office.holders[0]
    key = key_of(holder)
    private = open_key(key.locked, passphrase_of(holder), pepper=settings.SIGNING_PEPPER.encode())
    share = office.recovery_key.shares.get(key=key)
    assert len(unwrap(bytes(share.wrapped), private, context=share.context)) == 32
    wrapped = record.wrapped_keys.get(recovery_key=office.recovery_key).wrapped
    with pytest.raises(BrokenSeal):
        unwrap(bytes(wrapped), private, context=record.context)


def test_a_share_is_given_for_one_occasion_and_one_successor(office, record, successor, now):
    first = recovering(office, successor, now)
    with pytest.raises(RecoveryNotPossible):
        recovering(office, successor, now)
    for outsider in (office.head, successor, office.keeper):
        with pytest.raises(NotPermitted):
            give_share(outsider, first, passphrase="x", at=now)
    give_share(office.holders[0], first, passphrase=passphrase_of(office.holders[0]), at=now)
    cancel_recovery(office.holders[1], first, at=now)
    assert {bytes(one.wrapped) for one in first.given.all()} == {b""}
    with pytest.raises(RecoveryNotPossible):
        give_share(office.holders[1], first, passphrase=passphrase_of(office.holders[1]), at=now)


def test_who_starts_and_finishes(office, successor, now):
    deputy = actor_for(MembershipFactory(agency=office.agency, deputy=True))
    elsewhere = actor_for(MembershipFactory(leader=True))
    for outsider in (deputy, elsewhere, office.custodian):
        with pytest.raises(NotPermitted):
            ask_recovery(outsider, office.recovery_key, key_of(successor), reason="x", at=now)
    with pytest.raises(RecoveryNotPossible):
        recovering(office, successor, now, reason=" ")
    with pytest.raises(SuccessorNotAcceptable):
        recovering(office, office.holders[0], now)
    recovery = recovering(office, successor, now)
    with pytest.raises(NotPermitted):
        finish_recovery(office.custodian, recovery, passphrase=passphrase_of(office.custodian), at=now)


def test_a_custodian_who_leaves_hands_over_and_takes_nothing_along(office, record, successor, now, settings):
    leaving = office.custodian_key
    words = passphrase_of(office.custodian)
    with pytest.raises(SuccessorNotAcceptable):
        hand_over_key(office.custodian, leaving, key_of(office.keeper), passphrase=words, at=now)
    with pytest.raises(NotPermitted):
        hand_over_key(successor, leaving, key_of(successor), passphrase=words, at=now)
    hand_over_key(office.custodian, leaving, key_of(successor), passphrase=words, at=now)
    assert content_for(successor, record, settings) == LAN
    leaving.refresh_from_db()
    assert (leaving.closed_at, bytes(leaving.ciphertext)) == (now, b"")
    assert not WrappedKey.objects.filter(key=leaving).exists()
    with pytest.raises(InternalError), transaction.atomic():
        SealingKey.objects.filter(pk=leaving.pk).update(closed_at=None)


def test_a_second_custodian_opens_too(office, record, successor, now, settings):
    share_key(
        office.custodian,
        office.custodian_key,
        key_of(successor),
        passphrase=passphrase_of(office.custodian),
    )
    assert content_for(successor, record, settings) == LAN
    assert content_for(office.custodian, record, settings) == LAN


def test_new_holders_of_recovery_reach_older_seals_when_a_custodian_wraps_them(
    office, record, successor, now
):
    others = (appointed(office.agency), appointed(office.agency))
    first, second = (key_of(one, at=now) for one in others)
    fresh = make_recovery_key(office.head, office.agency, first, second, at=now)
    office.recovery_key.refresh_from_db()
    assert office.recovery_key.closed_at == now
    assert not record.wrapped_keys.filter(recovery_key=fresh).exists()
    share_key(
        office.custodian,
        office.custodian_key,
        key_of(successor),
        passphrase=passphrase_of(office.custodian),
    )
    assert record.wrapped_keys.filter(recovery_key=fresh).count() == 1


def test_the_two_of_recovery_are_two_and_no_custodian(office, successor, now):
    one, other = (key_of(holder) for holder in office.holders)
    stranger = key_of(appointed(AgencyFactory()), at=now)
    for pair in ((one, one), (one, key_of(successor)), (one, stranger)):
        with pytest.raises(HoldersNotAcceptable):
            make_recovery_key(office.head, office.agency, *pair, at=now)
    with pytest.raises(NotPermitted):
        make_recovery_key(office.custodian, office.agency, one, other, at=now)


def test_a_holder_hands_nothing_over_while_the_share_is_needed(office, successor, now):
    holder = office.holders[0]
    with pytest.raises(StillNeeded):
        drop_key(holder, key_of(holder), at=now)
    with pytest.raises(StillNeeded):
        hand_over_key(holder, key_of(holder), key_of(successor), passphrase=passphrase_of(holder), at=now)
