"""The frame of every action: one transaction, one locked row, one rule, one audit row."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import models, transaction

from egov.audit.record import record
from egov.workflow.performer import Performer
from egov.workflow.refusal import NotPermitted
from egov.workflow.verdict import Verdict

A = TypeVar("A", bound=Performer)
T = TypeVar("T")
P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class RegisteredAction:
    """An action's name and rule: feeds the permission matrix of the docs and the outsider test."""

    name: str
    allowed: Callable[..., Verdict]
    function: Callable[..., Any]


REGISTER: dict[str, RegisteredAction] = {}


def action(
    # A rule may take more than its action does (a visitor, any subject), which a type variable cannot say.
    name: str,
    *,
    allowed: Callable[[Any, Any], Verdict],
) -> Callable[[Callable[Concatenate[A, T, P], R]], Callable[Concatenate[A, T, P], R]]:
    """Make a function an action on its second argument.

    Opens a transaction, re-reads a stored row under a lock (so that two clicks are two turns, not a race),
    asks ``allowed(actor, row)``, runs, and writes one audit row, which also names what the action made.
    ``allowed`` has no default: an action without a rule cannot be written. A refusal rolls everything back.
    """

    def decorate(function: Callable[Concatenate[A, T, P], R]) -> Callable[Concatenate[A, T, P], R]:
        if name in REGISTER:
            raise ValueError(f"two actions are called {name}")

        @wraps(function)
        def run(actor: A, subject: T, /, *args: P.args, **kwargs: P.kwargs) -> R:
            with transaction.atomic():
                row: Any = subject
                if isinstance(row, models.Model) and row.pk is not None:
                    row = type(row)._base_manager.select_for_update(of=("self",), no_key=True).get(pk=row.pk)
                verdict = allowed(actor, row)
                if not verdict:
                    raise NotPermitted(verdict.reason)
                result = function(actor, row, *args, **kwargs)
                about = result if isinstance(result, models.Model) and not _is_stored(row) else row
                record(actor, name, about, **_made(result, about))
            return result

        REGISTER[name] = RegisteredAction(name, allowed, run)
        return run

    return decorate


def _made(result: object, about: object) -> dict[str, str]:
    if isinstance(result, models.Model) and result != about:
        return {"made": f"{result._meta.label_lower} {result.pk}"}
    return {}


def _is_stored(row: object) -> bool:
    return isinstance(row, models.Model) and row.pk is not None
