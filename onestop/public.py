"""The door for the portal: procedures, filing, and where a dossier stands.

Plain values go in and come out, never rows. People are known by what the electronic identity says of them
(``Identity``), or by code and secret of a receipt; what each of them is told is decided in
queries/public_lookup.py. Every function may raise a Refusal, whose sentence is for the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from egov.files.store import read_checked
from egov.organizations.actor import SignedOut
from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal
from onestop.actions.file_online import file_online
from onestop.actions.filing import Applicant
from onestop.actions.rate import rate as give_rating
from onestop.actions.rate import rate_own
from onestop.actions.receive_supplement import receive_supplement
from onestop.actions.request_payment import NoGateway, order_of, request_payment
from onestop.actions.submission import Submitted, SubmittedFile, filing_of, papers_of
from onestop.actions.withdraw import withdraw as withdraw_dossier
from onestop.enums import RatingStage, Satisfaction
from onestop.exchange.gateways.http import HttpGateway
from onestop.exchange.gateways.interface import GatewayRejected, GatewayUnavailable
from onestop.models import Dossier
from onestop.queries import public_lookup as lookup
from onestop.queries import published
from onestop.queries.money import due_before_receipt
from onestop.queries.public_lookup import (
    BearerStanding,
    DossierStanding,
    DossierUnknown,
    OwnDossier,
    OwnPaper,
    OwnResult,
    RequestedSupplement,
)
from onestop.queries.published import (
    CaseEntry,
    FeeLine,
    LifeEventEntry,
    LimitLine,
    PaperLine,
    ProcedureDetail,
    ProcedureEntry,
    ProcedureUnknown,
)
from onestop.rules import Citizen
from onestop.rules.money import SecretBearer

__all__ = [
    "Applicant",
    "BearerStanding",
    "CaseEntry",
    "DossierStanding",
    "DossierUnknown",
    "FeeLine",
    "Identity",
    "LifeEventEntry",
    "LimitLine",
    "OwnDossier",
    "OwnPaper",
    "OwnResult",
    "PaperLine",
    "PaymentNotPossible",
    "ProcedureDetail",
    "ProcedureEntry",
    "ProcedureUnknown",
    "RequestedSupplement",
    "ResultFile",
    "SubmissionReceipt",
    "Submitted",
    "SubmittedFile",
    "find_dossier",
    "find_procedures",
    "list_life_events",
    "list_procedures",
    "my_dossier",
    "my_dossiers",
    "my_payment_page",
    "my_rate",
    "my_result",
    "payment_page",
    "procedure",
    "rate",
    "send_supplement",
    "submit_online",
    "withdraw",
]

MOST_FOUND = 50


@dataclass(frozen=True, kw_only=True)
class Identity:
    """A person as the electronic identity vouches for them."""

    personal_number: str
    name: str
    level: int
    address: str = ""

    @property
    def citizen(self) -> Citizen:
        """The same for rules and actions."""
        return Citizen(self.personal_number, self.name, self.level, self.address)


@dataclass(frozen=True, slots=True)
class SubmissionReceipt:
    """What the applicant notes down: the number until there is a code, and the secret of the lookup."""

    number: str
    secret: str
    submitted_at: datetime
    # Dong that have to be paid before the counter takes it up; 0 where nothing comes first.
    pay_first: int = 0


class PaymentNotPossible(Refusal):
    """The gateway does not answer, so nobody is sent there; nothing was paid."""

    status = 503


@dataclass(frozen=True, slots=True)
class ResultFile:
    """A result's file as it was signed."""

    name: str
    content: bytes
    sha256: str
    media_type: str


def list_procedures(
    on: date, *, sector: str = "", level: str = "", applicant: str = "", online: str = ""
) -> tuple[ProcedureEntry, ...]:
    """All that may be filed on that day; each argument narrows it."""
    rows = published.published(on, sector=sector, level=level, applicant=applicant, online=online)
    return tuple(map(published.entry_of, rows))


