"""A matter is verified: the task by decision, the plan, the evidence, the report (domain: 6.1, 6.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.actions.reckon import give_order
from complaints.actions.unnamed import require_unnamed
from complaints.models import Evidence, Matter, Verification, VerificationReport
from complaints.models.order import OrderKind
from complaints.models.verification import EvidenceKind
from complaints.rules import not_tied
from complaints.rules import settlement as rules
from egov.files.inspect import inspect_attachment
from egov.files.store import put
from egov.notifications.send import Message, tell_members
from egov.organizations.actor import Actor
from egov.organizations.models import Membership
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

NAME_LENGTH = 300
ASSIGNED = "complaints.verification_assigned"


class NotVerifiable(Refusal):
    """The task names the wrong people or days, or another one still runs."""


class NothingFound(Refusal):
    """A plan, a piece of evidence or a report without words."""


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """Who finds out what, by when."""

    leader: Membership
    content: str
    due_on: date
    members: Sequence[Membership] = ()


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One piece of evidence as it was taken up; ``file`` with its name, if it is one."""

    kind: EvidenceKind
    name: str
    taken_on: date
    words: str = ""
    file: IO[bytes] | None = None
    filename: str = ""


@action("complaints.assign_verification", allowed=rules.may_assign_verification)
def assign_verification(actor: Actor, matter: Matter, task: Assignment, *, at: datetime) -> Verification:
    """Set up the team by decision; each of them is told, by the letter's code alone. Raises NotVerifiable."""
    team = [task.leader, *(one for one in task.members if one != task.leader)]
    if not task.content.strip():
        raise NotVerifiable(_("Hãy ghi nội dung phải xác minh."))
    if matter.verifications.filter(report__isnull=True).exists():
        raise NotVerifiable(_("Đang có việc xác minh chưa báo cáo."))
    if matter.settle_due_on is not None and not timezone.localdate(at) <= task.due_on <= matter.settle_due_on:
        raise NotVerifiable(
            _("Hạn xác minh phải từ hôm nay đến hết hạn giải quyết (%(day)s).")
            % {"day": f"{matter.settle_due_on:%d/%m/%Y}"}
        )
    for member in team:
        _require_fit(matter, member, on=timezone.localdate(at))
    order = give_order(actor, matter, OrderKind.VERIFY, reason=task.content, at=at)
    verification = Verification.objects.create(
        matter=matter, order=order, leader=task.leader, content=task.content.strip(), due_on=task.due_on
    )
    verification.members.set(task.members)
    text = _("Quý vị được giao xác minh đơn %(code)s, xong trước hết ngày %(day)s.") % {
        "code": matter.letter.code,
        "day": f"{task.due_on:%d/%m/%Y}",
    }
    tell_members(team, Message(event=ASSIGNED, text=text, key=str(verification.pk), about=matter.letter))
    return verification


@action("complaints.plan_verification", allowed=rules.may_verify)
def plan_verification(actor: Actor, matter: Matter, *, plan: str, at: datetime) -> Verification:
    """Write down how the team goes about it; again, until the report. Raises NothingFound."""
    if not plan.strip():
        raise NothingFound(_("Hãy ghi kế hoạch xác minh."))
    verification = _running(matter)
    verification.plan = plan.strip()
    verification.planned_at, verification.planned_by = at, actor.membership
    verification.save(update_fields=["plan", "planned_at", "planned_by"])
    return verification


@action("complaints.add_evidence", allowed=rules.may_verify)
def add_evidence(actor: Actor, matter: Matter, piece: Piece, *, at: datetime) -> Evidence:
    """Take up one piece: its file is checked and kept unchanged.

    Raises NothingFound, and what ``egov.files`` says of a file that it does not take.
    """
    name = clean_line(piece.name)[:NAME_LENGTH]
    if not name or not (piece.words.strip() or piece.file):
        raise NothingFound(_("Hãy ghi tên và nội dung của tài liệu, hoặc đính kèm tệp."))
    stored, filename = None, ""
    if piece.file is not None:
        inspected = inspect_attachment(piece.file, piece.filename)
        stored, filename = put(piece.file, media_type=inspected.media_type), inspected.filename
    return Evidence.objects.create(
        verification=_running(matter),
        kind=piece.kind,
        name=name,
        words=piece.words.strip(),
        taken_on=piece.taken_on,
        file=stored,
        file_name=filename,
        noted_at=at,
        noted_by=actor.membership,
    )


@action("complaints.report_verification", allowed=rules.may_report)
def report(
    actor: Actor, matter: Matter, *, findings: str, recommendation: str, differs: bool, at: datetime
) -> VerificationReport:
    """Say what was found and what to decide; the verification ends with it. Raises NothingFound,
    NamesDenouncer.

    ``differs``: what is asked for and what was found still differ, so a dialogue is due (rule 28).
    """
    if not findings.strip() or not recommendation.strip():
        raise NothingFound(_("Hãy ghi kết quả xác minh và kiến nghị giải quyết."))
    require_unnamed(actor, matter.letter, findings, recommendation)
    return VerificationReport.objects.create(
        verification=_running(matter),
        findings=findings.strip(),
        recommendation=recommendation.strip(),
        differs=differs,
        reported_at=at,
        reported_by=actor.membership,
    )


def _running(matter: Matter) -> Verification:
    """The rule has found it; it is read again under the matter's lock."""
    return matter.verifications.get(report__isnull=True)


def _require_fit(matter: Matter, member: Membership, *, on: date) -> None:
    verdict = not_tied(matter, member)
    if not verdict:
        raise NotVerifiable(verdict.reason)
    if member.agency_id != matter.agency_id or not member.holds_on(on):
        raise NotVerifiable(_("Người được giao xác minh phải đang công tác tại cơ quan giải quyết."))
