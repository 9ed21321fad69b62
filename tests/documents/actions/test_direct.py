"""A directive: one lead, coordinators who cannot close, a later one supersedes; 04, 05, 06 at their times."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction

from documents.actions.assign import AssignmentNotAcceptable, assign
from documents.actions.direct import DirectiveContent, DirectiveNotAcceptable, Part, direct
from documents.actions.finish import AnswerNotAcceptable, ResultMissing, complete_part, finish
from documents.actions.forward import NobodyToForwardTo, PaperNotForwarded, forward
from documents.actions.present import NotALeaderHere, present
from documents.actions.start import start
from documents.enums import AssignmentRole, Circulation, DeliveryState, DocumentState
from documents.models import Assignment, Delivery, Document
from egov.notifications.models import Notification
from egov.workflow.refusal import NotFollowing, NotPermitted
from tests.conftest import MONDAY_MORNING
from tests.factories.cast import Cast
from tests.factories.deliveries import Desk, arrived, carry, issued, make_desk, registered
from tests.factories.documents import DocumentFactory
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for

NOW = MONDAY_MORNING
TODAY = NOW.date()


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return make_desk(cast.chi)


@pytest.fixture
def electronic(desk: Desk) -> Delivery:
    """Registered and come by the network, so that its sender is told every status."""
    delivery = arrived(desk.registry.agency, at=NOW)
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.REGISTERED)
    delivery.refresh_from_db()
    return delivery


def content(desk: Desk, **parts: object) -> DirectiveContent:
    standard = {
        "text": "Giao Phòng Tổng hợp chủ trì, tham mưu.",
        "lead": Part(who=desk.unit_head.membership.department),
        "coordinators": (Part(who=desk.other_officer.membership),),
        "due_on": TODAY + timedelta(days=10),
    }
    return DirectiveContent(**standard | parts)


def codes(delivery: Delivery) -> list[str]:
    return [code for code in delivery.changes.order_by("id").values_list("code", flat=True) if code]


@pytest.mark.rule("documents", 16)
def test_the_whole_line_tells_each_status_once(desk: Desk, electronic: Delivery) -> None:
    present(desk.registry, electronic, to=desk.leader.membership, at=NOW)
    assert codes(electronic) == ["01"]
    direct(desk.leader, electronic, content(desk), at=NOW)
    assert codes(electronic) == ["01", "04"]
    assign(desk.unit_head, electronic, member=desk.officer.membership, at=NOW)
    start(desk.officer, electronic, at=NOW)
    assert codes(electronic) == ["01", "04", "05"]
    complete_part(desk.other_officer, electronic, note="Đã góp ý", at=NOW)
    assert codes(electronic) == ["01", "04", "05"]
    finish(desk.officer, electronic, note="Đã báo cáo Chủ tịch", at=NOW)
    electronic.refresh_from_db()
    assert codes(electronic) == ["01", "04", "05", "06"]
    assert (electronic.state, electronic.finished_at) == (DeliveryState.FINISHED, NOW)
    assert electronic.due_on == TODAY + timedelta(days=10)


@pytest.mark.rule("documents", 16)
def test_work_cannot_start_with_the_registration(desk: Desk, electronic: Delivery) -> None:
    for actor in (desk.registry, desk.leader, desk.officer):
        with pytest.raises(NotPermitted):
            start(actor, electronic, at=NOW)


@pytest.mark.rule("documents", 37)
def test_exactly_one_lead(desk: Desk, electronic: Delivery) -> None:
    unit = desk.unit_head.membership.department
    with pytest.raises(DirectiveNotAcceptable, match="một vai trò"):
        direct(desk.leader, electronic, content(desk, coordinators=(Part(who=unit),)), at=NOW)
    directive = direct(desk.leader, electronic, content(desk), at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(
            directive=directive, role=AssignmentRole.LEAD, member=desk.other_officer.membership
        )
    assign(desk.unit_head, electronic, member=desk.officer.membership, at=NOW)
    with pytest.raises(AssignmentNotAcceptable, match="một người chủ trì"):
        assign(desk.unit_head, electronic, member=desk.colleague.membership, at=NOW)
    assign(
        desk.unit_head,
        electronic,
        member=desk.colleague.membership,
        role=AssignmentRole.COORDINATOR,
        at=NOW,
    )


@pytest.mark.rule("documents", 37)
def test_a_coordinator_cannot_close(desk: Desk, electronic: Delivery) -> None:
    direct(desk.leader, electronic, content(desk), at=NOW)
    assign(
        desk.unit_head, electronic, member=desk.colleague.membership, role=AssignmentRole.COORDINATOR, at=NOW
    )
    for actor in (desk.other_officer, desk.colleague, desk.officer, desk.registry, desk.leader):
        with pytest.raises(NotPermitted):
            finish(actor, electronic, note="Xong", at=NOW)
    complete_part(desk.other_officer, electronic, note="Xong phần tôi", at=NOW)
    electronic.refresh_from_db()
    assert electronic.state == DeliveryState.ASSIGNED
    with pytest.raises(NotPermitted):
        complete_part(desk.other_officer, electronic, note="Lần nữa", at=NOW)


@pytest.mark.rule("documents", 37)
def test_a_directive_is_superseded_never_edited(desk: Desk, electronic: Delivery) -> None:
    first = direct(desk.leader, electronic, content(desk), at=NOW)
    start(desk.unit_head, electronic, at=NOW)
    second = direct(
        desk.leader,
        electronic,
        content(desk, text="Giao chuyên viên chủ trì.", lead=Part(who=desk.officer.membership)),
        at=NOW + timedelta(hours=1),
    )
    first.refresh_from_db()
    electronic.refresh_from_db()
    assert first.superseded_at == NOW + timedelta(hours=1)
    assert second.superseded_at is None
    assert electronic.state == DeliveryState.IN_PROGRESS
    assert codes(electronic) == ["01", "04", "05"]
    with pytest.raises(NotPermitted):
        finish(desk.unit_head, electronic, note="Xong", at=NOW)
    with pytest.raises(InternalError, match="written_once"), transaction.atomic():
        type(first).objects.filter(pk=first.pk).update(text="Khác")


def test_only_leaders_direct(desk: Desk, electronic: Delivery, cast: Cast) -> None:
    for actor in (desk.registry, desk.unit_head, desk.officer, cast.binh, cast.dung, cast.em):
        with pytest.raises(NotPermitted):
            direct(actor, electronic, content(desk), at=NOW)


def test_what_a_directive_may_not_say(desk: Desk, electronic: Delivery, cast: Cast) -> None:
    ended = MembershipFactory(agency=desk.leader.agency, ended=True)
    for change in (
        {"text": " \n "},
        {"text": "x" * 5000},
        {"due_on": TODAY - timedelta(days=1)},
        {"lead": Part(who=cast.dung.membership)},
        {"lead": Part(who=ended)},
        {"coordinators": (Part(who=desk.other_officer.membership, due_on=TODAY + timedelta(days=11)),)},
    ):
        with pytest.raises(DirectiveNotAcceptable):
            direct(desk.leader, electronic, content(desk, **change), at=NOW)


def test_presenting(desk: Desk, electronic: Delivery, cast: Cast) -> None:
    for somebody in (cast.binh.membership, desk.officer.membership):
        with pytest.raises(NotALeaderHere):
            present(desk.registry, electronic, to=somebody, at=NOW)
    with pytest.raises(NotPermitted):
        present(desk.officer, electronic, to=desk.leader.membership, at=NOW)
    present(desk.registry, electronic, to=desk.leader.membership, at=NOW)
    deputy = actor_for(MembershipFactory(agency=desk.leader.agency, deputy=True))
    present(desk.registry, electronic, to=deputy.membership, at=NOW + timedelta(hours=1))
    electronic.refresh_from_db()
    assert (electronic.presented_to, electronic.presented_at) == (deputy.membership, NOW)
    told = Notification.objects.filter(event="documents.presented")
    assert {one.member_id for one in told} == {desk.leader.membership.pk, deputy.membership.pk}


def test_those_who_are_given_a_part_are_told(desk: Desk, electronic: Delivery) -> None:
    direct(desk.leader, electronic, content(desk), at=NOW)
    told = Notification.objects.filter(event="documents.directed").values_list("member_id", flat=True)
    assert set(told) == {desk.unit_head.membership.pk, desk.other_officer.membership.pk}


def test_closing_needs_a_result(desk: Desk, electronic: Delivery, cast: Cast) -> None:
    direct(desk.leader, electronic, content(desk, lead=Part(who=desk.officer.membership)), at=NOW)
    with pytest.raises(ResultMissing):
        finish(desk.officer, electronic, note="  ", at=NOW)
    own = {"drafter": desk.officer.membership, "answers": electronic}
    draft = DocumentFactory(**own)
    with pytest.raises(AnswerNotAcceptable, match="chưa phát hành"):
        finish(desk.officer, electronic, answer=draft, at=NOW)
    foreign = issued(cast.dung.agency, [cast.chi.agency], at=NOW)
    with pytest.raises(AnswerNotAcceptable, match="cơ quan mình"):
        finish(desk.officer, electronic, answer=foreign, at=NOW)
    Document.objects.filter(pk=draft.pk).update(
        state=DocumentState.ISSUED,
        number=3,
        notation="03/UBND",
        dated_on=TODAY,
        file=foreign.file,
        answers=None,
    )
    with pytest.raises(AnswerNotAcceptable, match="để trả lời"):
        finish(desk.officer, electronic, answer=draft, at=NOW)
    Document.objects.filter(pk=draft.pk).update(answers=electronic)
    finish(desk.officer, electronic, answer=draft, at=NOW)
    assert electronic.changes.get(code="06").note == "Trả lời bằng văn bản 03/UBND"


def test_a_leader_closes_what_needs_no_directive(desk: Desk, electronic: Delivery) -> None:
    with pytest.raises(NotPermitted):
        finish(desk.registry, electronic, note="Lưu", at=NOW)
    finish(desk.leader, electronic, note="Lưu", at=NOW)
    assert codes(electronic) == ["01", "06"]


def test_assigning_inside_a_unit(desk: Desk, electronic: Delivery) -> None:
    direct(desk.leader, electronic, content(desk), at=NOW)
    with pytest.raises(NotPermitted):
        assign(desk.officer, electronic, member=desk.colleague.membership, at=NOW)
    with pytest.raises(AssignmentNotAcceptable, match="đơn vị mình"):
        assign(desk.unit_head, electronic, member=desk.other_officer.membership, at=NOW)
    with pytest.raises(AssignmentNotAcceptable, match="Hạn"):
        assign(
            desk.unit_head,
            electronic,
            member=desk.officer.membership,
            due_on=TODAY + timedelta(days=11),
            at=NOW,
        )
    given = assign(desk.unit_head, electronic, member=desk.officer.membership, at=NOW)
    assert given.due_on == TODAY + timedelta(days=10)


@pytest.mark.rule("documents", 31)
@pytest.mark.parametrize("mark", [Circulation.INTERNAL, Circulation.RETURN])
def test_a_circulation_mark_forbids_forwarding(desk: Desk, electronic: Delivery, mark: Circulation) -> None:
    below = AgencyFactory(parent=desk.registry.agency)
    Document.objects.filter(pk=electronic.document_id).update(circulation=mark)
    electronic.refresh_from_db()
    with pytest.raises(NotPermitted, match=str(mark.label)):
        forward(desk.registry, electronic, to=[below], at=NOW)
    Document.objects.filter(pk=electronic.document_id).update(circulation=Circulation.FREE)
    electronic = Delivery.objects.get(pk=electronic.pk)
    forward(desk.registry, electronic, to=[below], at=NOW)
    carry(electronic.document, at=NOW)
    assert Delivery.objects.get(agency=below).state == DeliveryState.ARRIVED


@pytest.mark.rule("documents", 31)
def test_see_and_return_is_for_named_readers_and_goes_back(desk: Desk, electronic: Delivery) -> None:
    Document.objects.filter(pk=electronic.document_id).update(circulation=Circulation.RETURN)
    electronic = Delivery.objects.get(pk=electronic.pk)
    with pytest.raises(DirectiveNotAcceptable, match="Xem xong trả lại"):
        direct(desk.leader, electronic, content(desk), at=NOW)
    direct(desk.leader, electronic, content(desk, lead=Part(who=desk.officer.membership)), at=NOW)
    assert Delivery.objects.visible_to(desk.officer).exists()
    finish(desk.officer, electronic, note="Đã xem, trả lại", at=NOW)
    assert not Delivery.objects.visible_to(desk.officer).exists()
    assert not Document.objects.visible_to(desk.officer).exists()
    assert Delivery.objects.visible_to(desk.registry).exists()


def test_forwarding_reaches_nobody_twice(desk: Desk, electronic: Delivery, cast: Cast) -> None:
    sender = electronic.document.agency
    with pytest.raises(NobodyToForwardTo):
        forward(desk.registry, electronic, to=[desk.registry.agency, sender], at=NOW)
    assert forward(desk.leader, electronic, to=[sender, cast.dung.agency], at=NOW) == 1
    carry(electronic.document, at=NOW)
    assert electronic.document.deliveries.filter(state=DeliveryState.ARRIVED).count() == 1
    for actor in (desk.officer, cast.dung, cast.em):
        with pytest.raises(NotPermitted):
            forward(actor, electronic, to=[cast.an.agency], at=NOW)


def test_paper_is_not_forwarded(desk: Desk, cast: Cast) -> None:
    with pytest.raises(PaperNotForwarded):
        forward(desk.registry, registered(desk, at=NOW), to=[cast.an.agency], at=NOW)


@pytest.mark.rule("documents", 32)
def test_a_recipient_agency_is_not_all_its_accounts(desk: Desk, electronic: Delivery, cast: Cast) -> None:
    def readers() -> set[str]:
        everyone = {
            "registry": desk.registry,
            "leader": desk.leader,
            "unit head": desk.unit_head,
            "officer": desk.officer,
            "other officer": desk.other_officer,
            "dung": cast.dung,
            "em": cast.em,
            "head of office": actor_for(MembershipFactory(agency=desk.registry.agency, office_head=True)),
            "admin": actor_for(MembershipFactory(agency=desk.registry.agency, agency_admin=True)),
        }
        by_document = {
            name
            for name, actor in everyone.items()
            if Document.objects.visible_to(actor).filter(pk=electronic.document_id).exists()
        }
        by_delivery = {
            name
            for name, actor in everyone.items()
            if Delivery.objects.visible_to(actor).filter(pk=electronic.pk).exists()
        }
        assert by_document == by_delivery
        return by_delivery

    whole_agency = {"registry", "leader", "head of office"}
    assert readers() == whole_agency
    direct(desk.leader, electronic, content(desk), at=NOW)
    assert readers() == whole_agency | {"unit head", "other officer"}
    assign(desk.unit_head, electronic, member=desk.officer.membership, at=NOW)
    assert readers() == whole_agency | {"unit head", "officer", "other officer"}
    direct(desk.leader, electronic, content(desk, coordinators=()), at=NOW)
    assert readers() == whole_agency | {"unit head"}


@pytest.mark.rule("documents", 32)
def test_nobody_sees_what_has_not_arrived(desk: Desk, cast: Cast) -> None:
    document = issued(cast.dung.agency, [desk.registry.agency], at=NOW)
    assert not Delivery.objects.visible_to(desk.registry).filter(document=document).exists()
    assert not Document.objects.visible_to(desk.leader).filter(pk=document.pk).exists()


def test_one_step_after_the_other(desk: Desk, electronic: Delivery) -> None:
    finish(desk.leader, electronic, note="Lưu", at=NOW)
    for step in (
        lambda: direct(desk.leader, electronic, content(desk), at=NOW),
        lambda: present(desk.registry, electronic, to=desk.leader.membership, at=NOW),
        lambda: finish(desk.leader, electronic, note="Lưu", at=NOW),
    ):
        with pytest.raises((NotPermitted, NotFollowing)):
            step()
    assert codes(electronic) == ["01", "06"]
