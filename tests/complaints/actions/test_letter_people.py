"""Who joins a letter, who speaks for the others, who goes: the case of those who stay runs on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from complaints.actions.enter import enter
from complaints.actions.entry import AuthorisedTwice, EntryNotAcceptable, RepresentativesWrong, Sender
from complaints.actions.letter_people import (
    NobodyLeft,
    NotOfThisLetter,
    add_person,
    choose_representatives,
    withdraw_person,
)
from complaints.actions.take_signatures import NobodySigned, take_signatures
from complaints.enums import DutyKind, MatterKind, ParticipantRole
from complaints.models import Letter
from complaints.queries.eligibility import Lacking, complainants, reasons_against
from egov.organizations.actor import Actor
from egov.workflow.refusal import NotPermitted
from tests.factories.entries import AUGUST_MORNING, LAN, content, entry, group
from tests.factories.letters import appointed
from tests.factories.organizations import AgencyFactory
from tests.factories.sealing import make_sealed_office

pytestmark = pytest.mark.django_db
NOW, TODAY = AUGUST_MORNING, AUGUST_MORNING.date()
R = ParticipantRole


@pytest.fixture
def clerk() -> Actor:
    return appointed(AgencyFactory(), DutyKind.INTAKE)


def keys(letter: Letter, count: int) -> list[int]:
    return [one.pk for one in complainants(letter)[:count]]


@pytest.mark.rule("complaints", 11)
@pytest.mark.parametrize(("count", "most"), [(5, 2), (10, 2), (11, 5), (20, 5)])
def test_so_many_may_be_chosen_of_so_many_and_no_more(clerk, count, most):
    letter = enter(clerk, group(count), at=NOW)
    with pytest.raises(RepresentativesWrong, match=f"nhiều nhất {most}"):
        choose_representatives(clerk, letter, keys(letter, most + 1), at=NOW)
    choose_representatives(clerk, letter, keys(letter, most), at=NOW)
    assert letter.participants.filter(role=R.REPRESENTATIVE).count() == most
    # Others may be chosen later: those before go back among the rest.
    choose_representatives(clerk, letter, keys(letter, 1), at=NOW)
    assert letter.participants.filter(role=R.REPRESENTATIVE).count() == 1


@pytest.mark.rule("complaints", 11)
def test_somebody_who_does_not_complain_speaks_for_nobody(clerk):
    letter, other = enter(clerk, group(6), at=NOW), enter(clerk, entry(), at=NOW)
    add_person(
        clerk, letter, Sender(name="Luật sư Hà", role=R.LAWYER), acts_for=complainants(letter)[0], at=NOW
    )
    lawyer = letter.participants.get(role=R.LAWYER)
    for outsider in (lawyer, other.participants.get()):
        with pytest.raises(RepresentativesWrong, match="một trong những người khiếu nại"):
            choose_representatives(clerk, letter, [outsider.pk], at=NOW)
    with pytest.raises(RepresentativesWrong, match="Hãy thêm người khiếu nại"):
        add_person(clerk, letter, Sender(name="Người ngoài", role=R.REPRESENTATIVE), at=NOW)


@pytest.mark.rule("complaints", 13)
def test_one_goes_and_the_matter_of_the_others_runs_on(clerk):
    letter = enter(clerk, group(6, representatives=1), at=NOW)
    before = letter.matters.values("state", "process_due_on", "handler").get()
    first = complainants(letter)[0]
    add_person(
        clerk,
        letter,
        Sender(name="Hải", role=R.AUTHORISED, authorisation="Số 7", is_certified=True),
        acts_for=first,
        at=NOW,
    )
    withdraw_person(clerk, letter, first, on=TODAY, at=NOW)
    letter.refresh_from_db()
    assert (letter.people, len(complainants(letter))) == (5, 5)
    assert letter.matters.values("state", "process_due_on", "handler").get() == before
    # Who went stays on the letter with the day, and who acted for them goes along.
    assert letter.participants.filter(withdrawn_on=TODAY).count() == 2
    with pytest.raises(NotOfThisLetter):
        withdraw_person(clerk, letter, first, on=TODAY, at=NOW)


@pytest.mark.rule("complaints", 13)
def test_the_last_one_withdraws_by_a_decision_not_by_being_removed(clerk):
    letter = enter(clerk, entry(), at=NOW)
    with pytest.raises(NobodyLeft, match="đình chỉ"):
        withdraw_person(clerk, letter, letter.participants.get(), on=TODAY, at=NOW)
    other = enter(clerk, entry(), at=NOW)
    with pytest.raises(NotOfThisLetter):
        withdraw_person(clerk, letter, other.participants.get(), on=TODAY, at=NOW)
    with pytest.raises(NotOfThisLetter):
        withdraw_person(clerk, letter, None, on=TODAY, at=NOW)
    for day in (date(2026, 8, 2), TODAY + timedelta(days=1)):
        with pytest.raises(EntryNotAcceptable):
            withdraw_person(clerk, letter, letter.participants.get(), on=day, at=NOW)


@pytest.mark.rule("complaints", 10)
def test_one_content_is_authorised_once_and_again_after_the_first_has_gone(clerk):
    letter = enter(clerk, entry(), at=NOW)
    first = letter.participants.get()

    def authorise(name: str) -> None:
        acting = Sender(name=name, role=R.AUTHORISED, authorisation="Số 7", is_certified=True)
        add_person(clerk, letter, acting, acts_for=first, matter=letter.matters.get(), at=NOW)

    authorise("Hà")
    with pytest.raises(AuthorisedTwice):
        authorise("Hải")
    withdraw_person(clerk, letter, letter.participants.get(name="Hà"), on=TODAY, at=NOW)
    authorise("Hải")
    letter.refresh_from_db()
    assert letter.people == 1


def test_twenty_people_join_one_letter(clerk):
    letter = enter(clerk, entry(), at=NOW)
    for number in range(19):
        add_person(clerk, letter, Sender(name=f"Người thứ {number}"), at=NOW)
    letter.refresh_from_db()
    assert (letter.people, letter.sender_kind) == (20, "group")


@pytest.mark.rule("complaints", 1)
@pytest.mark.rule("complaints", 12)
def test_who_signs_later_lets_the_letter_be_accepted_once_all_have(clerk):
    unsigned = tuple(replace(LAN, name=name, has_signed=False) for name in ("Vũ Thị Lan", "Vũ Văn Hải"))
    letter = enter(clerk, entry(senders=unsigned, people=2, is_signed=False), at=NOW)
    first, second = complainants(letter)
    other = enter(clerk, entry(), at=NOW).participants.get()
    for chosen, how, refusal in (([first.pk], " ", NobodySigned), ([], "Tại trụ sở", NobodySigned)):
        with pytest.raises(refusal):
            take_signatures(clerk, letter, chosen, how=how, at=NOW)
    with pytest.raises(NotOfThisLetter):
        take_signatures(clerk, letter, [other.pk], how="Tại trụ sở", at=NOW)

    take_signatures(clerk, letter, [first.pk], how="Tại trụ sở", at=NOW)
    assert (complainants(letter)[0].has_signed, letter.is_signed) == (True, False)
    assert lacking(letter) == {Lacking.SIGNATURE}
    with pytest.raises(NobodySigned):
        take_signatures(clerk, letter, [first.pk], how="Tại trụ sở", at=NOW)
    take_signatures(clerk, letter, [second.pk], how="Đơn ký gửi bưu điện", at=NOW)
    assert lacking(letter) == set()
    noted = letter.corrections.values_list("after", "reason")
    assert list(noted) == [("Vũ Thị Lan: đã ký", "Tại trụ sở"), ("Vũ Văn Hải: đã ký", "Đơn ký gửi bưu điện")]


def lacking(letter: Letter) -> set[Lacking]:
    return {one.lacking for one in reasons_against(Letter.objects.get(pk=letter.pk).matters.get())}


@pytest.mark.rule("complaints", 35)
def test_who_joins_a_denunciation_goes_under_seal_and_who_leaves_it_is_a_number():
    keeper = make_sealed_office(AgencyFactory(), at=NOW).keeper
    letter = enter(keeper, entry(content(MatterKind.DENUNCIATION)), at=NOW)
    add_person(keeper, letter, LAN, at=NOW)
    letter.refresh_from_db()
    assert (letter.people, letter.sealed_records.count(), letter.participants.count()) == (2, 2, 0)
    withdraw_person(keeper, letter, None, on=TODAY, at=NOW)
    letter.refresh_from_db()
    assert letter.people == 1
    with pytest.raises(NobodyLeft):
        withdraw_person(keeper, letter, None, on=TODAY, at=NOW)


def test_who_does_not_keep_the_register_changes_nobody(clerk):
    letter = enter(clerk, entry(), at=NOW)
    for outsider in (appointed(clerk.agency), appointed(AgencyFactory(), DutyKind.INTAKE)):
        with pytest.raises(NotPermitted):
            add_person(outsider, letter, LAN, at=NOW)
        with pytest.raises(NotPermitted):
            choose_representatives(outsider, letter, [], at=NOW)
        with pytest.raises(NotPermitted):
            take_signatures(outsider, letter, [], how="Tại trụ sở", at=NOW)
        with pytest.raises(NotPermitted):
            withdraw_person(outsider, letter, letter.participants.get(), on=TODAY, at=NOW)
