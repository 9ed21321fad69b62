"""Fill the owner's electronic store: results when they are there, papers when they are digitised (3.8)."""

from datetime import datetime

from onestop.enums import PaperSource
from onestop.models import Dossier, Party, Result, StoredPaper

# Papers that this system itself saw on paper or as a file; a reused or looked-up one is kept elsewhere.
DIGITISED = (PaperSource.SCAN, PaperSource.UPLOAD)
NAME_LENGTH = 300


def owner_number(party: Party) -> str:
    """What a person's or an organisation's store is found by; empty when they gave no number."""
    return party.personal_number or party.tax_code


def keep_results(dossier: Dossier) -> list[StoredPaper]:
    """Put the dossier's valid results into its owner's store, each once; a refusal is no paper to reuse.

    An owner without a number has no store: nothing is kept, and the result stays with its dossier.
    """
    number = owner_number(dossier.owner)
    if not number:
        return []
    results = dossier.results.filter(
        validity=StoredPaper.Validity.VALID, is_refusal=False, kept_as=None
    ).select_related("kind", "issuer")
    return [
        StoredPaper.objects.create(
            owner_number=number,
            type_code=result.kind.code if result.kind else "",
            name=result.name,
            number=result.number,
            issued_on=result.issued_on,
            expires_on=result.expires_on,
            issuer=result.issuer.name,
            file=result.file,
            is_signed=result.is_signed,
            source=PaperSource.RESULT,
            result=result,
        )
        for result in results
    ]


def keep_scanned(dossier: Dossier) -> list[StoredPaper]:
    """Put the papers that must be digitised and now are into their owner's store, each once.

    Called when papers come in (intake, supplement) and once more when the result is there.
    """
    number = owner_number(dossier.owner)
    if not number:
        return []
    papers = dossier.papers.filter(
        requirement__must_digitise=True,
        source__in=DIGITISED,
        file__isnull=False,
        replaced_by=None,
        kept_as=None,
    ).select_related("requirement", "file")
    return [
        StoredPaper.objects.create(
            owner_number=number,
            type_code=paper.requirement.type_code if paper.requirement else "",
            name=paper.name[:NAME_LENGTH],
            file=paper.file,
            source=paper.source,
            paper=paper,
        )
        for paper in papers
    ]


def end_validity(result: Result, validity: StoredPaper.Validity, *, reason: str, at: datetime) -> None:
    """The result no longer holds, and with it what the owner's store has of it (rule 45)."""
    result.validity, result.validity_reason, result.validity_since = validity, reason, at
    result.save(update_fields=["validity", "validity_reason", "validity_since"])
    StoredPaper.objects.filter(result=result).update(validity=validity, validity_reason=reason)
