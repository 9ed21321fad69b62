"""The door for the portal: procedures, filing, and where a dossier stands.

Plain values go in and come out, never rows. People are known by what the electronic identity says of them
(``Identity``), or by code and secret of a receipt; what each of them is told is decided in
queries/public_lookup.py. Every function may raise a Refusal, whose sentence is for the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from egov.files.store import read_checked
from egov.organizations.actor import SignedOut
from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal
from onestop.actions.file_online import file_online
from onestop.actions.filing import Applicant
from onestop.actions.print_form import print_form
from onestop.actions.rate import rate as give_rating
from onestop.actions.rate import rate_own
from onestop.actions.receive_supplement import receive_supplement
from onestop.actions.request_payment import NoGateway, order_of, request_payment
from onestop.actions.submission import (
    KeptFile,
    ReusedPaper,
    Submitted,
    SubmittedFile,
    filing_of,
    papers_of,
)
from onestop.actions.take_ticket import take_ticket as give_ticket
from onestop.actions.tell_applicant import ApplicantEvent
from onestop.actions.withdraw import withdraw as withdraw_dossier
from onestop.enums import ApplicantKind, Delivery, RatingStage, Satisfaction, TicketChannel, TicketPriority
from onestop.exchange.gateways.http import HttpGateway
from onestop.exchange.gateways.interface import GatewayRejected, GatewayUnavailable
from onestop.models import Dossier
from onestop.queries import filing_offer as offering
from onestop.queries import hall as hall_queries
from onestop.queries import public_lookup as lookup
from onestop.queries import published, published_lists
from onestop.queries.course import CourseEvent, DossierCourse
from onestop.queries.filing_offer import (
    ApplicantEntry,
    AskedPaper,
    ChargeEntry,
    FilingOffer,
    FilingTerms,
    NotOnline,
    OfferedCase,
    StoreEntry,
)
from onestop.queries.hall import Hall, HallGroup, HallUnknown, TicketStanding, TicketUnknown, TooManyTickets
from onestop.queries.lookup_limit import LookupUnavailable, TooManyLookups
from onestop.queries.money import due_before_receipt
from onestop.queries.own_slips import OwnSlip, own_slip, own_slips
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
from onestop.queries.published_lists import (
    CatalogueChoices,
    DueExplained,
    MonthShare,
    NoSuchWay,
    ProcedurePage,
)
from onestop.queries.rating_sheet import RatingSheet, sheet_of
from onestop.queries.slip_code import SlipCode, lookup_address, read_slip
from onestop.queries.statistics.late_list import LateMonth, LateRow, late_month
from onestop.queries.statistics.published import (
    ContentRow,
    PublishedMonth,
    PublishedRow,
    published_month,
    published_months,
)
from onestop.rules import Citizen
from onestop.rules.money import SecretBearer

__all__ = [
    "Applicant",
    "ApplicantEntry",
    "ApplicantEvent",
    "ApplicantKind",
    "AskedPaper",
    "BearerStanding",
    "CaseEntry",
    "CatalogueChoices",
    "ChargeEntry",
    "ContentRow",
    "CourseEvent",
    "Delivery",
    "DossierCourse",
    "DossierStanding",
    "DossierUnknown",
    "DueExplained",
    "FeeLine",
    "FilingOffer",
    "FilingTerms",
    "Hall",
    "HallGroup",
    "HallUnknown",
    "Identity",
    "KeptFile",
    "LateMonth",
    "LateRow",
    "LifeEventEntry",
    "LimitLine",
    "LookupUnavailable",
    "MonthShare",
    "NoSuchWay",
    "NotOnline",
    "OfferedCase",
    "OwnDossier",
    "OwnPaper",
    "OwnResult",
    "OwnSlip",
    "PaperLine",
    "PaymentNotPossible",
    "ProcedureDetail",
    "ProcedureEntry",
    "ProcedurePage",
    "ProcedureUnknown",
    "PublishedMonth",
    "PublishedRow",
    "RatingSheet",
    "RatingStage",
    "RequestedSupplement",
    "ResultFile",
    "ReusedPaper",
    "Satisfaction",
    "SlipCode",
    "StoreEntry",
    "SubmissionReceipt",
    "Submitted",
    "SubmittedFile",
    "TicketPriority",
    "TicketStanding",
    "TicketUnknown",
    "TooManyLookups",
    "TooManyTickets",
    "catalogue_choices",
    "explain_due",
    "filing_offer",
    "filing_terms",
    "find_dossier",
    "find_procedures",
    "hall",
    "late_month",
    "list_life_events",
    "list_procedures",
    "lookup_address",
    "most_used_procedures",
    "my_course",
    "my_dossier",
    "my_dossiers",
    "my_papers",
    "my_payment_page",
    "my_rate",
    "my_rating_sheet",
    "my_result",
    "my_slip",
    "my_slips",
    "newest_month",
    "payment_page",
    "procedure",
    "procedure_form",
    "procedure_page",
    "published_month",
    "published_months",
    "rate",
    "rating_sheet",
    "read_slip",
    "related_procedures",
    "reusable_papers",
    "send_supplement",
    "submit_online",
    "take_ticket",
    "ticket",
    "ticket_paper",
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


def procedure_page(
    on: date,
    *,
    start: int,
    count: int,
    text: str = "",
    sector: str = "",
    level: str = "",
    applicant: str = "",
    online: str = "",
    agency: str = "",
) -> ProcedurePage:
    """So many procedures from that place on, by name, and how many there are; each argument narrows it.

    ``agency`` is the code of the one that decides.
    """
    return published_lists.page(
        on,
        start=start,
        count=count,
        text=text,
        sector=sector,
        level=level,
        applicant=applicant,
        online=online,
        agency=agency,
    )


def catalogue_choices(on: date) -> CatalogueChoices:
    """What a list of procedures can be narrowed by on that day."""
    return published_lists.choices(on)


def most_used_procedures(on: date, count: int) -> tuple[ProcedureEntry, ...]:
    """What most dossiers came in for in the last year of closed months."""
    return published_lists.most_used(on, count)


def newest_month() -> MonthShare | None:
    """What came in, what was solved and how much of it in time, in the last closed month."""
    return published_lists.newest_month()


def related_procedures(code: str, on: date) -> tuple[ProcedureEntry, ...]:
    """Procedures of the same events in a life. Raises ProcedureUnknown."""
    return published_lists.related(code, on)


def procedure_form(code: str, requirement_id: int, on: date) -> ResultFile:
    """The blank form of a line of what to bring. Raises ProcedureUnknown."""
    line = published_lists.form_of(code, requirement_id, on)
    file = line.form
    assert file is not None  # noqa: S101  (only lines with a form are found)
    return ResultFile(line.form_name or line.name, read_checked(file), file.sha256, file.media_type)


def explain_due(
    code: str, case_id: int, channel: str, submitted_at: datetime, *, agency_code: str = ""
) -> DueExplained:
    """When something handed in at that moment is due, each day counted or skipped told with its reason.

    Counted in the working time of that agency, else of the deciding one. Raises ProcedureUnknown, NoSuchWay.
    """
    on = timezone.localdate(submitted_at)
    return published_lists.explained_due(code, case_id, channel, submitted_at, agency_code=agency_code, on=on)


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


def my_course(personal_number: str, code: str) -> DossierCourse:
    """What has become of it, step by step, and each day of its term. Raises DossierUnknown."""
    return lookup.own_course(personal_number, code)


def my_result(personal_number: str, code: str, result_id: int) -> ResultFile:
    """The file of a result of one's own dossier. Raises DossierUnknown."""
    result = lookup.own_result(personal_number, code, result_id)
    file = result.file
    if file is None:
        raise DossierUnknown
    return ResultFile(result.file_name or result.name, read_checked(file), file.sha256, file.media_type)


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


