"""What the counter sees while it types: the appointment and why, what it costs, what is odd or missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from egov.organizations.actor import Actor, SignedOut
from egov.organizations.models import Agency
from egov.workdays.explain import DayLine
from onestop.deadlines import Promise, counted_days
from onestop.enums import Channel
from onestop.fees import ChargeLine, Quantities, charges_for, undetermined
from onestop.models import Case, ChannelRule, Dossier, FeeRule, IntakeDraft, Requirement, StoredPaper
from onestop.queries import intake


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose dossier it will be, as far as it is typed."""

    number: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What receiving it now would give."""

    promise: Promise | None
    days: tuple[DayLine, ...]
    rule: ChannelRule | None
    charges: tuple[ChargeLine, ...]
    total: int
    # Fees whose amount nobody has written down: unknown, not nothing.
    undetermined: tuple[FeeRule, ...]
    duplicates: tuple[Dossier, ...]
    # What nobody need bring, by key of the requirement: of the owner's store, or looked up (None).
    given: Mapping[int, StoredPaper | None]
    missing: tuple[Requirement, ...]


def preview(
    case: Case,
    channel: Channel,
    agency: Agency,
    deciding: Agency | None,
    *,
    owner: Owner,
    handed: set[int],
    quantities: Quantities,
    at: datetime,
) -> Preview:
    """The figures that the page shows beside what is typed; nothing is stored."""
    rule = intake.channel_rule(case, channel)
    promised, days = counted_days(rule, case.version, agency, at)
    requirements = list(case.requirements.all())
    given = intake.standing_in(owner.number, requirements, timezone.localdate(at))
    charges = charges_for(case, channel, quantities)
    known = owner.number or owner.name
    return Preview(
        promise=promised,
        days=days,
        rule=rule,
        charges=charges,
        total=sum(line.amount for line in charges),
        undetermined=undetermined(case, channel, quantities),
        duplicates=(
            tuple(
                intake.open_duplicates(
                    case.version, deciding, number=owner.number, name=owner.name, address=owner.address
                )[:5]
            )
            if deciding is not None and known
            else ()
        ),
        given=given,
        missing=tuple(intake.missing(requirements, handed, given)),
    )


def draft_of(actor: Actor | SignedOut, pk: int) -> IntakeDraft | None:
    """One's own draft with its procedure and files."""
    return (
        IntakeDraft.objects.visible_to(actor)
        .select_related("version__procedure__agency", "version__procedure__sector")
        .prefetch_related("files")
        .filter(pk=pk)
        .first()
    )


def unfinished(actor: Actor | SignedOut) -> QuerySet[IntakeDraft]:
    """What one has begun to type and not finished, the last one first."""
    return IntakeDraft.objects.visible_to(actor).unfinished().select_related("version")
