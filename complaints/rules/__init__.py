"""Who may do what with visits and letters; each answer is a Verdict that a page can show."""

from complaints.rules.duties import holds

__all__ = ["holds"]
