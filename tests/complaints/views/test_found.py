"""The search box of the office finds letters and visits: by what, for whom, and what it never tells."""

import pytest
from django.urls import reverse

from complaints.enums import DutyKind, MatterKind
from complaints.models import Visit, Visitor
from egov.audit.models import AuditEvent
from egov.organizations.actor import Actor
from tests.factories.letters import (
    MONDAY_MORNING,
    LetterFactory,
    MatterFactory,
    ParticipantFactory,
    appointed,
)
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.support.signed_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return AgencyFactory()


def found(actor: Actor, words: str) -> str:
    """The whole page, without the words that were typed."""
    page = signed_in(actor).get(reverse("documents:search_results"), {"q": words})
    assert page.status_code == 200
    return page.content.decode()


def denounced(agency):
    return MatterFactory(
        letter=LetterFactory(agency=agency, protected=True, number=4321),
        kind=MatterKind.DENUNCIATION,
        summary="Nhận tiền khi cấp đất",
        subject="Trần Văn Bắc",
    )


def visited(agency, host: Actor, *, protected: bool = False, number: int = 77) -> Visit:
    visit = Visit.objects.create(
        agency=agency,
        year=2026,
        number=number,
        code=f"TD-{agency.code}-2026-{number:05d}",
        kind="regular",
        started_at=MONDAY_MORNING,
        officer=host.membership,
        host=host.membership,
        is_protected=protected,
        matter_kind=MatterKind.DENUNCIATION if protected else MatterKind.COMPLAINT,
        summary="" if protected else "Tranh chấp lối đi chung",
    )
    if not protected:
        Visitor.objects.create(visit=visit, name="Phạm Thị Hồng")
    return visit


@pytest.mark.parametrize(
    "words", ["vu thi lan", "Vũ Thị Lan", "thu hoi dat", "quyết định số 12", "88", "88/2026"]
)
def test_an_open_letter_is_found_by_person_words_and_number_without_accents(agency, words: str):
    matter = MatterFactory(letter=LetterFactory(agency=agency, number=88))
    ParticipantFactory(letter=matter.letter)
    page = reverse("complaints:matter_detail", args=[matter.pk])
    assert page in found(appointed(agency, DutyKind.INTAKE), words)
    assert page in found(actor_for(MembershipFactory(agency=agency, leader=True)), matter.letter.code)
    for outsider in (
        appointed(agency),
        appointed(AgencyFactory(), DutyKind.INTAKE),
        actor_for(MembershipFactory(agency=agency, agency_admin=True)),
    ):
        assert page not in found(outsider, words)


@pytest.mark.rule("complaints", 35)
def test_a_protected_letter_is_found_by_its_code_alone_and_by_its_readers_alone(agency):
    told = denounced(agency)
    page, code = reverse("complaints:matter_detail", args=[told.pk]), told.letter.code
    keeper, clerk = appointed(agency, DutyKind.PROTECTED), appointed(agency, DutyKind.INTAKE)
    assert page in found(keeper, code)
    assert "Nhận tiền" not in found(keeper, code)
    for words in ("Trần Văn Bắc", "tran van bac", "nhan tien", "4321/2026"):
        assert page not in found(keeper, words), words
    for other in (clerk, appointed(AgencyFactory(), DutyKind.PROTECTED), appointed(agency)):
        assert page not in found(other, code)


@pytest.mark.rule("complaints", 35)
def test_whom_a_denunciation_is_about_gets_the_answer_of_a_code_that_is_none(agency):
    told = denounced(agency)
    leader = actor_for(MembershipFactory(agency=agency, leader=True))
    type(told).objects.filter(pk=told.pk).update(subject_membership=leader.membership)
    code = told.letter.code
    none = code.replace("04321", "09876")
    answers = [found(leader, words).replace(words, "") for words in (code, none)]
    tail = [answer[answer.index("<main") : answer.index("</main>")] for answer in answers]
    assert tail[0] == tail[1]


@pytest.mark.parametrize("words", ["pham thi hong", "lối đi chung", "loi di", "77/2026", "TD-"])
def test_a_visit_is_found_as_letters_are(agency, words: str):
    receiver = appointed(agency, DutyKind.RECEPTION)
    page = reverse("complaints:visit_detail", args=[visited(agency, receiver).pk])
    assert page in found(receiver, words)
    assert page not in found(appointed(AgencyFactory(), DutyKind.RECEPTION), words)
    assert page not in found(appointed(agency), words)


@pytest.mark.rule("complaints", 35)
def test_a_protected_visit_is_found_by_its_code_alone(agency):
    receiver = appointed(agency, DutyKind.RECEPTION)
    visit = visited(agency, receiver, protected=True, number=78)
    page = reverse("complaints:visit_detail", args=[visit.pk])
    assert page in found(receiver, visit.code)
    assert page not in found(receiver, "78/2026")
    assert page not in found(appointed(AgencyFactory(), DutyKind.RECEPTION), visit.code)


def test_a_search_is_on_record_for_whoever_reads_letters(agency):
    found(appointed(agency, DutyKind.INTAKE), "Vũ Thị Lan")
    found(appointed(agency), "Vũ Thị Lan")
    kept = AuditEvent.objects.filter(action="complaints.search")
    assert {one.subject_id for one in kept} == {"letters", "visits"}
    assert "Lan" not in str([one.details for one in kept])
