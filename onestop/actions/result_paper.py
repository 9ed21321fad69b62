"""A result that is an official paper goes through the documents' public door (decision record 5).

One-stop asks for it and takes it in when it is issued; signing, numbering, sealing and issuing are steps of
the persons who may take them, on the documents' own pages.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from documents.public import PaperRef, PaperRequest, paper_file, paper_status, request_paper
from egov.files.store import put
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.number_result import begin_work, require_offered
from onestop.actions.record_result import RefusedBecause, check_signatures, keep_result, require_ground
from onestop.enums import RefusalGround
from onestop.models import Dossier, RequestedPaper, Result, ResultKind

PDF = "application/pdf"
NAME_LENGTH = 300


class PaperNotIssued(Refusal):
    """The paper still waits for a signature, its number, its seal or its issue."""


class NoSuchPaper(Refusal):
    """No such paper was requested for this dossier, or it has been taken in."""


@dataclass(frozen=True, kw_only=True)
class ResultPaper:
    """Which result the paper will be; ``paper`` is what the documents' door asks for."""

    kind: ResultKind | None
    paper: PaperRequest
    expires_on: date | None = None
    refused: RefusedBecause | None = None


@action("onestop.request_result_paper", allowed=rules.may_request_result_paper)
def request_result_paper(
    actor: Actor, dossier: Dossier, wanted: ResultPaper, *, at: datetime
) -> RequestedPaper:
    """Have the result made as an official paper: it is drafted, and presented to its signer.

    Raises ResultKindNotOffered, RefusalNotGrounded and every refusal of ``documents.public.request_paper``.
    """
    require_offered(dossier, wanted.kind)
    require_ground(wanted.kind, wanted.refused)
    begin_work(dossier, by=actor, at=at)
    ref = request_paper(actor, wanted.paper, at=at)
    because = wanted.refused
    return RequestedPaper.objects.create(
        dossier=dossier,
        kind=wanted.kind,
        name=(wanted.kind.name if wanted.kind else clean_line(wanted.paper.abstract))[:NAME_LENGTH],
        is_refusal=because is not None,
        refusal_ground=because.ground if because else "",
        refusal_reason=clean_line(because.reason) if because else "",
        expires_on=wanted.expires_on,
        document_id=ref.document_id,
        requested_at=at,
        requested_by=actor.membership,
    )


@action("onestop.take_result_paper", allowed=rules.may_take_result_paper)
def take_result_paper(actor: Actor, dossier: Dossier, *, requested_id: int, at: datetime) -> Result:
    """Take the issued paper in as a result of the dossier: its number, day and signer are the paper's own.

    Raises NoSuchPaper, PaperNotIssued, ResultNotSigned, and DocumentNotFound when the actor may not see it.
    """
    requested = (
        RequestedPaper.objects.select_for_update(of=("self",))
        .filter(dossier=dossier, pk=requested_id, result=None)
        .first()
    )
    if requested is None:
        raise NoSuchPaper(_("Văn bản này không chờ được lấy làm kết quả của hồ sơ. Hãy tải lại trang."))
    ref = PaperRef(requested.document_id)
    status = paper_status(actor, ref)
    if not status.is_issued or status.dated_on is None:
        raise PaperNotIssued(
            _("Văn bản chưa phát hành (hiện: %(state)s).") % {"state": status.state_words.lower()}
        )
    paper = paper_file(actor, ref)
    signed = check_signatures(dossier, paper.content, at=at)
    because = None
    if requested.is_refusal:
        because = RefusedBecause(
            ground=RefusalGround(requested.refusal_ground), reason=requested.refusal_reason
        )
    requested.result = keep_result(
        actor,
        dossier,
        at=at,
        kind=requested.kind,
        name=requested.name,
        number=status.notation,
        issued_on=status.dated_on,
        expires_on=requested.expires_on,
        issuer=signed.issuer or requested.requested_by.agency,
        signer_name=status.signer_name,
        signer_position=status.signer_position,
        file=put(paper.content, media_type=PDF),
        file_name=paper.name,
        signed=signed,
        refused=because,
        document_id=requested.document_id,
    )
    requested.save(update_fields=["result"])
    return requested.result
