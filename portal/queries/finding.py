"""The one search: what a person most likely means, by words without accents, also when they are mistyped.

Three rounds, each only when the one before found little: every word as it was typed (the last one may be
unfinished); every word or one written nearly like it; two neighbouring words, for a question asked in a whole
sentence. Each round fetches few rows through an index; which of them comes first is worked out here.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from django.contrib.postgres.search import SearchQuery
from django.db.models import QuerySet
from django.utils import timezone

from egov.search.normalize import words
from portal.enums import FindableKind
from portal.models import Entry, Findable, drop_entry, index_entries, index_entry
from portal.models.finding import LONGEST_WORD
from portal.queries.likely_words import Meant, Place, meanings, with_slips

__all__ = ["Entry", "Found", "Hit", "drop_entry", "find", "index_entries", "index_entry"]

MOST_LETTERS = 200
MOST_WORDS = 12
# Rows that one round looks at to choose the best from.
CANDIDATES = 150
# With so many titles nobody needs what is only mentioned in a text.
ENOUGH = 40
# More words than these are a sentence, and no title holds them all.
SENTENCE = 7
# With fewer hits than this, what was typed may have been meant otherwise.
FEW = 3
DOSSIER_CODE = re.compile(r"[0-9A-Z]{1,3}(\.[0-9A-Z]{1,3}){0,4}-\d{6}-\d{4,}", re.IGNORECASE)

# What people come for stands before what is written about it.
WEIGHTS = {
    FindableKind.LIFE_EVENT: 0.5,
    FindableKind.PROCEDURE: 0.5,
    FindableKind.AGENCY: 0.3,
    FindableKind.LEGAL_DOCUMENT: 0.3,
    FindableKind.QUESTION: 0.2,
    FindableKind.GUIDANCE: 0.2,
    FindableKind.NEWS: 0.0,
    FindableKind.PAGE: 0.1,
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found; ``language`` is its own, empty where it is the same in all."""

    kind: FindableKind
    key: str
    title: str
    summary: str
    url: str
    language: str
    shown_from: datetime | None
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, best first; at most ``limit`` rows."""

    text: str
    hits: tuple[Hit, ...] = ()
    # Nothing holds every word as typed: these are the nearest.
    is_near: bool = False
    # Where the text is the code of a dossier: people ask for it elsewhere, with its secret.
    dossier_code: str = ""
    kinds: tuple[FindableKind, ...] = field(default=())


class _Raw(SearchQuery):
    """A text query made of folded words: cast, not parsed, so nothing that a person types is syntax."""

    template = "(%(expressions)s)::tsquery"


def find(
    text: str,
    *,
    language: str,
    kinds: Sequence[FindableKind] = (),
    limit: int = 20,
    at: datetime | None = None,
) -> Found:
    """What is found for a text, in that language; ``kinds`` narrows it. No text is a fault."""
    typed = " ".join(text.replace("\0", " ")[:MOST_LETTERS].split())
    code = typed.upper() if DOSSIER_CODE.fullmatch(typed) else ""
    wanted = [word[:LONGEST_WORD] for word in words(typed)[:MOST_WORDS]]
    if code or not wanted:
        return Found(typed, dossier_code=code)
    rows = Findable.objects.visible(language, at or timezone.now())
    if kinds:
        rows = rows.filter(kind__in=kinds)
    meant = meanings(wanted)
    exact = _best(_candidates(rows, _all_of(meant)), meant)
    near = _near(rows, meant, alone=not exact) if len(exact) < FEW else []
    known = {(hit.kind, hit.key, hit.language) for hit in exact}
    hits = exact + [hit for hit in near if (hit.kind, hit.key, hit.language) not in known]
    shown = tuple(hits[:limit])
    return Found(
        typed,
        shown,
        is_near=not exact and bool(near),
        dossier_code=code,
        kinds=tuple(kind for kind in FindableKind if any(hit.kind == kind for hit in hits)),
    )


def _near(rows: QuerySet[Findable], meant: Sequence[Meant], *, alone: bool) -> list[Hit]:
    """What was meant otherwise; ``alone``: nothing was found as typed, so a part of it beats nothing."""
    mistyped = with_slips(meant)
    near = _best(_candidates(rows, _all_of(mistyped)), mistyped) if len(meant) <= SENTENCE else []
    # A whole sentence: what is mistyped in it matters less than the words that stand together.
    for sentence in (meant, mistyped) if alone and len(meant) > 1 else ():
        if not near:
            near = _best(_together(_candidates(rows, _neighbours(sentence)), sentence), sentence)
    return near


def _candidates(rows: QuerySet[Findable], query: str) -> list[Findable]:
    """Titles that match, the shortest first; where they are few, also what matches in its text."""
    shown = rows.defer("text", "title_words", "all_words")
    titles = list(shown.filter(title_words=_Raw(query)).order_by("title_length")[:CANDIDATES])
    if len(titles) >= ENOUGH:
        return titles
    seen = [row.pk for row in titles]
    texts = shown.filter(all_words=_Raw(query)).exclude(pk__in=seen)
    return titles + list(texts.order_by("title_length")[: CANDIDATES - len(titles)])


def _all_of(meant: Sequence[Meant]) -> str:
    return " & ".join(one.query for one in meant)


def _neighbours(meant: Sequence[Meant]) -> str:
    """A Vietnamese word is mostly two syllables: any two that stand side by side in what was asked."""
    pairs = pairwise(meant)
    return " | ".join(f"({first.query} & {second.query})" for first, second in pairs)


def _together(rows: Iterable[Findable], meant: Sequence[Meant]) -> list[Findable]:
    """Those whose title has two of the words side by side."""
    return [row for row in rows if _side_by_side(_places(row, meant))]


def _places(row: Findable, meant: Sequence[Meant]) -> list[Place]:
    title = str(row.folded_title).split(" ")
    return [one.place_in(title) for one in meant]


def _side_by_side(places: Sequence[Place]) -> int:
    pairs = pairwise(places)
    return sum(1 for first, second in pairs if second.worth and second.index == first.index + 1)


def _best(rows: Iterable[Findable], meant: Sequence[Meant]) -> list[Hit]:
    hits = [
        Hit(
            kind=FindableKind(row.kind),
            key=row.key,
            title=row.title,
            summary=row.summary,
            url=row.url,
            language=row.language,
            shown_from=row.visible_from,
            score=_score(row, meant),
        )
        for row in rows
    ]
    newest = sorted(hits, key=lambda hit: hit.shown_from.timestamp() if hit.shown_from else 0.0, reverse=True)
    return sorted(newest, key=lambda hit: (-hit.score, len(hit.title), hit.title))


def _score(row: Findable, meant: Sequence[Meant]) -> float:
    """How well a title answers: words that it holds, side by side as typed, and little else besides."""
    places = _places(row, meant)
    held = sum(place.worth for place in places)
    together = _side_by_side(places)
    begins = 0.5 if places[0].worth and places[0].index == 0 else 0.0
    filled = held / max(str(row.folded_title).count(" ") + 1, len(meant))
    return (held + together) / len(meant) + filled + begins + WEIGHTS[FindableKind(row.kind)]
