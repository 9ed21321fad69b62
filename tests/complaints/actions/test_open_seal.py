"""A seal opens with a reason, for a named person, after a second one agreed, for some hours (37, 38)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction

from complaints.actions.make_sealing_key import HasKey, PassphraseTooWeak, make_sealing_key
from complaints.actions.open_seal import (
    OpeningNotPossible,
    ReasonNeeded,
    SealDamaged,
    answer_opening,
    ask_opening,
    close_openings,
    read_opening,
    release_opening,
)
from complaints.actions.opened_key import PassphraseRefused
from complaints.actions.seal_person import seal_person
from complaints.actions.unnamed import MOST_SLIPS, NamesDenouncer
from complaints.enums import DutyKind, SealedKind
from complaints.models import Kin, Matter, Opening, SealedRecord, WrappedKey
from complaints.queries import sealed as query
from egov.audit.models import AuditEvent
from egov.notifications.models import Notification
from egov.workflow.refusal import NotPermitted
from tests.factories.letters import LetterFactory, MatterFactory, appointed
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.sealing import LAN, key_of, make_sealed_office, passphrase_of

pytestmark = pytest.mark.django_db
REASON = "Xác minh nội dung tố cáo theo kế hoạch"


@pytest.fixture
def now():
    from django.utils import timezone

    return timezone.now()


@pytest.fixture
def office(now):
    return make_sealed_office(AgencyFactory(), at=now)


@pytest.fixture
def handler(office, now):
    one = appointed(office.agency, DutyKind.HANDLING)
    key_of(one, at=now)
    return one


@pytest.fixture
def letter(office, handler, now):
    letter = LetterFactory(agency=office.agency, protected=True)
    MatterFactory(letter=letter, kind="denunciation", handler=handler.membership)
    seal_person(office.keeper, letter, LAN, at=now)
    return letter


def asked(handler, letter, now, **changes) -> Opening:
    return ask_opening(handler, letter, **{"kind": SealedKind.PERSON, "reason": REASON, "at": now} | changes)


def released(office, handler, letter, now) -> Opening:
    opening = answer_opening(office.head, asked(handler, letter, now), agrees=True, at=now)
    return release_opening(office.custodian, opening, passphrase=passphrase_of(office.custodian), at=now)


def read(person, opening, at, passphrase=None):
    return read_opening(person, opening, passphrase=passphrase or passphrase_of(person), at=at)


@pytest.mark.rule("complaints", 37)
@pytest.mark.rule("complaints", 38)
def test_the_one_named_reads_after_three_hands_and_each_reading_is_a_row(office, handler, letter, now):
    opening = released(office, handler, letter, now)
    assert read(handler, opening, now).people == (LAN,)
    read(handler, opening, now + timedelta(hours=1))
    assert opening.readings.count() == 2
    for who in (office.custodian, office.inspector, office.head, handler):
        seen = query.openings(who).get()
        assert (seen.reason, seen.answered_by, seen.released_by) == (
            REASON,
            office.head.membership,
            office.custodian.membership,
        )
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert {f"complaints.{one}_opening" for one in ("ask", "answer", "release", "read")} <= actions


@pytest.mark.rule("complaints", 38)
def test_nobody_agrees_to_their_own_asking(office, letter, now):
    deputy = appointed(office.agency, DutyKind.PROTECTED, deputy=True)
    key_of(deputy, at=now)
    opening = asked(deputy, letter, now)
    with pytest.raises(NotPermitted):
        answer_opening(deputy, opening, agrees=True, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.filter(pk=opening.pk).update(
            answered_by=deputy.membership, answered_at=now, is_approved=True
        )


@pytest.mark.rule("complaints", 38)
def test_nothing_is_released_that_was_not_agreed_to(office, handler, letter, now):
    opening = asked(handler, letter, now)
    words = passphrase_of(office.custodian)
    with pytest.raises(OpeningNotPossible):
        release_opening(office.custodian, opening, passphrase=words, at=now)
    answer_opening(office.head, opening, agrees=False, answer="Chưa cần thiết", at=now)
    with pytest.raises(OpeningNotPossible):
        release_opening(office.custodian, opening, passphrase=words, at=now)
    with pytest.raises(OpeningNotPossible):
        answer_opening(office.head, opening, agrees=True, at=now)
    with pytest.raises(OpeningNotPossible):
        read(handler, opening, now)
    assert not WrappedKey.objects.filter(opening=opening).exists()


def test_agreeing_lasts_a_week(office, handler, letter, now):
    opening = answer_opening(office.head, asked(handler, letter, now), agrees=True, at=now)
    with pytest.raises(OpeningNotPossible):
        release_opening(
            office.custodian,
            opening,
            passphrase=passphrase_of(office.custodian),
            at=now + timedelta(days=7, seconds=1),
        )


@pytest.mark.rule("complaints", 38)
def test_after_its_hours_nothing_opens_and_the_keys_are_gone(office, handler, letter, now):
    opening = released(office, handler, letter, now)
    end = now + timedelta(hours=2)
    assert read(handler, opening, end - timedelta(seconds=1)).people
    with pytest.raises(OpeningNotPossible):
        read(handler, opening, end)
    assert close_openings(end - timedelta(seconds=1)) == 0
    assert close_openings(end) == 1
    assert not WrappedKey.objects.filter(opening=opening).exists()
    assert WrappedKey.objects.filter(record__letter=letter).count() == 2, "the keepers' stay"


@pytest.mark.rule("complaints", 38)
def test_only_the_one_named_reads(office, handler, letter, now):
    opening = released(office, handler, letter, now)
    for one in (office.custodian, office.keeper, office.inspector, office.head):
        with pytest.raises(NotPermitted):
            read(one, opening, now, passphrase_of(handler))


@pytest.mark.rule("complaints", 37)
def test_an_opening_has_a_reason_that_does_not_say_who(office, handler, letter, now):
    for reason in ("", "  "):
        with pytest.raises(ReasonNeeded):
            asked(handler, letter, now, reason=reason)
    for reason in (f"Hỏi {LAN.name.upper()} về kế toán", "gặp do thi ngoc lan", LAN.personal_number):
        with pytest.raises(NamesDenouncer):
            asked(handler, letter, now, reason=reason)
    assert not Opening.objects.exists()


@pytest.mark.rule("complaints", 35)
def test_who_tries_names_until_one_is_refused_soon_writes_nothing_more(office, handler, letter, now):
    """Being refused tells that the name was right: it is told a few times only, and then nothing is."""
    for _slip in range(MOST_SLIPS):
        with pytest.raises(NamesDenouncer, match="Hãy dùng mã đơn"):
            asked(handler, letter, now, reason=f"Trần Văn Nam, {LAN.name}")
    for reason in (LAN.name, "Xác minh điều kiện thụ lý"):
        with pytest.raises(NamesDenouncer, match="không ghi thêm được nữa"):
            asked(handler, letter, now, reason=reason)
    key_of(office.keeper, at=now)
    assert asked(office.keeper, letter, now, reason="Xác minh điều kiện thụ lý")


@pytest.mark.rule("complaints", 39)
def test_nobody_whom_the_letter_is_about_is_told_of_an_opening(office, handler, letter, now):
    """Deputies are told who asks, custodians what was agreed: not those who are kin, not even by a code."""
    denounced = MembershipFactory(agency=office.agency)
    kin = (appointed(office.agency, deputy=True), appointed(office.agency, DutyKind.CUSTODIAN))
    for one in kin:
        Kin.objects.create(
            official=denounced.user,
            relative=one.user,
            relation="sibling",
            basis="Bản khai",
            noted_at=now,
            noted_by=denounced,
        )
    letter.matters.update(subject_membership=denounced)
    opening = asked(handler, letter, now)
    answer_opening(office.head, opening, agrees=True, at=now)
    told = set(Notification.objects.values_list("member", flat=True))
    assert told == {one.membership.pk for one in (office.head, handler, office.custodian)}


def test_who_may_ask(office, handler, letter, now):
    for outsider in (
        appointed(office.agency, DutyKind.HANDLING),
        appointed(office.agency, DutyKind.INTAKE),
        appointed(AgencyFactory(), DutyKind.PROTECTED),
        actor_for(MembershipFactory(agency=office.agency, agency_admin=True)),
        office.custodian,
    ):
        with pytest.raises(NotPermitted):
            asked(outsider, letter, now)
    with pytest.raises(OpeningNotPossible):
        asked(office.keeper, letter, now)  # who has no key of their own
    key_of(office.inspector, at=now)
    assert asked(office.inspector, letter, now)


def test_who_may_answer_and_release(office, handler, letter, now):
    opening = asked(handler, letter, now)
    for outsider in (office.custodian, office.keeper, actor_for(MembershipFactory(leader=True))):
        with pytest.raises(NotPermitted):
            answer_opening(outsider, opening, agrees=True, at=now)
    opening = answer_opening(office.head, opening, agrees=True, at=now)
    for outsider in (office.head, handler, appointed(AgencyFactory(), DutyKind.CUSTODIAN)):
        with pytest.raises(NotPermitted):
            release_opening(outsider, opening, passphrase="x", at=now)


def test_without_a_second_factor_nothing_is_asked_agreed_or_released(office, handler, letter, now):
    weak = actor_for(handler.membership, second_factor=False)
    with pytest.raises(NotPermitted):
        asked(weak, letter, now)


@pytest.mark.rule("complaints", 35)
def test_whoever_was_shut_out_since_reads_no_more(office, handler, letter, now):
    opening = released(office, handler, letter, now)
    Matter.objects.filter(letter=letter).update(subject_membership=handler.membership)
    with pytest.raises(NotPermitted):
        read(handler, opening, now)
    assert not query.openings(handler).exists()


@pytest.mark.rule("complaints", 40)
def test_wrong_passphrases_are_counted_past_any_rollback(office, handler, letter, now, settings):
    settings.SIGNING_PIN_ATTEMPTS = 3
    opening = released(office, handler, letter, now)
    for left in (2, 1, 0):
        with pytest.raises(PassphraseRefused, match=f"Còn {left} lần"):
            read(handler, opening, now, "con trâu đi sau cái cày nào")
    with pytest.raises(PassphraseRefused, match="bị chặn"):
        read(handler, opening, now)
    assert not opening.readings.exists()


@pytest.mark.rule("complaints", 40)
def test_a_seal_that_was_tampered_with_is_told_as_such(office, handler, letter, now):
    import pgtrigger

    opening = released(office, handler, letter, now)
    record = SealedRecord.objects.get()
    changed = bytearray(record.ciphertext)
    changed[7] ^= 1
    with pgtrigger.ignore():
        SealedRecord.objects.filter(pk=record.pk).update(ciphertext=bytes(changed))
    with pytest.raises(SealDamaged):
        read(handler, opening, now)


@pytest.mark.rule("complaints", 37)
def test_what_was_noted_of_an_opening_stays(office, handler, letter, now):
    opening = released(office, handler, letter, now)
    read(handler, opening, now)
    rows = Opening.objects.filter(pk=opening.pk)
    for change in (
        lambda: rows.update(reason="Khác"),
        lambda: rows.update(answered_by=office.keeper.membership),
        lambda: rows.update(ends_at=now + timedelta(days=9)),
        lambda: opening.readings.all()._raw_delete("default"),
    ):
        with pytest.raises(InternalError), transaction.atomic():
            change()


@pytest.mark.rule("complaints", 39)
def test_messages_and_log_speak_of_the_code_alone(office, handler, letter, now):
    released(office, handler, letter, now)
    texts = list(Notification.objects.values_list("text", flat=True))
    assert texts
    assert all(letter.code in text for text in texts)
    summary = letter.matters.get().summary
    assert not any(summary in text for text in texts)


def test_a_passphrase_is_long_and_a_position_has_one_key(office, now):
    person = appointed(office.agency)
    for weak in ("ngắn quá", "a" * 40, "x" * 201):
        with pytest.raises(PassphraseTooWeak):
            make_sealing_key(person, person.membership, passphrase=weak, at=now)
    key_of(person, at=now)
    with pytest.raises(HasKey):
        make_sealing_key(person, person.membership, passphrase=passphrase_of(person), at=now)
    with pytest.raises(NotPermitted):
        make_sealing_key(person, office.keeper.membership, passphrase=passphrase_of(person), at=now)
