"""The register of reception: form 03, corrected by new lines, closed by the year, no denouncer in it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import InternalError, transaction

from complaints.actions.receive_visit import Opening, close_visit, open_visit
from complaints.actions.visit_entry import BelongsInSeal, Decided, VisitNotAcceptable
from complaints.actions.visit_register import (
    ReasonNeeded,
    RegisterNotClosable,
    close_register,
    correct_visit,
    follow_visit,
)
from complaints.enums import DutyKind, MatterKind, VisitOutcome
from complaints.models import RegisterClosing, Visit
from complaints.queries.reception_counts import reception_figures
from complaints.queries.visit_register import (
    HEADINGS,
    closing_of,
    register_entries,
    register_pdf,
    register_rows,
    year_figures,
)
from egov.files.store import read_checked
from egov.workflow.refusal import NotPermitted
from tests.factories.cast import Cast
from tests.factories.letters import LetterFactory, MatterFactory, appointed
from tests.factories.organizations import MembershipFactory, actor_for
from tests.factories.visits import GUIDED, LAN, MONDAY, Desk, heard, make_desk
from tests.support.pdf_text import text_of

pytestmark = pytest.mark.django_db
NEW_YEAR = datetime.fromisoformat("2027-01-04T08:00:00+07:00")


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def test_the_register_has_the_twelve_columns_of_the_form(desk: Desk):
    visit = desk.closed(heard(people=3, settled_by="Chủ tịch UBND xã"))
    follow_visit(desk.officer, visit, text="Đã nhận phiếu hướng dẫn", at=MONDAY)
    desk.closed(decided=Decided(outcome=VisitOutcome.RECEIVED))
    sent = Decided(outcome=VisitOutcome.TRANSFERRED, directed_to="Thanh tra tỉnh", paper_number="3/PC-UBND")
    desk.closed(heard(matter_kind=MatterKind.REACTION), sent)
    rows = register_rows(list(register_entries(desk.officer, 2026)))
    assert len(HEADINGS) == len(rows[0]) == 12
    assert rows[0] == (
        "1",
        "03/08/2026",
        f"{LAN.name}, {LAN.address}",
        LAN.personal_number,
        heard().summary,
        "Khiếu nại; 3",
        "Chủ tịch UBND xã",
        "",
        "Sở Nông nghiệp và Môi trường; 12/HD-UBND",
        "",
        "Đã nhận phiếu hướng dẫn",
        "",
    )
    assert rows[1][7] == "x"
    assert rows[2][9] == "Thanh tra tỉnh; 3/PC-UBND"


def test_the_register_prints_as_pdf_a(desk: Desk):
    desk.closed()
    pdf = register_pdf(desk.officer, 2026)
    assert b"pdfaid" in pdf
    text = text_of(pdf)
    for words in ("SỔ TIẾP CÔNG DÂN", "Mẫu số 03", LAN.name, "Năm 2026"):
        assert words in text


@pytest.mark.rule("complaints", 36)
@pytest.mark.rule("complaints", 35)
def test_a_protected_line_is_a_code_for_everybody(desk: Desk):
    matter = MatterFactory(letter=LetterFactory(agency=desk.agency, protected=True), summary="Nhận hối lộ")
    denounces = heard(matter_kind=MatterKind.DENUNCIATION, visitors=(), summary="")
    visit = desk.closed(denounces, Decided(outcome=VisitOutcome.RECEIVED, letter=matter.letter))
    (row,) = register_rows(list(register_entries(desk.officer, 2026)))
    assert row[2:5] == (matter.letter.code, "", "")
    text = text_of(register_pdf(desk.officer, 2026))
    assert "Nhận hối lộ" not in text
    assert LAN.name not in text
    # Who enters letters sees the line and not the visit; the keeper of the protected register both.
    intake = appointed(desk.agency, DutyKind.INTAKE)
    assert register_entries(intake, 2026).count() == 1
    assert not Visit.objects.visible_to(intake).exists()
    assert Visit.objects.visible_to(appointed(desk.agency, DutyKind.PROTECTED)).get() == visit


@pytest.mark.rule("complaints", 35)
def test_whom_a_denunciation_is_about_does_not_see_the_visit(desk: Desk):
    letter = LetterFactory(agency=desk.agency, protected=True)
    MatterFactory(letter=letter, subject_membership=desk.head.membership)
    denounces = heard(matter_kind=MatterKind.DENUNCIATION, visitors=(), summary="")
    desk.closed(denounces, Decided(outcome=VisitOutcome.RECEIVED, letter=letter))
    assert not Visit.objects.visible_to(desk.head).exists()
    admin = actor_for(MembershipFactory(agency=desk.agency, agency_admin=True))
    assert not Visit.objects.visible_to(admin).exists()


def test_a_correction_is_a_new_line_and_the_old_one_stays(desk: Desk):
    wrong = desk.closed(heard(people=2))
    later = desk.closed(heard(earlier=wrong))
    right = correct_visit(
        desk.officer, wrong, heard(people=20), GUIDED, reason="Ghi nhầm số người", at=MONDAY + timedelta(1)
    )
    wrong.refresh_from_db()
    assert (wrong.people, right.people, right.number, right.started_at) == (2, 20, 3, wrong.started_at)
    first, _second, third = register_rows(list(register_entries(desk.officer, 2026)))
    assert "Được đính chính tại dòng 3/2026" in first[11]
    assert "Đính chính dòng 1/2026" in third[11]
    figures = reception_figures(desk.agency, date(2026, 8, 1), date(2026, 8, 31)).all
    assert (figures.visits, figures.people, figures.cases) == (2, 21, 1)
    assert later.case_id == right.case_id


@pytest.mark.rule("complaints", 48)
def test_a_period_that_is_over_gives_the_same_figures_after_its_visits_were_corrected(desk: Desk):
    """The law's period ends on 14/09; two corrections follow, one within it and one after."""
    quarter, next_one = (date(2026, 6, 15), date(2026, 9, 14)), (date(2026, 9, 15), date(2026, 12, 14))
    wrong = desk.closed(heard(people=2))
    within = correct_visit(
        desk.officer, wrong, heard(people=7), GUIDED, reason="Ghi nhầm", at=MONDAY + timedelta(1)
    )
    asked = reception_figures(desk.agency, *quarter)
    assert (asked.all.visits, asked.all.people, asked.all.groups) == (1, 7, 1)
    afterwards = MONDAY + timedelta(days=60)
    correct_visit(desk.officer, within, heard(people=3), GUIDED, reason="Đếm lại", at=afterwards)
    desk.closed(heard(earlier=wrong), at=afterwards)
    assert reception_figures(desk.agency, *quarter) == asked
    later = reception_figures(desk.agency, *next_one).all
    assert (later.visits, later.people, later.cases, later.old_cases) == (1, 1, 1, 1)
    whole = reception_figures(desk.agency, quarter[0], next_one[1]).all
    assert (whole.visits, whole.people, whole.cases, whole.groups) == (2, 4, 1, 0)
    assert year_figures(desk.agency, 2026).all == whole


