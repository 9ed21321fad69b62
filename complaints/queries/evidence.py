"""One piece of evidence with its file, for who may read its matter; every read is on record."""

from django.utils.translation import gettext as _

from complaints.models import Evidence, Matter
from egov.audit.record import record
from egov.organizations.actor import Actor, SignedOut
from egov.workflow.refusal import Refusal


class EvidenceNotFound(Refusal):
    """There is none with a file, or the actor may not know of it: the answer is the same."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("Không tìm thấy tài liệu, hoặc Quý vị không được xem tài liệu này."))


def read_evidence(actor: Actor | SignedOut, evidence_id: int) -> Evidence:
    """The piece. Raises EvidenceNotFound; the read is recorded, by the letter's code alone."""
    evidence = (
        Evidence.objects.filter(
            pk=evidence_id,
            file__isnull=False,
            verification__matter__in=Matter.objects.visible_to(actor),
        )
        .select_related("file", "verification__matter__letter")
        .first()
    )
    if evidence is None:
        raise EvidenceNotFound
    record(actor, "complaints.read_evidence", evidence, code=evidence.verification.matter.letter.code)
    return evidence