def my_papers(personal_number: str, on: date) -> tuple[StoreEntry, ...]:
    """One's own store, what no longer holds as well."""
    return offering.own_store(personal_number, on)


def my_slips(personal_number: str, code: str) -> tuple[OwnSlip, ...]:
    """Slips of one's own dossier: receipt, request for papers, refusal … Raises DossierUnknown."""
    return own_slips(lookup.own_dossier(personal_number, code))


def my_slip(identity: Identity, code: str, slip_id: int, *, at: datetime) -> ResultFile:
    """The file of one of them, with the agency's digital signature where it has one.

    Raises DossierUnknown.
    """
    found = own_slip(lookup.own_dossier(identity.personal_number, code), slip_id)
    issued = print_form(identity.citizen, found, at=at)
    file = issued.sealed_file or issued.file
    if file is None:
        raise DossierUnknown
    return ResultFile(issued.file_name, read_checked(file), file.sha256, file.media_type)


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


def rating_sheet(code: str, secret: str, *, at: datetime, address: str = "") -> RatingSheet:
    """What whoever has the receipt can still rate, and the questions. Raises DossierUnknown."""
    return sheet_of(lookup.bearer_dossier(code, secret, address), timezone.localdate(at))


def my_rating_sheet(personal_number: str, code: str, *, at: datetime) -> RatingSheet:
    """The same for a dossier of one's own. Raises DossierUnknown."""
    return sheet_of(lookup.own_dossier(personal_number, code), timezone.localdate(at))


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


def hall(code: str, *, at: datetime) -> Hall:
    """What people come for at an agency, and how many wait. Raises HallUnknown."""
    return hall_queries.hall_of(code, at)


def take_ticket(
    code: str, group_id: int, *, priority: TicketPriority, once: UUID, at: datetime, address: str
) -> TicketStanding:
    """The next number at the touch board; ``once`` names the touch, so that touched twice it is one ticket.

    Raises HallUnknown, TooManyTickets, NotPermitted when the group gives out none.
    """
    group = hall_queries.group_in(code, group_id)
    hall_queries.count_ticket(address)
    visitor, channel = SignedOut(address=address), TicketChannel.BOARD
    taken = give_ticket(visitor, group, channel=channel, priority=priority, token=once, at=at)
    return hall_queries.told(taken)


def ticket(token: UUID) -> TicketStanding:
    """One's own number and how far the queue has come. Raises TicketUnknown."""
    return hall_queries.standing_of_ticket(token)


def ticket_paper(token: UUID) -> bytes:
    """The same as a slip for the printer, PDF/A. Raises TicketUnknown."""
    return hall_queries.ticket_paper(token)


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
