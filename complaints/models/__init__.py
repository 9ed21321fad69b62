"""What exists in citizen reception and the settlement of letters."""

from complaints.models.destruction import DestroyedLetter, Destruction
from complaints.models.duty import Duty
from complaints.models.fact import CaseFact, ClockChange
from complaints.models.field import ContentField
from complaints.models.kin import Kin
from complaints.models.letter import Letter, Participant
from complaints.models.matter import Matter, MatterChange
from complaints.models.order import Extension, Order, Suspension
from complaints.models.paper import MatterPaper
from complaints.models.proposal import Proposal
from complaints.models.takeover import MatterTakeover
from complaints.models.term import Term
from complaints.models.transfer import Transfer
from complaints.models.urging import Urging

__all__ = [
    "CaseFact",
    "ClockChange",
    "ContentField",
    "DestroyedLetter",
    "Destruction",
    "Duty",
    "Extension",
    "Kin",
    "Letter",
    "Matter",
    "MatterChange",
    "MatterPaper",
    "MatterTakeover",
    "Order",
    "Participant",
    "Proposal",
    "Suspension",
    "Term",
    "Transfer",
    "Urging",
]
