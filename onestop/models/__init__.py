"""What exists in one-stop handling."""

from onestop.models.case import Case, ChannelRule, FeeRule, PlannedLeg, PlannedStep, Requirement
from onestop.models.dossier import ClockEvent, Dossier, DossierChange, Stop
from onestop.models.form import FormSet, IssuedForm, StandardForm
from onestop.models.index_part import IndexPart
from onestop.models.handover import HandoverLine, HandoverList
from onestop.models.intake import IntakeDraft, IntakeFile
from onestop.models.leg import Leg, LegChange, Step, StepChange
from onestop.models.life_event import LifeEvent
from onestop.models.party import Paper, Party, StoredPaper
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
from onestop.models.result import Collection, PostItem, RequestedPaper, Result, ResultEntry
from onestop.models.spell import ClosedMonth, MonthFigure, Spell
from onestop.models.succession import DossierTakeover

__all__ = [
    "AnnouncingDecision",
    "Case",
    "ChannelRule",
    "ClockEvent",
    "ClosedMonth",
    "Collection",
    "Criterion",
    "DecisionEffect",
    "Dossier",
    "DossierChange",
    "DossierTakeover",
    "FeeRule",
    "FormSet",
    "IndexPart",
    "HandoverLine",
    "HandoverList",
    "IntakeDraft",
    "IntakeFile",
    "IssuedForm",
    "Leg",
    "LegChange",
    "LegalBasis",
    "LifeEvent",
    "MonthFigure",
    "Paper",
    "Party",
    "PlannedLeg",
    "PlannedStep",
    "PostItem",
    "Procedure",
    "ProcedureVersion",
    "Project",
    "ProjectDossier",
    "Rating",
    "RatingAnswer",
    "RatingComment",
    "RequestedPaper",
    "Requirement",
    "Result",
    "ResultEntry",
    "ResultKind",
    "Sector",
    "Spell",
    "StandardForm",
    "Step",
    "StepChange",
    "Stop",
    "StoredPaper",
    "VersionChange",
]
