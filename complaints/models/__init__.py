"""What exists in citizen reception and the settlement of letters."""

from complaints.models.appointment import Appointment, AppointmentChange, AppointmentNotice
from complaints.models.attachment import Attachment
from complaints.models.classification import Classification
from complaints.models.correction import Correction
from complaints.models.destruction import DestroyedLetter, Destruction
from complaints.models.dialogue import Dialogue
from complaints.models.duty import Duty
from complaints.models.execution import ExecutionItem, ExecutionStep
from complaints.models.fact import CaseFact, ClockChange
from complaints.models.feed import FeedComparison, FeedDifference, FeedEntry, FeedRecord
from complaints.models.field import ContentField
from complaints.models.ground import ground_words, grounds
from complaints.models.kept_print import KeptPrint
from complaints.models.kin import Kin
from complaints.models.letter import Letter, Participant
from complaints.models.matter import Matter, MatterChange
from complaints.models.online_session import OnlineSession, ReceptionMinutes, SessionEvent
from complaints.models.opening import Opening, OpeningReading
from complaints.models.order import Extension, Order, Suspension
from complaints.models.outcome import Outcome, SecondFiling
from complaints.models.paper import MatterPaper
from complaints.models.promise import Promise, PromiseChange
from complaints.models.proposal import Proposal
from complaints.models.publication import Publication
from complaints.models.published_answer import PublishedAnswer
from complaints.models.recovery import GivenShare, Recovery, RecoveryKey, RecoveryShare
from complaints.models.redacted import RedactedCopy
from complaints.models.sealed import SealedRecord, SealedTrace, WrappedKey
from complaints.models.sealing_key import SealingKey
from complaints.models.sending import Sending
from complaints.models.takeover import MatterTakeover
from complaints.models.term import Term
from complaints.models.timetable import ReceptionDay, ReceptionQuota, TimetableChange
from complaints.models.transfer import Transfer
from complaints.models.urging import Urging
from complaints.models.verification import Evidence, Verification, VerificationReport
from complaints.models.visit import Visit, VisitChange, Visitor, VisitPaper
from complaints.models.visit_record import ReceptionRefusal, RegisterClosing, VisitFollowUp
from complaints.models.withdrawal import TemporaryMeasure, Withdrawal

__all__ = [
    "Appointment",
    "AppointmentChange",
    "AppointmentNotice",
    "Attachment",
    "CaseFact",
    "Classification",
    "ClockChange",
    "ContentField",
    "Correction",
    "DestroyedLetter",
    "Destruction",
    "Dialogue",
    "Duty",
    "Evidence",
    "ExecutionItem",
    "ExecutionStep",
    "Extension",
    "FeedComparison",
    "FeedDifference",
    "FeedEntry",
    "FeedRecord",
    "GivenShare",
    "KeptPrint",
    "Kin",
    "Letter",
    "Matter",
    "MatterChange",
    "MatterPaper",
    "MatterTakeover",
    "OnlineSession",
    "Opening",
    "OpeningReading",
    "Order",
    "Outcome",
    "Participant",
    "Promise",
    "PromiseChange",
    "Proposal",
    "Publication",
    "PublishedAnswer",
    "ReceptionDay",
    "ReceptionMinutes",
    "ReceptionQuota",
    "ReceptionRefusal",
    "Recovery",
    "RecoveryKey",
    "RecoveryShare",
    "RedactedCopy",
    "RegisterClosing",
    "SealedRecord",
    "SealedTrace",
    "SealingKey",
    "SecondFiling",
    "Sending",
    "SessionEvent",
    "Suspension",
    "TemporaryMeasure",
    "Term",
    "TimetableChange",
    "Transfer",
    "Urging",
    "Verification",
    "VerificationReport",
    "Visit",
    "VisitChange",
    "VisitFollowUp",
    "VisitPaper",
    "Visitor",
    "Withdrawal",
    "WrappedKey",
    "ground_words",
    "grounds",
]
