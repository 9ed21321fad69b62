"""Everything that a version of a procedure says, as one value: read it, compare it, write it to a draft.

Editing, copying, importing and seeding all pass through here, so that no way in knows more than another.
Field names are those of the models (onestop/models/procedure.py, case.py).
"""

from dataclasses import Field, dataclass, fields
from datetime import time
from typing import Any, TypeVar

from django.db.models import Model, Prefetch

from egov.web.below import Below
from onestop.enums import (
    Channel,
    FeeBasis,
    FeeKind,
    LegAgency,
    OnlineLevel,
    RequirementKind,
)
from onestop.models import Case, PlannedLeg, ProcedureVersion

C = TypeVar("C")


@dataclass(frozen=True, kw_only=True)
class ChannelContent:
    """The limits of one channel; an empty unit is one that nobody has looked up yet."""

    channel: str = Channel.COUNTER
    variant: str = ""
    legal_amount: int | None = None
    legal_unit: str = ""
    committed_amount: int | None = None
    committed_unit: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class FeeContent:
    """What is paid, in dong; no amount as long as nobody has set it."""

    channel: str = ""
    kind: str = FeeKind.CHARGE
    name: str = ""
    basis: str = FeeBasis.FREE
    amount: int | None = None
    later_from: int | None = None
    later_amount: int | None = None
    cap: int | None = None
    is_optional: bool = False
    is_confirmed: bool = False
    legal_basis: str = ""


@dataclass(frozen=True, kw_only=True)
class RequirementContent:
    """A line of what to bring, or a note among them."""

    name: str
    kind: str = RequirementKind.SUBMITTED
    originals: int = 0
    copies: int = 0
    is_conditional: bool = False
    type_code: str = ""
    available_from: str = ""
    must_digitise: bool = False
    form_id: int | None = None
    form_name: str = ""


@dataclass(frozen=True, kw_only=True)
class StepContent:
    """One person's part in a leg; ``followers`` are numbers of steps of the same leg, from 1."""

    name: str
    role: str
    hours: int
    followers: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LegContent:
    """One agency's part; ``after`` are numbers of legs of the same case, from 1."""

    name: str
    agency_choice: str = LegAgency.DECIDING
    agency_id: int | None = None
    amount: int = 0
    unit: str = ""
    after: tuple[int, ...] = ()
    steps: tuple[StepContent, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CaseContent:
    """One way of applying with its limits, fees, papers and way through the agencies."""

    name: str = ""
    channel_rules: tuple[ChannelContent, ...] = ()
    fee_rules: tuple[FeeContent, ...] = ()
    requirements: tuple[RequirementContent, ...] = ()
    planned_legs: tuple[LegContent, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BasisContent:
    """A legal document that the version rests on."""

    number: str
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class ResultContent:
    """What may be given back."""

    name: str
    code: str = ""
    is_refusal: bool = False


@dataclass(frozen=True, kw_only=True)
class VersionContent:
    """A whole version."""

    name: str
    keywords: str = ""
    process: str = ""
    conditions: str = ""
    intake_address: str = ""
    applicant_kinds: tuple[str, ...] = ()
    online_level: str = OnlineLevel.PARTIAL
    no_appointment: bool = False
    cutoff: time | None = None
    allowed_stops: tuple[str, ...] = ()
    representative_allowed: bool = True
    across_boundaries: bool = True
    silence_is_consent: bool = False
    on_the_spot: bool = False
    result_must_be_signed: bool = False
    result_file_required: bool = False
    online_payment_required: bool = False
    charge_refundable: bool = True
    legal_bases: tuple[BasisContent, ...] = ()
    result_kinds: tuple[ResultContent, ...] = ()
    cases: tuple[CaseContent, ...] = ()


# Lines below a version, and what they are made of.
LINES: dict[str, type] = {
    "legal_bases": BasisContent,
    "result_kinds": ResultContent,
    "cases": CaseContent,
    "channel_rules": ChannelContent,
    "fee_rules": FeeContent,
    "requirements": RequirementContent,
    "planned_legs": LegContent,
    "steps": StepContent,
}


def content_of(version: ProcedureVersion) -> VersionContent:
    """What a stored version says; eight queries however long it is, none with :func:`with_lines`."""
    return _read(VersionContent, version)


def with_lines() -> tuple["Prefetch[Any]", ...]:
    """What to prefetch on versions whose content is wanted."""
    legs = PlannedLeg.objects.select_related("agency").prefetch_related("steps")
    cases = Case.objects.prefetch_related(
        "channel_rules", "fee_rules", "requirements", Prefetch("planned_legs", legs)
    )
    return (Prefetch("cases", cases), Prefetch("legal_bases"), Prefetch("result_kinds"))


# The same for ``read_below``: every line of a version in one statement.
VERSION_LISTS = (
    Below(
        "cases",
        below=(
            Below("channel_rules"),
            Below("fee_rules"),
            Below("requirements"),
            Below("planned_legs", follow=("agency",), below=(Below("steps"),)),
        ),
    ),
    Below("legal_bases"),
    Below("result_kinds"),
)


def own_values(content: object) -> dict[str, Any]:
    """The values of a content's own columns, without the lines below it."""
    return {field.name: _stored(getattr(content, field.name)) for field in _own(type(content))}


def _own(kind: type) -> list[Field[Any]]:
    return [field for field in fields(kind) if field.name not in LINES]


def _stored(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _read(kind: type[C], row: Model) -> C:
    values: dict[str, Any] = {}
    for field in fields(kind):  # type: ignore[arg-type]  # every kind here is a dataclass
        if field.name in LINES:
            below = getattr(row, field.name).all()
            values[field.name] = tuple(_read(LINES[field.name], line) for line in below)
        else:
            value = getattr(row, field.name)
            values[field.name] = tuple(value) if isinstance(value, list) else value
    return kind(**values)
