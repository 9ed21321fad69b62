"""Rule 41: after their time filed letters are destroyed by the head's decision; that they were, stays."""

from datetime import date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from complaints.actions.destroy_letters import DestructionDecision, NotToBeDestroyed, destroy_letters
from complaints.actions.issue_paper import PaperDestroyed, print_paper
from complaints.actions.keep_print import print_letter_slip
from complaints.actions.seal_person import SealedPerson, seal_person
from complaints.enums import Direction, DutyKind, MatterKind
from complaints.models import (
    Attachment,
    CaseFact,
    ClockChange,
    Destruction,
    Evidence,
    Letter,
    Matter,
    Order,
    Participant,
    SealedRecord,
    SealedTrace,
    Verification,
    WrappedKey,
)
from complaints.queries.retention import due_for_destruction
from egov.files.models import StoredFile
from egov.files.store import put
from egov.workflow.refusal import NotPermitted
from tests.factories.documents import pdf_of
from tests.factories.letters import MatterFactory, appointed
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.processing import LetterOffice, make_letter_office
from tests.factories.sealing import make_sealed_office
from tests.support.signed_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock"), pytest.mark.rule("complaints", 41)]
D, K = Direction, MatterKind
FILED = datetime(2025, 9, 15, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
# Filed on 15/09/2025, kept one year, to the end of 15/09/2026.
LAST_DAY = FILED.replace(year=2026)
AFTER = LAST_DAY + timedelta(days=1)
DECISION = DestructionDecision(number="77/QĐ-UBND", decided_on=LAST_DAY.date())


@pytest.fixture
def office() -> LetterOffice:
    return make_letter_office()


def filed(office: LetterOffice, kind: MatterKind = K.COMPLAINT, **traits: object) -> Matter:
    matter = office.matter(kind, at=FILED, **traits)
    office.decide(matter, D.FILE, ground="lacks_conditions", words="Lan không ký đơn", at=FILED)
    return matter


def destroy(office: LetterOffice, *matters: Matter, at: datetime = AFTER) -> Destruction:
    return destroy_letters(office.leader, office.agency, [one.letter_id for one in matters], DECISION, at=at)


def test_a_letter_is_kept_for_a_year_and_not_a_day_less(office):
    matter = filed(office)
    assert due_for_destruction(office.leader, LAST_DAY.date()) == []
    with pytest.raises(NotToBeDestroyed, match="chưa hết thời hạn lưu"):
        destroy(office, matter, at=LAST_DAY)
    (due,) = due_for_destruction(office.leader, AFTER.date())
    assert (due.letter, due.filed_on, due.kept_until) == (matter.letter, FILED.date(), LAST_DAY.date())
    destroy(office, matter)
    assert due_for_destruction(office.leader, AFTER.date()) == []


def test_what_it_said_is_gone_and_that_it_was_stays(office):
    matter = filed(office, summary="Đòi lại ao cá", request="Trả ao")
    file = put(pdf_of("đơn"), media_type="application/pdf")
    Attachment.objects.create(letter=matter.letter, kind="letter", name="Đơn", file=file, added_at=FILED)
    slip = print_letter_slip(office.intake, matter.letter, at=FILED)
    sent = matter.sendings.create(
        kind="acceptance",
        sent_on=FILED.date(),
        proof="Giao tận tay bà Lan",
        noted_at=FILED,
        noted_by=office.handler.membership,
    )
    made = destroy(office, matter)
    for row in (slip, sent):
        row.refresh_from_db()
    assert (slip.file, sent.proof) == (None, "Đã tiêu hủy.")
    letter = Letter.objects.get(pk=matter.letter_id)
    matter.refresh_from_db()
    assert (letter.code, letter.number) == (matter.letter.code, matter.letter.number)
    assert (matter.kind, matter.state) == (K.COMPLAINT, "filed")
    assert (matter.summary, matter.request, matter.subject) == ("", "", "")
    assert not Participant.objects.exists()
    assert not Attachment.objects.exists()
    assert not StoredFile.objects.filter(pk=file.pk).exists()
    assert {one.words for one in matter.proposals.all()} == {""}
    row = made.letters.get()
    assert (row.code, row.closed_on, row.people, row.files) == (letter.code, FILED.date(), 1, 2)
    assert (made.decision, made.person) == ("77/QĐ-UBND", office.leader.caption)
    with pytest.raises(Exception, match="Cannot"), transaction.atomic():
        Destruction.objects.all().delete()
    with pytest.raises(Exception, match="Cannot"), transaction.atomic():
        made.letters.all().delete()


def test_nothing_of_the_words_is_left_in_the_rows_of_the_letter(office):
    matter = filed(office)
    destroy(office, matter)
    rows = [
        *Letter.objects.values(),
        *Matter.objects.values(),
        *matter.proposals.values(),
        *matter.papers.values(),
        *matter.changes.values(),
    ]
    assert "Lan" not in str([{key: one for key, one in row.items() if key != "person"} for row in rows])


def test_whatever_was_typed_on_the_way_goes_and_that_there_was_a_step_stays(office):
    """Every text of every table about the letter, found by the tables themselves: none is forgotten here."""
    matter = filed(office)
    clerk = office.handler.membership
    noted = {"noted_at": FILED, "noted_by": clerk}
    matter.changes.create(before="filed", after="filed", note="Lan gọi điện", at=FILED, person="Văn thư")
    ClockChange.objects.create(
        matter=matter,
        at=FILED,
        person="Văn thư",
        reason="Lan xin gia hạn",
        complexity="normal",
        is_remote=False,
    )
    CaseFact.objects.create(
        matter=matter,
        kind="remote",
        evidence="Lan ở xã đảo",
        noted_at=FILED,
        noted_by=office.handler.membership,
    )
    order = Order.objects.create(
        matter=matter,
        agency=office.agency,
        kind="verify",
        year=2025,
        number=1,
        signer="Chủ tịch",
        reason="Xác minh tại nhà Lan",
        decided_on=FILED.date(),
        decided_at=FILED,
        decided_by=office.leader.membership,
    )
    file = put(pdf_of("Lan khai"), media_type="application/pdf")
    verification = Verification.objects.create(
        matter=matter,
        order=order,
        leader=clerk,
        content="Gặp Lan",
        plan="Hỏi Lan",
        due_on=FILED.date(),
    )
    Evidence.objects.create(
        verification=verification,
        kind="minutes",
        name="Lời khai của Lan",
        file=file,
        taken_on=FILED.date(),
        **noted,
    )
    steps = matter.changes.count()
    destroy(office, matter)
    dump = StringIO()
    call_command("dumpdata", "complaints", "files", stdout=dump)
    assert "Lan" not in dump.getvalue()
    assert matter.changes.count() == steps
    order.refresh_from_db()
    assert (order.notation, order.reason) == ("1/QĐ-GQĐT", "Đã tiêu hủy.")
    assert not StoredFile.objects.filter(pk=file.pk).exists()
    with pytest.raises(Exception, match="Cannot"), transaction.atomic():
        matter.changes.update(note="x")


def test_an_outgoing_paper_keeps_its_number_without_its_words(office):
    matter = office.matter(at=FILED)
    office.decide(matter, D.COMPLETE, answer_by=date(2025, 10, 1), words="Bổ sung chữ ký", at=FILED)
    paper = print_paper(office.handler, matter.papers.get(), at=FILED)
    office.decide(matter, D.FILE, ground="not_completed", at=FILED)
    destroy(office, matter)
    paper.refresh_from_db()
    assert (paper.notation, paper.content, paper.file) == ("01/HD-UBND", {}, None)
    with pytest.raises(PaperDestroyed):
        print_paper(office.handler, paper, at=AFTER)


def test_of_a_denunciation_the_seal_is_emptied_and_its_keys_are_gone(office):
    make_sealed_office(office.agency, at=FILED)
    matter = office.matter(K.DENUNCIATION, at=FILED)
    seal_person(office.keeper, matter.letter, SealedPerson(name="Vũ Thị Lan", phone="0912345678"), at=FILED)
    office.decide(matter, D.FILE, ground="no_new_facts", at=FILED)
    assert WrappedKey.objects.exists()
    assert SealedTrace.objects.exists()
    destroy(office, matter)
    record = SealedRecord.objects.get()
    assert (bytes(record.ciphertext), record.destroyed_at) == (b"", AFTER)
    assert not WrappedKey.objects.exists()
    assert not SealedTrace.objects.exists()


def test_a_letter_with_an_open_content_or_of_another_body_is_kept(office):
    half, elsewhere = filed(office), filed(make_letter_office(AgencyFactory()))
    MatterFactory(letter=half.letter, kind=K.SUGGESTION)
    for matter in (half, elsewhere):
        with pytest.raises(NotToBeDestroyed):
            destroy(office, matter)
    assert not Destruction.objects.exists()


@pytest.mark.parametrize(
    "decision",
    [
        DestructionDecision(number=" ", decided_on=AFTER.date()),
        DestructionDecision(number="77/QĐ-UBND", decided_on=AFTER.date() + timedelta(days=1)),
    ],
)
def test_it_rests_on_a_decision(office, decision):
    matter = filed(office)
    with pytest.raises(NotToBeDestroyed):
        destroy_letters(office.leader, office.agency, [matter.letter_id], decision, at=AFTER)
    with pytest.raises(NotToBeDestroyed):
        destroy_letters(office.leader, office.agency, [], DECISION, at=AFTER)


def test_a_decision_is_carried_out_once(office):
    first, second = filed(office), filed(office)
    destroy(office, first)
    with pytest.raises(NotToBeDestroyed, match="đã dùng"):
        destroy(office, second)


def test_outsiders_destroy_nothing(office, cast):
    matter = filed(office)
    other = make_letter_office(AgencyFactory())
    administrator = actor_for(MembershipFactory(agency=office.agency, agency_admin=True))
    once = actor_for(office.leader.membership, second_factor=False)
    inspector = appointed(office.agency, DutyKind.INSPECTOR)
    with pytest.raises(NotPermitted):
        destroy_letters(other.leader, office.agency, [matter.letter_id], DECISION, at=AFTER)
    assert due_for_destruction(other.leader, AFTER.date()) == []
    for actor in (office.deputy, office.handler, administrator, once, inspector, cast.em):
        with pytest.raises(NotPermitted):
            destroy_letters(actor, office.agency, [matter.letter_id], DECISION, at=AFTER)
        with pytest.raises(NotPermitted):
            due_for_destruction(actor, AFTER.date())
    matter.refresh_from_db()
    assert matter.summary


def test_the_head_decides_on_a_page_that_shows_codes_alone(office, clock):
    matter = filed(office, summary="Đòi lại ao cá")
    clock.move_to(AFTER)
    head = signed_in(office.leader)
    shown = head.get(reverse("complaints:retention")).content.decode()
    assert matter.letter.code in shown
    assert "Đòi lại ao cá" not in shown
    typed = {"letters": [matter.letter_id], "number": "77/QĐ-UBND", "decided_on": "16/09/2026"}
    assert head.post(reverse("complaints:retention"), {**typed, "letters": []}).status_code == 422
    assert head.post(reverse("complaints:retention"), typed).status_code == 302
    after = head.get(reverse("complaints:retention")).content.decode()
    assert "77/QĐ-UBND" in after
    assert "Không có đơn nào hết thời hạn lưu" in after