@pytest.mark.rule("complaints", 48)
def test_a_visit_that_is_written_down_after_the_cut_off_counts_once(desk: Desk):
    last_hour = datetime.fromisoformat("2026-09-14T16:30:00+07:00")
    visit = desk.written(at=last_hour)
    quarter, next_one = (date(2026, 6, 15), date(2026, 9, 14)), (date(2026, 9, 15), date(2026, 12, 14))
    close_visit(desk.officer, visit, GUIDED, at=last_hour + timedelta(hours=16))
    counts = [reception_figures(desk.agency, *days).all for days in (quarter, next_one)]
    assert [(one.visits, one.old_cases) for one in counts] == [(0, 0), (1, 0)]


def test_a_correction_needs_a_reason_and_a_line_that_stands(desk: Desk):
    visit = desk.closed()
    with pytest.raises(ReasonNeeded):
        correct_visit(desk.officer, visit, heard(), GUIDED, reason=" ", at=MONDAY)
    correct_visit(desk.officer, visit, heard(), GUIDED, reason="Sai tên", at=MONDAY)
    with pytest.raises(NotPermitted):
        correct_visit(desk.officer, visit, heard(), GUIDED, reason="Sai nữa", at=MONDAY)
    with pytest.raises(NotPermitted):
        correct_visit(desk.officer, desk.written(), heard(), GUIDED, reason="Chưa vào sổ", at=MONDAY)
    denounces = heard(matter_kind=MatterKind.DENUNCIATION, visitors=(), summary="")
    with pytest.raises((VisitNotAcceptable, BelongsInSeal)):
        correct_visit(desk.officer, desk.closed(), denounces, GUIDED, reason="Là tố cáo", at=MONDAY)


