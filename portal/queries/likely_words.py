"""What a typed word may mean: itself, its other spelling, the beginning of a word, or a word mistyped."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from portal.models.finding import KnownWord, remains, slips_allowed

# Likeliest words that one mistyped word is taken for.
MOST_NEAR = 6

# i and y are one sound at the end of a syllable, and schools have taught both: kí and ký, quí and quý.
_SPELLINGS = str.maketrans("iy", "yi")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word stands in a title, and how surely it is the one that was typed (0 to 1)."""

    index: int
    worth: float


# No place follows it, and it follows none.
NOWHERE = Place(-2, 0.0)


@dataclass(frozen=True, slots=True)
class Meant:
    """A typed word with all that it may mean. ``may_go_on``: the person may still be typing it."""

    word: str
    spellings: tuple[str, ...]
    near: tuple[str, ...]
    may_go_on: bool
    is_known: bool

    @property
    def query(self) -> str:
        """As a piece of a text query; folding left neither quotes nor backslashes in a word."""
        pieces = [f"'{one}'" for one in (*self.spellings, *self.near)]
        if self.may_go_on:
            pieces.append(f"'{self.word}':*")
        return f"({' | '.join(pieces)})"

    def place_in(self, title: Sequence[str]) -> Place:
        """The best place of it in a folded title."""
        best = NOWHERE
        for index, word in enumerate(title):
            worth = self._worth(word)
            if worth > best.worth:
                best = Place(index, worth)
        return best

    def _worth(self, word: str) -> float:
        if word == self.word:
            return 1.0
        if word in self.spellings:
            return 0.95
        if self.may_go_on and word.startswith(self.word):
            return 0.8
        return 0.7 if word in self.near else 0.0


def meanings(wanted: Sequence[str]) -> list[Meant]:
    """What each typed word may mean when nothing is mistyped."""
    spelt = [_spellings(word) for word in wanted]
    asked = {one for spellings in spelt for one in spellings}
    known = set(KnownWord.objects.filter(word__in=asked).values_list("word", flat=True))
    last = len(wanted) - 1
    return [
        Meant(
            word,
            spellings,
            near=(),
            # A number that is longer is another number.
            may_go_on=len(word) > 1
            and not word.isdigit()
            and (index == last or not known.intersection(spellings)),
            is_known=not word.isalpha() or not known.isdisjoint(spellings),
        )
        for index, (word, spellings) in enumerate(zip(wanted, spelt, strict=True))
    ]


def with_slips(meant: Sequence[Meant]) -> list[Meant]:
    """The same, with the known words that each may be mistyped from, likeliest first.

    Only words that nobody knows, as long as there are such; else any may stand for another. A number is
    never mended, but may go on.
    """
    strange = [one for one in meant if not one.is_known] or meant
    mended = {one.word for one in strange if one.word.isalpha() and slips_allowed(one.word)}
    asked = sorted({remain for word in mended for remain in remains(word)})
    known = (
        list(KnownWord.objects.filter(remains__overlap=asked).values_list("word", flat=True)) if asked else []
    )
    return [
        replace(
            one,
            near=_nearest(one.word, known) if one.word in mended else (),
            may_go_on=one.may_go_on or (one.word.isdigit() and len(one.word) > 1),
        )
        for one in meant
    ]


def _spellings(word: str) -> tuple[str, ...]:
    return (word, word[:-1] + word[-1].translate(_SPELLINGS)) if word[-1] in "iy" else (word,)


def _nearest(word: str, known: Sequence[str]) -> tuple[str, ...]:
    allowed = slips_allowed(word)
    slips = {one: distance(word, one) for one in known if abs(len(one) - len(word)) <= allowed}
    near = sorted(
        (one for one, count in slips.items() if 0 < count <= allowed), key=lambda one: (slips[one], one)
    )
    return tuple(near[:MOST_NEAR])


def distance(first: str, second: str) -> int:
    """Slips between two words: a letter too many, missing, another, or two neighbours exchanged."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, 1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(second, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]
