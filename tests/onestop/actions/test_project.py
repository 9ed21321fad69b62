"""An investment project: one account manager, several procedures in an order."""

from dataclasses import replace

import pytest

from egov.notifications.models import Notification
from egov.workflow.refusal import NotPermitted
from onestop.actions.project import (
    LinkNotAcceptable,
    ProjectContent,
    ProjectNotAcceptable,
    close_project,
    edit_project,
    link_dossier,
    open_project,
    unlink_dossier,
)
from onestop.models import Project
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.dossiers import processing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.organizations import AgencyFactory, MembershipFactory
from tests.factories.procedures import ProcedureVersionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def unit() -> Unit:
    return make_unit(AgencyFactory(department=True))


@pytest.fixture
def content(unit: Unit) -> ProjectContent:
    return ProjectContent(
        name="Nhà máy dệt Thái Hà",
        investor="Công ty TNHH Dệt may Thái Hà",
        capital=1_250_000_000_000,
        place="Khu công nghiệp Liên Hà Thái",
        account_manager=unit.specialist.membership,
    )


def test_a_project_gets_the_next_code_of_the_year_and_its_manager_is_told(
    unit: Unit, content: ProjectContent
):
    project = open_project(unit.counter, content, at=NOW)
    again = open_project(unit.leader, replace(content, name="Kho"), at=NOW)
    assert (project.code, again.code) == ("DA-2025-001", "DA-2025-002")
    assert (project.agency, project.capital) == (unit.agency, 1_250_000_000_000)
    told = Notification.objects.filter(event="onestop.project_given")
    assert [one.member for one in told] == [unit.specialist.membership] * 2


def test_the_account_manager_keeps_it_and_may_hand_it_on(unit: Unit, content: ProjectContent):
    project = open_project(unit.counter, content, at=NOW)
    edit_project(unit.specialist, project, replace(content, account_manager=unit.counter.membership), at=NOW)
    project.refresh_from_db()
    assert project.account_manager == unit.counter.membership
    with pytest.raises(NotPermitted):
        edit_project(unit.specialist, project, content, at=NOW)
    assert Notification.objects.filter(event="onestop.project_given").count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"investor": ""},
        {"place": ""},
        {"capital": 0},
        {"capital": 10**18},
        {"name": "x" * 301},
    ],
)
def test_a_project_without_its_facts_is_refused(
    unit: Unit, content: ProjectContent, wrong: dict[str, object]
):
    with pytest.raises(ProjectNotAcceptable):
        open_project(unit.counter, replace(content, **wrong), at=NOW)
    assert not Project.objects.exists()


def test_the_manager_serves_in_the_unit_today(unit: Unit, content: ProjectContent):
    for other in (MembershipFactory(), MembershipFactory(agency=unit.agency, ended=True)):
        with pytest.raises(ProjectNotAcceptable, match="phụ trách"):
            open_project(unit.counter, replace(content, account_manager=other), at=NOW)


def test_dossiers_stand_in_an_order_and_wait_for_earlier_ones(unit: Unit, content: ProjectContent):
    version = ProcedureVersionFactory()
    first, second, third = (processing(version, counter=unit.counter) for _ in range(3))
    project = open_project(unit.leader, content, at=NOW)
    link_dossier(unit.leader, project, dossier_id=first.pk, at=NOW)
    link_dossier(unit.leader, project, dossier_id=second.pk, after=[1], at=NOW)
    link = link_dossier(unit.leader, project, dossier_id=third.pk, after=[1, 2], at=NOW)
    assert (link.order, link.after) == (3, [1, 2])
    assert link_dossier(unit.leader, project, dossier_id=third.pk, at=NOW) == link
    unlink_dossier(unit.leader, project, order=1, at=NOW)
    unlink_dossier(unit.leader, project, order=1, at=NOW)
    assert list(project.links.values_list("order", "after")) == [(2, []), (3, [2])]


def test_a_dossier_belongs_to_one_project_and_is_one_that_the_actor_may_see(
    unit: Unit, content: ProjectContent
):
    stranger = make_unit()
    version = ProcedureVersionFactory()
    mine, theirs = (processing(version, counter=one.counter) for one in (unit, stranger))
    project = open_project(unit.leader, content, at=NOW)
    with pytest.raises(LinkNotAcceptable, match="Không tìm thấy"):
        link_dossier(unit.leader, project, dossier_id=theirs.pk, at=NOW)
    with pytest.raises(LinkNotAcceptable, match="đi trước"):
        link_dossier(unit.leader, project, dossier_id=mine.pk, after=[5], at=NOW)
    link_dossier(unit.leader, project, dossier_id=mine.pk, at=NOW)
    other = open_project(unit.leader, content, at=NOW)
    with pytest.raises(LinkNotAcceptable, match="dự án khác"):
        link_dossier(unit.leader, other, dossier_id=mine.pk, at=NOW)


@pytest.mark.rule("onestop", 43)
def test_the_unit_and_the_agencies_with_a_part_see_it_and_nobody_else(
    unit: Unit, content: ProjectContent, cast
):
    partner = make_unit()
    dossier = processing(ProcedureVersionFactory(), counter=partner.counter, receiving_agency=unit.agency)
    project = open_project(unit.leader, content, at=NOW)
    assert not Project.objects.visible_to(partner.leader).exists()
    link_dossier(unit.leader, project, dossier_id=dossier.pk, at=NOW)
    for actor in (unit.counter, unit.specialist, unit.leader, partner.leader, partner.counter):
        assert list(Project.objects.visible_to(actor)) == [project]
    for actor in (cast.dung, cast.em, partner.specialist):
        assert not Project.objects.visible_to(actor).exists()


def test_a_closed_project_changes_no_more(unit: Unit, content: ProjectContent):
    project = open_project(unit.leader, content, at=NOW)
    close_project(unit.leader, project, at=NOW)
    with pytest.raises(NotPermitted, match="kết thúc"):
        edit_project(unit.leader, project, content, at=NOW)


def test_outsiders_are_refused(unit: Unit, content: ProjectContent, cast):
    project = open_project(unit.leader, content, at=NOW)
    for actor in (cast.dung, cast.em, unit.registry):
        for act in (
            lambda who: open_project(who, content, at=NOW),
            lambda who: edit_project(who, project, content, at=NOW),
            lambda who: link_dossier(who, project, dossier_id=0, at=NOW),
            lambda who: unlink_dossier(who, project, order=1, at=NOW),
            lambda who: close_project(who, project, at=NOW),
        ):
            with pytest.raises(NotPermitted):
                act(actor)
