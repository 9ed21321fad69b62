"""A refusal says why beside what was typed; nothing that was typed is lost, nothing half-kept."""

import pytest
from django.urls import reverse

from documents.models import Document
from tests.conftest import MONDAY_MORNING
from tests.factories.deliveries import make_desk, registered
from tests.factories.documents import DocumentFactory, KindFactory

TEXT = "Điều 1. Một đoạn văn đã gõ rất lâu."


def fields(**changed: object) -> dict[str, object]:
    typed = {
        "kind": KindFactory().pk,
        "abstract": "Về việc rà soát",
        "source": "composed",
        "body": TEXT,
        "urgency": "0",
        "circulation": "",
        "due_on": "",
        "secrecy": "",
    }
    return {**typed, **changed}


def test_a_draft_is_kept_and_leads_to_its_recipients(cast, sign_in):
    response = sign_in(cast.an).post("/documents/compose/", {**fields(), "next": "recipients"})
    document = Document.objects.get()
    assert response["Location"] == reverse("documents:draft_recipients", args=[document.pk])
    assert document.body == TEXT


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"secrecy": "mật"}, "không được soạn, lưu hay gửi bí mật"),
        ({"due_on": "31/02/2026"}, "Ghi ngày theo dạng ngày/tháng/năm"),
        ({"due_on": "01/01/2020"}, "Hạn trả lời không thể ở trong quá khứ"),
        ({"abstract": ""}, "Chưa gửi được"),
        ({"kind": "99999"}, "Chưa gửi được"),
    ],
)
def test_a_refused_draft_comes_back_as_it_was_typed(cast, sign_in, changed, sentence):
    response = sign_in(cast.an).post("/documents/compose/", fields(**changed))
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert TEXT in page
    assert not Document.objects.exists()


def test_a_draft_saves_itself_and_tells_when(cast, sign_in):
    client = sign_in(cast.an)
    told = client.post("/documents/compose/save/", fields()).json()
    document = Document.objects.get()
    assert told["edit"] == reverse("documents:draft_edit", args=[document.pk])
    again = client.post(told["autosave"], fields(body=TEXT + " Thêm."))
    assert again.json()["note"].startswith("Đã lưu lúc")
    document.refresh_from_db()
    assert document.body == TEXT + " Thêm."
    refused = client.post(told["autosave"], fields(secrecy="mật"))
    assert refused.status_code == 409
    assert "bí mật nhà nước" in refused.json()["note"]


def test_a_return_without_a_reason_is_asked_for_it(office, cast, sign_in):
    document = office.submitted(at=MONDAY_MORNING)
    address = reverse("documents:document_return", args=[document.pk])
    response = sign_in(cast.binh).post(address, {"reason": "  "})
    assert response.status_code == 422
    document.refresh_from_db()
    assert document.state == "submitted"


def test_a_wrong_pin_is_said_beside_the_field_and_not_shown_again(office, cast, sign_in):
    document = office.submitted(at=MONDAY_MORNING)
    response = sign_in(cast.binh).post(
        reverse("documents:document_sign", args=[document.pk]), {"pin": "991199"}
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "PIN" in page
    assert "991199" not in page


def test_a_refused_directive_comes_back_as_it_was_typed(cast, sign_in):
    desk = make_desk(cast.an)
    delivery = registered(desk, at=MONDAY_MORNING)
    typed = {
        "text": "Giao đồng chí nghiên cứu, tham mưu.",
        "lead": f"person:{desk.officer.membership.pk}",
        "coordinators": [f"person:{desk.officer.membership.pk}"],
        "due_on": "20/09/2025",
    }
    response = sign_in(desk.leader).post(reverse("documents:incoming_direct", args=[delivery.pk]), typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "chỉ giữ một vai trò" in page
    assert typed["text"] in page
    assert "20/09/2025" in page


def test_a_step_that_somebody_else_has_taken_meanwhile_is_told(office, cast, sign_in):
    document = office.signed(at=MONDAY_MORNING)
    response = sign_in(cast.binh).post(
        reverse("documents:document_sign", args=[document.pk]), {"pin": "246813"}
    )
    assert "không ở bước chờ ký" in response.content.decode()


def test_another_ones_draft_cannot_be_edited(cast, sign_in):
    document = DocumentFactory(drafter=cast.an.membership)
    for address in ("draft_edit", "draft_recipients", "draft_preview"):
        assert sign_in(cast.dung).get(reverse(f"documents:{address}", args=[document.pk])).status_code == 404
