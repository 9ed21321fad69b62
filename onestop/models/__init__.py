"""What exists in one-stop handling."""

from onestop.models.case import Case, ChannelRule, FeeRule, PlannedLeg, PlannedStep, Requirement
from onestop.models.dossier import ClockEvent, Dossier, DossierChange, Stop
from onestop.models.leg import Leg, LegChange, Step, StepChange
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

__all__ = [
    "AnnouncingDecision",
    "Case",
    "ChannelRule",
    "ClockEvent",
    "DecisionEffect",
    "Dossier",
    "DossierChange",
    "FeeRule",
    "Leg",
    "LegChange",
    "LegalBasis",
    "Paper",
    "Party",
    "PlannedLeg",
    "PlannedStep",
    "Procedure",
    "ProcedureVersion",
    "Requirement",
    "ResultKind",
    "Sector",
    "Step",
    "StepChange",
    "Stop",
    "StoredPaper",
    "VersionChange",
]
