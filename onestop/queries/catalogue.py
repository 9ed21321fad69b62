"""The catalogue: what may be filed by today, one procedure in full, the list that officials keep."""

import re
from datetime import date, datetime

from django.db.models import Case, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.utils import timezone
from django.utils.translation import gettext as _

from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import AgencyKind, Level
from egov.organizations.models import Agency
from egov.search.query import matching
from egov.web.below import Below
from egov.workflow.verdict import Verdict
from onestop import rules
from onestop.enums import VersionState
from onestop.models import AnnouncingDecision, DecisionEffect, Procedure, ProcedureVersion
from onestop.models.procedure import IN_FORCE

# What a procedure's page reads below it: versions, newest first, and what decisions did to it, oldest first.
PROCEDURE_LISTS = (Below("versions"), Below("effects", follow=("decision", "version")))
# What is typed as a code: the national one, or with what a portal appends to it.
CODE = re.compile(r"\d(\.\d{0,6}(\.[0-9A-Za-z.]*)?)?")
NATIONAL_LENGTH = 8

# The steps of a version, each with its rule: for the buttons of its page.
STEPS = {
    "edit": rules.may_edit_version,
    "verify": rules.may_verify_version,
    "send_back": rules.may_send_back_version,
    "activate": rules.may_activate_version,
}


def find_procedures(text: str, agency: Agency, on: date) -> QuerySet[ProcedureVersion]:
    """What can be filed at that agency's counter on that day, by words without accents or by code.

    Every word typed begins a word of the name or keywords (rule 1: the code with or without its suffix).
    First what the agency decides itself, then what it takes in for others (Decree 118/2025).
    """
    own = Q(procedure__agency=agency)
    if agency.kind == AgencyKind.PEOPLES_COMMITTEE:
        own |= Q(procedure__level=agency.level)
    versions = searched(ProcedureVersion.objects.accepting(on), text)
    return (
        versions.filter(own | Q(across_boundaries=True))
        .annotate(elsewhere=Case(When(own, then=0), default=1, output_field=IntegerField()))
        .select_related("procedure__agency", "procedure__sector")
        .order_by("elsewhere", "name", "pk")
    )


def searched(versions: QuerySet[ProcedureVersion], text: str) -> QuerySet[ProcedureVersion]:
    """Versions whose name or keywords hold every word, or whose code begins so."""
    typed = text.strip()
    if CODE.fullmatch(typed):
        national, suffix = typed[:NATIONAL_LENGTH], typed[NATIONAL_LENGTH + 1 :]
        versions = versions.filter(procedure__national_code__startswith=national)
        return versions.filter(procedure__suffix__istartswith=suffix) if suffix else versions
    return matching(versions, text)


def in_force(procedure: Procedure, on: date) -> ProcedureVersion | None:
    """The version that takes new dossiers on that day; right also before the midnight task has run."""
    return procedure.versions.accepting(on).first()


def held_on(procedure: Procedure, on: date) -> ProcedureVersion | None:
    """The version that held on any day, past ones included: for old dossiers and their papers."""
    held = procedure.versions.filter(state__in=IN_FORCE, effective_from__lte=on)
    return held.filter(Q(effective_to__isnull=True) | Q(effective_to__gt=on)).first()


def catalogue(actor: Actor | SignedOut, on: date) -> QuerySet[ProcedureVersion]:
    """One row a procedure: the version in force, else the one to come, else the draft, else the last one."""
    if not isinstance(actor, Actor):
        return ProcedureVersion.objects.none()
    holds = Q(effective_to__isnull=True) | Q(effective_to__gt=on)
    rank = Case(
        When(holds, state=VersionState.ACTIVE, effective_from__lte=on, then=0),
        When(state=VersionState.ACTIVE, effective_from__gt=on, then=1),
        When(state__in=(VersionState.DRAFT, VersionState.VERIFIED), then=2),
        default=3,
        output_field=IntegerField(),
    )
    shown = ProcedureVersion.objects.filter(procedure=OuterRef("procedure")).order_by(rank, "-number")
    waiting = ProcedureVersion.objects.filter(
        procedure=OuterRef("procedure"), state__in=(VersionState.DRAFT, VersionState.VERIFIED)
    )
    return (
        ProcedureVersion.objects.filter(pk=Subquery(shown.values("pk")[:1]))
        .annotate(waiting_id=Subquery(waiting.values("pk")[:1]), code=F("procedure__national_code"))
        .select_related("procedure__agency", "procedure__sector")
    )


