"""An open letter that turns out to denounce leaves its number behind and nothing of who wrote it."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import InternalError, transaction

from complaints.actions.appointment import Asking, ask_appointment
from complaints.actions.attach import attach
from complaints.actions.correct import correct_letter
from complaints.actions.enter import enter
from complaints.actions.entry import EntryNotAcceptable, HandedPaper
from complaints.actions.keep_print import print_letter_slip, print_visit_slip
from complaints.actions.link import link_duplicate, unlink_duplicate
from complaints.actions.move_to_protected import StillLinked, move_to_protected
from complaints.actions.promise import Word, promise
from complaints.actions.receive_visit import link_visit
from complaints.actions.seal_visits import VisitNotSealable
from complaints.actions.unnamed import NamesDenouncer
from complaints.actions.visit_entry import Handed
from complaints.actions.visit_register import follow_visit
from complaints.enums import DutyKind, MatterKind, MatterState
from complaints.models import Attachment, Letter, Visit
from complaints.queries.reception_counts import reception_figures
from complaints.queries.visit_register import register_lines, register_rows
from egov.audit.models import AuditEvent
from egov.files.models import StoredFile
from egov.workflow.refusal import NotPermitted
from tests.factories.documents import pdf_of
from tests.factories.entries import AUGUST_MORNING, LAN, content, entry
from tests.factories.letters import appointed
from tests.factories.organizations import AgencyFactory
from tests.factories.sealing import make_sealed_office
from tests.factories.visits import LAN as VISITOR
from tests.factories.visits import MONDAY, Desk, heard

pytestmark = pytest.mark.django_db
NOW = AUGUST_MORNING
TOLD = content(MatterKind.DENUNCIATION, summary="Nhận tiền khi cấp đất", subject="Phó Chủ tịch")


@pytest.mark.rule("complaints", 35)
def test_people_and_papers_go_under_seal_and_the_open_letter_is_emptied():
    office = make_sealed_office(AgencyFactory(), at=NOW)
    clerk = appointed(office.agency, DutyKind.INTAKE)
    letter = enter(clerk, entry(sent_by="Báo Thái Bình"), at=NOW)
    paper = HandedPaper(
        kind=Attachment.Kind.EVIDENCE, name="Đơn của bà Lan", file=pdf_of("Vũ Thị Lan"), file_name="lan.pdf"
    )
    scan = attach(clerk, letter, paper, at=NOW).file
    slip = print_letter_slip(clerk, letter, at=NOW).file
    correct_letter(clerk, letter, {"sent_by": "Báo Nhân Dân"}, reason="Bà Lan đến nói lại", at=NOW)
    move_to_protected(clerk, letter, [TOLD, content()], at=NOW)

    moved = Letter.objects.get(moved_from=letter)
    assert (moved.series, moved.number, moved.received_at) == ("TC", 1, letter.received_at)
    assert [one.kind for one in moved.matters.order_by("ordinal")] == ["denunciation", "complaint"]
    assert sorted(moved.sealed_records.values_list("kind", flat=True)) == ["original", "person"]
    letter.refresh_from_db()
    assert letter.number == 1
    assert letter.matters.get().state == MatterState.STOPPED
    assert not StoredFile.objects.filter(pk__in=[scan.pk, slip.pk]).exists()
    # The register says when it arrived and that it moved, not whose it was.
    dump = StringIO()
    call_command("dumpdata", "complaints", "audit", "files", stdout=dump)
    assert letter.code in dump.getvalue()
    for secret in (LAN.name, "bà Lan", "Bà Lan", LAN.personal_number, "Tân An", "lan.pdf"):
        assert secret not in dump.getvalue(), secret
    # Neither does the log of the open letter lead to the protected one.
    logged = AuditEvent.objects.get(action="complaints.move_to_protected")
    assert (logged.subject_id, logged.details) == (str(letter.pk), {})


@pytest.mark.rule("complaints", 35)
def test_the_visits_about_it_go_under_seal_and_the_register_prints_the_code(clock):
    """An earlier visit, the one that the letter came of, an appointment, a promise: each said who it was."""
    clock.move_to(MONDAY)
    office = make_sealed_office(AgencyFactory(), at=MONDAY)
    clerk = appointed(office.agency, DutyKind.INTAKE, DutyKind.RECEPTION)
    desk = Desk(office.agency, officer=clerk, head=office.head, deputy=office.head)
    letter = enter(clerk, entry(at=MONDAY), at=MONDAY)
    said = {"summary": "Bà Lan nói ông Phó lấy tiền", "group_note": "Lan đi cùng con"}
    earlier = desk.closed(heard(**said))
    visit = desk.closed(heard(earlier=earlier, papers=(Handed(name="Đơn của bà Lan"),), **said))
    unrelated = desk.closed(
        heard(visitors=(replace(VISITOR, name="Bùi Văn Sơn", personal_number="034178000002"),))
    )
    link_visit(clerk, visit, letter=letter, at=MONDAY)
    follow_visit(clerk, earlier, text="Đã gọi cho bà Lan", at=MONDAY)
    promise(
        clerk, visit, Word(text="Trả lời bà Lan", due_on=MONDAY.date(), keeper=clerk.membership), at=MONDAY
    )
    asking = Asking(name=VISITOR.name, phone="0912345678", content="Bà Lan gặp Chủ tịch", letter=letter)
    ask_appointment(clerk, office.agency, asking, at=MONDAY)
    slip = print_visit_slip(clerk, visit, at=MONDAY).file
    before = reception_figures(office.agency, MONDAY.date(), MONDAY.date())
    move_to_protected(clerk, letter, [TOLD], at=MONDAY)

    dump = StringIO()
    call_command("dumpdata", "complaints", "audit", "files", stdout=dump)
    for secret in (VISITOR.name, "Lan", VISITOR.personal_number, "0912345678", "ông Phó"):
        assert secret not in dump.getvalue(), secret
    assert "Bùi Văn Sơn" in dump.getvalue(), "who came about something else"
    assert not StoredFile.objects.filter(pk=slip.pk).exists()
    # One who signed the letter, two visits, one appointment.
    assert Letter.objects.get(moved_from=letter).sealed_records.count() == 4
    lines = register_rows(list(register_lines(office.agency, 2026)))
    assert [line[2] for line in lines] == [letter.code, letter.code, f"Bùi Văn Sơn, {VISITOR.address}"]
    assert reception_figures(office.agency, MONDAY.date(), MONDAY.date()) == before
    # The doors that were opened for this are closed again.
    with pytest.raises(InternalError, match="never changes"), transaction.atomic():
        Visit.objects.filter(pk=unrelated.pk).update(summary="x")


def test_what_would_stay_behind_with_the_name_stops_the_move(clock):
    clock.move_to(MONDAY)
    office = make_sealed_office(AgencyFactory(), at=MONDAY)
    clerk = appointed(office.agency, DutyKind.INTAKE, DutyKind.RECEPTION)
    desk = Desk(office.agency, officer=clerk, head=office.head, deputy=office.head)
    first, second = (enter(clerk, entry(at=MONDAY), at=MONDAY) for _one in range(2))
    link_duplicate(clerk, second, first, at=MONDAY)
    for one in (first, second):
        with pytest.raises(StillLinked):
            move_to_protected(clerk, one, [TOLD], at=MONDAY)
    unlink_duplicate(clerk, second, at=MONDAY)
    visit = desk.written(heard())
    link_visit(clerk, visit, letter=first, at=MONDAY)
    with pytest.raises(VisitNotSealable, match="đang tiếp"):
        move_to_protected(clerk, first, [TOLD], at=MONDAY)
    with pytest.raises(NamesDenouncer):
        move_to_protected(
            clerk, second, [replace(TOLD, summary=f"{LAN.name} nói ông Phó lấy tiền")], at=MONDAY
        )
    assert not Letter.objects.filter(is_protected=True).exists()
    assert first.participants.exists()


def test_only_an_open_letter_that_denounces_and_waits_is_moved():
    office = make_sealed_office(AgencyFactory(), at=NOW)
    clerk = appointed(office.agency, DutyKind.INTAKE)
    letter = enter(clerk, entry(), at=NOW)
    with pytest.raises(EntryNotAcceptable, match="nội dung tố cáo"):
        move_to_protected(clerk, letter, [content()], at=NOW)
    letter.matters.update(state=MatterState.GUIDED)
    with pytest.raises(NotPermitted, match="chưa nội dung nào"):
        move_to_protected(clerk, letter, [TOLD], at=NOW)
    letter.matters.update(state=MatterState.ENTERED)
    for outsider in (appointed(office.agency), appointed(AgencyFactory(), DutyKind.INTAKE)):
        with pytest.raises(NotPermitted):
            move_to_protected(outsider, letter, [TOLD], at=NOW)
    assert letter.participants.exists()
