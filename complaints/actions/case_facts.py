"""Facts that make a case complex or its place remote are put on record or taken back (rule 22)."""

from datetime import datetime

from django.utils.translation import gettext as _

from complaints import deadlines
from complaints.actions.reckon import reckon
from complaints.models import CaseFact, Matter
from complaints.models.fact import FactKind
from complaints.models.term import TermKey
from complaints.rules import settlement as rules
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

TEXT_LENGTH = 500


class FactNotTaken(Refusal):
    """It is on record already, or nothing shows it."""


class FactInUse(Refusal):
    """The term has been extended because of it."""


@action("complaints.note_fact", allowed=rules.may_weigh)
def note_fact(actor: Actor, matter: Matter, *, kind: FactKind, evidence: str, at: datetime) -> CaseFact:
    """Put a fact on record with what shows it; the terms are counted anew. Raises FactNotTaken."""
    shown = clean_line(evidence)[:TEXT_LENGTH]
    if not shown:
        raise FactNotTaken(_("Hãy ghi tài liệu, chứng cứ cho tình tiết này."))
    if kind in deadlines.standing_facts(matter):
        raise FactNotTaken(_("Tình tiết này đã được ghi nhận."))
    fact = CaseFact.objects.create(
        matter=matter, kind=kind, evidence=shown, noted_at=at, noted_by=actor.membership
    )
    reckon(actor, matter, reason=f"{FactKind(kind).label}: {shown}", at=at)
    return fact


@action("complaints.drop_fact", allowed=rules.may_weigh)
def drop_fact(actor: Actor, matter: Matter, *, kind: FactKind, reason: str, at: datetime) -> CaseFact:
    """Take a fact back; it stays on record as taken back. Raises FactNotTaken, FactInUse."""
    because = clean_line(reason)[:TEXT_LENGTH]
    fact = deadlines.standing_facts(matter).get(kind)
    if fact is None:
        raise FactNotTaken(_("Tình tiết này không còn được ghi nhận. Hãy tải lại trang."))
    if not because:
        raise FactNotTaken(_("Hãy ghi lý do bỏ tình tiết này."))
    fact.dropped_at, fact.dropped_by, fact.dropped_because = at, actor.membership, because
    fact.save(update_fields=["dropped_at", "dropped_by", "dropped_because"])
    _require_extensions_still_allowed(matter)
    text = _("Bỏ tình tiết “%(fact)s”: %(reason)s") % {"fact": FactKind(kind).label, "reason": because}
    reckon(actor, matter, reason=text, at=at)
    return fact


def _require_extensions_still_allowed(matter: Matter) -> None:
    used = matter.extensions.count()
    if not used:
        return
    found = deadlines.find_term(
        TermKey.DENUNCIATION_EXTEND, deadlines.law_day(matter.letter), complexity=deadlines.weighed(matter)
    )
    if found is None or found.times < used:
        raise FactInUse(_("Thời hạn đã được gia hạn dựa trên tình tiết này nên không bỏ được."))
