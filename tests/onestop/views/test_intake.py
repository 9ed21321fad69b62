"""The intake page: typed text is kept, a card fills the fields, refusals cost no word; without scripts."""

from collections.abc import Callable

import pytest
from django.test import Client

from onestop.actions.receive import receive
from onestop.enums import Channel, DossierState, FormKind
from onestop.models import Dossier, IntakeDraft, ProcedureVersion
from tests.conftest import MONDAY_MORNING
from tests.factories.dossiers import OWNER_NUMBER
from tests.factories.filings import filing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.procedures import (
    ProcedureVersionFactory,
)
from tests.onestop.views.counter_page import send, text_of, typed

NOW = MONDAY_MORNING
CARD = f"{OWNER_NUMBER}|151234567|Vũ Thị Em|03051990|Nữ|Thôn Bắc, xã Thụy Xuân|01012022"
MOST_QUERIES = 12
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit()


@pytest.fixture
def version(db: None) -> ProcedureVersion:
    return ProcedureVersionFactory(name="Đăng ký khai sinh")


@pytest.fixture
def client(unit: Unit, sign_in: Callable[..., Client]) -> Client:
    return sign_in(unit.counter)


@pytest.fixture
def draft(client: Client, version: ProcedureVersion) -> IntakeDraft:
    client.post(f"/counter/begin/{version.pk}/")
    return IntakeDraft.objects.get()


