"""A dossier and its statuses in the words and codes of the national portal (domain: 3.3)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from onestop.enums import ApplicantKind, Channel, DossierState, PaperSource
from onestop.models import Dossier, Paper, Party, Result, StoredPaper, SyncEvent

Content = dict[str, Any]
CITIZEN, ENTERPRISE, HOUSEHOLD = 0, 1, 2
ORIGINAL, COPY, ELECTRONIC = 0, 1, 2
CHANNEL = {Channel.COUNTER: 1, Channel.ONLINE: 2, Channel.POST: 3}
PERSONS = frozenset(
    {ApplicantKind.CITIZEN, ApplicantKind.OVERSEAS, ApplicantKind.FOREIGNER, ApplicantKind.OFFICIAL}
)
WITH_RESULT = frozenset({DossierState.DONE, DossierState.RETURNED})


def applicant_kind(party: Party) -> int:
    """0 a person, 1 an enterprise or other organisation, 2 a household business."""
    if party.kind == ApplicantKind.HOUSEHOLD_BUSINESS:
        return HOUSEHOLD
    return CITIZEN if party.kind in PERSONS else ENTERPRISE


def paper_kind(paper: Paper) -> int:
    """0 an original, 1 a copy, 2 electronic."""
    if paper.originals:
        return ORIGINAL
    if paper.certified_copies or paper.photocopies or paper.source in {PaperSource.COUNTER, PaperSource.SCAN}:
        return COPY
    return ELECTRONIC


def reference_of(dossier: Dossier) -> str:
    """What we call it towards the portal: the first name that it had, which it keeps for good."""
    return dossier.filing_number or dossier.code or str(dossier.pk)


def opening(dossier: Dossier, papers: Sequence[Paper], file_ids: Mapping[int, str]) -> Content:
    """The dossier as it is announced; ``file_ids`` are the portal's, by our file's key."""
    return {
        "reference": reference_of(dossier),
        "dossier_code": dossier.code or "",
        "procedure": dossier.version.procedure.national_code,
        "procedure_name": dossier.version.name,
        "receiving_agency": dossier.receiving_agency.code,
        "deciding_agency": dossier.deciding_agency.code,
        "channel": CHANNEL[Channel(dossier.channel)],
        "applicant_kind": applicant_kind(dossier.owner),
        "owner": _party(dossier.owner),
        "submitter": _party(dossier.submitter),
        "content": dossier.content,
        "submitted_at": _moment(dossier.submitted_at),
        "received_at": _moment(dossier.received_at),
        "due_at": _moment(dossier.due_at),
        "papers": [
            {
                "name": paper.name,
                "kind": paper_kind(paper),
                "file": file_ids.get(paper.file_id) if paper.file_id else None,
            }
            for paper in papers
        ],
    }


def status(
    event: SyncEvent, dossier: Dossier, results: Sequence[Result], file_ids: Mapping[int, str]
) -> Content:
    """One status. No opinions of officials, and what the reason was stands on the slip of the applicant."""
    return {
        "sequence": event.sequence,
        "code": event.code,
        "at": _moment(event.at),
        "words": str(event.status.label),
        "agency": dossier.current_agency.code,
        "agency_name": dossier.current_agency.name,
        "dossier_code": dossier.code or "",
        "received_at": _moment(dossier.received_at),
        "due_at": _moment(dossier.due_at),
        "finished_at": _moment(dossier.finished_at),
        "results": [
            {
                "name": result.name,
                "kind_code": result.kind.code if result.kind else "",
                "number": result.number,
                "issued_on": result.issued_on.isoformat(),
                "file": file_ids.get(result.file_id) if result.file_id else None,
            }
            for result in results
        ],
    }


def progress(told: Mapping[str, Any]) -> Content:
    """The line of the portal's history that goes with a status."""
    return {name: told[name] for name in ("sequence", "at", "agency", "agency_name", "words")}


def papers_of(dossier: Dossier) -> list[Paper]:
    """The papers that stand, with their files."""
    return list(dossier.papers.filter(replaced_by=None).select_related("file"))


def results_of(event: SyncEvent, dossier: Dossier) -> list[Result]:
    """What was granted, once there is something."""
    if event.status not in WITH_RESULT:
        return []
    valid = dossier.results.filter(validity=StoredPaper.Validity.VALID)
    return list(valid.select_related("kind", "file"))


def _party(party: Party) -> dict[str, str]:
    return {
        "name": party.name,
        "number": party.personal_number or party.tax_code,
        "address": party.address,
        "phone": party.phone,
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
