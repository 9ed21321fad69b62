"""Dossiers at the machine door: filed once, followed by whoever may see them, moved by their own system."""

import base64
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from egov.audit.models import AuditEvent
from egov.web.json_pages import PAGE_SIZE
from onestop.actions.record_result import record_result
from onestop.enums import DossierState
from onestop.models import Dossier
from tests.conftest import MONDAY_MORNING as NOW
from tests.documents.rest.conftest import DOOR, System, client_with
from tests.factories.documents import pdf_of
from tests.factories.dossiers import DossierFactory, processing
from tests.factories.one_stop import make_unit

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("own_file_store", "clock"),
]
PERSONAL = ("Vũ Thị Em", "034190001234", "0912345678", "Thôn Bắc")


def filing(version, **changes: object) -> dict[str, object]:
    """A filing with every paper of the list."""
    papers = version.cases.get().requirements.all()
    sent = {
        "key": "bo-1",
        "procedure": version.procedure.local_code,
        "applicant": {"kind": "citizen", "name": "Vũ Thị Em", "personal_number": "034190001234"},
        "external_code": "G01-77",
        "files": [
            {
                "name": f"{one.name}.pdf",
                "requirement": one.pk,
                "content": base64.b64encode(pdf_of(one.name).read()).decode(),
            }
            for one in papers
        ],
    }
    return sent | changes


def status(state: str = "received", reference: str = "e-1", **changes: object) -> dict[str, object]:
    sent = {
        "reference": reference,
        "source": "Hệ thống của Bộ Công an",
        "state": state,
        "source_at": (NOW - timedelta(hours=2)).isoformat(),
        "code": "G01.12-250915-0007",
        "received_at": (NOW - timedelta(hours=2)).isoformat(),
        "due_at": (NOW + timedelta(days=7)).isoformat(),
    }
    return sent | changes


