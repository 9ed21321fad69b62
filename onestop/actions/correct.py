"""An error came to light after the result was handed over: a correction of the first dossier (3.3)."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.organizations.queries.tree import successors
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import rules, states
from onestop.actions.dossier_code import new_secret, next_code
from onestop.actions.issue_form import issue_form
from onestop.actions.legs import lay_out
from onestop.actions.times import note_times
from onestop.deadlines import promise
from onestop.enums import Channel, ClockEventKind, DossierState, FormKind
from onestop.models import Dossier, Party

CONTENT_LENGTH = 500


class CorrectionNeedsReason(Refusal):
    """What is wrong in the result must be said in words."""


class AlreadyBeingCorrected(Refusal):
    """A correction of this dossier is open."""


class NobodyToCorrect(Refusal):
    """The deciding agency has ended, and which agency stands for it is not clear."""


@action("onestop.correct", allowed=rules.may_correct)
def correct(actor: Actor, dossier: Dossier, *, reason: str, at: datetime) -> Dossier:
    """Receive the correction of a result: a dossier of its own, with code, appointment and receipt.

    It is the same matter, so it goes by the version under which the first one was decided, costs nothing, and
    asks for no papers. When its result is there, the wrong one is replaced.
    Raises CorrectionNeedsReason, AlreadyBeingCorrected, NobodyToCorrect.
    """
    words = clean_line(reason)
    if not words:
        raise CorrectionNeedsReason(_("Hãy ghi rõ nội dung sai sót cần đính chính."))
    earlier = dossier.corrections.filter(state__in=states.OPEN).first()
    if earlier is not None:
        raise AlreadyBeingCorrected(
            _("Kết quả này đang được đính chính theo hồ sơ %(code)s.") % {"code": earlier}
        )
    dossier.refuse_move()
    promised = promise(dossier.channel_rule, dossier.version, actor.agency, at)
    owner = _again(dossier.owner)
    correction = Dossier.objects.create(
        code=next_code(actor.agency, promised.received_at),
        version=dossier.version,
        case=dossier.case,
        channel=Channel.COUNTER,
        channel_rule=dossier.channel_rule,
        state=DossierState.RECEIVED,
        receiving_agency=actor.agency,
        deciding_agency=_decider(dossier.deciding_agency, at),
        current_agency=actor.agency,
        holder=actor.membership,
        received_by=actor.membership,
        owner=owner,
        submitter=owner if dossier.submitter_id == dossier.owner_id else _again(dossier.submitter),
        content=(_("Đính chính kết quả hồ sơ %(code)s: ") % {"code": dossier} + words)[:CONTENT_LENGTH],
        sets=dossier.sets,
        delivery=dossier.delivery,
        delivery_address=dossier.delivery_address,
        submitted_at=at,
        promised_at=promised.due_at,
        legal_due_at=promised.legal_due_at,
        secret=new_secret(),
        corrects=dossier,
    )
    correction.changes.create(
        before="", after=DossierState.RECEIVED, at=at, user_id=actor.user_id, person=actor.caption, note=words
    )
    note_times(
        correction,
        ClockEventKind.RECEIVED,
        by=actor,
        at=at,
        received_at=promised.received_at,
        due_at=promised.due_at,
    )
    lay_out(correction, by=actor, at=at)
    issue_form(actor, correction, FormKind.RECEIPT, {}, at=at)
    return correction


def _again(party: Party) -> Party:
    """The same person in a new dossier: each dossier keeps its own copy of who they were."""
    copy = Party.objects.get(pk=party.pk)
    copy.pk = None
    copy._state.adding = True
    copy.save()
    return copy


def _decider(agency: Agency, at: datetime) -> Agency:
    on = timezone.localdate(at)
    if agency.exists_on(on):
        return agency
    heirs = list(successors(agency, on)[:2])
    if len(heirs) != 1 or not heirs[0].exists_on(on):
        raise NobodyToCorrect(
            _("%(name)s đã kết thúc hoạt động; hãy tiếp nhận đính chính tại cơ quan kế tục.")
            % {"name": agency.name}
        )
    return heirs[0]
