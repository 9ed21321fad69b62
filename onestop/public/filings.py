"""Filing from home: what is offered, what is sent in, what is taken back."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from onestop.actions.file_online import file_online
from onestop.actions.receive_supplement import receive_supplement
from onestop.actions.submission import Submitted, SubmittedFile, filing_of, papers_of
from onestop.actions.withdraw import withdraw as withdraw_dossier
from onestop.public.identity import Identity
from onestop.queries import filing_offer as offering
from onestop.queries import public_lookup as lookup
from onestop.queries.filing_offer import FilingOffer, FilingTerms, StoreEntry
from onestop.queries.money import due_before_receipt
from onestop.queries.public_lookup import DossierStanding


@dataclass(frozen=True, slots=True)
class SubmissionReceipt:
    """What the applicant notes down: the number until there is a code, and the secret of the lookup."""

    number: str
    secret: str
    submitted_at: datetime
    # Dong that have to be paid before the counter takes it up; 0 where nothing comes first.
    pay_first: int = 0


def filing_offer(code: str, on: date) -> FilingOffer:
    """A procedure as it may be filed online on that day. Raises ProcedureUnknown, NotOnline."""
    return offering.offer(code, on)


def filing_terms(code: str, case_id: int, agency_code: str, *, at: datetime) -> FilingTerms:
    """From when a filing of that moment counts, when it is due, what it costs. Raises as filing_offer."""
    return offering.terms(code, case_id, agency_code, at)


def reusable_papers(
    personal_number: str, code: str, case_id: int, on: date
) -> dict[int, tuple[StoreEntry, ...]]:
    """Papers of one's own store that may stand for lines of that case, by key of the line (rule 45)."""
    return offering.reusable_papers(personal_number, code, case_id, on)


@transaction.atomic
def submit_online(identity: Identity, submitted: Submitted, *, at: datetime) -> SubmissionReceipt:
    """File a dossier; nothing is kept of one that is refused. The same key gives the same receipt.

    Raises what ``file_online`` does, FileRefused for a file, and ProcedureUnknown.
    """
    filing = filing_of(submitted, key=f"portal {identity.personal_number} {submitted.key}", at=at)
    dossier = file_online(identity.citizen, filing, at=at)
    return SubmissionReceipt(str(dossier), dossier.secret, dossier.submitted_at, due_before_receipt(dossier))


@transaction.atomic
def send_supplement(
    identity: Identity, code: str, files: tuple[SubmittedFile, ...], *, at: datetime
) -> DossierStanding:
    """Send every paper that was asked for. Raises StillMissing, NotAskedFor, FileRefused, DossierUnknown."""
    dossier = lookup.own_dossier(identity.personal_number, code)
    receive_supplement(identity.citizen, dossier, papers_of(dossier.case, files), at=at)
    return lookup.standing_of(lookup.own_dossier(identity.personal_number, code))


def withdraw(identity: Identity, code: str, *, reason: str, at: datetime) -> DossierStanding:
    """Take one's dossier back while nothing is decided. Raises DecisionSigned, ReasonMissing."""
    dossier = lookup.own_dossier(identity.personal_number, code)
    withdraw_dossier(identity.citizen, dossier, reason=reason, at=at)
    return lookup.standing_of(lookup.own_dossier(identity.personal_number, code))
