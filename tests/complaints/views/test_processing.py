"""The pages of processing: what is offered to whom, what a refusal says, what a reader is not shown."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from complaints.enums import Direction, DutyKind, MatterKind, MatterState
from complaints.models import Duty, Kin, Transfer
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.organizations import AgencyFactory, MembershipFactory
from tests.factories.processing import LetterOffice, make_letter_office
from tests.support.signed_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
D, K, S = Direction, MatterKind, MatterState


@pytest.fixture
def office() -> LetterOffice:
    return make_letter_office()


def page(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(f"complaints:{name}", args=args)).content.decode()


def step(client: Client, matter: object, name: str, **typed: object):
    return client.post(reverse("complaints:processing_step", args=[matter.pk, name]), typed)


def test_from_hand_to_decision_by_two_people(office):
    """The handler takes it, proposes on the direction's page, the leader approves, a paper is printed."""
    matter = office.matter(at=NOW, taken=False)
    handler, leader = signed_in(office.handler), signed_in(office.leader)
    assert "Nhận xử lý" in page(handler, "matter_detail", matter.pk)
    assert step(handler, matter, "take-in-hand").status_code == 302
    shown = page(handler, "matter_detail", matter.pk)
    assert "Đề xuất hướng xử lý" in shown
    assert reverse("complaints:proposal_create", args=[matter.pk, "guide"]) in shown
    assert reverse("complaints:proposal_create", args=[matter.pk, "transfer"]) not in shown
    url = reverse("complaints:proposal_create", args=[matter.pk, "guide"])
    assert "Cơ quan ngoài hệ thống" in handler.get(url).content.decode()
    typed = {"target": "", "target_name": "Tòa án nhân dân tỉnh", "words": "Thuộc thẩm quyền của Tòa án"}
    assert handler.post(url, typed).status_code == 302
    assert "Chờ duyệt" in page(handler, "matter_detail", matter.pk)
    assert step(leader, matter, "approve", words="Đồng ý").status_code == 302
    matter.refresh_from_db()
    assert matter.state == S.GUIDED
    done = page(handler, "matter_detail", matter.pk)
    assert "Đã duyệt" in done
    paper = matter.papers.get()
    printed = handler.get(reverse("complaints:matter_paper", args=[paper.pk]))
    assert b"".join(printed.streaming_content).startswith(b"%PDF")
    assert "guidance-1-2025.pdf" in printed["Content-Disposition"]


@pytest.mark.rule("complaints", 18)
def test_the_page_tells_a_leader_why_their_own_proposal_is_not_theirs_to_approve(office):
    matter = office.matter(at=NOW, taken=False)
    leader = signed_in(office.leader)
    step(leader, matter, "assign", member=office.handler.membership.pk)
    matter.refresh_from_db()
    type(matter).objects.filter(pk=matter.pk).update(handler=office.leader.membership)
    url = reverse("complaints:proposal_create", args=[matter.pk, "file"])
    assert leader.post(url, {"ground": "unreadable", "words": "Không đọc được"}).status_code == 302
    assert "Người đề xuất không được duyệt đề xuất của chính mình" in page(leader, "matter_detail", matter.pk)
    assert step(leader, matter, "approve").status_code == 403


def test_what_was_typed_comes_back_with_the_refusal(office):
    matter = office.matter(at=NOW)
    handler = signed_in(office.handler)
    url = reverse("complaints:proposal_create", args=[matter.pk, "complete"])
    answer = handler.post(url, {"words": "Bổ sung chữ ký", "answer_by": "01/01/2020"})
    assert answer.status_code == 422
    assert "Bổ sung chữ ký" in answer.content.decode()
    assert "sau hôm nay" in answer.content.decode()


@pytest.mark.rule("complaints", 14)
@pytest.mark.parametrize("direction", ["transfer", "nothing"])
def test_a_direction_that_is_not_offered_has_no_page(office, direction):
    matter = office.matter(at=NOW)
    url = reverse("complaints:proposal_create", args=[matter.pk, direction])
    assert signed_in(office.handler).get(url).status_code in {403, 404}


@pytest.mark.rule("complaints", 20)
def test_the_second_letter_shows_why_it_should_be_filed(office):
    first = office.matter(at=NOW)
    office.decide(first, D.GUIDE, target_name="Tòa án nhân dân tỉnh", at=NOW)
    second = office.matter(at=NOW + timedelta(days=9))
    shown = page(signed_in(office.handler), "matter_detail", second.pk)
    assert f"Đã hướng dẫn một lần về cùng nội dung ở đơn {first.letter.code}" in shown


@pytest.mark.rule("complaints", 17)
def test_only_people_without_a_tie_are_offered_as_handlers(office):
    subject = MembershipFactory(agency=office.agency)
    Kin.objects.create(
        official=subject.user,
        relative=office.handler.user,
        relation=Kin.Relation.SPOUSE,
        basis="Bản khai",
        noted_at=NOW,
        noted_by=office.leader.membership,
    )
    matter = office.matter(at=NOW, taken=False, subject_membership=subject)
    shown = page(signed_in(office.leader), "matter_detail", matter.pk)
    assert office.keeper.user.full_name in shown
    assert f'<option value="{office.handler.membership.pk}"' not in shown


