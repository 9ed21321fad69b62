"""What exists in one-stop handling."""

from onestop.models.apology import Apology
from onestop.models.case import Case, ChannelRule, FeeRule, PlannedLeg, PlannedStep, Requirement
from onestop.models.charge import Charge, Exemption
from onestop.models.consultation import Consultation
from onestop.models.counter_slip import CounterSlip
from onestop.models.dossier import ClockEvent, Dossier, DossierChange, MirroredDossier, Stop
from onestop.models.duty import FinancialDuty
from onestop.models.form import FormSet, IssuedForm, StandardForm
from onestop.models.handover import HandoverLine, HandoverList
from onestop.models.index_part import IndexPart
from onestop.models.intake import IntakeDraft, IntakeFile
from onestop.models.leg import Leg, LegChange, Step, StepChange
from onestop.models.life_event import LifeEvent
from onestop.models.party import Paper, Party, StoredPaper
from onestop.models.payment import (
    CollectionAccount,
    Payment,
    PaymentRequest,
    Settlement,
    SettlementDifference,
)
from onestop.models.procedure import (
    AnnouncingDecision,
    DecisionEffect,
    LegalBasis,
    Procedure,
    ProcedureVersion,
    ResultKind,
    Sector,
    VersionChange,
)
from onestop.models.project import Project, ProjectDossier
from onestop.models.rating import Criterion, Rating, RatingAnswer, RatingComment
from onestop.models.receipt import Receipt, ReceiptSeries
from onestop.models.refund import Refund
from onestop.models.result import Collection, PostItem, RequestedPaper, Result, ResultEntry
from onestop.models.spell import ClosedMonth, MonthFigure, Spell
from onestop.models.succession import DossierTakeover
from onestop.models.supplement import SupplementItem, SupplementRequest
from onestop.models.sync import (
    MirroredStatus,
    NationalFile,
    NationalRecord,
    Reconciliation,
    SyncDifference,
    SyncEvent,
)
from onestop.models.ticket import QueueGroup, Ticket, TicketChange, Window

__all__ = [
    "AnnouncingDecision",
    "Apology",
    "Case",
    "ChannelRule",
    "Charge",
    "ClockEvent",
    "ClosedMonth",
    "Collection",
    "CollectionAccount",
    "Consultation",
    "CounterSlip",
    "Criterion",
    "DecisionEffect",
    "Dossier",
    "DossierChange",
    "DossierTakeover",
    "Exemption",
    "FeeRule",
    "FinancialDuty",
    "FormSet",
    "HandoverLine",
    "HandoverList",
    "IndexPart",
    "IntakeDraft",
    "IntakeFile",
    "IssuedForm",
    "Leg",
    "LegChange",
    "LegalBasis",
    "LifeEvent",
    "MirroredDossier",
    "MirroredStatus",
    "MonthFigure",
    "NationalFile",
    "NationalRecord",
    "Paper",
    "Party",
    "Payment",
    "PaymentRequest",
    "PlannedLeg",
    "PlannedStep",
    "PostItem",
    "Procedure",
    "ProcedureVersion",
    "Project",
    "ProjectDossier",
    "QueueGroup",
    "Rating",
    "RatingAnswer",
    "RatingComment",
    "Receipt",
    "ReceiptSeries",
    "Reconciliation",
    "Refund",
    "RequestedPaper",
    "Requirement",
    "Result",
    "ResultEntry",
    "ResultKind",
    "Sector",
    "Settlement",
    "SettlementDifference",
    "Spell",
    "StandardForm",
    "Step",
    "StepChange",
    "Stop",
    "StoredPaper",
    "SupplementItem",
    "SupplementRequest",
    "SyncDifference",
    "SyncEvent",
    "Ticket",
    "TicketChange",
    "VersionChange",
    "Window",
]
