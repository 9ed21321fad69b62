"""What a counter needs to know before it takes a filing in: who decides, what is missing, what is open."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q, QuerySet

from egov.organizations.enums import AgencyKind, Level
from egov.organizations.models import Agency
from onestop.enums import Channel, RequirementKind
from onestop.models import Case, ChannelRule, Dossier, ProcedureVersion, Requirement, StoredPaper
from onestop.queries.store import not_demanded
from onestop.states import OPEN


def deciding_agency(version: ProcedureVersion, agency: Agency) -> Agency | None:
    """Who decides a dossier handed in there; None where the counter has to say whose matter it is.

    A procedure that stands in a higher agency's list for a lower level is decided by each committee of that
    level for its own.
    """
    procedure = version.procedure
    if procedure.level == procedure.agency.level:
        return procedure.agency
    if agency.level == procedure.level and agency.kind == AgencyKind.PEOPLES_COMMITTEE:
        return agency
    return None


def possible_deciders(version: ProcedureVersion, on: date) -> QuerySet[Agency]:
    """The committees among which the counter chooses when the procedure leaves it open."""
    return (
        Agency.objects.existing(on)
        .filter(level=version.procedure.level, kind=AgencyKind.PEOPLES_COMMITTEE)
        .order_by("name")
    )


def decides(version: ProcedureVersion, agency: Agency) -> bool:
    """Whether that agency may decide dossiers of the procedure."""
    procedure = version.procedure
    if procedure.level == procedure.agency.level:
        return agency.pk == procedure.agency_id
    return agency.level == procedure.level and agency.kind == AgencyKind.PEOPLES_COMMITTEE


def may_come_in_at(version: ProcedureVersion, receiving: Agency, deciding: Agency) -> bool:
    """Whether its boundaries let that counter take it in (Decree 118/2025 frees most procedures of them)."""
    if version.across_boundaries or receiving.pk == deciding.pk:
        return True
    # A department's matter comes in at the province's own counter.
    return receiving.level == deciding.level == Level.PROVINCE


def channel_rule(case: Case, channel: Channel) -> ChannelRule | None:
    """The usual rule of a channel; its variants are chosen by name."""
    rules = [rule for rule in case.channel_rules.all() if rule.channel == channel]
    return next((rule for rule in rules if not rule.variant), rules[0] if rules else None)


def standing_in(
    owner_number: str, requirements: Collection[Requirement], on: date
) -> Mapping[int, StoredPaper | None]:
    """Lines of the list that nobody need bring (rule 46): of the owner's store, or looked up (None)."""
    return not_demanded(owner_number, list(requirements), on)


def missing(
    requirements: Collection[Requirement], handed: Collection[int], given: Mapping[int, StoredPaper | None]
) -> list[Requirement]:
    """What has to be there and is not: no notes (rule 3), nothing that is asked only “if any”, nothing that a
    connected database gives."""
    return [
        one
        for one in requirements
        if one.kind != RequirementKind.NOTE
        and not one.is_conditional
        and one.pk not in handed
        and one.pk not in given
    ]


def open_duplicates(
    version: ProcedureVersion,
    deciding: Agency,
    *,
    number: str,
    name: str,
    address: str,
    besides: int | None = None,
) -> QuerySet[Dossier]:
    """Open dossiers of the same owner, procedure and agency (rule 14).

    The owner is known by number, else by name and address. ``besides`` is the filing that asks.
    """
    owned = (
        Q(owner__personal_number=number) | Q(owner__tax_code=number)
        if number
        else Q(owner__name__iexact=name, owner__address__iexact=address)
    )
    found = Dossier.objects.filter(
        owned, version__procedure=version.procedure_id, deciding_agency=deciding, state__in=OPEN
    ).order_by("-submitted_at")
    return found.exclude(pk=besides) if besides else found
