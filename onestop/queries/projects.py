"""Investment projects as pages show them: the list, and one project with its legs along the time."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from egov.audit.record import record
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.models import Membership
from egov.workflow.refusal import Refusal
from onestop import states
from onestop.enums import LegState
from onestop.models import Dossier, Leg, Project, ProjectDossier


class ProjectNotFound(Refusal):
    """There is none, or the actor may not know of it: the answer is the same."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("Không tìm thấy dự án, hoặc Quý vị không được xem dự án này."))


@dataclass(frozen=True)
class LegLine:
    """One leg of a project: what the picture draws and the table says."""

    order: int
    name: str
    agency: str
    state: str
    state_words: str
    # Days; none as long as nobody knows.
    starts_on: date | None
    due_on: date | None
    ends_on: date | None

    @property
    def is_late(self) -> bool:
        """Ended, or still open today, after its day."""
        last = self.ends_on or timezone.localdate()
        return self.due_on is not None and self.starts_on is not None and last > self.due_on


@dataclass(frozen=True)
class DossierLines:
    """A dossier of a project with its legs; whoever may not see the dossier sees its legs only."""

    link: ProjectDossier
    dossier: Dossier
    is_readable: bool
    legs: tuple[LegLine, ...]
    # Orders of the dossiers before it that are not done.
    waits_for: tuple[int, ...]


def projects(actor: Actor | SignedOut) -> QuerySet[Project]:
    """Projects that the actor may see, with how many procedures they have and how many are open."""
    is_open = Q(links__dossier__state__in=states.OPEN)
    return (
        Project.objects.visible_to(actor)
        .select_related("account_manager__user", "agency")
        .annotate(procedures=Count("links"), open_procedures=Count("links", filter=is_open))
    )


def read_project(actor: Actor | SignedOut, pk: int) -> Project:
    """One project. Raises ProjectNotFound; the read is recorded."""
    project = (
        Project.objects.visible_to(actor)
        .select_related("account_manager__user", "agency", "opened_by__user")
        .filter(pk=pk)
        .first()
    )
    if project is None:
        raise ProjectNotFound
    record(actor, "onestop.read_project", project)
    return project


def lines_of(actor: Actor | SignedOut, project: Project) -> list[DossierLines]:
    """The project's dossiers in their order, each with its legs: three queries for any number."""
    links = list(project.links.select_related("dossier__version", "dossier__deciding_agency"))
    keys = [link.dossier_id for link in links]
    readable = set(Dossier.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", flat=True))
    legs: dict[int, list[Leg]] = {}
    for leg in Leg.objects.filter(dossier__in=keys).select_related("agency").order_by("order"):
        legs.setdefault(leg.dossier_id, []).append(leg)
    open_orders = {link.order for link in links if link.dossier.state not in ("done", "returned")}
    return [
        DossierLines(
            link=link,
            dossier=link.dossier,
            is_readable=link.dossier_id in readable,
            legs=tuple(_line(leg) for leg in legs.get(link.dossier_id, [])),
            waits_for=tuple(one for one in link.after if one in open_orders),
        )
        for link in links
    ]


def linkable(actor: Actor | SignedOut) -> QuerySet[Dossier]:
    """Dossiers that the actor may put into a project: visible, open, in none yet."""
    free = Dossier.objects.visible_to(actor).filter(state__in=states.OPEN, project_link=None)
    return free.select_related("version").order_by("-submitted_at", "-pk")


def possible_managers(actor: Actor) -> QuerySet[Membership]:
    """Who of the actor's agency may answer for a project."""
    serving = Membership.objects.current(timezone.localdate()).filter(agency=actor.agency)
    return serving.exclude(role__in=["agency_admin", "system_admin"]).select_related("user")


def _line(leg: Leg) -> LegLine:
    return LegLine(
        order=leg.order,
        name=leg.name,
        agency=leg.agency.name,
        state=leg.state,
        state_words=str(LegState(leg.state).label),
        starts_on=_day(leg.sent_at or leg.started_at),
        due_on=_day(leg.due_at),
        ends_on=_day(leg.ended_at),
    )


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None