@pytest.mark.rule("complaints", 15)
def test_the_head_sees_which_denunciations_were_sent_late(office):
    matter = office.matter(K.DENUNCIATION, at=NOW, summary="Nhận hối lộ")
    office.decide(matter, D.TRANSFER, target_name="Thanh tra tỉnh", at=NOW + timedelta(days=30))
    shown = page(signed_in(office.leader), "transfer_list")
    assert "Đơn tố cáo chuyển muộn" in shown
    assert matter.letter.code in shown
    assert "Nhận hối lộ" not in shown


@pytest.mark.rule("complaints", 15)
def test_the_head_sees_which_denunciations_should_have_gone_and_have_not(office, clock):
    matter = office.matter(K.DENUNCIATION, at=NOW, summary="Nhận hối lộ")
    office.propose(matter, D.TRANSFER, target_name="Thanh tra tỉnh", at=NOW)
    clock.move_to(NOW + timedelta(days=30))
    shown = page(signed_in(office.leader), "transfer_list")
    assert "quá hạn chuyển, chưa chuyển" in shown
    assert matter.letter.code in shown
    assert "Nhận hối lộ" not in shown


def test_a_transfer_is_entered_or_sent_back_from_the_list(office):
    other = make_letter_office(AgencyFactory())
    first, second = (office.matter(K.REACTION, at=NOW) for _ in range(2))
    for matter in (first, second):
        office.decide(matter, D.TRANSFER, target=other.agency, at=NOW)
    intake = signed_in(other.intake)
    assert first.letter.code in page(intake, "transfer_list")
    entering, returning = (Transfer.objects.get(matter=one) for one in (first, second))
    answer = intake.post(reverse("complaints:transfer_take_in", args=[entering.pk]), follow=True)
    assert f"D-{other.agency.code}-2025-00001" in answer.content.decode()
    answer = intake.post(reverse("complaints:transfer_return", args=[returning.pk]), {"reason": "Nhầm"})
    assert answer.status_code == 302
    second.refresh_from_db()
    assert second.state == S.PROCESSING
    assert (
        signed_in(office.leader).post(reverse("complaints:transfer_take_in", args=[entering.pk])).status_code
        == 404
    )


def test_the_head_gives_and_ends_duties_and_notes_kin(office):
    head = signed_in(office.leader)
    clerk, cousin = MembershipFactory(agency=office.agency), MembershipFactory()
    typed = {
        "member": clerk.pk,
        "kind": DutyKind.INTAKE,
        "basis": "Quyết định 9/QĐ-UBND",
        "valid_from": "15/09/2025",
    }
    assert head.post(reverse("complaints:duty_list"), typed).status_code == 302
    duty = Duty.objects.get(membership=clerk)
    assert "Quyết định 9/QĐ-UBND" in page(head, "duty_list")
    assert head.post(reverse("complaints:duty_list"), typed).status_code == 422
    assert head.post(reverse("complaints:duty_end", args=[duty.pk])).status_code == 302
    duty.refresh_from_db()
    assert duty.valid_to == NOW.date() + timedelta(days=1)
    kin = {"member": clerk.pk, "relative": cousin.user.username, "relation": "spouse", "basis": "Bản khai"}
    assert head.post(reverse("complaints:kin_list"), kin).status_code == 302
    assert cousin.user.full_name in page(head, "kin_list")
    assert head.post(reverse("complaints:kin_list"), {**kin, "relative": "khong-co"}).status_code == 422
    assert head.post(reverse("complaints:kin_end", args=[Kin.objects.get().pk])).status_code == 302


def test_nobody_but_the_head_opens_those_pages(office):
    for actor in (office.deputy, office.handler, make_letter_office(AgencyFactory()).handler):
        client = signed_in(actor)
        for name in ("duty_list", "kin_list", "retention", "hand_over_list"):
            assert client.get(reverse(f"complaints:{name}")).status_code == 403, name


def test_a_paper_to_another_body_is_put_before_its_signer(office):
    other = make_letter_office(AgencyFactory())
    matter = office.matter(K.REACTION, at=NOW)
    office.decide(matter, D.TRANSFER, target=other.agency, at=NOW)
    paper = matter.transfers.get().paper
    handler = signed_in(office.handler)
    url = reverse("complaints:matter_paper_send", args=[paper.pk])
    assert url in page(handler, "matter_detail", matter.pk)
    assert office.leader.user.full_name in handler.get(url).content.decode()
    answer = handler.post(url, {"signer": office.leader.membership.pk, "capacity": "TM."})
    assert answer.status_code == 302
    assert "Đang trình ký trên hệ thống văn bản" in page(handler, "matter_detail", matter.pk)
