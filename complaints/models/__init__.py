"""What exists in citizen reception and the settlement of letters."""

from complaints.models.duty import Duty
from complaints.models.field import ContentField
from complaints.models.letter import Letter, Participant
from complaints.models.matter import Matter, MatterChange

__all__ = ["ContentField", "Duty", "Letter", "Matter", "MatterChange", "Participant"]
