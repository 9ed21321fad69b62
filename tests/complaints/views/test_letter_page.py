"""The page of a letter and the list that leads to it."""

import pytest
from django.urls import reverse

from complaints.enums import DutyKind, MatterKind
from egov.audit.models import AuditEvent
from tests.factories.letters import LetterFactory, MatterFactory, ParticipantFactory, appointed
from tests.factories.organizations import AgencyFactory
from tests.support.signed_in import signed_in

pytestmark = pytest.mark.django_db


def test_the_page_shows_one_content_with_its_letter_and_the_read_is_on_record():
    matter = MatterFactory()
    ParticipantFactory(letter=matter.letter, personal_number="034085001234")
    MatterFactory(letter=matter.letter, kind=MatterKind.SUGGESTION, summary="Sửa đường liên thôn")
    reader = appointed(matter.agency, DutyKind.INTAKE)
    page = signed_in(reader).get(reverse("complaints:letter_detail", args=[matter.letter_id]), follow=True)
    text = page.content.decode()
    assert "Vũ Thị Lan" in text
    assert "034••••••234" in text
    assert "Nội dung 2: Kiến nghị" in text
    read = AuditEvent.objects.get(action="complaints.read")
    assert (read.subject_id, read.details["code"]) == (str(matter.pk), matter.letter.code)


def test_who_has_no_duty_finds_nothing():
    matter = MatterFactory()
    stranger = signed_in(appointed(matter.agency))
    for name, key in (("letter_detail", matter.letter_id), ("matter_detail", matter.pk)):
        assert stranger.get(reverse(f"complaints:{name}", args=[key])).status_code == 404
    assert stranger.get(reverse("complaints:letter_list")).status_code == 403


@pytest.mark.rule("complaints", 35)
def test_lists_show_a_protected_letter_as_its_code_and_find_it_by_nothing_else():
    agency = AgencyFactory()
    keeper = appointed(agency, DutyKind.INTAKE, DutyKind.PROTECTED)
    told = MatterFactory(
        letter=LetterFactory(agency=agency, protected=True),
        kind=MatterKind.DENUNCIATION,
        summary="Nhận tiền khi cấp đất",
        subject="Trần Văn Bắc",
    )
    open_one = MatterFactory(letter=LetterFactory(agency=agency))
    ParticipantFactory(letter=open_one.letter)
    client = signed_in(keeper)

    def listed(words: str) -> str:
        return client.get(reverse("complaints:letter_list"), {"q": words}).content.decode()

    everything = listed("")
    assert told.letter.code in everything
    assert "Nhận tiền" not in everything
    assert told.letter.code in listed(told.letter.code)
    for words in ("Trần Văn Bắc", "tran van bac", "nhận tiền"):
        assert told.letter.code not in listed(words), words
    assert open_one.letter.code in listed("vu thi lan")
