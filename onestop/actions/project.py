"""Investment projects: opened, kept, their dossiers linked in an order under one account manager (4.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from egov.notifications.send import Message, tell_members
from egov.numbering.next_number import next_number
from egov.organizations.actor import Actor
from egov.organizations.models import Membership
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.models import Dossier, Project, ProjectDossier

PROJECT_BOOK = "onestop.project"
MOST_CAPITAL = 9 * 10**17  # dong; what a 64-bit number holds, and far beyond any budget
NAME_LENGTH, INVESTOR_LENGTH, PLACE_LENGTH, NOTE_LENGTH = 300, 200, 300, 4000


class ProjectNotAcceptable(Refusal):
    """A fact of the project is missing or cannot be right."""


class LinkNotAcceptable(Refusal):
    """The dossier or what comes before it cannot be linked so."""


@dataclass(frozen=True, kw_only=True)
class ProjectContent:
    """What is known of a project; ``capital`` in dong."""

    name: str
    investor: str
    capital: int
    place: str
    account_manager: Membership
    note: str = ""


@action("onestop.open_project", allowed=rules.may_open_project)
def open_project(actor: Actor, content: ProjectContent, *, at: datetime) -> Project:
    """Open a project of the actor's agency under the next code of the year: ``DA-2026-007``.

    Raises ProjectNotAcceptable.
    """
    year = timezone.localdate(at).year
    project = Project(agency=actor.agency, opened_at=at, opened_by=actor.membership)
    _fill(project, content, at=at)
    number = next_number(agency_id=actor.agency.pk, book=PROJECT_BOOK, year=year)
    project.code = f"DA-{year}-{number:03d}"
    project.save()
    _tell_manager(project, at=at)
    return project


@action("onestop.edit_project", allowed=rules.may_edit_project)
def edit_project(actor: Actor, project: Project, content: ProjectContent, *, at: datetime) -> Project:  # noqa: ARG001
    """Change what is known of it, or give it to another account manager, who is told.

    Raises ProjectNotAcceptable.
    """
    before = project.account_manager_id
    _fill(project, content, at=at)
    project.save()
    if project.account_manager_id != before:
        _tell_manager(project, at=at)
    return project


@action("onestop.link_dossier", allowed=rules.may_link_dossier)
def link_dossier(
    actor: Actor, project: Project, *, dossier_id: int, after: Iterable[int] = (), at: datetime
) -> ProjectDossier:
    """Put a dossier that the actor may see into the project, behind the named places.

    Raises LinkNotAcceptable.
    """
    dossier = Dossier.objects.visible_to(actor).filter(pk=dossier_id).first()
    if dossier is None:
        raise LinkNotAcceptable(_("Không tìm thấy hồ sơ, hoặc Quý vị không được xem hồ sơ này."))
    earlier = ProjectDossier.objects.filter(dossier=dossier).select_related("project").first()
    if earlier is not None:
        if earlier.project_id == project.pk:
            return earlier
        raise LinkNotAcceptable(_("Hồ sơ này đã thuộc một dự án khác."))
    places = frozenset(project.links.values_list("order", flat=True))
    before = frozenset(after)
    if before - places:
        raise LinkNotAcceptable(_("Thủ tục đi trước được chọn không còn trong dự án. Hãy tải lại trang."))
    last: int = project.links.aggregate(last=Max("order"))["last"] or 0
    # Only what is there already can come before it, so no ring can arise.
    return ProjectDossier.objects.create(
        project=project, dossier=dossier, order=last + 1, after=sorted(before), linked_at=at
    )


@action("onestop.unlink_dossier", allowed=rules.may_unlink_dossier)
def unlink_dossier(actor: Actor, project: Project, *, order: int, at: datetime) -> None:  # noqa: ARG001
    """Take a dossier out; those that waited for it wait for it no more. One gone already is no fault."""
    project.links.filter(order=order).delete()
    for link in project.links.select_for_update().filter(after__contains=[order]):
        link.after = [one for one in link.after if one != order]
        link.save(update_fields=["after"])


@action("onestop.close_project", allowed=rules.may_close_project)
def close_project(actor: Actor, project: Project, *, at: datetime) -> Project:  # noqa: ARG001
    """The project needs no more procedures here; it stays readable."""
    project.closed_at = at
    project.save(update_fields=["closed_at"])
    return project


def _fill(project: Project, content: ProjectContent, *, at: datetime) -> None:
    name, investor, place = clean_line(content.name), clean_line(content.investor), clean_line(content.place)
    for text, limit, missing in (
        (name, NAME_LENGTH, _("Hãy ghi tên dự án.")),
        (investor, INVESTOR_LENGTH, _("Hãy ghi tên nhà đầu tư.")),
        (place, PLACE_LENGTH, _("Hãy ghi địa điểm thực hiện dự án.")),
    ):
        if not text:
            raise ProjectNotAcceptable(missing)
        if len(text) > limit:
            raise ProjectNotAcceptable(
                _("“%(start)s…” dài quá %(limit)d ký tự.") % {"start": text[:30], "limit": limit}
            )
    if not 0 < content.capital <= MOST_CAPITAL:
        raise ProjectNotAcceptable(_("Vốn đầu tư phải là một số tiền lớn hơn 0, tính bằng đồng."))
    manager = content.account_manager
    if (
        manager.agency_id != project.agency_id
        or not Membership.objects.current(timezone.localdate(at)).filter(pk=manager.pk).exists()
    ):
        raise ProjectNotAcceptable(_("Chuyên viên phụ trách phải là người đang công tác tại đơn vị."))
    project.name, project.investor, project.place = name, investor, place
    project.capital, project.account_manager = content.capital, manager
    project.note = content.note.replace("\x00", "")[:NOTE_LENGTH]


def _tell_manager(project: Project, *, at: datetime) -> None:
    message = Message(
        event="onestop.project_given",
        text=_("Quý vị được giao phụ trách dự án %(code)s – %(name)s.")
        % {"code": project.code, "name": project.name},
        key=f"{project.pk}.{at:%Y%m%d%H%M%S}",
        about=project,
    )
    tell_members([project.account_manager], message)
