"""Long lists in pages that do not lose the place: by key, never by offset."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db.models import F, Model, OrderBy, Q, QuerySet
from django.http import HttpRequest, QueryDict

PAGE_SIZE = 30
# One row more than a page tells whether there is another page, without counting a million rows.
_SALT = "egov.web.pager"


@dataclass(frozen=True)
class Page:
    """One page of a list and the ways to the ones beside it."""

    rows: Sequence[Any]
    next_url: str
    previous_url: str
    first: bool

    @property
    def single(self) -> bool:
        """Whether everything fits on this page."""
        return self.first and not self.next_url


def page_of(
    request: HttpRequest, rows: QuerySet[Any], *, order: Sequence[str], size: int = PAGE_SIZE
) -> Page:
    """The page of ``rows`` that the address asks for.

    ``order`` names columns, newest first with ``-``; the last one must be unique. Null sorts last in both
    directions. The place is the key of the row at the edge, so rows that come in meanwhile shift nothing.
    """
    mark, backwards = _place(request, len(order))
    ordered = rows.order_by(*(_term(name, reverse=backwards) for name in order))
    if mark is not None:
        ordered = ordered.filter(_beyond(order, mark, reverse=backwards))
    found = list(ordered[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    before = more if backwards else mark is not None
    after = (mark is not None) if backwards else more
    return Page(
        rows=found,
        next_url=_url(request, "after", _key(found[-1], order)) if after and found else "",
        previous_url=_url(request, "before", _key(found[0], order)) if before and found else "",
        first=mark is None or (backwards and not more),
    )


def _term(name: str, *, reverse: bool) -> OrderBy:
    descending = name.startswith("-") != reverse
    column = F(name.lstrip("-"))
    # Going backwards everything is turned round, so nulls come first there.
    if reverse:
        return column.desc(nulls_first=True) if descending else column.asc(nulls_first=True)
    return column.desc(nulls_last=True) if descending else column.asc(nulls_last=True)


def _beyond(order: Sequence[str], key: Sequence[Any], *, reverse: bool) -> Q:
    """Rows behind the key: those that agree on the first columns and lie behind in the next one."""
    behind, same = Q(pk__in=[]), Q()
    for name, value in zip(order, key, strict=True):
        column = name.lstrip("-")
        descending = name.startswith("-") != reverse
        if value is None:
            later = Q(**{f"{column}__isnull": False}) if reverse else Q(pk__in=[])
            equal = Q(**{f"{column}__isnull": True})
        else:
            later = Q(**{f"{column}__{'lt' if descending else 'gt'}": value})
            if not reverse:
                later |= Q(**{f"{column}__isnull": True})
            equal = Q(**{column: value})
        behind |= same & later
        same &= equal
    return behind


def _key(row: Model, order: Sequence[str]) -> list[Any]:
    values = []
    for name in order:
        value: Any = row
        for part in name.lstrip("-").split("__"):
            value = getattr(value, part)
        values.append(value.isoformat() if hasattr(value, "isoformat") else value)
    return values


def _place(request: HttpRequest, columns: int) -> tuple[list[Any] | None, bool]:
    """The signed key in the address; one that was altered or belongs to another list means the first page."""
    for name in ("after", "before"):
        text = request.GET.get(name)
        if not text:
            continue
        try:
            key = signing.loads(text, salt=_SALT + request.path)
        except signing.BadSignature:
            return None, False
        if isinstance(key, list) and len(key) == columns:
            return key, name == "before"
    return None, False


def _url(request: HttpRequest, name: str, key: list[Any]) -> str:
    query: QueryDict = request.GET.copy()
    for old in ("after", "before"):
        query.pop(old, None)
    query[name] = signing.dumps(key, salt=_SALT + request.path)
    return f"?{query.urlencode()}"
