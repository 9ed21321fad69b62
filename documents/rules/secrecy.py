"""State secrets do not travel here (rule 30): finds a mark of secrecy in what a person typed.

The law forbids drafting, keeping or sending state secrets on networks like this one. What is searched for is
the *mark* of secrecy, not the syllable: "bảo mật", "mật độ" and "mật ong" are ordinary words. Stamps on a
line of their own, in a text or on an uploaded page, are found by ``egov.files.secrecy``.
"""

import re
import unicodedata

from egov.files.secrecy import find_secrecy_mark

# Two of the three degrees are phrases that nothing else in the language uses.
_DEGREE = re.compile(r"\b(tối|tuyệt)\s+mật\b", re.IGNORECASE)
_LABEL = re.compile(r"\bđộ\s+mật\s*:\s*(?!không|thường)\w", re.IGNORECASE)
_BRACKETED = re.compile(r"[\[(<{]\s*mật\s*[\])>}]", re.IGNORECASE)
# A mark put before or after a title in capitals: "MẬT - Báo cáo …", "Báo cáo … – MẬT".
_CAPITAL = re.compile(r"^\s*MẬT\s*[-–:.,/]|[-–:.,/]\s*MẬT\s*$")


def marked_secret(text: str) -> bool:
    """Whether a short text (kind, abstract, file name, note) carries a mark of secrecy."""
    composed = unicodedata.normalize("NFC", text)
    patterns = (_DEGREE, _LABEL, _BRACKETED, _CAPITAL)
    return any(pattern.search(composed) for pattern in patterns) or stamped_secret(composed.upper())


def stamped_secret(text: str) -> bool:
    """Whether a longer text carries a stamp of secrecy on a line of its own.

    A body may speak about secrets (a list of what is "Tối mật" is itself public), so only the stamp counts.
    """
    return find_secrecy_mark(text) is not None
