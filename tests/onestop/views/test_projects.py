"""Pages of investment projects and of dossiers that a successor takes over."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from egov.organizations.actions.merge_agencies import merge_agencies
from egov.organizations.actor import Actor
from onestop.actions.project import ProjectContent, link_dossier, open_project
from onestop.models import Dossier, Project
from onestop.queries.gantt import gantt
from onestop.queries.projects import lines_of
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.dossiers import processing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.procedures import ProcedureVersionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SignIn = Callable[[Actor], Client]


@pytest.fixture
def unit() -> Unit:
    return make_unit(AgencyFactory(department=True))


@pytest.fixture
def typed(unit: Unit) -> dict[str, object]:
    return {
        "name": "Nhà máy dệt Thái Hà",
        "investor": "Công ty TNHH Dệt may Thái Hà",
        "capital": "1.250.000.000.000",
        "place": "Khu công nghiệp Liên Hà Thái",
        "account_manager": unit.specialist.membership.pk,
        "note": "",
    }


def project_of(unit: Unit, **changes: object) -> Project:
    content = ProjectContent(
        **{
            "name": "Nhà máy dệt",
            "investor": "Thái Hà",
            "capital": 10**12,
            "place": "Liên Hà Thái",
            "account_manager": unit.specialist.membership,
        }
        | changes
    )
    return open_project(unit.leader, content, at=NOW)


def url(name: str, *args: object) -> str:
    return reverse(f"onestop:{name}", args=args)


def test_a_project_is_opened_edited_and_closed(unit: Unit, typed: dict[str, object], sign_in: SignIn):
    client = sign_in(unit.leader)
    wrong = client.post(url("project_open"), typed | {"capital": "nhiều"})
    assert (wrong.status_code, "1.250.000.000" in wrong.content.decode()) == (422, True)
    client.post(url("project_open"), typed)
    project = Project.objects.get()
    assert project.capital == 1_250_000_000_000
    assert "1.250.000.000.000" in client.get(url("project_edit", project.pk)).content.decode()
    client.post(url("project_edit", project.pk), typed | {"name": "Nhà máy sợi"})
    client.post(url("project_close", project.pk))
    project.refresh_from_db()
    assert (project.name, project.closed_at) == ("Nhà máy sợi", NOW)
    assert client.get(url("project_edit", project.pk)).status_code == 403
    assert sign_in(unit.specialist).get(url("project_open")).status_code == 403


def test_dossiers_are_linked_in_an_order_and_unlinked(unit: Unit, sign_in: SignIn):
    version = ProcedureVersionFactory()
    first, second = (processing(version, counter=unit.counter) for _ in range(2))
    project = project_of(unit)
    client = sign_in(unit.leader)
    assert client.post(url("project_link", project.pk), {"dossier": 0}).status_code == 422
    client.post(url("project_link", project.pk), {"dossier": first.pk})
    client.post(url("project_link", project.pk), {"dossier": second.pk, "after": ["1"]})
    text = client.get(url("project_detail", project.pk)).content.decode()
    assert "Sau thủ tục 1" in text
    assert "đang chờ 1" in text
    client.post(url("project_unlink", project.pk, 1))
    assert [link.after for link in project.links.all()] == [[]]


def test_picture_and_table_say_the_same(unit: Unit, sign_in: SignIn):
    dossier = processing(ProcedureVersionFactory(), counter=unit.counter)
    project = project_of(unit)
    link_dossier(unit.leader, project, dossier_id=dossier.pk, at=NOW)
    today = timezone.localdate()
    (bar,) = gantt(lines_of(unit.leader, project), today).bars
    assert (bar.kind, bar.leg.starts_on) == ("running", today)
    late = gantt(lines_of(unit.leader, project), today + timedelta(days=9))
    assert late.bars[0].x + late.bars[0].width <= late.width
    text = sign_in(unit.leader).get(url("project_detail", project.pk)).content.decode()
    assert "<svg" in text
    assert "style=" not in text
    assert bar.leg.agency in text
    assert gantt([], today) is None


@pytest.mark.rule("onestop", 43)
def test_a_partner_sees_legs_but_not_dossiers_that_are_not_theirs(unit: Unit, sign_in: SignIn, cast):
    partner = make_unit()
    version = ProcedureVersionFactory()
    shared = processing(version, counter=partner.counter, receiving_agency=unit.agency)
    other = processing(version, counter=unit.counter)
    project = project_of(unit)
    for dossier in (shared, other):
        link_dossier(unit.leader, project, dossier_id=dossier.pk, at=NOW)
    text = sign_in(partner.leader).get(url("project_detail", project.pk)).content.decode()
    assert str(shared) in text
    assert str(other) not in text
    assert sign_in(cast.dung).get(url("project_detail", project.pk)).status_code == 404
    assert project.code not in sign_in(cast.dung).get(url("project_list")).content.decode()


def test_a_longer_list_asks_no_more(unit: Unit, sign_in: SignIn):
    client = sign_in(unit.leader)

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    version = ProcedureVersionFactory()
    project = project_of(unit)
    link_dossier(unit.leader, project, dossier_id=processing(version, counter=unit.counter).pk, at=NOW)
    pages = (url("project_list"), url("project_detail", project.pk))
    first = [queries(page) for page in pages]
    first = [queries(page) for page in pages]
    for number in range(4):
        project_of(unit, name=f"Dự án {number}")
        link_dossier(unit.leader, project, dossier_id=processing(version, counter=unit.counter).pk, at=NOW)
    assert [queries(page) for page in pages] == first
    assert max(first) <= 12


@pytest.mark.rule("onestop", 33)
def test_the_administrator_hands_on_an_ended_agencys_dossiers(sign_in: SignIn):
    old, new = make_unit(AgencyFactory(name="UBND xã Cũ")), make_unit(AgencyFactory(name="UBND xã Mới"))
    admin = actor_for(MembershipFactory(system_admin=True, agency=AgencyFactory(province=True)))
    dossier = processing(ProcedureVersionFactory(), counter=old.counter)
    page = url("succession_move", old.agency.pk)
    assert sign_in(admin).get(page).status_code == 404, "what an agency that exists has in hand is its own"
    merge_agencies(
        admin, new.agency, predecessors=[old.agency], on=timezone.localdate(), basis="Nghị quyết 1666"
    )
    client = sign_in(admin)
    assert "UBND xã Cũ" in client.get(url("succession_list")).content.decode()
    text = client.get(page).content.decode()
    assert str(dossier) in text
    assert dossier.owner.name not in text
    typed = {"successor": new.agency.pk, "number": "45/QĐ-UBND", "decided_on": "15/09/2025"}
    assert client.post(page, typed).status_code == 422
    client.post(page, typed | {"dossiers": [dossier.pk]})
    assert Dossier.objects.get().deciding_agency == new.agency
    assert "45/QĐ-UBND" in client.get(url("succession_list")).content.decode()
    assert sign_in(new.leader).get(url("succession_list")).status_code == 403
    assert sign_in(new.leader).get(page).status_code == 403
