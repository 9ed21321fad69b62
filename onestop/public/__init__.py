"""The door for the portal: procedures, filing, and where a dossier stands.

Plain values go in and come out, never rows. People are known by what the electronic identity says of them
(``Identity``), or by code and secret of a receipt; what each of them is told is decided in
queries/public_lookup.py. Every function may raise a Refusal, whose sentence is for the page.
"""

from onestop.actions.filing import Applicant
from onestop.actions.submission import KeptFile, ReusedPaper, Submitted, SubmittedFile
from onestop.actions.tell_applicant import ApplicantEvent
from onestop.enums import ApplicantKind, Delivery, RatingStage, Satisfaction, TicketPriority
from onestop.public.dossiers import (
    OwnDossierPage,
    find_dossier,
    my_dossier,
    my_dossier_page,
    my_dossiers,
    my_papers,
    my_result,
    my_slip,
)
from onestop.public.filings import (
    SubmissionReceipt,
    filing_offer,
    filing_terms,
    reusable_papers,
    send_supplement,
    submit_online,
    withdraw,
)
from onestop.public.halls import hall, take_ticket, ticket, ticket_paper
from onestop.public.identity import Identity
from onestop.public.papers import ResultFile
from onestop.public.payments import PaymentNotPossible, my_payment_page, payment_page
from onestop.public.procedures import (
    catalogue_choices,
    explain_due,
    find_procedures,
    list_life_events,
    list_procedures,
    most_used_procedures,
    newest_month,
    procedure,
    procedure_form,
    procedure_page,
    related_procedures,
)
from onestop.public.ratings import my_rate, my_rating_sheet, rate, rating_sheet
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
from onestop.queries.own_slips import OwnSlip
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
from onestop.queries.rating_sheet import RatingSheet
from onestop.queries.slip_code import SlipCode, lookup_address, read_slip
from onestop.queries.statistics.late_list import LateMonth, LateRow, late_month
from onestop.queries.statistics.published import (
    ContentRow,
    PublishedMonth,
    PublishedRow,
    published_month,
    published_months,
    published_year,
)

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
    "OwnDossierPage",
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
    "my_dossier",
    "my_dossier_page",
    "my_dossiers",
    "my_papers",
    "my_payment_page",
    "my_rate",
    "my_rating_sheet",
    "my_result",
    "my_slip",
    "newest_month",
    "payment_page",
    "procedure",
    "procedure_form",
    "procedure_page",
    "published_month",
    "published_months",
    "published_year",
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
