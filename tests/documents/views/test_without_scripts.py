"""A whole life of a document by forms alone: links, POST, redirect. Nothing needs a script."""

from django.urls import reverse

from documents.enums import DeliveryState, DocumentState
from documents.models import Delivery, Document
from egov.audit.models import AuditEvent
from tests.conftest import MONDAY_MORNING
from tests.factories.deliveries import carry
from tests.factories.documents import PIN, KindFactory
from tests.factories.organizations import MembershipFactory, actor_for


def step(client, name, pk, **typed):
    response = client.post(reverse(f"documents:{name}", args=[pk]), typed)
    assert response.status_code == 302, response.content.decode()
    return response


def test_from_draft_to_answered_at_the_commune(office, cast, sign_in):
    registry, leader = sign_in(cast.an), sign_in(cast.binh)
    registry.post(
        "/documents/compose/",
        {
            "kind": KindFactory(directive=True).pk,
            "abstract": "Về việc phòng, chống thiên tai",
            "source": "composed",
            "body": "Điều 1. Các xã chủ động rà soát.",
            "urgency": "0",
            "next": "recipients",
        },
    )
    document = Document.objects.get()
    step(registry, "draft_recipients", document.pk, agency=[cast.chi.agency.pk])
    step(registry, "document_submit", document.pk, signer=f"{cast.binh.membership.pk}:TM.")
    step(leader, "document_sign", document.pk, pin=PIN)
    step(registry, "document_number", document.pk)
    step(registry, "document_seal", document.pk, pin=PIN)
    step(registry, "document_issue", document.pk)
    document.refresh_from_db()
    assert document.state == DocumentState.ISSUED

    carry(document, at=MONDAY_MORNING)
    delivery = Delivery.objects.get()
    commune = sign_in(cast.chi)
    chair = MembershipFactory(agency=cast.chi.agency, leader=True)
    officer = MembershipFactory(agency=cast.chi.agency, specialist=True)
    assert "Tiếp nhận, lấy số đến" in commune.get(f"/documents/incoming/{delivery.pk}/").content.decode()
    step(commune, "incoming_register", delivery.pk, acknowledgement="")
    step(commune, "incoming_present", delivery.pk, leader=chair.pk)
    step(
        sign_in(actor_for(chair)),
        "incoming_direct",
        delivery.pk,
        text="Giao xử lý.",
        lead=f"person:{officer.pk}",
        due_on="30/09/2025",
    )
    worker = sign_in(actor_for(officer))
    step(worker, "incoming_start", delivery.pk)
    step(worker, "incoming_finish", delivery.pk, note="Đã rà soát xong.")
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.FINISHED
    history = worker.get(f"/documents/incoming/{delivery.pk}/").content.decode()
    assert "kết thúc xử lý (06)" in history
    assert "Đã rà soát xong." in history


def test_many_are_signed_with_one_pin(office, cast, sign_in):
    waiting = [office.submitted(at=MONDAY_MORNING) for _ in range(3)]
    chosen = [document.pk for document in waiting[:2]]
    response = sign_in(cast.binh).post(
        "/documents/to-sign/sign/", {"document": chosen, "pin": PIN}, follow=True
    )
    assert "Đã ký 2 văn bản." in response.content.decode()
    states = {one.pk: one.state for one in Document.objects.all()}
    assert [states[document.pk] for document in waiting] == ["signed", "signed", "submitted"]


def test_a_round_of_signing_answers_the_page_script_line_by_line(office, cast, sign_in):
    document = office.submitted(at=MONDAY_MORNING)
    client = sign_in(cast.binh)
    wrong = client.post(
        "/documents/to-sign/sign/",
        {"document": [document.pk], "pin": "000000"},
        headers={"HX-Request": "true"},
    )
    assert wrong.status_code == 422
    right = client.post(
        "/documents/to-sign/sign/", {"document": [document.pk], "pin": PIN}, headers={"HX-Request": "true"}
    )
    assert f'data-document="{document.pk}"' in right.content.decode()
    assert "<html" not in right.content.decode()


def test_choosing_a_whole_branch_chooses_everything_below_it(cast, sign_in):
    from tests.factories.documents import DocumentFactory

    document = DocumentFactory(drafter=cast.an.membership)
    step(sign_in(cast.an), "draft_recipients", document.pk, below=[cast.an.agency.pk])
    assert set(document.recipients.values_list("agency_id", flat=True)) == {
        cast.chi.agency.pk,
        cast.dung.agency.pk,
    }
    step(sign_in(cast.an), "draft_recipients", document.pk, group="none", agency=[cast.chi.agency.pk])
    assert not document.recipients.exists()


def test_the_movement_is_for_the_sender_and_stops_asking_when_everybody_answered(office, cast, sign_in):
    document = office.issued(at=MONDAY_MORNING)
    address = reverse("documents:document_movement", args=[document.pk])
    part = sign_in(cast.an).get(address, headers={"HX-Request": "true"}).content.decode()
    assert "0/1" in part
    assert 'hx-trigger="every 1s"' in part
    carry(document, at=MONDAY_MORNING)
    later = sign_in(cast.an).get(address, headers={"HX-Request": "true"}).content.decode()
    assert "1/1" in later
    assert 'hx-trigger="every 15s"' in later
    assert sign_in(cast.chi).get(address).status_code == 404
    assert "</html>" in sign_in(cast.an).get(address).content.decode()


def test_reading_the_paper_is_noted_and_an_outsider_gets_nothing(office, cast, sign_in):
    document = office.issued(at=MONDAY_MORNING)
    address = reverse("documents:document_paper", args=[document.pk])
    response = sign_in(cast.an).get(address)
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert response["Content-Disposition"].startswith("inline")
    assert AuditEvent.objects.filter(action="documents.read_file", subject_id=str(document.pk)).count() == 1
    kept = sign_in(cast.an).get(address, {"download": "1"})
    assert b"".join(kept.streaming_content).startswith(b"%PDF")
    assert kept["Content-Disposition"].startswith("attachment")
    assert sign_in(cast.dung).get(address).status_code == 404
    assert sign_in(cast.chi).get(address).status_code == 404