def find_procedures(text: str, on: date) -> tuple[ProcedureEntry, ...]:
    """At most 50, by words without accents or by code."""
    return tuple(map(published.entry_of, published.published(on, text=text)[:MOST_FOUND]))


def procedure(code: str, on: date) -> ProcedureDetail:
    """A procedure in full as it is on that day. Raises ProcedureUnknown."""
    return published.detail_of(published.version_of_code(code, on))


def list_life_events(on: date) -> tuple[LifeEventEntry, ...]:
    """What happens in a life, with its procedures."""
    return tuple(published.life_events(on))


def find_dossier(
    code: str, secret: str | None = None, *, address: str = ""
) -> DossierStanding | BearerStanding:
    """Where a dossier stands, as far as code, or code and secret, let one know (rules 39 and 40).

    Raises DossierUnknown (for a wrong secret in the very same way), TooManyLookups, LookupUnavailable.
    """
    return lookup.find_dossier(code, secret, address)


def my_dossiers(personal_number: str) -> tuple[OwnDossier, ...]:
    """Dossiers that a person who has signed in owns or filed, newest first."""
    return tuple(map(lookup.own_standing, lookup.own_dossiers(personal_number)))


def my_dossier(personal_number: str, code: str) -> OwnDossier:
    """One of them. Raises DossierUnknown."""
    return lookup.own_standing(lookup.own_dossier(personal_number, code))


def my_result(personal_number: str, code: str, result_id: int) -> ResultFile:
    """The file of a result of one's own dossier. Raises DossierUnknown."""
    result = lookup.own_result(personal_number, code, result_id)
    file = result.file
    if file is None:
        raise DossierUnknown
    return ResultFile(result.file_name or result.name, read_checked(file), file.sha256, file.media_type)


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


def payment_page(code: str, secret: str, *, at: datetime, address: str = "") -> str:
    """Address of the gateway's page on which whoever has the receipt pays what is due.

    Raises DossierUnknown, NothingToPay, NoGateway, PaymentNotPossible.
    """
    dossier = lookup.bearer_dossier(code, secret, address)
    return _page_to_pay(SecretBearer(dossier.pk, address), dossier, at)


def my_payment_page(identity: Identity, code: str, *, at: datetime) -> str:
    """The same for a dossier of one's own."""
    return _page_to_pay(identity.citizen, lookup.own_dossier(identity.personal_number, code), at)


def rate(
    code: str,
    secret: str,
    *,
    stage: RatingStage,
    level: Satisfaction,
    at: datetime,
    answers: Mapping[str, Satisfaction] | None = None,
    comment: str = "",
    address: str = "",
) -> None:
    """Say how satisfied one is with a stage, once. Raises RatingNotAcceptable, DossierUnknown."""
    dossier = lookup.bearer_dossier(code, secret, address)
    give_rating(
        SignedOut(address=address),
        dossier,
        secret=secret,
        stage=stage,
        level=level,
        answers=answers,
        comment=comment,
        at=at,
    )


def my_rate(
    identity: Identity,
    code: str,
    *,
    stage: RatingStage,
    level: Satisfaction,
    at: datetime,
    answers: Mapping[str, Satisfaction] | None = None,
    comment: str = "",
) -> None:
    """The same for a dossier of one's own, without its secret. Raises RatingNotAcceptable, DossierUnknown."""
    dossier = lookup.own_dossier(identity.personal_number, code)
    rate_own(identity.citizen, dossier, stage=stage, level=level, answers=answers, comment=comment, at=at)


def _page_to_pay(performer: Performer, dossier: Dossier, at: datetime) -> str:
    asked = request_payment(performer, dossier, at=at)
    gateway = HttpGateway.configured()
    if gateway is None:
        raise NoGateway(_("Hệ thống chưa kết nối thanh toán trực tuyến; hãy nộp tại quầy."))
    try:
        return gateway.open_order(order_of(asked)).pay_url
    except (GatewayUnavailable, GatewayRejected) as error:
        raise PaymentNotPossible(
            _("Cổng thanh toán chưa trả lời; chưa có gì được thu. Hãy thử lại sau ít phút.")
        ) from error
