"""An open letter that turns out to denounce leaves its number behind and nothing of who wrote it."""

from io import StringIO

import pytest
from django.core.management import call_command

from complaints.actions.attach import attach
from complaints.actions.correct import correct_letter
from complaints.actions.enter import enter
from complaints.actions.entry import EntryNotAcceptable, HandedPaper
from complaints.actions.keep_print import print_letter_slip
from complaints.actions.move_to_protected import move_to_protected
from complaints.enums import DutyKind, MatterKind, MatterState
from complaints.models import Attachment, Letter
from egov.audit.models import AuditEvent
from egov.files.models import StoredFile
from egov.workflow.refusal import NotPermitted
from tests.factories.documents import pdf_of
from tests.factories.entries import AUGUST_MORNING, LAN, content, entry
from tests.factories.letters import appointed
from tests.factories.organizations import AgencyFactory
from tests.factories.sealing import make_sealed_office

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
