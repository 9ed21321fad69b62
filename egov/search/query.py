"""What a search box does: every word that was typed begins a word of the row, with or without accents.

It narrows rows that the caller has limited to what the actor may see (``visible_to``); it never widens.
"""

from typing import TypeVar

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, Model, QuerySet

from egov.search.normalize import words

M = TypeVar("M", bound=Model)
MAX_WORDS = 12  # a search box is not a document; more words only cost time


class _Wanted(SearchQuery):
    """A text query that is folded already: cast, not parsed, so nothing that a person types is syntax."""

    template = "(%(expressions)s)::tsquery"


def matching(rows: QuerySet[M], text: str, *, vector: str = "search") -> QuerySet[M]:
    """Rows that hold every word of the text, with or without accents; nothing to look for keeps all rows.

    :param vector: way to the generated column of words, e.g. ``document__search``
    """
    wanted = words(text)[:MAX_WORDS]
    if not wanted:
        return rows
    # Folding left neither quotes nor backslashes in a word.
    return rows.filter(**{vector: _Wanted(" & ".join(f"'{word}':*" for word in wanted))})


def resembling(rows: QuerySet[M], text: str, *, vector: str = "search") -> QuerySet[M]:
    """Rows that hold any of the longest words of the text, most of them first; none for no words."""
    longest = sorted(set(words(text)), key=lambda word: (-len(word), word))[:MAX_WORDS]
    if not longest:
        return rows.none()
    wanted = _Wanted(" | ".join(f"'{word}'" for word in longest))
    return rows.filter(**{vector: wanted}).order_by(SearchRank(F(vector), wanted).desc(), "-pk")
