"""Vietnamese names of invented people, the same ones every time, and account names made from them."""

import csv
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path


def name_parts(folder: Path) -> dict[str, list[str]]:
    """The words that names are made of: family, middle and given ones; a frequent family stands twice."""
    parts: dict[str, list[str]] = {}
    with (folder / "names.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            parts.setdefault(row["part"], []).append(row["word"])
    return parts


def full_names(folder: Path) -> Iterator[str]:
    """Names without end, men and women in turn.

    The lists that make a name have lengths without a common divisor, so going through them side by side meets
    every combination before one comes again.
    """
    parts = name_parts(folder)
    for turn in count():
        for sex in ("male", "female"):
            words = (parts["family"], parts[f"middle_{sex}"], parts[f"given_{sex}"])
            yield " ".join(choices[turn % len(choices)] for choices in words)


def without_accents(text: str) -> str:
    """Small letters a-z: ``Đỗ Thị Hằng`` → ``do thi hang``."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).replace("đ", "d")


class Usernames:
    """Gives account names as Vietnamese offices write them: given name, then initials (``hangdt``)."""

    def __init__(self) -> None:
        self.given: Counter[str] = Counter()

    def next_for(self, full_name: str) -> str:
        """An account name that was not given before: ``hangdt``, then ``hangdt2`` …"""
        *before, given = without_accents(full_name).split()
        base = given + "".join(word[0] for word in before)
        self.given[base] += 1
        times = self.given[base]
        return base if times == 1 else f"{base}{times}"
