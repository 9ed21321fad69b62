"""A matter on its way from acceptance to the closed file, as far as its story goes and time has come."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.core.management import call_command
from django.utils import timezone

from complaints.actions.accept import accept
from complaints.actions.archive import archive
from complaints.actions.case_facts import note_fact
from complaints.actions.dialogue import call_dialogue, minute_dialogue
from complaints.actions.draft_outcome import OutcomeContent, draft_outcome
from complaints.actions.execute import Task, add_execution_item, note_execution
from complaints.actions.extend import extend
from complaints.actions.measure import order_measure
from complaints.actions.present_outcome import Signing, present_outcome
from complaints.actions.publish import Notice, approve_publication, prepare_publication, prove_publication
from complaints.actions.suspend import resume, suspend
from complaints.actions.verify import (
    Assignment,
    Piece,
    add_evidence,
    assign_verification,
    plan_verification,
    report,
)
from complaints.actions.withdraw import WithdrawalPaper, withdraw
from complaints.deadlines import ANSWERED
from complaints.enums import Direction, MatterState
from complaints.models import ExecutionItem, Publication
from complaints.models.execution import ExecutionKind
from complaints.models.fact import FactKind
from complaints.models.order import SuspensionGround
from complaints.models.publication import PublicationForm
from complaints.models.verification import EvidenceKind
from complaints.seeding.offices import DISTRICT, PROVINCE, TOWN
from complaints.seeding.work import Part, Steps, Work
from egov.organizations.enums import Capacity
from egov.organizations.models import Agency

# Who of the network gets the result besides the people whom it concerns.
COPY_TO = {PROVINCE: "Thanh tra tỉnh", DISTRICT: "Thanh tra huyện Quỳnh Phụ", TOWN: DISTRICT}
# As many days as the law asks for, and some more where people read it on the portal.
POSTED_DAYS, ON_PORTAL_DAYS = 16, 90
PLAN = """\
1. Thu thập hồ sơ, tài liệu.
2. Làm việc với các bên.
3. Kiểm tra thực địa.
4. Báo cáo kết quả."""


def settle(work: Work, at: datetime) -> Steps:
    """Accept it and settle it; a story that ends early says after which step with ``until``."""
    at = yield from work.directed(Direction.ACCEPT, at)
    at = yield work.later(at, 1, 15)
    accept(work.office.head, work.matter, at=at)
    for kind in work.told.get("facts", ()):
        note_fact(work.handler, work.matter, kind=FactKind(kind), evidence=work.told["evidence"], at=at)
    if work.matter.kind not in ANSWERED:
        if work.told.get("until") == "accepted":
            return
        at = yield from _verify(work, at)
        if work.matter.state != MatterState.SETTLING or work.told.get("until") == "verified":
            return
        at = yield from _talk(work, at)
    if work.told.get("until") == "talked":
        return
    at = yield from _decide(work, at)
    if work.matter.state == MatterState.SETTLED:
        yield from _after(work, at)


def _verify(work: Work, at: datetime) -> Part:
    at = yield work.later(at, 2, 9)
    due_on = timezone.localdate(at) + timedelta(days=14)
    task = Assignment(leader=work.handler.membership, content=work.told["verify"], due_on=due_on)
    assign_verification(work.office.head, work.matter, task, at=at)
    if "measure" in work.told:
        until = timezone.localdate(at) + timedelta(days=20)
        order_measure(
            work.office.head,
            work.matter,
            what=work.told["measure"],
            reason=work.told["verify"],
            until=until,
            at=at,
        )
    at = yield work.later(at, 1, 14)
    plan_verification(
        work.handler,
        work.matter,
        plan=PLAN,
        at=at,
    )
    at = yield work.later(at, 3, 15)
    kind, name = EvidenceKind.MINUTES, "Biên bản làm việc với các bên liên quan"
    words = "Các bên trình bày ý kiến, giao nộp tài liệu và ký xác nhận biên bản."
    piece = Piece(kind=kind, name=name, words=words, taken_on=timezone.localdate(at))
    add_evidence(work.handler, work.matter, piece, at=at)
    at = yield from _turn(work, at)
    if work.matter.state != MatterState.SETTLING:
        return at
    at = yield work.later(at, 4, 16)
    report(
        work.handler,
        work.matter,
        findings=work.told["findings"],
        recommendation="Kiến nghị người có thẩm quyền kết luận theo kết quả xác minh nêu trên.",
        differs=bool(work.told.get("dialogue")),
        at=at,
    )
    return at


def _turn(work: Work, at: datetime) -> Part:
    """What comes between: withdrawn, suspended or extended."""
    if "withdraw" in work.told:
        at = yield work.later(at, 1, 10)
        part = work.told["withdraw"]
        paper = WithdrawalPaper(
            is_whole=part == "whole",
            received_on=timezone.localdate(at),
            is_signed=True,
            content="" if part == "whole" else part,
        )
        withdraw(work.office.head, work.matter, paper, at=at)
    if "suspend" in work.told:
        at = yield work.later(at, 1, 10)
        suspend(
            work.office.head, work.matter, ground=SuspensionGround.OPINION, reason=work.told["suspend"], at=at
        )
        if "resume" in work.told:
            at = yield work.later(at, work.told["resume"], 9)
            resume(work.office.head, work.matter, reason="Đã có ý kiến của cơ quan chuyên môn.", at=at)
    if "extend" in work.told:
        at = yield work.later(at, 10, 10)
        extend(work.office.head, work.matter, reason=work.told["extend"], at=at)
    return at


def _talk(work: Work, at: datetime) -> Part:
    if not work.told.get("dialogue"):
        return at
    at = yield work.later(at, 1, 9)
    meets_at = work.hours.after(at, 4, 8.5)
    called = call_dialogue(
        work.handler,
        work.matter,
        meets_at=meets_at,
        place=f"Phòng tiếp công dân, trụ sở {work.office.agency.name}",
        content="Kết quả xác minh và yêu cầu của người khiếu nại",
        at=at,
    )
    at = yield work.later(meets_at, 0, 11)
    minute_dialogue(
        work.handler,
        work.matter,
        dialogue_id=called.pk,
        chaired_by=work.office.head.membership,
        complainant_came=True,
        is_signed=True,
        minutes=work.told["dialogue"],
        at=at,
    )
    return at


def _decide(work: Work, at: datetime) -> Part:
    at = yield work.later(at, 2, 10)
    content = OutcomeContent(
        result=work.told["result"], findings=work.told["findings"], ruling=work.told["ruling"]
    )
    draft_outcome(work.handler, work.matter, content, at=at)
    if work.told.get("until") == "drafted":
        return at
    at = yield work.later(at, 1, 9)
    copy_to = Agency.objects.get(short_name=COPY_TO[work.office.agency.short_name])
    signing = Signing(
        signer=work.office.head.membership, capacity=Capacity.TM, recipient_codes=(copy_to.code,)
    )
    outcome = present_outcome(work.handler, work.matter, signing, at=at)
    if work.told.get("until") == "presented":
        return at
    at = yield work.later(at, 1, 14)
    # By name: business apps never import each other. Its own steps take the signer's and registry's keys.
    call_command("issue_demo_paper", str(outcome.document_id), f"--at={at.isoformat()}", verbosity=0)
    return at


def _after(work: Work, at: datetime) -> Steps:
    if work.told.get("until") == "issued":
        return
    at = yield work.later(at, 2, 9)
    notice = _prepare(work, at)
    at = yield work.later(at, 1, 15)
    approve_publication(work.office.deputy, work.matter, publication_id=notice.pk, at=at)
    item = _to_be_done(work, at) if "order" in work.told else None
    if item is not None and work.told["order"].get("done"):
        at = yield work.later(at, 8, 10)
        _do(work, item, Decimal(work.told["order"]["done"]), at)
    at = yield work.hours.on(max(notice.ends_on, timezone.localdate(at)) + timedelta(days=1), 9)
    prove_publication(
        work.handler,
        work.matter,
        publication_id=notice.pk,
        proof="Biên bản kết thúc công khai, có xác nhận của bộ phận tiếp công dân",
        at=at,
    )
    if work.told.get("until") == "published":
        return
    if item is not None:
        item.refresh_from_db()
        at = yield work.later(at, 20, 10)
        if item.done_on is None:
            _do(work, item, item.amount - item.done_amount, at)
    at = yield work.later(at, 5, 16)
    archive(work.handler, work.matter, at=at)


def _prepare(work: Work, at: datetime) -> Publication:
    matter = work.matter
    on_portal = work.told.get("published") == "portal"
    starts_on = work.day_after(at, 2)
    outcome = matter.outcomes.last()
    assert outcome is not None  # noqa: S101  (it was issued a moment ago)
    notice = Notice(
        form=PublicationForm.PORTAL if on_portal else PublicationForm.POSTING,
        place="Cổng thông tin điện tử của tỉnh" if on_portal else "Bảng tin tại phòng tiếp công dân",
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=ON_PORTAL_DAYS if on_portal else POSTED_DAYS),
        title=f"{outcome.get_form_display()} số {outcome.notation}",
        text=f"{work.told['findings']}\n\n{work.told['ruling']}",
    )
    return prepare_publication(work.handler, matter, notice, at=at)


def _to_be_done(work: Work, at: datetime) -> ExecutionItem:
    order = work.told["order"]
    task = Task(
        kind=ExecutionKind(order["kind"]),
        what=order["what"],
        by_whom=order.get("by", work.office.agency.name),
        amount=Decimal(order["amount"]),
        due_on=work.day_after(at, 60),
    )
    return add_execution_item(work.handler, work.matter, task, at=at)


def _do(work: Work, item: ExecutionItem, amount: Decimal, at: datetime) -> None:
    note_execution(
        work.handler,
        work.matter,
        item_id=item.pk,
        amount=amount,
        done_on=timezone.localdate(at),
        proof="Biên bản thực hiện, chứng từ kèm theo",
        at=at,
    )
