"""What can be found: each app registers its models; each model keeps its own words in a generated column."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import F, Func, Model, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce


class Words(Func):
    """The folded words of some columns of a row; PostgreSQL keeps it true whoever writes the row."""

    function = "vi_words"
    arity = 1

    def __init__(self, *columns: str) -> None:
        text: Any = Value("", output_field=TextField())
        for column in columns:
            piece = Coalesce(Cast(F(column), TextField()), Value("", output_field=TextField()))
            text = _Joined(_Joined(text, Value(" ", output_field=TextField())), piece)
        Func.__init__(self, text, output_field=SearchVectorField())


class _Joined(Func):
    """``a || b``: immutable, as a generated column needs (concat() is not)."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    arity = 2

    def __init__(self, left: Any, right: Any) -> None:
        super().__init__(left, right, output_field=TextField())


@dataclass(frozen=True)
class Searchable:
    """One kind of thing that the search box finds."""

    name: str
    model: type[Model]
    label: object
    # Rows that an actor may see: the model's ``visible_to``.
    visible_to: Callable[[Any], QuerySet[Any]]
    vector: str = "search"


REGISTER: dict[str, Searchable] = {}


def register(searchable: Searchable) -> None:
    """Let the search box find these rows; called once, when the app is ready."""
    if searchable.name in REGISTER:
        raise ValueError(f"two searchables are called {searchable.name}")
    REGISTER[searchable.name] = searchable
