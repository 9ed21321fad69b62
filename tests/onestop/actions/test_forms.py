"""Slips: the form of the day, the words of the day, the same bytes for ever; no whole number on paper."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import Error, transaction

from egov.files.store import read_checked
from egov.workflow.refusal import NotPermitted
from onestop.actions.issue_form import FormNotLoaded, issue_form
from onestop.actions.print_form import print_form
from onestop.actions.receive import receive
from onestop.enums import FormKind
from onestop.models import Dossier, FormSet, IssuedForm
from tests.conftest import MONDAY_MORNING
from tests.factories.dossiers import OWNER_NUMBER
from tests.factories.filings import EM, filing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.procedures import ProcedureVersionFactory
from tests.support.pdf_text import text_of

NOW = MONDAY_MORNING
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit()


@pytest.fixture
def dossier(unit: Unit) -> Dossier:
    return receive(unit.counter, filing(ProcedureVersionFactory(), unit.agency), at=NOW)


def printed(unit: Unit, slip: IssuedForm) -> bytes:
    return read_checked(print_form(unit.counter, slip, at=NOW).file)


@pytest.mark.rule("onestop", 58)
def test_the_receipt_says_what_the_form_asks_and_no_whole_number(unit: Unit, dossier: Dossier):
    text = text_of(printed(unit, dossier.forms.get()))
    for words in (
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "Mẫu số 01",
        "01/TNHS",
        dossier.code,
        "Vũ Thị Em",
        "Tờ khai đăng ký khai sinh",
        "08 giờ 00 phút, ngày 18/09/2025",
        "3 ngày làm việc",
        dossier.secret,
        "Hoàng Thị Quầy",
    ):
        assert words in text, words
    assert OWNER_NUMBER not in text
    assert "034******234" in text
    assert OWNER_NUMBER not in str(dossier.forms.get().content)


@pytest.mark.rule("onestop", 58)
def test_no_slip_of_any_kind_shows_a_whole_number(unit: Unit, dossier: Dossier):
    for kind in FormKind:
        if kind == FormKind.REGISTER:
            continue
        slip = issue_form(unit.counter, dossier, kind, {"reason": "Lý do", "papers": ["Tờ khai"]}, at=NOW)
        assert OWNER_NUMBER not in text_of(printed(unit, slip)), kind


@pytest.mark.rule("onestop", 13)
def test_the_form_set_is_that_of_the_day_of_issue(unit: Unit, dossier: Dossier):
    last_day = datetime(2025, 9, 14, 23, 59, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    for kind, number_before, number_after in [
        (FormKind.RECEIPT, "01", "01"),
        (FormKind.APOLOGY, "04", "04"),
        (FormKind.CONTROL, "05", "06"),
        (FormKind.STOP, "", "05"),
    ]:
        before = issue_form(unit.counter, dossier, kind, {}, at=last_day)
        after = issue_form(unit.counter, dossier, kind, {}, at=last_day + timedelta(minutes=1))
        assert before.form.form_set.code == "tt01-2018"
        assert after.form.form_set.code == "tt03-2025"
        assert (before.form.number, after.form.number) == (number_before, number_after)
    assert (
        "xin lỗi và hẹn lại"
        in issue_form(unit.counter, dossier, FormKind.APOLOGY, {}, at=last_day).content["title"]
    )


@pytest.mark.rule("onestop", 13)
def test_the_first_day_of_a_set_is_data(unit: Unit, dossier: Dossier):
    FormSet.objects.filter(code="tt03-2025").update(effective_from="2025-10-01")
    slip = issue_form(unit.counter, dossier, FormKind.CONTROL, {}, at=NOW)
    assert (slip.form.form_set.code, slip.form.number) == ("tt01-2018", "05")


@pytest.mark.rule("onestop", 13)
def test_a_reprint_gives_the_same_bytes_whatever_has_changed_since(unit: Unit, dossier: Dossier, clock):
    slip = dossier.forms.get()
    first = printed(unit, slip)
    dossier.owner.__class__.objects.filter(pk=dossier.owner_id).update(name="Vũ Thị Khác")
    FormSet.objects.all().update(name="Thông tư khác")
    clock.shift(timedelta(days=400))
    assert printed(unit, IssuedForm.objects.get(pk=slip.pk)) == first


@pytest.mark.rule("onestop", 13)
def test_words_of_a_slip_that_is_printed_late_are_those_of_its_day(unit: Unit, dossier: Dossier, clock):
    """Power cut between receipt and print: nothing is lost, the slip comes from its kept words."""
    slip = dossier.forms.get()
    assert slip.file is None
    dossier.owner.__class__.objects.filter(pk=dossier.owner_id).update(name="Vũ Thị Khác")
    clock.shift(timedelta(days=30))
    text = text_of(printed(unit, IssuedForm.objects.get(pk=slip.pk)))
    assert "Vũ Thị Em" in text
    assert "ngày 15 tháng 9 năm 2025" in text


@pytest.mark.rule("onestop", 13)
@pytest.mark.parametrize("change", [{"content": {}}, {"number": 9}, {"issued_at": NOW + timedelta(days=1)}])
def test_a_slip_cannot_be_rewritten(dossier: Dossier, change: dict):
    with pytest.raises(Error), transaction.atomic():
        IssuedForm.objects.filter(dossier=dossier).update(**change)


def test_a_printed_file_cannot_be_exchanged(unit: Unit, dossier: Dossier):
    slip = dossier.forms.get()
    printed(unit, slip)
    with pytest.raises(Error), transaction.atomic():
        IssuedForm.objects.filter(pk=slip.pk).update(file=None)


def test_numbers_of_a_kind_run_through_the_year(unit: Unit, dossier: Dossier):
    second = issue_form(unit.counter, dossier, FormKind.RECEIPT, {}, at=NOW)
    other_kind = issue_form(unit.counter, dossier, FormKind.REFUSAL, {}, at=NOW)
    assert (second.number, other_kind.number) == (2, 1)


def test_what_only_the_action_knows_is_written_out(unit: Unit, dossier: Dossier):
    slip = issue_form(
        unit.counter,
        dossier,
        FormKind.SUPPLEMENT,
        {
            "papers": [("Giấy chứng sinh", "bản chính"), "Giấy ủy quyền"],
            "reason": "Bản đã nộp bị mờ",
            "deadline": datetime(2025, 10, 1, 17, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")),
            "contact": "Hoàng Thị Quầy, 0227 000 000",
        },
        at=NOW,
    )
    text = text_of(printed(unit, slip))
    for words in (
        "Giấy chứng sinh",
        "bản chính",
        "Giấy ủy quyền",
        "bị mờ",
        "17 giờ 00 phút, ngày 01/10/2025",
    ):
        assert words in text, words


def test_without_a_set_the_slip_is_refused_in_words(unit: Unit, dossier: Dossier):
    early = datetime(2018, 6, 1, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    with pytest.raises(FormNotLoaded, match="Giấy tiếp nhận"):
        issue_form(unit.counter, dossier, FormKind.RECEIPT, {}, at=early)


def test_an_outsider_prints_nothing(dossier: Dossier):
    stranger = make_unit()
    with pytest.raises(NotPermitted):
        print_form(stranger.counter, dossier.forms.get(), at=NOW)


def test_a_long_list_of_papers_goes_on_on_the_next_page(unit: Unit):
    from onestop.actions.filing import HandedPaper
    from tests.factories.procedures import RequirementFactory, activated

    version = ProcedureVersionFactory(draft=True)
    case = version.cases.get()
    for order in range(10, 80):
        RequirementFactory(case=case, order=order, name=f"Giấy tờ số {order} " + "rất dài " * 12)
    activated(version)
    every = tuple(HandedPaper(requirement=one, originals=1) for one in case.requirements.all())
    dossier = receive(unit.counter, filing(version, unit.agency, papers=every, owner=EM), at=NOW)
    assert "Giấy tờ số 79" in text_of(printed(unit, dossier.forms.get()))
