"""Who may do what with visits and letters; each answer is a Verdict that a page can show."""

from complaints.rules.duties import holds
from complaints.rules.letters import (
    may_enter,
    may_keep_letter,
    may_read_letters,
    may_split,
    may_work_on_letter,
)

__all__ = [
    "holds",
    "may_enter",
    "may_keep_letter",
    "may_read_letters",
    "may_split",
    "may_work_on_letter",
]