def version_detail(actor: Actor | SignedOut, pk: int) -> ProcedureVersion | None:
    """One version without its lines; None for who is not signed in."""
    if not isinstance(actor, Actor):
        return None
    return (
        ProcedureVersion.objects.select_related(
            "procedure__agency", "procedure__sector", "verified_by__user", "verified_by__agency"
        )
        .filter(pk=pk)
        .first()
    )


def decisions(actor: Actor | SignedOut) -> QuerySet[AnnouncingDecision]:
    """Announcing decisions with their lines."""
    if not isinstance(actor, Actor):
        return AnnouncingDecision.objects.none()
    lines = DecisionEffect.objects.select_related("procedure", "version").order_by("effective_on", "pk")
    return AnnouncingDecision.objects.prefetch_related(Prefetch("effects", lines))


def named_effects(decision: AnnouncingDecision) -> list[tuple[DecisionEffect, str]]:
    """The lines of a decision, each with the procedure's name in the version that comes or goes."""
    lines = list(decision.effects.all())
    ended = [line.procedure_id for line in lines if line.version is None]
    latest = ProcedureVersion.objects.filter(procedure__in=ended).order_by("procedure", "number")
    names = dict(latest.values_list("procedure", "name"))
    return [(line, line.version.name if line.version else names[line.procedure_id]) for line in lines]


def waiting_versions() -> QuerySet[ProcedureVersion]:
    """Verified versions that a decision may bring in."""
    return (
        ProcedureVersion.objects.filter(state=VersionState.VERIFIED)
        .select_related("procedure__agency")
        .order_by("procedure__national_code", "pk")
    )


def procedures_in_force(on: date) -> QuerySet[Procedure]:
    """What a decision may abolish, each with the name it has that day."""
    held = ProcedureVersion.objects.accepting(on).filter(procedure=OuterRef("pk"))
    return (
        Procedure.objects.annotate(name=Subquery(held.values("name")[:1]))
        .filter(name__isnull=False)
        .select_related("agency")
        .order_by("national_code", "pk")
    )


def standing(version: ProcedureVersion, at: datetime) -> tuple[str, str]:
    """What a version is worth today in words, and the tone of its chip; by dates, not by bookkeeping."""
    today = timezone.localdate(at)
    day = {"day": f"{version.effective_from:%d/%m/%Y}" if version.effective_from else ""}
    if version.state == VersionState.ACTIVE:
        if version.effective_from and version.effective_from > today:
            return _("Áp dụng từ %(day)s") % day, "waiting"
        if version.effective_to and version.effective_to <= today:
            # The midnight task has not said yet why.
            return _("Hết áp dụng từ %(day)s") % {"day": f"{version.effective_to:%d/%m/%Y}"}, "stopped"
        return str(VersionState.ACTIVE.label), "done"
    tones = {
        VersionState.DRAFT: "moving",
        VersionState.VERIFIED: "waiting",
        VersionState.ABOLISHED: "stopped",
    }
    return str(VersionState(version.state).label), tones.get(VersionState(version.state), "")


def is_communal(procedure: Procedure) -> bool:
    """Whether each commune's committee decides its own dossiers of it."""
    return procedure.level == Level.COMMUNE and procedure.agency.level != Level.COMMUNE


def steps(actor: Actor | SignedOut, version: ProcedureVersion) -> dict[str, Verdict]:
    """Which steps the actor may take with a version now, and why not the others."""
    return {name: rule(actor, version) for name, rule in STEPS.items()}
