"""Entering a letter on one page, its slip, its register, and the steps of whoever keeps the register."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from complaints.actions.enter import enter
from complaints.actions.link import link_duplicate
from complaints.enums import DutyKind, MatterKind
from complaints.models import Letter, Participant
from complaints.queries.letter_register import counts
from egov.organizations.actor import Actor
from tests.factories.documents import pdf_of
from tests.factories.entries import AUGUST_MORNING, content, entry, group
from tests.factories.letters import appointed
from tests.factories.organizations import AgencyFactory, MembershipFactory
from tests.factories.sealing import make_sealed_office
from tests.support.pdf_text import text_of
from tests.support.signed_in import signed_in

pytestmark = pytest.mark.django_db
NOW = AUGUST_MORNING
ENTER = "complaints:letter_enter"


@pytest.fixture
def clerk() -> Actor:
    return appointed(AgencyFactory(), DutyKind.INTAKE)


@pytest.fixture
def at_work(clerk, clock) -> Client:
    clock.move_to(NOW)
    return signed_in(clerk)


def typed(**more: object) -> dict[str, object]:
    """What a browser sends of the page."""
    sent: dict[str, object] = {
        "key": "one page",
        "channel": "post",
        "received_on": "03/08/2026",
        "received_time": "08:30",
        "written_on": "01/08/2026",
        "source": "sender",
        "sender_kind": "individual",
        "people": "1",
        "is_vietnamese": "on",
        "is_named": "on",
        "is_signed": "on",
        "is_readable": "on",
        "person-count": "1",
        "person-0-name": "Vũ Thị Lan",
        "person-0-address": "Thôn Tân An",
        "person-0-role": "principal",
        "person-0-has_signed": "on",
        "content-count": "1",
        "content-0-kind": "complaint",
        "content-0-summary": "Đề nghị xem xét lại mức bồi thường",
        "content-0-subject_kind": "decision",
        "content-0-subject": "Quyết định số 12/QĐ-UBND",
        "content-0-stage": "first",
        "paper-count": "1",
        "paper-0-kind": "letter",
        "paper-0-name": "",
        "next": "enter",
    }
    return sent | more


def test_a_letter_is_entered_with_its_paper_and_its_slip_is_handed_out(at_work):
    scan = pdf_of("Đơn khiếu nại")
    scan.name = "don.pdf"
    sent = typed(**{"paper-0-name": "Đơn", "paper-0-originals": "1", "paper-0-file": scan})
    page = at_work.post(reverse(ENTER), sent, follow=True)
    letter = Letter.objects.get()
    assert letter.code in page.content.decode()
    assert letter.attachments.get().file is not None
    assert letter.written_on == date(2026, 8, 1)
    slip = at_work.get(reverse("complaints:letter_slip", args=[letter.pk]))
    words = text_of(b"".join(slip.streaming_content))
    for said in ("Giấy biên nhận", letter.code, letter.secret, "Vũ Thị Lan", "Đơn"):
        assert said.lower() in words.lower(), said
    # The same page sent again is the same letter.
    again = at_work.post(reverse(ENTER), typed(), follow=True)
    assert letter.code in again.content.decode()
    assert Letter.objects.count() == 1


def test_one_more_line_keeps_what_was_typed(at_work):
    page = at_work.post(reverse(ENTER), typed(next="more-person")).content.decode()
    assert "Vũ Thị Lan" in page
    assert 'name="person-1-name"' in page
    assert not Letter.objects.exists()
    both = typed(**{"person-count": "2", "person-1-name": "Hà", "person-1-role": "principal", "people": "2"})
    at_work.post(reverse(ENTER), both)
    assert list(Participant.objects.values_list("name", flat=True)) == ["Vũ Thị Lan", "Hà"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"content-0-summary": ""}, "Tóm tắt nội dung"),
        ({"received_on": "32/13/2026"}, "Ghi ngày theo dạng"),
        ({"received_time": "23:00"}, "sau lúc vào sổ"),
        ({"person-0-name": ""}, "họ tên từng người"),
        ({"content-0-kind": "denunciation", "channel": "phone"}, "Luật Tố cáo"),
        ({"channel": "transferred"}, "cơ quan chuyển đơn"),
        ({"content-0-subject_agency": "Sở không có"}, "Chọn cơ quan trong danh sách"),
        ({"content-count": "x", "person-count": "-1", "paper-count": "9999", "people": "0"}, "Số người"),
    ],
)
def test_what_is_wrong_is_told_beside_what_was_typed(at_work, wrong, sentence):
    page = at_work.post(reverse(ENTER), typed(**wrong))
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not Letter.objects.exists()


def test_a_strange_scan_is_refused_and_nothing_is_entered(at_work):
    scan = BytesIO(b"MZ")
    scan.name = "don.pdf"
    page = at_work.post(reverse(ENTER), typed(**{"paper-0-name": "Đơn", "paper-0-file": scan}))
    assert page.status_code == 422
    assert "không phải tệp PDF" in page.content.decode()
    assert not Letter.objects.exists()


@pytest.mark.rule("complaints", 17)
def test_whoever_is_named_with_their_agency_is_known_to_the_conflict_check(at_work):
    against = MembershipFactory(user__full_name="Trần Văn Bắc")
    sent = {
        "content-0-subject": "Ông Tran van Bac, phó phòng",
        "content-0-subject_agency": against.agency.name,
    }
    at_work.post(reverse(ENTER), typed(**sent))
    assert Letter.objects.get().matters.get().subject_membership == against


@pytest.mark.rule("complaints", 35)
def test_who_entered_a_denunciation_gets_its_slip_and_sees_nothing_of_it(clock):
    clock.move_to(NOW)
    office = make_sealed_office(AgencyFactory(), at=NOW)
    client = signed_in(appointed(office.agency, DutyKind.INTAKE))
    page = client.post(reverse(ENTER), typed(**{"content-0-kind": "denunciation"}), follow=True)
    letter = Letter.objects.get()
    assert letter.code in page.content.decode()
    printed = client.get(reverse("complaints:letter_slip", args=[letter.pk]))
    slip = text_of(b"".join(printed.streaming_content))
    assert letter.code in slip
    for secret in ("Lan", "Tân An", "bồi thường"):
        assert secret not in slip
        assert secret not in page.content.decode()
    assert client.get(reverse("complaints:letter_detail", args=[letter.pk])).status_code == 404
    other = signed_in(appointed(office.agency, DutyKind.INTAKE))
    for view in ("letter_entered", "letter_slip"):
        assert other.get(reverse(f"complaints:{view}", args=[letter.pk])).status_code == 404


@pytest.mark.rule("complaints", 49)
def test_the_register_counts_a_duplicate_as_a_letter_and_not_as_a_case(clerk, at_work):
    first, second = (enter(clerk, entry(), at=NOW) for _ in range(2))
    link_duplicate(clerk, second, first, at=NOW)
    total = counts(Letter.objects.all())
    assert (total.letters, total.cases) == (2, 1)
    page = at_work.get(reverse("complaints:letter_register"), {"year": "2026"}).content.decode()
    assert "2 đơn, 1 vụ việc" in page
    assert "Sổ đơn 2026" in page
    assert f"Trùng đơn {first.code}" in page
    bound = text_of(at_work.get(reverse("complaints:letter_register_print"), {"year": "2026"}).content)
    assert "2 đơn, 1 vụ việc" in bound


@pytest.mark.rule("complaints", 36)
def test_the_protected_register_is_bound_without_a_name():
    keeper = make_sealed_office(AgencyFactory(), at=NOW).keeper
    letter = enter(keeper, entry(content(MatterKind.DENUNCIATION, summary="Nhận tiền khi cấp đất")), at=NOW)
    asked = {"series": "TC", "year": "2026"}
    bound = text_of(signed_in(keeper).get(reverse("complaints:letter_register_print"), asked).content)
    assert letter.code in bound
    for secret in ("Lan", "Tân An", "Nhận tiền"):
        assert secret not in bound
    # Who has no part in the protected register finds it empty.
    clerk = signed_in(appointed(keeper.agency, DutyKind.INTAKE))
    page = clerk.get(reverse("complaints:letter_register"), asked).content.decode()
    assert "Không có đơn nào trong sổ này" in page
    assert letter.code not in page


def test_the_keeper_takes_each_step_from_the_page(clerk, at_work):
    letter = enter(clerk, group(6), at=NOW)
    matter = letter.matters.get()
    first = letter.participants.order_by("pk").first()

    def step(verb: str, **sent: object) -> int:
        address = reverse("complaints:letter_step", args=[matter.pk, verb])
        assert at_work.get(address).status_code == 200
        return at_work.post(address, sent).status_code

    assert step("represent", chosen=[first.pk]) == 302
    assert step("withdraw-person", person=first.pk, on="03/08/2026") == 302
    assert step("withdraw-person", person=first.pk, on="03/08/2026") == 422
    assert step("attach", kind="representation", name="Biên bản cử", originals="1") == 302
    assert step("attach", kind="representation", name="") == 422
    assert step("join", name="Hà", role="authorised", authorisation="Số 5") == 422
    assert step("split", kind="suggestion", summary="Sửa đường", subject_kind="none", stage="first") == 302
    assert step("link", code="D-0") == 422
    letter.refresh_from_db()
    assert (letter.people, letter.matters.count(), letter.attachments.count()) == (5, 2, 1)
    page = at_work.get(reverse("complaints:matter_detail", args=[matter.pk])).content.decode()
    assert "Biên bản cử" in page
    assert "Chưa cử người đại diện" in page or "chưa cử người đại diện" in page


def test_a_correction_from_the_page_keeps_what_was_not_touched(clerk, at_work):
    letter = enter(clerk, entry(), at=NOW)
    matter = letter.matters.get()
    address = reverse("complaints:letter_step", args=[matter.pk, "correct-letter"])
    form = at_work.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in sent.items() if value not in (None, False)}
    sent |= {
        "received_on": "03/08/2026",
        "received_time": "08:30",
        "written_on": "03/08/2026",
        "reason": "Xem lại bản gốc",
    }
    del sent["is_signed"]
    assert at_work.post(address, sent).status_code == 302
    assert [one.field for one in letter.corrections.all()] == ["is_signed"]
    page = at_work.get(reverse("complaints:matter_detail", args=[matter.pk])).content.decode()
    assert "Xem lại bản gốc" in page
    assert "không có chữ ký" in page


def test_the_door_is_shut_for_who_has_no_duty(clerk, at_work):
    letter = enter(clerk, entry(), at=NOW)
    matter = letter.matters.get()
    reader = signed_in(appointed(clerk.agency, DutyKind.HANDLING))
    stranger = signed_in(appointed(AgencyFactory(), DutyKind.INTAKE))
    step = reverse("complaints:letter_step", args=[matter.pk, "split"])
    assert reader.get(reverse(ENTER)).status_code == 403
    assert reader.get(step).status_code == reader.post(step).status_code == 403
    assert stranger.get(step).status_code == stranger.post(step).status_code == 404
    assert at_work.get(reverse("complaints:letter_step", args=[matter.pk, "nothing"])).status_code == 404


@pytest.mark.rule("complaints", 27)
def test_a_second_complaint_is_tied_to_its_first_by_the_code_of_its_letter(clerk, at_work):
    first = enter(clerk, entry(content()), at=NOW)
    second = {"content-0-stage": "second", "content-0-previous": first.code}
    assert at_work.post(reverse(ENTER), typed(**second)).status_code == 302
    assert Letter.objects.get(idempotency_key="one page").matters.get().previous == first.matters.get()
    for wrong, words in (
        ({"content-0-stage": "second", "content-0-previous": "D-0"}, "Không có khiếu nại lần đầu với mã này"),
        ({"content-0-previous": first.code}, "Chỉ khiếu nại lần hai"),
    ):
        page = at_work.post(reverse(ENTER), typed(**wrong, key="another"))
        assert page.status_code == 422
        assert words in page.content.decode()


def test_htmx_leaves_the_page_once_the_letter_stands(at_work):
    """The form that htmx sends keeps its chosen scans when it is refused; entered, another page follows."""
    by_htmx = {"HTTP_HX_REQUEST": "true"}
    refused = at_work.post(reverse(ENTER), typed(**{"content-0-summary": ""}), **by_htmx)
    assert refused.status_code == 422
    assert re.search(r'<input type="file"[^>]* hx-preserve="true"[^>]*>', refused.content.decode())
    entered = at_work.post(reverse(ENTER), typed(), **by_htmx)
    letter = Letter.objects.get(idempotency_key="one page")
    assert entered.headers["HX-Redirect"] == reverse("complaints:letter_entered", args=[letter.pk])
