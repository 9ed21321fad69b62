"""Identification codes, in both generations, for a province whose own annex of codes is not public.

The shapes are the law's (Decision 20/2020; QCVN 102:2016; Quyết định 3982/QĐ-UBND of Thái Bình); the groups
are given in the order of the tables. An installation replaces them by the codes of its annex.
"""

from collections import Counter
from datetime import date

PROVINCE = "H54"
COUNCIL = "K54"
QCVN102_FROM = date(2016, 12, 27)  # Quyết định 3982/QĐ-UBND
QD20_FROM = date(2020, 7, 22)  # Quyết định 20/2020/QĐ-TTg
LAST_GROUP = 99
# Where the second group starts for what every district has, by kind of agency; the third for communes.
DISTRICT_GROUPS = {"ubnd": 70, "hdnd": 80, "party_committee": 90}
COMMUNE_GROUPS = 20


class CodesExhausted(ValueError):
    """A group of two digits has no number left."""


class CodeBook:
    """Gives each agency the next free group below the code that it continues."""

    def __init__(self) -> None:
        self.last: Counter[str] = Counter()

    def next_below(self, code: str, *, start: int = 0) -> str:
        """The next code below ``code``, its group greater than ``start``. Raises CodesExhausted."""
        number = max(self.last[code], start) + 1
        if number > LAST_GROUP:
            raise CodesExhausted(f"no group left below {code}")
        self.last[code] = number
        return f"{code}.{number:02d}"


def old_shape(code: str) -> str:
    """The 13-character code of QCVN 102 for a code of Decision 20: groups in reverse order, zeros in front.

    ``H54.71.21`` → ``000.21.71.H54``. Only for making codes: nobody reads the tree out of them.
    """
    head, *groups = code.split(".")
    second, third = [*groups, "00", "00"][:2]
    return f"000.{third}.{second}.{head}"
