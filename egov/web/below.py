"""Read every list below a row in one statement, where ``prefetch_related`` sends one for each list.

A page of a dossier or a letter shows twenty short lists. PostgreSQL gathers them as JSON beside the row; what
comes back are ordinary model rows in the ordinary relations, so whoever asks ``dossier.stops.all()`` need not
know. A relation may also lead to one row at most, or to many on both sides.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

# A related row among the columns of the row that points to it; no column is called so.
RELATED = "→"


@dataclass(frozen=True, slots=True)
class Below:
    """A list below a row: its relation, the related rows that come along with each of its own, and the lists
    below it in turn; of a relation with many on both sides, the rows that come along alone."""

    name: str
    follow: tuple[str, ...] = ()
    below: tuple["Below", ...] = ()


def read_below(rows: Sequence[models.Model], *lists: Below) -> None:
    """Fill these relations of rows of one model; those that are filled already are left as they are.

    Lists come in the order of their model. Pictures and columns that the database generates are read when
    asked for.
    """
    wanted = [one for one in lists if any(not _is_filled(row, one) for row in rows)]
    if not rows or not wanted:
        return
    statement, values = _statement(type(rows[0]), tuple(wanted))
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, list({row.pk for row in rows})])
        by_key = {key: columns for key, *columns in cursor.fetchall()}
    for row in rows:
        for one, column in zip(wanted, by_key[row.pk], strict=True):
            _fill(row, one, [json.loads(found) for found in column])


@cache
def _statement(model: type[models.Model], lists: tuple[Below, ...]) -> tuple[str, tuple[Any, ...]]:
    """The statement with its values, the keys of the rows last: to write it takes longer than to ask it."""
    rows = model._base_manager.filter(pk__in=[0]).order_by()
    asked = rows.values_list("pk", *(_subquery(model, one) for one in lists))
    statement, values = asked.query.sql_with_params()
    before, one_key, after = statement.rpartition("IN (%s)")
    if not one_key or after or values[-1] != 0:
        raise AssertionError(f"the keys are not the end of {statement}")
    return f"{before}= ANY(%s)", values[:-1]


def _subquery(model: type[models.Model], one: Below) -> ArraySubquery:
    relation = _relation(model, one)
    if relation.many_to_many:
        return _both_ways(relation, one)
    field = relation.field
    below = field.model._base_manager.filter(**{field.name: OuterRef("pk")})
    columns = _columns(field.model, "", one.follow)
    columns |= {deeper.name: _subquery(field.model, deeper) for deeper in one.below}
    return ArraySubquery(below.order_by(*field.model._meta.ordering).values(row=JSONObject(**columns)))


def _both_ways(field: Any, one: Below) -> ArraySubquery:
    """The rows on the other side, by way of the table between."""
    source, target = field.m2m_field_name(), field.m2m_reverse_field_name()
    between = field.remote_field.through._base_manager.filter(**{source: OuterRef("pk")})
    order = (_turned(f"{target}__", name) for name in field.related_model._meta.ordering)
    columns = _columns(field.related_model, f"{target}__", one.follow)
    return ArraySubquery(between.order_by(*order).values(row=JSONObject(**columns)))


def _turned(path: str, name: str) -> str:
    return f"-{path}{name[1:]}" if name.startswith("-") else f"{path}{name}"


def _columns(model: type[models.Model], path: str, follow: Iterable[str]) -> dict[str, Any]:
    columns: dict[str, Any] = {field.attname: F(f"{path}{field.attname}") for field in _stored(model)}
    for name, deeper in _first_steps(follow).items():
        related = model._meta.get_field(name).related_model
        columns[RELATED + name] = JSONObject(**_columns(related, f"{path}{name}__", deeper))  # type: ignore[arg-type]
    return columns


def _fill(row: models.Model, one: Below, values: Sequence[dict[str, Any]]) -> None:
    relation = _relation(type(row), one)
    if relation.many_to_many:
        _keep(row, one, [_built(relation.related_model, found, one.follow) for found in values])
        return
    field = relation.field
    below = [_built(field.model, found, one.follow) for found in values]
    for each, found in zip(below, values, strict=True):
        field.set_cached_value(each, row)
        for deeper in one.below:
            _fill(each, deeper, found[deeper.name])
    if relation.one_to_one:
        relation.set_cached_value(row, next(iter(below), None))
    else:
        _keep(row, one, below)


def _keep(row: models.Model, one: Below, below: list[models.Model]) -> None:
    # As ``prefetch_related`` leaves it behind: ``row.relation.all()`` finds its rows here.
    relation = getattr(row, one.name).all()
    relation._result_cache, relation._prefetch_done = below, True
    _filled(row)[one.name] = relation


def _built(model: type[models.Model], found: dict[str, Any], follow: Iterable[str]) -> models.Model:
    fields = _stored(model)
    row = model.from_db(
        DEFAULT_DB_ALIAS,
        [field.attname for field in fields],
        [field.to_python(found[field.attname]) for field in fields],
    )
    for name, deeper in _first_steps(follow).items():
        field: Any = model._meta.get_field(name)
        related = found[RELATED + name]
        is_there = related[field.related_model._meta.pk.attname] is not None
        field.set_cached_value(row, _built(field.related_model, related, deeper) if is_there else None)
    return row


def _stored(model: type[models.Model]) -> list[Any]:
    """What JSON can carry; the picture of a seal is no text, and no list shows it."""
    return [
        field
        for field in model._meta.concrete_fields
        if not field.generated and not isinstance(field, models.BinaryField)
    ]


def _relation(model: type[models.Model], one: Below) -> Any:
    return model._meta.get_field(one.name)


def _is_filled(row: models.Model, one: Below) -> bool:
    relation = _relation(type(row), one)
    return relation.is_cached(row) if relation.one_to_one else one.name in _filled(row)


def _first_steps(paths: Iterable[str]) -> dict[str, list[str]]:
    """``holder__user`` and ``holder`` as ``{"holder": ["user"]}``."""
    steps: dict[str, list[str]] = {}
    for path in paths:
        first, _join, rest = path.partition("__")
        steps.setdefault(first, []).extend([rest] if rest else [])
    return steps


def _filled(row: models.Model) -> dict[str, Any]:
    filled: dict[str, Any] = row.__dict__.setdefault("_prefetched_objects_cache", {})
    return filled
