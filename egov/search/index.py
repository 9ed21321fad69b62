"""What can be found: an app gives its model a generated column of words, and PostgreSQL keeps it true."""

from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Cast, Coalesce


class Words(Func):
    """The folded words of some columns of a row, whoever writes the row."""

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
