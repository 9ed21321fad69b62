"""From verification through dialogue and draft to the issued decision or conclusion."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from complaints.actions.dialogue import (
    DialogueNotCalled,
    DialogueNotMinuted,
    call_dialogue,
    minute_dialogue,
)
from complaints.actions.draft_outcome import (
    AlreadyPresented,
    NotReadyToDraft,
    OutcomeContent,
    WordsOfAnotherKind,
    draft_outcome,
)
from complaints.actions.present_outcome import (
    NoDraft,
    Signing,
    WrongSigner,
    present_outcome,
    take_issued,
)
from complaints.actions.verify import (
    Assignment,
    NothingFound,
    NotVerifiable,
    Piece,
    add_evidence,
    assign_verification,
    plan_verification,
    report,
)
from complaints.enums import MatterKind, MatterState, Stage, SubjectKind
from complaints.models import Matter, Outcome
from complaints.models.outcome import ComplaintResult, DenunciationResult
from complaints.models.verification import EvidenceKind
from complaints.queries.outcome_words import outcome_abstract, outcome_body
from documents.actions.issue import issue
from documents.actions.number import number
from documents.actions.seal import seal
from documents.actions.sign import sign
from documents.models import Document
from egov.notifications.models import Notification
from egov.organizations.enums import Capacity
from egov.workflow.refusal import NotPermitted
from tests.conftest import MONDAY_MORNING
from tests.factories.documents import PIN, KindFactory, give_key, pdf_of
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.settlements import (
    Bench,
    accepted,
    drafted,
    make_bench,
    talked,
    verified,
    vn,
)

pytestmark = pytest.mark.django_db
NOW = vn(2026, 8, 25)


@pytest.fixture
def bench() -> Bench:
    province = AgencyFactory(province=True)
    return make_bench(AgencyFactory(parent=province))


def task(bench: Bench, **traits: object) -> Assignment:
    words = {"leader": bench.handler.membership, "content": "Xác minh", "due_on": date(2026, 8, 31)}
    return Assignment(**(words | traits))


def content(result: str = ComplaintResult.PARTLY) -> OutcomeContent:
    return OutcomeContent(result=result, findings="Có cơ sở một phần.", ruling="Bồi thường thêm.")


def test_a_verification_goes_from_its_task_to_its_report(bench: Bench):
    matter = accepted(bench)
    made = assign_verification(
        bench.leader, matter, task(bench, members=[bench.colleague.membership]), at=vn(2026, 8, 17)
    )
    told = Notification.objects.filter(event="complaints.verification_assigned")
    assert {one.member_id for one in told} == {bench.handler.membership.pk, bench.colleague.membership.pk}
    assert matter.letter.code in told.first().text
    plan_verification(bench.colleague, matter, plan="Đo đạc lại thửa đất.", at=vn(2026, 8, 18))
    piece = Piece(
        kind=EvidenceKind.MINUTES,
        name="Biên bản đo đạc",
        taken_on=date(2026, 8, 19),
        file=pdf_of("Biên bản"),
        filename="bien-ban.pdf",
    )
    kept = add_evidence(bench.colleague, matter, piece, at=vn(2026, 8, 19))
    assert (kept.file.media_type, kept.file_name) == ("application/pdf", "bien-ban.pdf")
    with pytest.raises(NotPermitted, match="phụ trách"):
        report(bench.colleague, matter, findings="…", recommendation="…", differs=False, at=NOW)
    report(bench.handler, matter, findings="Thiếu 20 m²", recommendation="Bù", differs=False, at=NOW)
    made.refresh_from_db()
    assert (made.finding.differs, made.order.notation) == (False, "2/QĐ-GQĐT")
    with pytest.raises(NotPermitted, match="đã có báo cáo"):
        report(bench.handler, matter, findings="…", recommendation="…", differs=False, at=NOW)


def test_the_task_names_people_who_may_and_days_inside_the_term(bench: Bench):
    matter = accepted(bench)
    for wrong, words in (
        (task(bench, content=" "), "nội dung"),
        (task(bench, due_on=date(2026, 9, 10)), "hết hạn giải quyết"),
        (task(bench, due_on=date(2026, 8, 16)), "Hạn xác minh"),
        (task(bench, leader=bench.outsider.membership), "công tác tại cơ quan"),
    ):
        with pytest.raises(NotVerifiable, match=words):
            assign_verification(bench.leader, matter, wrong, at=vn(2026, 8, 17))
    for actor in (bench.handler, bench.outsider):
        with pytest.raises(NotPermitted):
            assign_verification(actor, matter, task(bench), at=vn(2026, 8, 17))
    assign_verification(bench.leader, matter, task(bench), at=vn(2026, 8, 17))
    with pytest.raises(NotVerifiable, match="chưa báo cáo"):
        assign_verification(bench.leader, matter, task(bench), at=vn(2026, 8, 17))
    for actor in (bench.outsider, bench.colleague):
        with pytest.raises(NotPermitted):
            plan_verification(actor, matter, plan="Kế hoạch", at=vn(2026, 8, 18))
    with pytest.raises(NothingFound):
        plan_verification(bench.handler, matter, plan=" ", at=vn(2026, 8, 18))
    piece = Piece(kind=EvidenceKind.DOCUMENT, name="Giấy tờ", taken_on=date(2026, 8, 18))
    with pytest.raises(NothingFound):
        add_evidence(bench.handler, matter, piece, at=vn(2026, 8, 18))
    with pytest.raises(NotPermitted):
        add_evidence(bench.outsider, matter, piece, at=vn(2026, 8, 18))


@pytest.mark.rule("complaints", 17)
def test_whom_a_denunciation_is_about_verifies_nothing_of_it(bench: Bench):
    about = bench.colleague.membership
    matter = accepted(
        bench, kind=MatterKind.DENUNCIATION, subject_kind=SubjectKind.INDIVIDUAL, subject_membership=about
    )
    with pytest.raises(NotVerifiable, match=matter.letter.code):
        assign_verification(bench.leader, matter, task(bench, leader=about), at=vn(2026, 8, 17))


@pytest.mark.rule("complaints", 28)
def test_no_draft_without_a_report_and_no_dialogue_needed_when_claim_and_finding_agree(bench: Bench):
    matter = accepted(bench)
    with pytest.raises(NotReadyToDraft, match="báo cáo kết quả xác minh"):
        draft_outcome(bench.handler, matter, content(), at=NOW)
    assert draft_outcome(bench.handler, verified(bench), content(), at=NOW).form == "decision"


@pytest.mark.rule("complaints", 28)
def test_a_first_settlement_needs_a_dialogue_when_they_differ_and_a_second_always(bench: Bench):
    differing = verified(bench, differs=True)
    second = verified(bench, stage=Stage.SECOND)
    for matter, result in ((differing, ComplaintResult.WRONG), (second, ComplaintResult.UPHOLD)):
        with pytest.raises(NotReadyToDraft, match="biên bản đối thoại"):
            draft_outcome(bench.handler, matter, content(result), at=NOW)
        called = call_dialogue(
            bench.handler, matter, meets_at=vn(2026, 8, 20), place="P1", content="Đất", at=vn(2026, 8, 18)
        )
        with pytest.raises(NotReadyToDraft):
            draft_outcome(bench.handler, matter, content(result), at=NOW)
        minute_dialogue(
            bench.handler,
            matter,
            dialogue_id=called.pk,
            chaired_by=bench.leader.membership,
            complainant_came=False,
            is_signed=False,
            minutes="Người khiếu nại vắng mặt dù đã được mời.",
            at=vn(2026, 8, 20),
        )
        draft_outcome(bench.handler, matter, content(result), at=NOW)


def test_a_dialogue_is_called_ahead_and_minuted_once(bench: Bench):
    matter = verified(bench)
    with pytest.raises(DialogueNotCalled, match="địa điểm"):
        call_dialogue(bench.handler, matter, meets_at=NOW, place="", content="Đất", at=NOW)
    with pytest.raises(DialogueNotCalled, match="đã qua"):
        call_dialogue(bench.handler, matter, meets_at=vn(2026, 8, 1), place="P1", content="Đất", at=NOW)
    called = call_dialogue(bench.handler, matter, meets_at=vn(2026, 8, 26), place="P1", content="Đất", at=NOW)
    minutes = {
        "dialogue_id": called.pk,
        "chaired_by": bench.leader.membership,
        "complainant_came": True,
        "is_signed": True,
        "minutes": "Đã trao đổi.",
    }
    with pytest.raises(DialogueNotMinuted, match="Chưa đến"):
        minute_dialogue(bench.handler, matter, **minutes, at=NOW)
    with pytest.raises(DialogueNotMinuted, match="chữ ký"):
        minute_dialogue(bench.handler, matter, **(minutes | {"is_signed": False}), at=vn(2026, 8, 26, 10))
    minute_dialogue(bench.handler, matter, **minutes, at=vn(2026, 8, 26, 10))
    with pytest.raises(DialogueNotMinuted, match="đã lập"):
        minute_dialogue(bench.handler, matter, **minutes, at=vn(2026, 8, 26, 10))
    for actor in (bench.outsider, bench.colleague):
        with pytest.raises(NotPermitted):
            call_dialogue(actor, matter, meets_at=NOW, place="P1", content="Đất", at=NOW)
        with pytest.raises(NotPermitted):
            minute_dialogue(actor, matter, **minutes, at=NOW)


@pytest.mark.rule("complaints", 30)
def test_each_kind_has_words_and_a_form_of_its_own(bench: Bench):
    complaint, denounced = verified(bench), verified(bench, kind=MatterKind.DENUNCIATION)
    second = talked(bench, verified(bench, stage=Stage.SECOND))
    for matter, wrong in (
        (complaint, DenunciationResult.TRUE),
        (complaint, ComplaintResult.UPHOLD),
        (denounced, ComplaintResult.RIGHT),
        (second, ComplaintResult.RIGHT),
        (complaint, "nonsense"),
    ):
        with pytest.raises(WordsOfAnotherKind):
            draft_outcome(bench.handler, matter, content(wrong), at=NOW)
    conclusion = draft_outcome(bench.handler, denounced, content(DenunciationResult.FALSE), at=NOW)
    decision = draft_outcome(bench.handler, complaint, content(ComplaintResult.RIGHT), at=NOW)
    assert (conclusion.form, decision.form) == ("conclusion", "decision")
    assert "Điều 1." in outcome_body(decision)
    assert "Vũ Thị Lan" in outcome_body(decision)
    assert "Tố cáo sai" in outcome_body(conclusion)
    assert "Điều 1." not in outcome_body(conclusion)
    with pytest.raises(IntegrityError, match="outcome_words_of_its_form"), transaction.atomic():
        Outcome.objects.filter(pk=conclusion.pk).update(result=ComplaintResult.RIGHT)


@pytest.mark.rule("complaints", 39)
def test_the_paper_of_a_conclusion_speaks_of_the_letter_by_its_code(bench: Bench):
    outcome = drafted(bench, kind=MatterKind.DENUNCIATION)
    code = outcome.matter.letter.code
    assert code in outcome_abstract(outcome)
    assert outcome.matter.summary not in outcome_abstract(outcome)
    assert code in outcome_body(outcome)


def test_a_draft_may_be_written_again_until_it_is_presented(bench: Bench):
    first = drafted(bench)
    second = draft_outcome(bench.handler, first.matter, content(ComplaintResult.RIGHT), at=NOW)
    first.refresh_from_db()
    assert first.dropped_at == NOW
    assert Outcome.objects.get(matter=first.matter, dropped_at=None) == second
    for actor in (bench.outsider, bench.colleague):
        with pytest.raises(NotPermitted):
            draft_outcome(actor, first.matter, content(), at=NOW)


def signing(bench: Bench, **traits: object) -> Signing:
    above = bench.agency.placements.get().parent
    words = {
        "signer": bench.leader.membership,
        "capacity": Capacity.TM,
        "recipient_codes": (above.code,),
    }
    return Signing(**(words | traits))


def issued(bench: Bench, document_id: int) -> Document:
    document = Document.objects.get(pk=document_id)
    sign(bench.leader, document, pin=PIN, at=MONDAY_MORNING)
    number(bench.registry, document, at=MONDAY_MORNING)
    seal(bench.registry, document, pin=PIN, at=MONDAY_MORNING)
    return issue(bench.registry, document, at=MONDAY_MORNING)


@pytest.mark.usefixtures("trust")
@pytest.mark.parametrize("kind", [MatterKind.COMPLAINT, MatterKind.DENUNCIATION])
def test_the_issue_of_its_paper_settles_the_matter(bench: Bench, kind: str):
    KindFactory()
    KindFactory(code="TB", name="Thông báo", abbreviation="TB", packet_type=7, ordinal=7)
    give_key(at=MONDAY_MORNING, user=bench.leader.user)
    give_key(at=MONDAY_MORNING, agency=bench.agency)
    outcome = drafted(bench, kind=kind, at=vn(2025, 8, 25))
    presented = present_outcome(bench.handler, outcome.matter, signing(bench), at=MONDAY_MORNING)
    with pytest.raises(NoDraft):
        present_outcome(bench.handler, outcome.matter, signing(bench), at=MONDAY_MORNING)
    again = content(outcome.result)
    with pytest.raises(AlreadyPresented):
        draft_outcome(bench.handler, outcome.matter, again, at=MONDAY_MORNING)
    assert Matter.objects.get(pk=outcome.matter_id).state == MatterState.SETTLING
    document = issued(bench, presented.document_id)
    matter = Matter.objects.get(pk=outcome.matter_id)
    outcome.refresh_from_db()
    assert (matter.state, matter.settled_at) == (MatterState.SETTLED, MONDAY_MORNING)
    assert (outcome.notation, outcome.dated_on) == (document.notation, document.dated_on)
    told = Notification.objects.get(event="complaints.settled", member=bench.handler.membership)
    assert matter.letter.code in told.text
    # Told again, nothing changes; a paper that is nobody's here is nobody's.
    take_issued(document.pk, vn(2025, 9, 16))
    take_issued(document.pk + 1, vn(2025, 9, 16))
    assert Matter.objects.get(pk=matter.pk).changes.count() == matter.changes.count()


@pytest.mark.rule("complaints", 29)
def test_who_is_complained_of_does_not_sign_the_second_decision(bench: Bench):
    outcome = drafted(
        bench,
        stage=Stage.SECOND,
        subject_kind=SubjectKind.ACT,
        # Then the chair of a commune, a deputy in the province today.
        subject_membership=MembershipFactory(user=bench.deputy.user),
    )
    with pytest.raises(WrongSigner, match="không được ký"):
        present_outcome(bench.handler, outcome.matter, signing(bench, signer=bench.deputy.membership), at=NOW)


@pytest.mark.rule("complaints", 29)
def test_who_signed_the_first_decision_does_not_sign_the_second(bench: Bench):
    first = drafted(bench)
    Outcome.objects.filter(pk=first.pk).update(
        signer=bench.deputy.membership,
        document_id=1,
        notation="1/QĐ",
        dated_on=date(2026, 8, 25),
        issued_at=NOW,
    )
    second = drafted(bench, stage=Stage.SECOND, previous=first.matter)
    with pytest.raises(WrongSigner):
        present_outcome(bench.handler, second.matter, signing(bench, signer=bench.deputy.membership), at=NOW)


def test_nobody_else_presents(bench: Bench):
    outcome = drafted(bench)
    for actor in (bench.outsider, bench.colleague):
        with pytest.raises(NotPermitted):
            present_outcome(actor, outcome.matter, signing(bench), at=NOW)


@pytest.mark.rule("complaints", 35)
def test_who_verifies_sees_that_matter_and_no_other(bench: Bench):
    helper = actor_for(MembershipFactory(agency=bench.agency))
    mine, other = (accepted(bench, kind=MatterKind.DENUNCIATION) for _one in range(2))
    assert not Matter.objects.visible_to(helper).exists()
    assign_verification(bench.leader, mine, task(bench, members=[helper.membership]), at=vn(2026, 8, 17))
    assert list(Matter.objects.visible_to(helper)) == [mine]
    plan_verification(helper, mine, plan="Đo đạc", at=vn(2026, 8, 18))
    with pytest.raises(NotPermitted):
        plan_verification(helper, other, plan="Đo đạc", at=vn(2026, 8, 18))
