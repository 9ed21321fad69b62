"""A reason in words: many steps are not taken without one, because the applicant or a court will ask."""

from egov.printing.markup import clean_line
from egov.workflow.refusal import Refusal

REASON_LENGTH = 500


class ReasonMissing(Refusal):
    """The step needs its reason in words."""


def reason_in_words(typed: str, otherwise: str) -> str:
    """The reason as it is kept and printed. Raises ReasonMissing with the sentence ``otherwise``."""
    words = clean_line(typed)[:REASON_LENGTH]
    if not words:
        raise ReasonMissing(otherwise)
    return words
