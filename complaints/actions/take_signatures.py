"""Who signs an open letter after it came in: at the body's desk, or on a paper sent later (rules 1 and 12).

A letter over the portal carries no signature, and of a group some sign later than others. With the last of
those who complain the letter itself is signed, and nothing of this kind stands against accepting it any more.
"""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from complaints import rules
from complaints.actions.letter_people import NotOfThisLetter
from complaints.models import Correction, Letter, Participant
from complaints.queries.eligibility import complainants
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

HOW_LENGTH = 500


class NobodySigned(Refusal):
    """Nobody is named whose signature was missing, or how it was taken is not said."""


@action("complaints.take_signatures", allowed=rules.may_work_on_letter)
def take_signatures(
    actor: Actor, letter: Letter, chosen: Collection[int], *, how: str, at: datetime
) -> Letter:
    """Note that these complainants signed or put their finger on it, each on record with how and when.

    Raises NobodySigned, NotOfThisLetter.
    """
    how = clean_line(how)[:HOW_LENGTH]
    if not how:
        raise NobodySigned(_("Hãy ghi ký, điểm chỉ ở đâu, khi nào, trên giấy nào."))
    people = complainants(letter)
    if set(chosen) - {one.pk for one in people}:
        raise NotOfThisLetter(_("Không tìm thấy người này trong đơn."))
    signed = [one for one in people if one.pk in chosen and not one.has_signed]
    if not signed:
        raise NobodySigned(_("Hãy chọn người vừa ký, điểm chỉ."))
    for one in signed:
        one.has_signed = True
        one.save(update_fields=["has_signed"])
        _note(actor, letter, one, how=how, at=at)
    if all(one.has_signed for one in people):
        letter.is_signed = True
        letter.save(update_fields=["is_signed"])
    return letter


def _note(actor: Actor, letter: Letter, person: Participant, *, how: str, at: datetime) -> None:
    Correction.objects.create(
        letter=letter,
        field="is_signed",
        before=_("%(name)s: chưa") % {"name": person.name},
        after=_("%(name)s: đã ký") % {"name": person.name},
        reason=how,
        at=at,
        by=actor.membership,
    )
