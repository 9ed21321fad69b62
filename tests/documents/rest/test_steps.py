"""Steps at the machine door: each happens once, the sender is told once, a repeat gets the same answer."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from documents.actions.deliver import deliver_hop
from documents.actions.direct import DirectiveContent, Part, direct
from documents.actions.receive import register
from documents.enums import DeliveryState
from documents.models import Delivery, Document, IncomingEntry
from egov.files.store import put
from tests.conftest import MONDAY_MORNING as NOW
from tests.documents.rest.conftest import DOOR, client_with, system_of
from tests.factories.deliveries import arrived
from tests.factories.organizations import MembershipFactory, actor_for

pytestmark = pytest.mark.usefixtures("trust")


def codes(delivery: Delivery) -> list[str]:
    return list(delivery.changes.order_by("id").exclude(code="").values_list("code", flat=True))


def directed(delivery: Delivery, to) -> None:
    """A leader gives the lead to this position."""
    leader = actor_for(MembershipFactory(agency=delivery.agency, leader=True))
    delivery.refresh_from_db()
    direct(leader, delivery, DirectiveContent(text="Giao thực hiện", lead=Part(who=to)), at=NOW)


@pytest.mark.rule("documents", 16)
@pytest.mark.rule("documents", 18)
def test_from_arrival_to_the_end_each_status_with_its_event(chi_system, delivery):
    base = f"/deliveries/{delivery.pk}"
    taken_in = chi_system.post(f"{base}/register/")
    assert taken_in.status_code == 200
    assert taken_in.json() == {
        "id": delivery.pk,
        "state": "registered",
        "step": "registered",
        "taken_at": "2025-09-15T08:00:00+07:00",
        "incoming_number": 1,
        "incoming_year": 2025,
    }
    assert codes(delivery) == ["01", "03"]
    directed(delivery, chi_system.actor.membership)
    assert chi_system.post(f"{base}/start/").json()["state"] == "in_progress"
    assert codes(delivery) == ["01", "03", "04", "05"]
    assert chi_system.post(f"{base}/finish/", {"note": "Đã rà soát xong"}).json()["state"] == "finished"
    assert codes(delivery) == ["01", "03", "04", "05", "06"]
    assert chi_system.get(f"{base}/").json()["verification"] == "valid"


@pytest.mark.rule("documents", 17)
def test_a_repeat_is_answered_alike_and_nothing_happens_twice(chi_system, delivery, clock):
    base = f"/deliveries/{delivery.pk}"
    first = chi_system.post(f"{base}/register/").json()
    clock.shift(timedelta(hours=1))
    again = chi_system.post(f"{base}/register/")
    assert (again.status_code, again.json()) == (200, first)
    directed(delivery, chi_system.actor.membership)
    for step, sent in (("start", {}), ("finish", {"note": "Xong"})):
        first = chi_system.post(f"{base}/{step}/", sent).json()
        clock.shift(timedelta(hours=1))
        again = chi_system.post(f"{base}/{step}/", sent)
        assert (again.status_code, again.json()) == (200, first)
    # Long after, the answer to the first step is still that it was taken then; the state has gone on.
    late = chi_system.post(f"{base}/register/").json()
    assert (late["state"], late["step"], late["taken_at"]) == (
        "finished",
        "registered",
        "2025-09-15T08:00:00+07:00",
    )
    assert IncomingEntry.objects.count() == 1
    assert codes(delivery) == ["01", "03", "04", "05", "06"]


@pytest.mark.rule("documents", 17)
def test_a_return_is_repeated_alike_and_keeps_its_first_reason(chi_system, delivery):
    path = f"/deliveries/{delivery.pk}/return/"
    first = chi_system.post(path, {"reason": "Gửi nhầm xã"})
    again = chi_system.post(path, {"reason": "Lý do khác"})
    assert first.json() == again.json()
    assert delivery.changes.get(code="02").note == "Gửi nhầm xã"
    assert chi_system.post(f"/deliveries/{delivery.pk}/register/").status_code == 403
    assert codes(delivery) == ["01", "02"]


@pytest.mark.rule("documents", 17)
def test_a_step_that_a_colleague_took_is_a_409_with_their_name(chi_system, delivery):
    colleague = MembershipFactory(agency=delivery.agency, registry=True, user__full_name="Vũ Thị Giang")
    register(actor_for(colleague), delivery, at=NOW)
    answer = chi_system.post(f"/deliveries/{delivery.pk}/register/")
    assert answer.status_code == 409
    assert "Vũ Thị Giang" in answer.json()["detail"]
    assert IncomingEntry.objects.count() == 1


@pytest.mark.rule("documents", 14)
class TestNotTakenIn:
    """What must not be registered, or not be returned."""

    def test_an_altered_paper(self, chi_system, delivery):
        broken = put(b"%PDF-1.7\n" + b"\0" * 500, media_type="application/pdf")
        Document.objects.filter(pk=delivery.document_id).update(file=broken)
        answer = chi_system.post(f"/deliveries/{delivery.pk}/register/")
        assert answer.status_code == 409
        assert "Hãy trả lại nơi gửi" in answer.json()["detail"]
        assert codes(delivery) == ["01"]
        assert not IncomingEntry.objects.exists()

    def test_a_check_that_could_not_be_completed_needs_a_word(self, chi_system, office, clock):
        """Revocation lists at hand do not reach the day of arrival."""
        issued = office.issued(at=NOW)
        deliver_hop(issued.pk, issued.agency_id, NOW + timedelta(days=40))
        path = f"/deliveries/{issued.deliveries.get().pk}/register/"
        clock.move_to(NOW + timedelta(days=40))
        answer = chi_system.post(path)
        assert answer.status_code == 409
        assert "Chưa xác định" in answer.json()["detail"]
        assert chi_system.post(path, {"acknowledgement": "Đã gọi điện xác minh"}).status_code == 200
        assert IncomingEntry.objects.get().note == "Đã gọi điện xác minh"

    @pytest.mark.parametrize("sent", [{}, {"reason": ""}, {"reason": "  "}, {"reason": None}, {"reason": []}])
    def test_a_return_without_a_reason(self, chi_system, delivery, sent):
        answer = chi_system.post(f"/deliveries/{delivery.pk}/return/", sent)
        assert answer.status_code == 400
        assert set(answer.json()["fields"]) == {"reason"}
        assert codes(delivery) == ["01"]

    def test_a_reason_that_cannot_be_seen(self, chi_system, delivery):
        answer = chi_system.post(f"/deliveries/{delivery.pk}/return/", {"reason": "\u200b\u202e"})
        assert answer.status_code == 409
        assert codes(delivery) == ["01"]


def test_start_and_finish_are_for_whoever_leads(chi_system, delivery):
    base = f"/deliveries/{delivery.pk}"
    chi_system.post(f"{base}/register/")
    for step, sent in (("start", {}), ("finish", {"note": "Xong"})):
        answer = chi_system.post(f"{base}/{step}/", sent)
        assert answer.status_code == 403
        assert answer.json()["detail"].startswith(("Chỉ đơn vị", "Văn bản chưa có ý kiến"))
    assert codes(delivery) == ["01", "03"]


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"", "application/json", 400),
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"null", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"reason": ' + b"9" * 5000 + b"}", "application/json", 400),
        (b'{"reason": "\\u0000"}', "application/json", 400),
        (b'{"reason": "\\ud800"}', "application/json", 400),
        (b'{"reason": "\xff"}', "application/json", 400),
        (b'{"reason": "' + b"x" * 2001 + b'"}', "application/json", 400),
        (b'{"reason": NaN}', "application/json", 400),
        (b"reason=x", "application/x-www-form-urlencoded", 415),
        (b"<reason/>", "text/xml", 415),
        (b"{}", "application/json; charset=nonsense", 400),
        (b"{}", "", 415),
    ],
)
def test_hostile_bodies_are_refused_in_words(chi_system, cast, content, kind, status):
    delivery = arrived(cast.chi.agency, at=NOW)
    path = f"{DOOR}/deliveries/{delivery.pk}/return/"
    answer = chi_system.client.generic("POST", path, content, content_type=kind)
    assert answer.status_code == status
    assert answer.json()["detail"]
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.ARRIVED


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "head", "trace"])
def test_other_methods_do_nothing(chi_system, cast, method):
    delivery = arrived(cast.chi.agency, at=NOW)
    for path in ("", "register/"):
        answer = getattr(chi_system.client, method)(f"{DOOR}/deliveries/{delivery.pk}/{path}")
        assert answer.status_code == 405
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.ARRIVED


@pytest.mark.rule("documents", 17)
@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_give_one_number_and_one_answer(cast, delivery):
    system, found = system_of(cast.chi), []
    together = threading.Barrier(2)

    def send() -> None:
        try:
            together.wait(timeout=20)
            answer = client_with(system.token).post(f"{DOOR}/deliveries/{delivery.pk}/register/")
            found.append((answer.status_code, answer.json()))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(found) == 2
    assert found[0] == found[1]
    assert found[0][0] == 200
    assert IncomingEntry.objects.count() == 1
    assert codes(delivery) == ["01", "03"]