def test_three_letters_without_accents_find_the_procedure(client: Client, version: ProcedureVersion):
    ProcedureVersionFactory(name="Cấp bản sao trích lục khai sinh")
    page = text_of(client.get("/counter/", {"q": "kha"}))
    assert client.get("/counter/", {"q": "a\x00b'%"}).status_code == 200
    assert page.index("Đăng ký khai sinh") < page.index("Cấp bản sao trích lục khai sinh")
    part = text_of(client.get("/counter/", {"q": "kha"}, headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert "Đăng ký khai sinh" in part
    assert "Không có thủ tục nào khớp" in text_of(client.get("/counter/", {"q": "zzz"}))


def test_a_dossier_is_received_without_a_script(
    client: Client, draft: IntakeDraft, version: ProcedureVersion
):
    response = send(client, draft, "receive", **typed(version))
    dossier = Dossier.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"/counter/received/{dossier.pk}/"
    page = text_of(client.get(response["Location"]))
    assert dossier.code in page
    assert "Thứ Năm 18/09/2025" in page
    slip = client.get(f"/counter/slips/{dossier.forms.get().pk}/")
    content = b"".join(slip.streaming_content)
    assert (slip["Content-Type"], content[:5]) == ("application/pdf", b"%PDF-")
    again = client.get(f"/counter/slips/{dossier.forms.get().pk}/")
    assert b"".join(again.streaming_content) == content


def test_a_second_click_leads_to_the_first_one_s_dossier(
    client: Client, draft: IntakeDraft, version: ProcedureVersion
):
    first = send(client, draft, "receive", **typed(version))
    second = send(client, draft, "receive", **typed(version))
    assert first["Location"] == second["Location"]
    assert Dossier.objects.count() == 1
    # The draft is done: its page leads to the dossier too.
    assert client.get(f"/counter/intake/{draft.pk}/")["Location"] == first["Location"]


@pytest.mark.rule("onestop", 50)
def test_what_is_typed_is_kept_field_by_field_right_or_wrong(
    client: Client, draft: IntakeDraft, version: ProcedureVersion
):
    half = {"person_name": "Vũ Thị", "person_born_on": "31/02/1990", "person_personal_number": "0341"}
    part = client.post(f"/counter/intake/{draft.pk}/save/", half, headers={"HX-Request": "true"})
    assert "Đã lưu lúc 08:00:00" in text_of(part)
    assert "12 chữ số" in text_of(part)
    # After a lost connection or an expired sign-in the page comes back as it was.
    page = text_of(client.get(f"/counter/intake/{draft.pk}/"))
    for words in half.values():
        assert f'value="{words}"' in page
    assert "Vũ Thị" in text_of(client.get("/counter/"))


@pytest.mark.rule("onestop", 50)
def test_signed_out_while_typing_nothing_says_that_it_was_saved(
    client: Client, draft: IntakeDraft, version: ProcedureVersion
):
    client.logout()
    part = client.post(
        f"/counter/intake/{draft.pk}/save/", {"person_name": "Vũ"}, headers={"HX-Request": "true"}
    )
    assert part.headers.get("HX-Refresh") == "true"
    assert "Đã lưu" not in text_of(part)
    assert client.post(f"/counter/intake/{draft.pk}/", {"next": "receive"}).status_code == 302
    assert not Dossier.objects.exists()


def test_a_scanned_card_fills_the_fields_and_is_not_kept(
    client: Client, draft: IntakeDraft, version: ProcedureVersion
):
    page = text_of(send(client, draft, "save", card=CARD))
    draft.refresh_from_db()
    assert draft.typed["person_name"] == "Vũ Thị Em"
    assert draft.typed["person_born_on"] == "03/05/1990"
    assert draft.typed["person_sex"] == "female"
    assert "card" not in draft.typed
    assert 'data-focus-on="id_person_phone"' in page
    fields = typed(version, **draft.typed)
    send(client, draft, "receive", **fields)
    assert Dossier.objects.get().submitter.identity_level == 1


def test_a_number_mended_by_hand_is_no_longer_read_from_the_card(
    client: Client, draft: IntakeDraft, version: ProcedureVersion
):
    send(client, draft, "save", card=CARD)
    changed = typed(version, person_card=OWNER_NUMBER, person_personal_number="034190005678")
    send(client, draft, "receive", **changed)
    assert Dossier.objects.get().submitter.identity_level == 0


@pytest.mark.parametrize("line", ["abc", "https://example.vn/x", "|||||||", "٠٣٤|a|b|c|d|e|f", "x" * 5000])
def test_a_line_that_is_no_card_is_told_and_changes_nothing(client: Client, draft: IntakeDraft, line: str):
    response = send(client, draft, "save", card=line, person_name="Vũ Thị Em")
    assert response.status_code == 409
    assert "không phải mã QR" in text_of(response)
    draft.refresh_from_db()
    assert draft.typed["person_name"] == "Vũ Thị Em"


@pytest.mark.rule("onestop", 14)
def test_a_duplicate_is_shown_while_typing_and_confirmed_by_a_box(
    client: Client, unit: Unit, draft: IntakeDraft, version: ProcedureVersion
):
    earlier = receive(unit.counter, filing(version, unit.agency), at=NOW)
    part = client.post(f"/counter/intake/{draft.pk}/save/", typed(version), headers={"HX-Request": "true"})
    assert earlier.code in text_of(part)
    refused = send(client, draft, "receive", **typed(version))
    assert refused.status_code == 409
    assert 'name="duplicate_confirmed"' in text_of(refused)
    assert Dossier.objects.count() == 1
    send(client, draft, "receive", **typed(version, duplicate_confirmed="on"))
    assert Dossier.objects.count() == 2


@pytest.mark.rule("onestop", 38)
def test_a_doubtful_number_is_passed_over_by_a_box(
    client: Client, draft: IntakeDraft, version: ProcedureVersion
):
    doubtful = typed(version, person_sex="male")
    refused = send(client, draft, "receive", **doubtful)
    assert 'name="person_confirmed"' in text_of(refused)
    assert not Dossier.objects.exists()
    send(client, draft, "receive", **{**doubtful, "person_confirmed": "on"})
    assert Dossier.objects.get().owner.number_warning


def test_missing_papers_are_marked_and_all_are_ticked_by_one_button(
    client: Client, draft: IntakeDraft, version: ProcedureVersion
):
    bare = {name: text for name, text in typed(version).items() if not name.startswith("paper_")}
    refused = text_of(send(client, draft, "receive", **bare))
    assert refused.count('class="lacking"') == 3
    ticked = text_of(send(client, draft, "papers", **bare))
    assert ticked.count("checked") >= 3
    draft.refresh_from_db()
    assert sum(name.startswith("paper_") for name in draft.typed) == 3
    send(client, draft, "receive", **draft.typed)
    assert Dossier.objects.get().papers.count() == 3


@pytest.mark.parametrize(
    ("wrong", "words", "place"),
    [
        ({"person_name": ""}, "Hãy ghi họ tên", "id_person_name"),
        ({"person_personal_number": "123"}, "12 chữ số", "id_person_personal_number"),
        ({"apart": "on"}, "chủ hồ sơ", "id_owner_name"),
        ({"delivery": "post"}, "địa chỉ nhận kết quả", "id_delivery_address"),
        ({"sets": "0"}, "", ""),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_nothing_typed_is_lost(
    client: Client,
    draft: IntakeDraft,
    version: ProcedureVersion,
    *,
    wrong: dict,
    words: str,
    place: str,
):
    response = send(client, draft, "receive", **typed(version, content="Cho con thứ hai", **wrong))
    if wrong == {"sets": "0"}:
        # None given is one.
        assert Dossier.objects.get().sets == 1
        return
    assert response.status_code in {409, 422}
    page = text_of(response)
    assert words in page
    assert f'href="#{place}"' in page
    assert 'value="Cho con thứ hai"' in page
    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    "hostile",
    [
        {"case": "999999"},
        {"case": "x"},
        {"channel": "online"},
        {"delivery": "balloon"},
        {"person_kind": "robot"},
        {"person_born_on": "31/13/0000"},
        {"person_name": "x" * 9000},
        {"person_name": "Vũ\x00Thị"},
        {"sets": "99999999999999999999"},
        {"person_email": "khong phai thu"},
        {"deciding_agency": "999999"},
    ],
)
def test_no_input_breaks_the_page(
    client: Client, draft: IntakeDraft, version: ProcedureVersion, hostile: dict
):
    fields = typed(version, **hostile)
    assert send(client, draft, "save", **fields).status_code in {200, 409, 422}
    received = send(client, draft, "receive", **fields)
    assert received.status_code in {302, 409, 422}
    # What is saved after it has become a dossier comes too late, and is no fault.
    saved = client.post(f"/counter/intake/{draft.pk}/save/", fields)
    assert saved.status_code == (204 if received.status_code == 302 else 200)


@pytest.mark.rule("onestop", 12)
def test_refused_at_the_counter_prints_form_03(client: Client, draft: IntakeDraft, version: ProcedureVersion):
    without_words = send(client, draft, "refuse", **typed(version), ground="competence", reason="")
    assert without_words.status_code == 422
    response = send(
        client,
        draft,
        "refuse",
        **typed(version),
        ground="competence",
        reason="Thuộc thẩm quyền của Sở Tư pháp",
    )
    dossier = Dossier.objects.get()
    assert response["Location"] == f"/counter/received/{dossier.pk}/"
    assert (dossier.state, dossier.code) == (DossierState.REFUSED, None)
    assert [one.kind for one in dossier.forms.all()] == [FormKind.REFUSAL]
    assert "Đã từ chối tiếp nhận" in text_of(client.get(response["Location"]))


def test_saved_for_later_and_thrown_away(client: Client, draft: IntakeDraft, version: ProcedureVersion):
    later = send(client, draft, "later", person_name="Vũ Thị Em")
    assert later["Location"] == "/counter/"
    assert "Vũ Thị Em" in text_of(client.get("/counter/"))
    client.post(f"/counter/intake/{draft.pk}/discard/")
    assert not IntakeDraft.objects.exists()


def test_a_draft_is_its_writer_s_alone(unit: Unit, draft: IntakeDraft, sign_in: Callable[..., Client]):
    colleague = actor_for(MembershipFactory(agency=unit.agency, role="counter"))
    other = sign_in(colleague)
    for path in ("", "save/", "discard/", "files/"):
        assert other.post(f"/counter/intake/{draft.pk}/{path}").status_code == 404
    assert IntakeDraft.objects.filter(pk=draft.pk).exists()


def test_others_than_the_counter_are_told_whose_work_it_is(unit: Unit, sign_in: Callable[..., Client]):
    client = sign_in(unit.specialist)
    for path in ("/counter/", "/counter/online/"):
        response = client.get(path)
        assert response.status_code == 403
        assert "cán bộ tiếp nhận" in text_of(response)


def test_the_centre_chooses_whose_matter_it_is(unit: Unit, sign_in: Callable[..., Client]):
    centre = make_unit(AgencyFactory(department=True))
    client, version = sign_in(centre.counter), ProcedureVersionFactory()
    client.post(f"/counter/begin/{version.pk}/")
    draft = IntakeDraft.objects.get(version=version)
    assert unit.agency.name in text_of(client.get(f"/counter/intake/{draft.pk}/"))
    send(client, draft, "receive", **typed(version, deciding_agency=str(unit.agency.pk)))
    assert Dossier.objects.get().deciding_agency == unit.agency


def test_by_post_the_channel_is_the_post_s(client: Client, draft: IntakeDraft, version: ProcedureVersion):
    send(client, draft, "receive", **typed(version, channel="post"))
    assert Dossier.objects.get().channel == Channel.POST


def test_what_is_missing_is_ticked_and_printed_and_the_intake_is_kept(
    client: Client, draft: IntakeDraft, version: ProcedureVersion
):
    paper = version.cases.get().requirements.get(name="Giấy chứng sinh")
    fields = typed(version, **{f"paper_{paper.pk}": ""})
    address = f"/counter/intake/{draft.pk}/missing/"
    empty = client.post(address, fields | {"missing-reason": "Chưa có bản chính"})
    assert empty.status_code == 422
    assert "Giấy tờ còn thiếu, chưa đúng" in text_of(empty)
    response = client.post(
        address,
        fields | {"missing-papers": [str(paper.pk)], "missing-reason": "Chưa có bản chính"},
        follow=True,
    )
    page = text_of(response)
    assert "chưa tiếp nhận hồ sơ" in page
    assert 'value="Vũ Thị Em"' in page
    slip = draft.slips.get()
    assert f"/counter/general-slips/{slip.pk}/" in page
    printed = client.get(f"/counter/general-slips/{slip.pk}/")
    assert b"".join(printed.streaming_content).startswith(b"%PDF")
    assert not Dossier.objects.exists()


def test_what_one_person_handed_in_together_gets_one_receipt(
    client: Client, unit: Unit, version: ProcedureVersion
):
    first, second = (
        receive(unit.counter, filing(version, unit.agency, duplicate_confirmed=True), at=NOW)
        for _ in range(2)
    )
    page = text_of(client.get(f"/counter/received/{second.pk}/"))
    assert f'value="{first.pk}"' in page
    alone = client.post(f"/counter/received/{second.pk}/together/", {"dossier": ["x"]}, follow=True)
    assert "từ 2 đến" in text_of(alone)
    done = client.post(f"/counter/received/{second.pk}/together/", {"dossier": [str(first.pk)]}, follow=True)
    assert "Đã lập giấy tiếp nhận chung." in text_of(done)
    assert "Giấy tiếp nhận chung, số" in text_of(client.get(f"/counter/received/{first.pk}/"))


def test_the_page_of_an_intake_and_of_what_was_received_ask_the_database_no_more_than_twelve_times(
    client: Client, draft: IntakeDraft, version: ProcedureVersion, django_assert_max_num_queries
):
    fields = typed(version)
    send(client, draft, "save", **fields)
    client.get("/counter/")
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(f"/counter/intake/{draft.pk}/")
    received = send(client, draft, "receive", **fields)["Location"]
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(received)
