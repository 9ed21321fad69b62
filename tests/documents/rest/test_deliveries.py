"""Reading at the machine door: the list page by page, one document, its files byte for byte."""

import base64
import hashlib
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from documents.models import Delivery
from egov.audit.models import AuditEvent
from egov.web.json_pages import PAGE_SIZE
from tests.conftest import MONDAY_MORNING as NOW
from tests.documents.rest.conftest import DOOR, system_of
from tests.factories.deliveries import arrived, make_desk, registered

pytestmark = pytest.mark.usefixtures("trust")


def body(response) -> bytes:
    return b"".join(response.streaming_content)


class TestList:
    """Asked for again and again."""

    def test_what_has_arrived_in_the_order_of_arrival(self, chi_system, cast):
        late = arrived(cast.chi.agency, at=NOW, abstract="Đến sau")
        early = arrived(cast.chi.agency, at=NOW - timedelta(hours=1), abstract="Đến trước")
        arrived(cast.dung.agency, at=NOW)
        answer = chi_system.get("/deliveries/").json()
        assert [one["id"] for one in answer["results"]] == [early.pk, late.pk]
        assert answer["next"] is answer["previous"] is None
        first = answer["results"][0]
        assert first["state"] == "arrived"
        assert first["arrived_at"] == "2025-09-15T07:00:00+07:00"
        assert first["incoming_number"] is None
        assert first["document"]["abstract"] == "Đến trước"
        assert first["document"]["agency"]["code"] == early.document.agency.code

    def test_filters(self, chi_system, cast):
        taken_in = registered(make_desk(cast.chi), at=NOW)
        early = arrived(cast.chi.agency, at=NOW - timedelta(hours=1))
        late = arrived(cast.chi.agency, at=NOW)

        def ids(**query: str) -> list[int]:
            return [one["id"] for one in chi_system.get("/deliveries/", **query).json()["results"]]

        assert ids(state="registered") == [taken_in.pk]
        assert ids(state="arrived") == [early.pk, late.pk]
        assert ids(state="arrived", since="2025-09-15T08:00:00+07:00") == [late.pk]
        assert ids(state="arrived", since="2025-09-15T01:00:00Z") == [late.pk]
        assert ids(since="2025-09-15T08:00:01") == []

    @pytest.mark.parametrize(
        "query",
        [
            {"state": "pending"},
            {"state": "x"},
            {"state": "\0"},
            {"since": "hôm qua"},
            {"since": "9999-99-99T00:00:00Z"},
            {"since": "0001-01-01T00:00:00+14:00", "state": "?"},
            {"since": "\0"},
        ],
    )
    def test_a_wrong_filter_is_said(self, chi_system, query):
        response = chi_system.get("/deliveries/", **query)
        assert response.status_code == 400
        assert set(response.json()) == {"detail", "fields"}

    @pytest.mark.parametrize(
        "position", ["x", "\0", "", "2025-09-15", "2025-09-15 08:00:00", "9" * 5000, "99999-01-01T00:00Z"]
    )
    def test_a_cursor_that_is_not_ours_is_not_found(self, chi_system, position):
        cursor = base64.b64encode(urlencode({"p": position}).encode()).decode()
        for wrong in (cursor, "x", "\0", "é", cursor + "=" * 7 + "!"):
            assert chi_system.get("/deliveries/", cursor=wrong).status_code in {200, 404}
        assert chi_system.get("/deliveries/", cursor=cursor).status_code == 404

    def test_pages_hold_every_row_once_though_more_arrives_in_between(self, chi_system, cast):
        sent = [
            arrived(cast.chi.agency, at=NOW - timedelta(minutes=minute // 2)).pk
            for minute in range(PAGE_SIZE + 3)
        ]
        page = chi_system.get("/deliveries/").json()
        late = arrived(cast.chi.agency, at=NOW + timedelta(minutes=1)).pk
        seen = [one["id"] for one in page["results"]]
        while page["next"]:
            page = chi_system.client.get(page["next"]).json()
            seen += [one["id"] for one in page["results"]]
        assert sorted(seen) == sorted([*sent, late])
        assert page["previous"]

    def test_the_same_number_of_statements_for_one_row_and_for_many(
        self, chi_system, cast, django_assert_num_queries
    ):
        chi_system.get("/deliveries/")
        for count in (1, 10):
            for _ in range(count):
                arrived(cast.chi.agency, at=NOW)
            with django_assert_num_queries(3):
                chi_system.get("/deliveries/")


class TestOne:
    """One document and its files."""

    @pytest.mark.rule("documents", 31)
    def test_facts_files_and_statuses_and_the_read_is_recorded(self, chi_system, delivery):
        answer = chi_system.get(f"/deliveries/{delivery.pk}/").json()
        document = delivery.document
        assert answer["document"]["notation"] == document.notation
        assert answer["document"]["paper"]["sha256"] == document.file.sha256
        assert answer["verification"] is None
        assert answer["attachments"][0]["name"] == "Phụ lục số 1.pdf"
        assert answer["statuses"] == [{"code": "01", "at": "2025-09-15T08:00:00+07:00"}]
        event = AuditEvent.objects.get(action="documents.read", user_id=chi_system.actor.user_id)
        details = {"delivery": delivery.pk, "machine_key": chi_system.key.prefix}
        assert (event.subject_id, event.details) == (str(document.pk), details)

    @pytest.mark.rule("documents", 25)
    @pytest.mark.rule("documents", 31)
    def test_files_come_byte_for_byte_and_each_read_is_recorded(self, chi_system, delivery):
        answer = chi_system.get(f"/deliveries/{delivery.pk}/").json()
        attachment = answer["attachments"][0]
        paper = chi_system.get(f"/deliveries/{delivery.pk}/paper/")
        extra = chi_system.get(f"/deliveries/{delivery.pk}/attachments/{attachment['id']}/")
        assert paper["Content-Type"] == extra["Content-Type"] == "application/pdf"
        assert hashlib.sha256(body(paper)).hexdigest() == answer["document"]["paper"]["sha256"]
        assert hashlib.sha256(body(extra)).hexdigest() == attachment["file"]["sha256"]
        assert "filename*=utf-8''Ph%E1%BB%A5%20l%E1%BB%A5c" in extra["Content-Disposition"]
        reads = AuditEvent.objects.filter(action="documents.read_file", user_id=chi_system.actor.user_id)
        assert reads.count() == 2

    def test_a_file_asked_for_as_a_file_comes(self, chi_system, delivery):
        path = f"{DOOR}/deliveries/{delivery.pk}/paper/"
        response = chi_system.client.get(path, headers={"accept": "application/pdf", "range": "bytes=0-4"})
        assert response.status_code == 206
        assert body(response) == b"%PDF-"

    def test_attachments_of_other_documents_are_not_here(self, chi_system, delivery, cast):
        other = arrived(cast.chi.agency, at=NOW)
        attachment = delivery.document.attachments.get()
        assert chi_system.get(f"/deliveries/{other.pk}/attachments/{attachment.pk}/").status_code == 404

    def test_paper_that_came_in_by_hand_has_no_file(self, chi_system, cast):
        by_hand = registered(make_desk(cast.chi), at=NOW)
        assert chi_system.get(f"/deliveries/{by_hand.pk}/").json()["document"]["paper"] is None
        assert chi_system.get(f"/deliveries/{by_hand.pk}/paper/").status_code == 404

    @pytest.mark.parametrize("key", ["0", "-1", "9" * 30, "9" * 6000, "x", "%00", "1/../2", "é", "1.0"])
    def test_whatever_is_no_document_is_a_404_in_words(self, chi_system, key, db):
        response = chi_system.client.get(f"{DOOR}/deliveries/{key}/")
        assert response.status_code == 404
        assert response.json()["detail"]

    def test_an_address_without_its_slash_is_not_led_elsewhere(self, chi_system, delivery):
        assert chi_system.get(f"/deliveries/{delivery.pk}").status_code == 404
        assert chi_system.post(f"/deliveries/{delivery.pk}/register").status_code == 404


class TestMovement:
    """For the agency that sent it."""

    @pytest.mark.rule("documents", 15)
    def test_the_sender_sees_arrival_and_registration_at_each_recipient(self, chi_system, cast, delivery):
        sender = system_of(cast.an)
        path = f"/documents/{delivery.document_id}/movement/"
        answer = sender.get(path).json()
        assert answer["total"] == 1
        assert answer["by_state"] == [{"state": "arrived", "count": 1}]
        assert answer["results"][0] | {"agency": None} == {
            "delivery_id": delivery.pk,
            "agency": None,
            "state": "arrived",
            "status": "01",
            "sent_at": "2025-09-15T08:00:00+07:00",
            "arrived_at": "2025-09-15T08:00:00+07:00",
            "registered_at": None,
            "finished_at": None,
            "statuses": [{"code": "01", "at": "2025-09-15T08:00:00+07:00"}],
        }
        chi_system.post(f"/deliveries/{delivery.pk}/register/")
        answer = sender.get(path).json()
        assert answer["by_state"] == [{"state": "registered", "count": 1}]
        assert answer["results"][0]["status"] == "03"
        assert [one["code"] for one in answer["results"][0]["statuses"]] == ["01", "03"]
        assert answer["results"][0]["agency"]["code"] == cast.chi.agency.code

    def test_a_recipient_does_not_see_the_others(self, chi_system, delivery):
        assert chi_system.get(f"/documents/{delivery.document_id}/movement/").status_code == 404

    def test_what_is_not_issued_does_not_move(self, office, cast):
        sealed = office.sealed(at=NOW)
        assert not Delivery.objects.filter(document=sealed).exists()
        assert system_of(cast.an).get(f"/documents/{sealed.pk}/movement/").status_code == 404
