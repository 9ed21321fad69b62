"""One search box: every folded word begins a word of the row; always among what the actor may see."""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.postgres.search import SearchQuery
from django.db.models import Model, QuerySet

from egov.search.index import REGISTER, Searchable
from egov.search.normalize import words

M = TypeVar("M", bound=Model)
MAX_WORDS = 12  # a search box is not a document; more words only cost time


class _Wanted(SearchQuery):
    """A text query that is folded already: cast, not parsed, so nothing that a person types is syntax."""

    template = "(%(expressions)s)::tsquery"


@dataclass(frozen=True)
class Found:
    """What was found of one kind."""

    kind: Searchable
    rows: list[Any]


def matching(rows: QuerySet[M], text: str, *, vector: str = "search") -> QuerySet[M]:
    """Rows that hold every word of the text, with or without accents; nothing to look for keeps all rows.

    :param vector: way to the generated column of words, e.g. ``document__search``
    """
    wanted = words(text)[:MAX_WORDS]
    if not wanted:
        return rows
    quoted = ["'" + word.replace("\\", "\\\\").replace("'", "''") + "':*" for word in wanted]
    return rows.filter(**{vector: _Wanted(" & ".join(quoted))})


def search(actor: Any, text: str, *, limit: int = 20) -> list[Found]:
    """The newest rows of every registered kind that the actor may see and that hold every word."""
    if not words(text):
        return []
    return [
        Found(kind, list(matching(kind.visible_to(actor), text, vector=kind.vector)[:limit]))
        for kind in REGISTER.values()
    ]
