"""The people of a letter after it was entered: somebody joins, some speak for the others, one withdraws."""

from collections.abc import Collection
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints import rules
from complaints.actions.classify import classify_all
from complaints.actions.enter import person_fields, sealed_person
from complaints.actions.entry import (
    MOST_PEOPLE_TYPED,
    EntryNotAcceptable,
    RepresentativesWrong,
    Sender,
    check_authorised,
    check_representatives,
    cleaned_sender,
)
from complaints.actions.seal_person import seal_person
from complaints.enums import ParticipantRole, SenderKind, Series
from complaints.models import Letter, Matter, Participant
from complaints.queries.eligibility import ACTING_FOR_OTHERS, COMPLAINANTS, complainants
from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

R = ParticipantRole
LAST_ONE = gettext_lazy("Đây là người đứng đơn cuối cùng: rút toàn bộ đơn thì lập quyết định đình chỉ.")


class NobodyLeft(Refusal):
    """The last one withdraws the whole: that stops the matter, by a decision."""


class NotOfThisLetter(Refusal):
    """The person stands on another letter, or withdrew from this one."""


@action("complaints.add_person", allowed=rules.may_work_on_letter)
def add_person(
    actor: Actor,
    letter: Letter,
    sender: Sender,
    *,
    acts_for: Participant | None = None,
    matter: Matter | None = None,
    at: datetime,
) -> None:
    """Somebody joins the letter, or acts for somebody on it. Of a protected letter they go under seal.

    Raises EntryNotAcceptable, RepresentativesWrong, AuthorisedTwice, NoCustodian.
    """
    sender = cleaned_sender(sender)
    if not sender.name:
        raise EntryNotAcceptable(_("Hãy ghi họ tên từng người."), "name")
    if letter.series == Series.INFORMATION:
        raise EntryNotAcceptable(_("Sổ thông tin có nội dung tố cáo không ghi người gửi."), "name")
    if letter.is_protected:
        seal_person(actor, letter, sealed_person(sender), at=at)
        if sender.role in COMPLAINANTS:
            _count_one_more(letter, letter.sealed_records.filter(kind="person").count(), at)
        return
    if letter.participants.count() >= MOST_PEOPLE_TYPED:
        raise EntryNotAcceptable(
            _("Nhập nhiều nhất %(most)d người; những người khác ghi ở danh sách chữ ký.")
            % {"most": MOST_PEOPLE_TYPED},
            "name",
        )
    if sender.role == R.REPRESENTATIVE:
        raise RepresentativesWrong(_("Hãy thêm người khiếu nại, rồi chọn người đại diện trong số đó."))
    if sender.role in ACTING_FOR_OTHERS:
        acts_for, matter = _acting(letter, acts_for, matter)
        if sender.role == R.AUTHORISED:
            _refuse_second(letter, acts_for, matter)
        Participant.objects.create(letter=letter, acts_for=acts_for, matter=matter, **person_fields(sender))
        return
    Participant.objects.create(letter=letter, **person_fields(sender))
    _count_one_more(letter, len(complainants(letter)), at)


@action("complaints.choose_representatives", allowed=rules.may_work_on_letter)
def choose_representatives(
    actor: Actor,  # noqa: ARG001  (the frame records who)
    letter: Letter,
    chosen: Collection[int],
    *,
    at: datetime,  # noqa: ARG001
) -> None:
    """Those of the complainants who speak for all, as they chose in writing (rule 11).

    Raises RepresentativesWrong: too many, or somebody who does not complain on this letter.
    """
    people = complainants(letter)
    if set(chosen) - {one.pk for one in people}:
        raise RepresentativesWrong(_("Người đại diện phải là một trong những người khiếu nại của đơn này."))
    roles = {one.pk: R.REPRESENTATIVE if one.pk in chosen else R.PRINCIPAL for one in people}
    check_representatives(letter.people, roles.values())
    for one in people:
        if one.role != roles[one.pk]:
            one.role = roles[one.pk]
            one.save(update_fields=["role"])


@action("complaints.withdraw_person", allowed=rules.may_work_on_letter)
def withdraw_person(
    actor: Actor,  # noqa: ARG001  (the frame records who)
    letter: Letter,
    person: Participant | None,
    *,
    on: date,
    at: datetime,
) -> None:
    """One of several takes their part back in writing; the matters of the others run on (rule 13).

    Who acts for them goes with them. Of a protected letter only the number is known: ``person`` is None.
    Raises NotOfThisLetter, NobodyLeft.
    """
    if not timezone.localdate(letter.received_at) <= on <= timezone.localdate(at):
        raise EntryNotAcceptable(_("Ngày rút đơn phải từ ngày đơn đến đến hôm nay."), "on")
    if letter.is_protected or person is None:
        if person is not None or not letter.is_protected:
            raise NotOfThisLetter(_("Không tìm thấy người này trong đơn."))
        _count_one_less(letter, at)
        return
    if person.letter_id != letter.pk or person.withdrawn_on is not None:
        raise NotOfThisLetter(_("Không tìm thấy người này trong đơn."))
    if person.role in COMPLAINANTS:
        if len(complainants(letter)) == 1:
            raise NobodyLeft(LAST_ONE)
        _count_one_less(letter, at)
    gone = [person, *person.authorised.filter(withdrawn_on__isnull=True)]
    for one in gone:
        one.withdrawn_on = on
        one.save(update_fields=["withdrawn_on"])


def _acting(
    letter: Letter, acts_for: Participant | None, matter: Matter | None
) -> tuple[Participant, Matter | None]:
    people = complainants(letter)
    found = acts_for or (people[0] if len(people) == 1 else None)
    if found is None or found not in people:
        raise EntryNotAcceptable(_("Hãy chọn người ủy quyền trong những người đứng đơn."), "acts_for")
    if matter is not None and matter.letter_id != letter.pk:
        raise EntryNotAcceptable(_("Hãy chọn nội dung được ủy quyền."), "matter")
    return found, matter


def _refuse_second(letter: Letter, acts_for: Participant, matter: Matter | None) -> None:
    """Raises AuthorisedTwice."""
    standing = letter.participants.filter(
        role=R.AUTHORISED, withdrawn_on__isnull=True, acts_for__isnull=False
    ).values_list("acts_for_id", "matter_id")
    given = [(principal, content) for principal, content in standing if principal is not None]
    check_authorised([*given, (acts_for.pk, matter.pk if matter else None)])


def _count_one_more(letter: Letter, known: int, at: datetime) -> None:
    """Somebody joined: those known by name may have been among those who were only counted."""
    letter.people = max(letter.people, known)
    if letter.people > 1:
        letter.sender_kind = SenderKind.GROUP
    letter.save(update_fields=["people", "sender_kind"])
    classify_all(letter, at=at)


def _count_one_less(letter: Letter, at: datetime) -> None:
    if letter.people <= 1:
        raise NobodyLeft(LAST_ONE)
    letter.people -= 1
    letter.save(update_fields=["people"])
    classify_all(letter, at=at)
