"""The one search: without accents, with slips, in whole sentences, and with texts that no person types."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.enums import FindableKind
from portal.models import Findable, drop_entry, index_entry
from portal.queries.finding import find
from portal.queries.likely_words import distance

pytestmark = pytest.mark.django_db

PROCEDURES = {
    "1.001193": "Đăng ký khai sinh",
    "1.004884": "Đăng ký lại khai sinh",
    "1.000894": "Đăng ký kết hôn",
    "1.004873": "Cấp giấy xác nhận tình trạng hôn nhân",
    "1.001612": "Đăng ký thành lập hộ kinh doanh",
    "1.004222": "Đăng ký thường trú",
}
DECREE = "Nghị định 118/2025/NĐ-CP về thực hiện thủ tục hành chính theo cơ chế một cửa, một cửa liên thông"


@pytest.fixture(autouse=True)
def entries():
    for code, name in PROCEDURES.items():
        text = f"{code} {code}.H54 sinh con" if "khai sinh" in name else f"{code} {code}.H54"
        index_entry(
            kind=FindableKind.PROCEDURE, key=code, title=name, text=text, url=f"/services/{code}.H54/"
        )
    index_entry(
        kind=FindableKind.LEGAL_DOCUMENT, key="118", title=DECREE, url="/law/118-2025-nd-cp/", language="vi"
    )
    index_entry(
        kind=FindableKind.LEGAL_DOCUMENT,
        key="61",
        title="Nghị định 61/2018/NĐ-CP về cơ chế một cửa",
        url="/law/61-2018-nd-cp/",
        language="vi",
    )
    index_entry(kind=FindableKind.LIFE_EVENT, key="birth", title="Sinh con", url="/services/life/birth/")


def first(text, **narrowed):
    found = find(text, language="vi", **narrowed)
    return found.hits[0].title if found.hits else None


@pytest.mark.parametrize(
    "typed",
    [
        "đăng ký khai sinh",
        "dang ki khai sin",
        "dang ky khai snih",
        "dag ky khai sinh",
        "DANG KY KHAI SINH",
        "khai sinh",
        "  khai    sinh ",
        "1.001193",
        "1.001193.H54",
        "khai sinh cho con thì cần giấy gì?",
        "Đăng ký khai sinh",
    ],
)
def test_what_was_meant_comes_first(typed):
    assert first(typed) == "Đăng ký khai sinh"


@pytest.mark.rule("onestop", 52)
@pytest.mark.parametrize(
    "typed",
    ["nghi dinh 118", "118/2025/ND-CP", "118/2025/nđ-cp", "nghị định 118", "Nghi dinh so 118 2025 ND-CP"],
)
def test_a_legal_document_is_found_by_its_number_without_accents(typed):
    assert first(typed) == DECREE


def test_a_number_is_never_mended_into_another():
    assert find("nghị định 119", language="vi").hits == () or find("nghị định 119", language="vi").is_near
    assert find("1.001199", language="vi").hits == ()


def test_a_life_event_and_its_procedures_are_found_together():
    found = find("sinh con", language="vi")
    assert [hit.title for hit in found.hits] == ["Sinh con", "Đăng ký khai sinh", "Đăng ký lại khai sinh"]
    assert found.kinds == (FindableKind.LIFE_EVENT, FindableKind.PROCEDURE)


def test_near_hits_say_that_they_are_near():
    assert not find("đăng ký kết hôn", language="vi").is_near
    assert find("kethon dagn", language="vi").hits == ()
    assert find("thuongf tru", language="vi").is_near


def test_kinds_narrow_what_is_found():
    assert first("một cửa", kinds=[FindableKind.PROCEDURE]) is None
    assert (
        first("một cửa", kinds=[FindableKind.LEGAL_DOCUMENT]) == "Nghị định 61/2018/NĐ-CP về cơ chế một cửa"
    )


def test_a_reader_finds_what_is_in_the_language_or_in_none():
    assert find("nghi dinh 118", language="en").hits == ()
    assert find("khai sinh", language="en").hits


def test_nothing_is_found_before_it_is_shown_or_after():
    now = timezone.now()
    index_entry(
        kind=FindableKind.NEWS,
        key="1",
        title="Lễ hội chùa Keo",
        url="/news/1/",
        language="vi",
        visible_from=now,
        visible_until=now + timedelta(days=2),
    )
    assert not find("chua keo", language="vi", at=now - timedelta(seconds=1)).hits
    assert find("chua keo", language="vi", at=now).hits
    assert not find("chua keo", language="vi", at=now + timedelta(days=2)).hits


def test_an_entry_told_again_is_changed_and_a_dropped_one_is_gone():
    index_entry(
        kind=FindableKind.LIFE_EVENT, key="birth", title="Gia đình thêm người", url="/services/life/birth/"
    )
    assert first("gia dinh them nguoi") == "Gia đình thêm người"
    assert Findable.objects.filter(kind=FindableKind.LIFE_EVENT).count() == 1
    drop_entry(kind=FindableKind.LIFE_EVENT, key="birth")
    assert first("gia dinh them nguoi") is None


def test_the_code_of_a_dossier_is_recognised_and_nothing_is_said_of_it():
    found = find("000.00.00.h54-260302-0001", language="vi")
    assert (found.dossier_code, found.hits) == ("000.00.00.H54-260302-0001", ())


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "\0",
        "\0khai\0sinh",
        "".join(map(chr, range(32))),
        "x" * 10_000,
        "khai " * 2_000,
        "'; DROP TABLE portal_findable; --",
        "khai' & 'sinh:*",
        "\\ ' \" | ! ( ) <-> :*",
        "\ud7ff\uffff\U0010ffff",
        "ﷺ" * 200,
        "🙏 khai sinh 🙏",
    ],
)
def test_any_text_has_an_answer(typed):
    find(typed, language="vi")


def test_a_text_in_decomposed_letters_is_the_same_text():
    assert first("Đăng ký khai sinh") == first("Đăng ký khai sinh")


def test_a_word_without_end_can_be_indexed():
    index_entry(
        kind=FindableKind.NEWS, key="long", title="a" * 499, text="ﷺ" * 20_000 + "b" * 9_000, url="/news/x/"
    )
    assert find("a" * 60, language="vi").hits


@pytest.mark.parametrize(
    ("first_word", "second_word", "slips"),
    [
        ("sinh", "sinh", 0),
        ("snih", "sinh", 1),
        ("sin", "sinh", 1),
        ("sinhh", "sinh", 1),
        ("kinh", "sinh", 1),
        ("", "ab", 2),
    ],
)
def test_slips_are_counted(first_word, second_word, slips):
    assert distance(first_word, second_word) == slips