def test_a_year_is_closed_with_its_totals_and_takes_no_more_lines(desk: Desk):
    speakers = (replace(LAN, name="Người đại diện"),)
    desk.closed(heard(people=20, visitors=speakers))
    waiting = desk.written()
    with pytest.raises(RegisterNotClosable):
        close_register(desk.officer, desk.agency, year=2026, at=MONDAY)
    with pytest.raises(RegisterNotClosable, match="1 lượt"):
        close_register(desk.officer, desk.agency, year=2026, at=NEW_YEAR)
    close_visit(desk.officer, waiting, GUIDED, at=MONDAY)
    closing = close_register(desk.officer, desk.agency, year=2026, at=NEW_YEAR)
    assert (closing.totals["lines"], closing.totals["all"]["people"]) == (2, 21)
    assert "Sổ này có 2 dòng" in text_of(read_checked(closing.file))
    assert close_register(desk.officer, desk.agency, year=2026, at=NEW_YEAR) == closing
    assert closing_of(desk.agency, 2026) == closing
    with pytest.raises(InternalError, match="closed"), transaction.atomic():
        open_visit(desk.officer, desk.agency, Opening(), at=MONDAY)
    with pytest.raises(InternalError), transaction.atomic():
        RegisterClosing.objects.update(totals={})
    # What was wrong in it is corrected in the register of the new year.
    wrong = Visit.objects.get(number=2, year=2026)
    right = correct_visit(desk.officer, wrong, heard(people=2), GUIDED, reason="Sai số người", at=NEW_YEAR)
    assert (right.year, right.number) == (2027, 1)


def test_what_became_of_a_protected_visit_is_not_written_here(desk: Desk):
    denounces = heard(matter_kind=MatterKind.DENUNCIATION, visitors=(), summary="", identity_seen=True)
    visit = desk.closed(denounces, Decided(outcome=VisitOutcome.RECEIVED))
    for row, text in ((visit, "Đã kết luận"), (desk.opened(), "Chưa xong"), (desk.closed(), " ")):
        with pytest.raises(VisitNotAcceptable):
            follow_visit(desk.officer, row, text=text, at=MONDAY)


def test_an_outsider_keeps_no_register(desk: Desk, cast: Cast):
    visit = desk.closed()
    for outsider in (cast.dung, cast.em, make_desk().officer):
        for attempt in (
            lambda who: correct_visit(who, visit, heard(), GUIDED, reason="x", at=MONDAY),
            lambda who: follow_visit(who, visit, text="x", at=MONDAY),
            lambda who: close_register(who, desk.agency, year=2026, at=NEW_YEAR),
        ):
            with pytest.raises(NotPermitted):
                attempt(outsider)
    for nobody in (cast.dung, cast.em):
        with pytest.raises(NotPermitted):
            register_entries(nobody, 2026)
