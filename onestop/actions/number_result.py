"""Take the number of a result from the register, so that it stands on what is signed (rule 44)."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.numbering.next_number import next_number
from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.enums import DossierState
from onestop.models import Dossier, ResultEntry, ResultKind

# One series of an agency and year for results of every kind.
RESULT_BOOK = "onestop.result"


class ResultKindNotOffered(Refusal):
    """The procedure does not give this kind of result."""


@action("onestop.number_result", allowed=rules.may_number_result)
def number_result(actor: Actor, dossier: Dossier, *, kind: ResultKind | None, at: datetime) -> ResultEntry:
    """The next number of the agency's register of results, for this dossier, dated today.

    A number that was taken for the same kind and not used yet is given again: a double click takes one.
    Raises ResultKindNotOffered.
    """
    require_offered(dossier, kind)
    begin_work(dossier, by=actor, at=at)
    unused = ResultEntry.objects.filter(dossier=dossier, kind=kind, agency=actor.agency, result=None).first()
    today = timezone.localdate(at)
    if unused is not None and unused.entered_on == today:
        return unused
    return ResultEntry.objects.create(
        dossier=dossier,
        kind=kind,
        agency=actor.agency,
        year=today.year,
        number=next_number(agency_id=actor.agency.pk, book=RESULT_BOOK, year=today.year),
        entered_on=today,
        entered_by=actor.membership,
    )


def begin_work(dossier: Dossier, *, by: Actor, at: datetime) -> None:
    """What the counter settles alone is in processing (2 → 4) as soon as its result is made."""
    if dossier.state == DossierState.RECEIVED:
        move(dossier, to=DossierState.PROCESSING, by=by, at=at)


def require_offered(dossier: Dossier, kind: ResultKind | None) -> None:
    """A kind of this version, or none where the version lists none; raises ResultKindNotOffered."""
    if kind is None and not dossier.version.result_kinds.exists():
        return
    if kind is None or kind.version_id != dossier.version_id:
        raise ResultKindNotOffered(_("Hãy chọn một loại kết quả của thủ tục này."))