class TestFiling:
    """Filed by another system."""

    def test_filed_once_however_often_it_is_sent(self, commune_system, version):
        first, again = (commune_system.post("/dossiers/", filing(version)) for _ in range(2))
        assert (first.status_code, first.json()) == (again.status_code, again.json())
        assert first.status_code == 201
        dossier = Dossier.objects.get()
        assert first.json() == {
            "id": dossier.pk,
            "code": None,
            "filing_number": dossier.filing_number,
            "secret": dossier.secret,
            "submitted_at": "2025-09-15T08:00:00+07:00",
        }
        assert (dossier.external_code, dossier.channel, dossier.assisted_by) == ("G01-77", "online", None)
        assert dossier.receiving_agency == commune_system.actor.agency
        assert AuditEvent.objects.filter(action="onestop.file_online").first().details["machine_key"]

    @pytest.mark.django_db(transaction=True)
    def test_two_requests_at_once_make_one_dossier(self, commune_system, version):
        sent, found, together = filing(version), [], threading.Barrier(2)

        def send() -> None:
            try:
                together.wait(timeout=20)
                client = client_with(commune_system.token)
                answer = client.post(f"{DOOR}/dossiers/", sent, content_type="application/json")
                found.append((answer.status_code, answer.json()))
            finally:
                connection.close()

        threads = [threading.Thread(target=send) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert found[0] == found[1]
        assert found[0][0] == 201
        assert Dossier.objects.count() == 1

    def test_a_key_is_the_senders_own(self, commune_system, stranger_system, version):
        ids = {
            one.post("/dossiers/", filing(version)).json()["id"] for one in (commune_system, stranger_system)
        }
        assert len(ids) == 2

    @pytest.mark.rule("onestop", 50)
    @pytest.mark.parametrize(
        ("changes", "answer"),
        [
            ({"procedure": "9.999999"}, 404),
            ({"files": []}, 409),
            ({"case": 10**18}, 409),
            ({"applicant": {"kind": "citizen", "name": "Em", "personal_number": "12"}}, 409),
            ({"applicant": {"kind": "citizen", "name": "\u200b", "personal_number": "034190001234"}}, 409),
            ({"files": [{"name": "a.pdf", "title": "Khác", "content": "TVoAAA=="}]}, 422),
            ({"files": [{"name": "a.pdf", "content": "không"}]}, 400),
            ({"files": [{"name": "a.pdf", "content": ""}] * 21}, 400),
            ({"applicant": None}, 400),
            ({"delivery": "post"}, 409),
            ({"status": status()}, 409),
        ],
    )
    def test_what_is_refused_leaves_nothing(self, commune_system, version, changes, answer):
        response = commune_system.post("/dossiers/", filing(version, **changes))
        assert response.status_code == answer, response.json()
        assert response.json()["detail"]
        assert not Dossier.objects.exists()

    def test_a_body_that_is_too_large_is_not_read(self, commune_system):
        response = commune_system.client.post(
            f"{DOOR}/dossiers/", b"{}", content_type="application/json", CONTENT_LENGTH=str(65 * 1024 * 1024)
        )
        assert response.status_code == 413


class TestFollowing:
    """Where dossiers stand, for whoever may see them."""

    def dossiers(self, system: System, version, count: int = 1) -> list[Dossier]:
        found = [DossierFactory(version=version, agency=system.actor.agency) for _ in range(count)]
        for dossier in found:
            dossier.changes.create(before="", after="received", at=NOW)
        return found

    @pytest.mark.rule("onestop", 43)
    def test_only_visible_ones_and_nobody_is_named(self, commune_system, stranger_system, version):
        (dossier,) = self.dossiers(commune_system, version)
        page = commune_system.get("/dossiers/")
        assert [one["id"] for one in page.json()["results"]] == [dossier.pk]
        detail = commune_system.get(f"/dossiers/{dossier.pk}/")
        assert detail.json()["national_code"] == 2
        assert detail.json()["changes"] == [{"state": "received", "at": "2025-09-15T08:00:00+07:00"}]
        for answer in (page, detail):
            assert [word for word in PERSONAL if word in answer.content.decode()] == []
        assert stranger_system.get("/dossiers/").json()["results"] == []
        assert stranger_system.get(f"/dossiers/{dossier.pk}/").status_code == 404

    @pytest.mark.rule("onestop", 42)
    def test_the_read_is_on_record(self, commune_system, version):
        (dossier,) = self.dossiers(commune_system, version)
        commune_system.get(f"/dossiers/{dossier.pk}/")
        assert (
            AuditEvent.objects.get(action="onestop.read").details["machine_key"] == commune_system.key.prefix
        )

    def test_filters(self, commune_system, version):
        old, new = self.dossiers(commune_system, version, 2)
        new.changes.create(before="received", after="processing", at=NOW + timedelta(hours=1))
        Dossier.objects.filter(pk=new.pk).update(state="processing")

        def ids(**query: str) -> list[int]:
            return [one["id"] for one in commune_system.get("/dossiers/", **query).json()["results"]]

        assert ids() == [old.pk, new.pk]
        assert ids(state="processing") == ids(since="2025-09-15T08:30:00") == [new.pk]
        assert ids(code=old.code) == [old.pk]
        assert ids(code="khác") == []
        for wrong in ({"state": "x"}, {"since": "hôm qua"}, {"code": "\0"}, {"code": "x" * 41}):
            assert commune_system.get("/dossiers/", **wrong).status_code == 400

    def test_the_same_number_of_statements_for_one_and_for_many(self, commune_system, version):
        self.dossiers(commune_system, version)
        commune_system.get("/dossiers/")
        with CaptureQueriesContext(connection) as one:
            commune_system.get("/dossiers/")
        self.dossiers(commune_system, version, PAGE_SIZE)
        with CaptureQueriesContext(connection) as many:
            page = commune_system.get("/dossiers/").json()
        assert len(one) == len(many) <= 12
        assert len(page["results"]) == PAGE_SIZE
        assert len(commune_system.client.get(page["next"]).json()["results"]) == 1

    @pytest.mark.usefixtures("trust")
    def test_results_and_their_files_byte_for_byte(self, commune_system, stranger_system, version):
        unit = make_unit(commune_system.actor.agency)
        unit.give_keys(at=NOW)
        dossier = processing(version, counter=unit.counter, at_step=3, holder=unit.leader)
        result = record_result(unit.leader, dossier, unit.content(dossier, at=NOW), at=NOW)
        told = commune_system.get(f"/dossiers/{dossier.pk}/").json()["results"][0]
        assert (told["number"], told["sha256"]) == (result.number, result.file.sha256)
        path = f"/dossiers/{dossier.pk}/results/{told['id']}/"
        answer = commune_system.get(path)
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
        assert stranger_system.get(path).status_code == 404


@pytest.mark.rule("onestop", 49)
class TestSystemOfRecord:
    """A ministry's dossiers are moved by that system's word, with its time."""

    @pytest.fixture
    def path(self, commune_system, ministry_version) -> str:
        sent = filing(ministry_version, files=[], status=status())
        answer = commune_system.post("/dossiers/", sent)
        assert answer.status_code == 201, answer.json()
        return f"/dossiers/{answer.json()['id']}/"

    def test_it_stands_as_it_stands_there(self, commune_system, path):
        told = commune_system.get(path).json()
        assert (told["code"], told["state"]) == ("G01.12-250915-0007", "received")
        assert (told["source"], told["source_at"]) == ("Hệ thống của Bộ Công an", "2025-09-15T06:00:00+07:00")

    def test_and_follows_once_for_each_word(self, commune_system, path):
        sent = status("done", "e-2", source_at="2025-09-15T07:00:00+07:00")
        first, again = (commune_system.post(f"{path}statuses/", sent) for _ in range(2))
        assert (first.status_code, first.json()) == (again.status_code, again.json()) == (200, first.json())
        told = commune_system.get(path).json()
        assert (told["state"], told["finished_at"]) == ("done", "2025-09-15T07:00:00+07:00")
        assert [change["state"] for change in told["changes"]] == ["received", "done"]

    @pytest.mark.parametrize(
        ("changes", "answer"),
        [
            ({"source_at": "2025-09-14T00:00:00+07:00"}, 409),
            ({"source_at": "2025-09-15T09:00:00+07:00"}, 409),
            ({"source_at": "0001-01-01T00:00:00Z"}, 409),
            ({"due_at": "9999-12-31T00:00:00Z"}, 409),
            ({"state": "x"}, 400),
            ({"reference": ""}, 400),
        ],
    )
    def test_what_cannot_be_is_said(self, commune_system, path, changes, answer):
        response = commune_system.post(f"{path}statuses/", status("done", "e-2") | changes)
        assert response.status_code == answer, response.json()
        assert commune_system.get(path).json()["state"] == "received"

    def test_not_by_others_and_not_for_ours(self, commune_system, stranger_system, path, version):
        assert stranger_system.post(f"{path}statuses/", status("done", "e-2")).status_code == 404
        ours = DossierFactory(version=version, agency=commune_system.actor.agency)
        answer = commune_system.post(f"/dossiers/{ours.pk}/statuses/", status("done", "e-2"))
        assert answer.status_code == 403
        assert "hệ thống của tỉnh" in answer.json()["detail"]
        ours.refresh_from_db()
        assert ours.state == DossierState.RECEIVED


@pytest.mark.parametrize("path", ["/dossiers/", "/dossiers/1/", "/dossiers/1/results/1/"])
def test_without_a_key_nothing_is_open(path):
    assert client_with(None).get(DOOR + path).status_code == 401
    assert client_with(None).post(f"{DOOR}/dossiers/1/statuses/").status_code == 401
