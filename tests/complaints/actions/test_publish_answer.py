"""Answers to suggestions become public: redacted, read by a second person, never those of a denunciation."""

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.test import Client
from django.urls import reverse

from complaints.actions.publish import NotPublishable, NotRedacted, NotToBeApproved
from complaints.actions.publish_answer import AnswerText, approve_answer, prepare_answer, withdraw_answer
from complaints.enums import MatterKind, MatterState
from complaints.models import Matter, PublishedAnswer
from complaints.public import published_answer, published_answers
from egov.workflow.refusal import NotPermitted
from tests.factories.settlements import ACCEPTED as NOW
from tests.factories.settlements import Bench, make_bench, processed
from tests.support.signed_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TEXT = AnswerText(
    title="Đèn đường xóm Bắc không sáng",
    question="Đèn đường hỏng từ tháng 6.",
    answer="Đã thay 12 bóng đèn, hoàn thành ngày 20/8.",
)


@pytest.fixture
def bench(clock) -> Bench:
    clock.move_to(NOW)
    return make_bench()


def answered(bench: Bench, kind: str = MatterKind.SUGGESTION, **traits: object) -> Matter:
    matter = processed(bench, kind=kind, **traits)
    Matter.objects.filter(pk=matter.pk).update(state=MatterState.ANSWERED)
    return Matter.objects.get(pk=matter.pk)


def public(bench: Bench, **traits: object) -> PublishedAnswer:
    matter = answered(bench, **traits)
    prepare_answer(bench.handler, matter, TEXT, at=NOW)
    return approve_answer(bench.leader, matter, at=NOW)


@pytest.mark.rule("complaints", 32)
def test_a_second_person_reads_it_before_anybody_else(bench: Bench):
    matter = answered(bench)
    made = prepare_answer(bench.leader, matter, TEXT, at=NOW)
    assert published_answer(made.pk) is None
    with pytest.raises(NotToBeApproved, match="không được tự duyệt"):
        approve_answer(bench.leader, matter, at=NOW)
    with pytest.raises(NotPublishable):
        prepare_answer(bench.handler, matter, TEXT, at=NOW)
    approve_answer(bench.deputy, matter, at=NOW)
    shown = published_answer(made.pk)
    assert shown is not None
    assert (shown.title, shown.agency_name) == (TEXT.title, bench.agency.name)
    with pytest.raises(NotToBeApproved):
        approve_answer(bench.deputy, matter, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        PublishedAnswer.objects.filter(pk=made.pk).update(approved_by=bench.leader.membership)
    with pytest.raises(InternalError), transaction.atomic():
        PublishedAnswer.objects.filter(pk=made.pk).update(answer="Khác")


@pytest.mark.rule("complaints", 32)
@pytest.mark.parametrize("left", ["bà VU THI LAN đề nghị", "gọi 0912345678", "số 034190001234"])
def test_what_still_holds_a_persons_data_is_refused(bench: Bench, left: str):
    with pytest.raises(NotRedacted):
        prepare_answer(
            bench.handler, answered(bench), AnswerText(title="x", question=left, answer="y"), at=NOW
        )


@pytest.mark.rule("complaints", 32)
@pytest.mark.parametrize("kind", [MatterKind.DENUNCIATION, MatterKind.COMPLAINT, MatterKind.INFORMATION])
def test_nothing_of_a_denunciation_ever_becomes_public_here(bench: Bench, kind: MatterKind):
    matter = answered(bench, kind)
    with pytest.raises(NotPermitted, match="kiến nghị, phản ánh"):
        prepare_answer(bench.handler, matter, TEXT, at=NOW)
    with pytest.raises(InternalError), transaction.atomic():
        PublishedAnswer.objects.create(
            matter=matter,
            title="x",
            question="x",
            answer="x",
            prepared_at=NOW,
            prepared_by=bench.handler.membership,
        )


def test_only_what_was_answered_and_only_those_who_have_it_in_hand(bench: Bench):
    with pytest.raises(NotPermitted, match="chưa có văn bản trả lời"):
        prepare_answer(bench.handler, processed(bench, kind=MatterKind.REACTION), TEXT, at=NOW)
    matter = answered(bench)
    for outsider in (bench.outsider, bench.colleague):
        with pytest.raises(NotPermitted):
            prepare_answer(outsider, matter, TEXT, at=NOW)
    prepare_answer(bench.handler, matter, TEXT, at=NOW)
    for outsider in (bench.outsider, bench.colleague, bench.handler):
        with pytest.raises(NotPermitted):
            approve_answer(outsider, matter, at=NOW)
        with pytest.raises(NotPermitted):
            withdraw_answer(outsider, matter, reason="x", at=NOW)


def test_a_withdrawn_one_is_gone_with_its_reason_and_another_may_follow(bench: Bench):
    made = public(bench)
    with pytest.raises(NotPublishable):
        withdraw_answer(bench.leader, made.matter, reason=" ", at=NOW)
    withdraw_answer(bench.leader, made.matter, reason="Số liệu sai", at=NOW)
    assert published_answer(made.pk) is None
    assert published_answers().answers == ()
    assert prepare_answer(bench.handler, made.matter, TEXT, at=NOW).pk != made.pk


def test_everybody_finds_it_by_any_word_with_or_without_accents(bench: Bench, client: Client):
    made = public(bench)
    every, one = reverse("portal:letter_answers"), reverse("portal:letter_answer", args=[made.pk])
    for typed, shown in (("", True), ("bong den", True), ("Đèn ĐƯỜNG", True), ("nước sạch", False)):
        assert (TEXT.title in client.get(every, {"q": typed}).content.decode()) is shown, typed
    page = client.get(one).content.decode()
    assert TEXT.answer in page
    assert made.matter.letter.code not in page
    assert client.get(every, {"page": "9999"}).status_code == 200
    assert client.get(every, {"page": "x"}).status_code == 200


def test_pages_follow_each_other(bench: Bench, client: Client, monkeypatch):
    monkeypatch.setattr("complaints.queries.published_answers.ON_A_PAGE", 1)
    first, second = public(bench), public(bench)
    assert [one.key for one in published_answers().answers] == [second.pk]
    page = client.get(reverse("portal:letter_answers")).content.decode()
    assert "page=2" in page
    assert [one.key for one in published_answers("", 2).answers] == [first.pk]
    assert not published_answers("", 2).has_more


def test_it_is_prepared_and_approved_on_the_page_of_the_letter(bench: Bench):
    matter = answered(bench)

    def take(actor, name: str, **typed: str) -> str:
        url = reverse("complaints:telling_step", args=[matter.pk, name])
        return signed_in(actor).post(url, typed, follow=True).content.decode()

    words = {"title": TEXT.title, "question": TEXT.question, "answer": TEXT.answer}
    assert "dữ liệu cá nhân" in take(bench.handler, "prepare-answer", **words | {"answer": "Gọi 0912345678"})
    assert "chờ người khác duyệt" in take(bench.handler, "prepare-answer", **words)
    assert "Đã công khai trả lời" in take(bench.leader, "approve-answer")
    assert "đã gỡ" in take(bench.leader, "withdraw-answer", reason="Nhầm")
