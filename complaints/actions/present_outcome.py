"""The draft becomes an official paper: presented to its signer, and taken in when it is issued.

Signing, numbering, sealing and issuing are steps of the persons who may take them, on the documents' own
pages. The paper goes to the body that passed the letter on or set the task, else to nobody but the file: the
people whom it concerns are outside the network and get it by hand.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from complaints import deadlines
from complaints.actions.draft_outcome import require_ready
from complaints.enums import MatterState
from complaints.models import Matter, Outcome
from complaints.models.outcome import OutcomeForm
from complaints.queries.outcome_words import PAPER_KIND, outcome_abstract, outcome_body
from complaints.rules import settlement as rules
from documents.public import PaperRef, PaperRequest, issued_papers, request_paper
from egov.notifications.send import Message, tell_members
from egov.organizations.actor import Actor
from egov.organizations.enums import Capacity
from egov.organizations.models import Membership
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.performer import SYSTEM
from egov.workflow.refusal import Refusal

SETTLED = "complaints.settled"


class NoDraft(Refusal):
    """There is no draft, or it has been presented."""


class WrongSigner(Refusal):
    """This person may not sign this result (rule 29)."""


@dataclass(frozen=True, kw_only=True)
class Signing:
    """Who signs in what capacity, and which agencies of the network get the paper (codes)."""

    signer: Membership
    capacity: Capacity
    recipient_codes: tuple[str, ...]


@action("complaints.present_outcome", allowed=rules.may_draft_outcome)
def present_outcome(actor: Actor, matter: Matter, signing: Signing, *, at: datetime) -> Outcome:
    """Have the draft made as an official paper and present it to its signer.

    Raises NoDraft, WrongSigner, NotReadyToDraft, and every refusal of ``documents.public.request_paper``.
    """
    outcome = matter.outcomes.filter(dropped_at__isnull=True, document_id__isnull=True).first()
    if outcome is None:
        raise NoDraft(_("Chưa có dự thảo, hoặc dự thảo đã trình ký."))
    require_ready(matter)
    verdict = rules.may_sign_outcome(matter, signing.signer.user_id)
    if not verdict:
        raise WrongSigner(verdict.reason)
    ref = request_paper(
        actor,
        PaperRequest(
            kind_code=PAPER_KIND[OutcomeForm(outcome.form)],
            abstract=outcome_abstract(outcome),
            body=outcome_body(outcome),
            signer_id=signing.signer.pk,
            capacity=signing.capacity,
            recipient_codes=signing.recipient_codes,
            due_on=None,
        ),
        at=at,
    )
    outcome.signer, outcome.document_id, outcome.requested_at = signing.signer, ref.document_id, at
    outcome.save(update_fields=["signer", "document_id", "requested_at"])
    return outcome


def take_issued(document_id: int, at: datetime) -> None:
    """The paper was issued: the matter is settled, in the same transaction as the issue, so that a worker
    killed on the way leaves both or neither. Any other paper is nobody's here."""
    outcome = (
        Outcome.objects.select_for_update(of=("self",))
        .filter(document_id=document_id, issued_at__isnull=True)
        .first()
    )
    if outcome is None:
        return
    ref = PaperRef(document_id)
    paper = issued_papers([ref])[ref]
    outcome.notation, outcome.issued_at = paper.notation, at
    outcome.dated_on = paper.dated_on or timezone.localdate(at)
    outcome.save(update_fields=["notation", "dated_on", "issued_at"])
    matter = Matter.objects.select_for_update(of=("self",), no_key=True).get(pk=outcome.matter_id)
    if matter.state != MatterState.SETTLING:
        return
    matter.settled_at = at
    is_answer = outcome.form == OutcomeForm.ANSWER
    with override("vi"):
        move(
            matter,
            to=MatterState.ANSWERED if is_answer else MatterState.SETTLED,
            by=SYSTEM,
            at=at,
            note=_("Ban hành %(form)s số %(notation)s")
            % {"form": outcome.get_form_display(), "notation": paper.notation},
            also=["settled_at"],
        )
        _tell(matter, outcome)


def _tell(matter: Matter, outcome: Outcome) -> None:
    text = _("Đơn %(code)s đã có kết quả số %(notation)s.") % {
        "code": matter.letter.code,
        "notation": outcome.notation,
    }
    if matter.kind in deadlines.DENOUNCING or outcome.form == OutcomeForm.DECISION:
        text += " " + _("Hãy gửi, công khai kết quả và theo dõi thi hành.")
    readers = {one.pk: one for one in (matter.handler, outcome.drafted_by) if one is not None}
    tell_members(
        readers.values(), Message(event=SETTLED, text=text, key=str(outcome.pk), about=matter.letter)
    )
