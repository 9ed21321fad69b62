"""Letters stand in registers without gaps, split into parts with clocks, and who denounces under seal."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from complaints.actions.enter import EnteredElsewhere, enter
from complaints.actions.entry import (
    AuthorisedTwice,
    EntryNotAcceptable,
    NotADenunciation,
    RepresentativesWrong,
    Sender,
)
from complaints.actions.seal_person import NoCustodian
from complaints.actions.unnamed import NamesDenouncer
from complaints.enums import Channel, DutyKind, MatterKind, MatterState, ParticipantRole, Stage
from complaints.models import Letter, Matter, Participant, SealedRecord, Transfer, WrappedKey
from egov.audit.models import AuditEvent
from egov.organizations.actor import Actor
from egov.organizations.models import Membership
from egov.workdays.load_holidays import load_holidays
from egov.workflow.refusal import NotPermitted
from tests.factories.entries import AUGUST_MORNING, LAN, content, entry, group
from tests.factories.letters import appointed
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.sealing import make_sealed_office
from tests.support.parallel import at_once

pytestmark = pytest.mark.django_db
NOW = AUGUST_MORNING
K, R = MatterKind, ParticipantRole


@pytest.fixture
def clerk() -> Actor:
    return appointed(AgencyFactory(), DutyKind.INTAKE)


@pytest.fixture
def keeper() -> Actor:
    return make_sealed_office(AgencyFactory(), at=NOW).keeper


def test_a_letter_has_a_number_a_content_with_its_clock_and_its_people(clerk):
    letter = enter(clerk, entry(), at=NOW)
    matter = letter.matters.get()
    assert letter.code == f"D-{clerk.agency.code}-2026-00001"
    assert (matter.state, matter.agency, matter.handler) == (MatterState.ENTERED, clerk.agency, None)
    assert matter.process_due_on == date(2026, 8, 17)
    assert letter.participants.get().personal_number == LAN.personal_number
    assert matter.changes.get().after == MatterState.ENTERED
    assert AuditEvent.objects.get(action="complaints.enter").subject_id == str(letter.pk)


@pytest.mark.rule("complaints", 2)
def test_a_letter_that_complains_and_denounces_is_two_parts_each_with_its_clock_and_its_link(keeper):
    complaint, denunciation = content(), content(K.DENUNCIATION, summary="Nhận tiền khi cấp đất")
    letter = enter(keeper, entry(complaint, denunciation), at=NOW)
    first, second = letter.matters.order_by("ordinal")
    assert [(one.ordinal, one.kind) for one in (first, second)] == [(1, K.COMPLAINT), (2, K.DENUNCIATION)]
    assert (first.process_due_on, second.process_due_on) == (date(2026, 8, 17), date(2026, 8, 12))
    assert first.letter_id == second.letter_id
    # One part that denounces protects the whole: the other would name who wrote both.
    assert letter.is_protected
    assert not Participant.objects.exists()
    assert letter.sealed_records.count() == 1


@pytest.mark.rule("complaints", 5)
@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.SOCIAL])
def test_nobody_denounces_by_phone_or_social_network_and_the_clerk_reads_the_law(keeper, channel):
    with pytest.raises(NotADenunciation, match=r"Luật Tố cáo 25/2018/QH14, Điều 22.*\(Điều 25\)"):
        enter(keeper, entry(content(K.DENUNCIATION), channel=channel), at=NOW)
    assert not Letter.objects.exists()
    told = content(K.INFORMATION, subject="Phó Chủ tịch xã")
    letter = enter(keeper, entry(told, channel=channel, senders=(), is_named=False), at=NOW)
    assert (letter.series, letter.is_protected) == ("TT", False)


@pytest.mark.rule("complaints", 5)
def test_without_a_name_nobody_denounces(keeper):
    with pytest.raises(NotADenunciation, match="Điều 25"):
        enter(keeper, entry(content(K.DENUNCIATION), senders=(), is_named=False), at=NOW)


@pytest.mark.rule("complaints", 4)
def test_information_has_a_register_of_its_own_and_nobody_in_it(clerk):
    told = content(K.INFORMATION)
    with pytest.raises(EntryNotAcceptable, match="không ghi người gửi"):
        enter(clerk, entry(told), at=NOW)
    with pytest.raises(EntryNotAcceptable, match="sổ riêng"):
        enter(clerk, entry(told, content(), senders=()), at=NOW)
    letter = enter(clerk, entry(told, senders=(), is_named=False), at=NOW)
    assert letter.code == f"TT-{clerk.agency.code}-2026-00001"
    assert not Participant.objects.exists()


@pytest.mark.rule("complaints", 6)
def test_arrival_and_entry_are_two_days_and_the_clock_runs_from_arrival(clerk):
    load_holidays([2026, 2027])
    arrived = timezone.datetime.fromisoformat("2026-12-30T15:00:00+07:00")
    entered = timezone.datetime.fromisoformat("2027-01-05T08:00:00+07:00")
    letter = enter(clerk, entry(received_at=arrived, written_on=None), at=entered)
    assert (letter.received_at, letter.entered_at) == (arrived, entered)
    # The register's year is that of entry; ten working days from 30/12, 01/01 is closed.
    assert (letter.year, letter.number) == (2027, 1)
    assert letter.matters.get().process_due_on == date(2027, 1, 14)


@pytest.mark.rule("complaints", 6)
def test_nothing_arrives_after_it_was_entered_or_before_it_was_written(clerk):
    with pytest.raises(EntryNotAcceptable, match="sau lúc vào sổ"):
        enter(clerk, entry(received_at=NOW + timedelta(minutes=1)), at=NOW)
    with pytest.raises(EntryNotAcceptable, match="sau ngày đơn đến"):
        enter(clerk, entry(written_on=date(2026, 8, 4)), at=NOW)


@pytest.mark.rule("complaints", 7)
@pytest.mark.django_db(transaction=True)
def test_clerks_at_once_get_consecutive_numbers_and_a_broken_line_leaves_no_gap():
    agency = AgencyFactory()
    clerks = [appointed(agency, DutyKind.INTAKE) for _ in range(3)]

    def type_in(number: int) -> str:
        with transaction.atomic():
            letter = enter(clerks[number % 3], entry(idempotency_key=f"k{number}"), at=NOW)
            if number % 4 == 0:
                raise ConnectionError("the line broke before commit")
        return letter.code

    outcomes = at_once(type_in, range(12), threads=6)
    assert sum(isinstance(one, ConnectionError) for one in outcomes) == 3
    numbers = Letter.objects.filter(agency=agency).order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 10))
    # What was rolled back takes the next number.
    assert enter(clerks[0], entry(idempotency_key="k0"), at=NOW).number == 10


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_letter():
    clerk = appointed(AgencyFactory(), DutyKind.INTAKE)
    same = entry(idempotency_key="one form")
    codes = set(at_once(lambda _click: enter(clerk, same, at=NOW).code, range(4), threads=4))
    assert len(codes) == Letter.objects.count() == Matter.objects.count() == 1


@pytest.mark.rule("complaints", 7)
def test_each_body_register_and_year_counts_for_itself(clerk):
    keeper = make_sealed_office(AgencyFactory(), at=NOW).keeper
    told = entry(content(K.DENUNCIATION))
    typed = [
        enter(clerk, entry(), at=NOW),
        enter(clerk, entry(), at=NOW),
        enter(keeper, entry(), at=NOW),
        enter(keeper, told, at=NOW),
        enter(clerk, entry(), at=NOW + timedelta(days=365)),
    ]
    assert [(one.series, one.number, one.year) for one in typed] == [
        ("D", 1, 2026),
        ("D", 2, 2026),
        ("D", 1, 2026),
        ("TC", 1, 2026),
        ("D", 1, 2027),
    ]


def test_a_key_of_another_body_is_refused(clerk):
    enter(clerk, entry(idempotency_key="one form"), at=NOW)
    other = appointed(AgencyFactory(), DutyKind.INTAKE)
    with pytest.raises(EnteredElsewhere):
        enter(other, entry(idempotency_key="one form"), at=NOW)


@pytest.mark.rule("complaints", 35)
def test_who_denounces_goes_under_seal_and_stands_nowhere_else(keeper):
    letter = enter(keeper, entry(content(K.DENUNCIATION)), at=NOW)
    assert letter.series == "TC"
    assert SealedRecord.objects.get().letter == letter
    assert not Participant.objects.exists()
    audit = " ".join(f"{row.action} {row.subject_id} {row.details}" for row in AuditEvent.objects.all())
    assert "Lan" not in audit
    assert LAN.personal_number not in audit
    assert LAN.name not in repr(entry(content(K.DENUNCIATION)))


@pytest.mark.rule("complaints", 35)
def test_a_body_that_cannot_seal_takes_no_denunciation_in():
    keeper = appointed(AgencyFactory(), DutyKind.PROTECTED)
    with pytest.raises(NoCustodian):
        enter(keeper, entry(content(K.DENUNCIATION)), at=NOW)
    assert not Letter.objects.exists()


@pytest.mark.rule("complaints", 11)
@pytest.mark.parametrize(
    ("count", "speakers", "taken"),
    [(5, 2, True), (5, 3, False), (10, 2, True), (10, 3, False), (11, 5, True), (11, 6, False)],
)
def test_how_many_may_speak_for_how_many(clerk, count, speakers, taken):
    typed = group(count, representatives=speakers)
    if taken:
        letter = enter(clerk, typed, at=NOW)
        assert letter.participants.filter(role=R.REPRESENTATIVE).count() == speakers
    else:
        with pytest.raises(RepresentativesWrong, match=f"không phải {speakers}"):
            enter(clerk, typed, at=NOW)


@pytest.mark.rule("complaints", 10)
def test_one_content_is_not_given_to_two_people(clerk):
    contents = (content(), content(K.SUGGESTION))

    def acting(name: str, about: int | None) -> Sender:
        return Sender(name=name, role=R.AUTHORISED, authorisation="Số 5", acts_for=0, content=about)

    for about, other in ((0, 0), (None, None), (None, 1), (1, None)):
        with pytest.raises(AuthorisedTwice):
            enter(
                clerk,
                entry(*contents, senders=(LAN, acting("Hà", about), acting("Hải", other))),
                at=NOW,
            )
    # One person for several contents, or each content to somebody else.
    letter = enter(clerk, entry(*contents, senders=(LAN, acting("Hà", 0), acting("Hải", 1))), at=NOW)
    hai = letter.participants.get(name="Hải")
    assert (hai.acts_for.name, hai.matter.ordinal) == (LAN.name, 2)


@pytest.mark.parametrize(
    ("traits", "sentence"),
    [
        ({"contents": ()}, "1 đến 20"),
        ({"channel": Channel.TRANSFERRED}, "cơ quan chuyển"),
        ({"senders": ()}, "người đứng đơn"),
        ({"senders": (replace(LAN, name=" "),)}, "họ tên"),
        ({"people": 0}, "ít hơn"),
        ({"contents": (content(summary=" \0"),)}, "tóm tắt"),
        ({"contents": (content(K.SUGGESTION, stage=Stage.SECOND),)}, "lần giải quyết thứ hai"),
    ],
)
def test_what_does_not_fit_is_told_and_uses_up_no_number(clerk, traits, sentence):
    with pytest.raises(EntryNotAcceptable, match=sentence):
        enter(clerk, replace(entry(), **traits), at=NOW)
    assert enter(clerk, entry(), at=NOW).number == 1


def test_only_who_was_appointed_enters(clerk):
    for kinds in ((), (DutyKind.HANDLING,), (DutyKind.CUSTODIAN,)):
        with pytest.raises(NotPermitted):
            enter(appointed(clerk.agency, *kinds), entry(), at=NOW)
    assert not Letter.objects.exists()


@pytest.mark.rule("complaints", 39)
@pytest.mark.parametrize("field", ["summary", "request", "subject"])
def test_a_denunciation_says_who_wrote_it_in_no_other_field(field):
    """People begin with their name: what lies in the seal would stand in clear beside it."""
    office = make_sealed_office(AgencyFactory(), at=NOW)
    opener = appointed(office.agency, DutyKind.INTAKE)
    told = {"summary": "Nhận tiền khi cấp đất"} | {field: f"Tôi là {LAN.name.upper()}, tố cáo"}
    with pytest.raises(NamesDenouncer, match="niêm phong"):
        enter(opener, entry(content(K.DENUNCIATION, **told)), at=NOW)
    assert not Letter.objects.exists()
    assert enter(opener, entry(content(K.DENUNCIATION)), at=NOW).number == 1


@pytest.mark.rule("complaints", 17)
def test_a_letter_about_the_head_leaves_for_the_body_above_as_it_is_entered(clerk):
    """Everybody here serves below the one denounced: nobody could act on it (domain: 6.2)."""
    above = AgencyFactory(province=True)
    under = AgencyFactory(parent=above)
    below, higher = make_sealed_office(under, at=NOW), make_sealed_office(above, at=NOW)
    head = Membership.objects.get(agency=under, is_head=True)
    staff = MembershipFactory(agency=under)
    opener = appointed(under, DutyKind.INTAKE)
    about = {"subject": "Người bị tố cáo", "subject_agency": under}
    theirs = enter(opener, entry(content(K.DENUNCIATION, **about, subject_membership=head)), at=NOW)
    assert theirs.matters.get().state == MatterState.TRANSFERRED
    assert Transfer.objects.get().recipient == above
    # Nor may anybody here ever open it: it is sealed for who keeps the keys above.
    keys = WrappedKey.objects.filter(record__letter=theirs)
    assert {one.key or one.recovery_key for one in keys} == {higher.custodian_key, higher.recovery_key}
    # Somebody else's is for the head himself.
    ours = enter(opener, entry(content(K.DENUNCIATION, **about, subject_membership=staff)), at=NOW)
    assert ours.matters.get().state == MatterState.ENTERED
    keys = WrappedKey.objects.filter(record__letter=ours)
    assert {one.key or one.recovery_key for one in keys} == {below.custodian_key, below.recovery_key}
    assert Letter.objects.visible_to(actor_for(head)).get() == ours
