"""The settlement on a letter's page: its clock, its steps, what has been done; and the door of each step."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from complaints import deadlines
from complaints.enums import MatterKind
from complaints.models import Matter, Outcome, Verification
from complaints.models.fact import FactKind
from complaints.queries import settlement as query
from complaints.queries.clock import clock_changes, explained
from complaints.queries.evidence import read_evidence
from complaints.queries.letter_page import visible_matter
from complaints.views.letter import take_step
from complaints.views.panels import Part, Refused, panel
from complaints.views.settlement_steps import STEPS, TAKES_FORM, Step
from egov.files.views.download import file_response
from egov.organizations.actor import Actor

Facts = list[tuple[str, object]]


@dataclass(frozen=True, slots=True)
class Offered:
    """A step as the page shows it; ``reopened``: it was refused and comes back."""

    label: object
    form: Form
    url: str
    is_next: bool
    reopened: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Some rows of what was done: each with its facts and, if it has one, a file to open."""

    heading: str
    rows: list[tuple[str, Facts, int | None]]


@require_POST
def settlement_step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take one step; a refusal goes back into the form as it was typed."""
    matter = visible_matter(request.actor, pk)
    step = STEPS.get(name)
    if step is None:
        raise Http404
    form = step.form(matter, request.POST, request.FILES)

    def act(typed: dict[str, Any]) -> str:
        return step.act(request.actor, matter, form if name in TAKES_FORM else typed, timezone.now())

    return take_step(request, matter, f"settlement.{name}", form, act)


@require_GET
def evidence_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of one piece of evidence, to keep; the read is recorded."""
    evidence = read_evidence(request.actor, pk)
    assert evidence.file is not None  # noqa: S101  (the query asks for one)
    return file_response(request, evidence.file, evidence.file_name, inline=False)


@panel(30)
def steps_part(actor: Actor, matter: Matter, refused: Refused) -> Part | None:
    """What the actor may do next in its settlement, and what besides."""
    offered = list(_offered(actor, matter, refused))
    if not offered:
        return None
    context = {
        "main": [one for one in offered if one.is_next],
        "aside": [one for one in offered if not one.is_next],
    }
    return Part("complaints/_settlement_steps.html", context)


@panel(31)
def course_part(_actor: Actor, matter: Matter, _refused: Refused) -> Part | None:
    """What has been found, said, decided, published and carried out."""
    groups = [group for group in _course(matter) if group.rows]
    return Part("complaints/_settlement_course.html", {"groups": groups}) if groups else None


@panel(30)
def clock_part(_actor: Actor, matter: Matter, _refused: Refused) -> Part | None:
    """When it is due and why, day by day."""
    if matter.accepted_on is None:
        return None
    context = {
        "facts": _clock_facts(matter),
        "lines": explained(matter, timezone.localdate()),
        "changes": clock_changes(matter),
    }
    return Part("complaints/_settlement_clock.html", context, is_aside=True)


def _offered(actor: Actor, matter: Matter, refused: Refused) -> Iterator[Offered]:
    verdicts: dict[Any, bool] = {}
    for name, step in STEPS.items():
        again = refused.get(f"settlement.{name}")
        if again is None and not _may(actor, matter, step, verdicts):
            continue
        form = again if again is not None else step.form(matter, None, None)
        _name_apart(form, name)
        url = reverse("complaints:settlement_step", args=[matter.pk, name])
        yield Offered(step.label, form, url, step.is_next(matter), again is not None)


def _may(actor: Actor, matter: Matter, step: Step, verdicts: dict[Any, bool]) -> bool:
    if step.rule not in verdicts:
        verdicts[step.rule] = bool(step.rule(actor, matter))
    return verdicts[step.rule] and step.has(matter)


def _name_apart(form: Form, name: str) -> None:
    """Several forms on one page ask for a reason: their labels must find their own fields."""
    form.auto_id = f"id_{name}_%s"


def _clock_facts(matter: Matter) -> Facts:
    facts = deadlines.standing_facts(matter)
    suspended = next((one for one in matter.suspensions.all() if one.ended_on is None), None)
    return [
        (_("Ngày thụ lý"), _day(matter.accepted_on)),
        (_("Tính chất"), matter.get_complexity_display()),
        (
            _("Tình tiết"),
            "; ".join(f"{FactKind(kind).label} ({one.evidence})" for kind, one in facts.items()),
        ),
        (_("Thời hạn"), deadlines.settle_limit(matter)),
        (_("Gia hạn"), "; ".join(_extension(one) for one in matter.extensions.select_related("order"))),
        (
            _("Tạm đình chỉ"),
            _("từ %(day)s, còn lại %(left)d ngày")
            % {"day": _day(suspended.started_on), "left": suspended.remaining_days}
            if suspended
            else "",
        ),
        (_("Hết thời hạn"), _day(matter.settle_ends_on)),
        (_("Hạn giải quyết"), _day(matter.settle_due_on)),
    ]


def _extension(one: Any) -> str:
    return _("%(days)d ngày (%(order)s)") % {"days": one.days, "order": one.order}


def _course(matter: Matter) -> Iterator[Group]:
    yield Group(_("Khiếu nại lần hai"), _second(matter))
    yield Group(_("Xác minh"), [row for one in _verifications(matter) for row in _verification(one)])
    yield Group(
        _("Đối thoại"), [_dialogue(one) for one in matter.dialogues.select_related("chaired_by__user")]
    )
    yield Group(_("Dự thảo, kết quả"), [_outcome(one) for one in matter.outcomes.filter(dropped_at=None)])
    yield Group(_("Công khai"), [_publication(one) for one in query.publications(matter)])
    yield Group(_("Thi hành"), [_item(one) for one in matter.execution_items.all()])
    yield Group(_("Biện pháp khẩn cấp"), [_measure(one) for one in matter.measures.select_related("order")])
    yield Group(_("Rút đơn"), [_withdrawal(one) for one in matter.withdrawals.select_related("order")])
    yield Group(_("Các quyết định"), [_order(one) for one in matter.orders.all()])


def _second(matter: Matter) -> list[tuple[str, Facts, int | None]]:
    filing = getattr(matter, "second_filing", None)
    if filing is None or matter.previous is None:
        return []
    facts: Facts = [
        (_("Được gửi đến hết ngày"), _day(filing.filed_until)),
        (_("Gửi ngày"), _day(filing.filed_on)),
        (_("Đúng hạn"), _("gửi muộn") if filing.is_late else _("đúng hạn")),
        (_("Lý do chính đáng"), filing.good_reason),
    ]
    return [(matter.previous.letter.code, facts, None)]


def _verifications(matter: Matter) -> list[Verification]:
    return list(
        matter.verifications.select_related("order", "leader__user", "report").prefetch_related(
            "members__user", "evidence"
        )
    )


def _verification(one: Verification) -> list[tuple[str, Facts, int | None]]:
    finding = one.finding
    facts: Facts = [
        (_("Phụ trách"), one.leader.user.full_name),
        (_("Thành viên"), ", ".join(member.user.full_name for member in one.members.all())),
        (_("Nội dung"), one.content),
        (_("Xong trước hết ngày"), _day(one.due_on)),
        (_("Kế hoạch"), one.plan),
        (_("Kết quả"), finding.findings if finding else ""),
        (_("Kiến nghị"), finding.recommendation if finding else ""),
    ]
    pieces = [
        (
            f"{piece.get_kind_display()}: {piece.name}",
            [(_("Ngày"), _day(piece.taken_on)), (_("Nội dung"), piece.words)],
            piece.pk if piece.file_id else None,
        )
        for piece in one.evidence.all()
    ]
    return [(str(one.order), facts, None), *pieces]


def _dialogue(one: Any) -> tuple[str, Facts, int | None]:
    facts: Facts = [
        (_("Địa điểm"), one.place),
        (_("Nội dung"), one.content),
        (_("Chủ trì"), one.chaired_by.user.full_name if one.chaired_by else ""),
        (_("Người khiếu nại"), _came(one.complainant_came)),
        (_("Biên bản"), one.minutes or _("chưa lập")),
    ]
    return f"{timezone.localtime(one.meets_at):%H:%M %d/%m/%Y}", facts, None


def _came(came: bool | None) -> str:
    if came is None:
        return ""
    return _("có mặt") if came else _("vắng mặt")


def _outcome(one: Outcome) -> tuple[str, Facts, int | None]:
    is_complaint = one.matter.kind == MatterKind.COMPLAINT
    facts: Facts = [
        (_("Hình thức"), one.get_form_display()),
        (_("Nhận định"), one.findings),
        (_("Nội dung"), one.ruling),
        (_("Số, ngày"), f"{one.notation} – {_day(one.dated_on)}" if one.notation else ""),
        (_("Trình ký"), _("đang chờ ký, ban hành") if one.document_id and not one.notation else ""),
        (_("Có hiệu lực từ sau ngày"), _day(deadlines.effective_on(one)) if is_complaint else ""),
        (_("Công khai trước hết ngày"), _day(deadlines.publish_due(one)) if is_complaint else ""),
    ]
    return one.get_result_display(), facts, None


def _publication(one: Any) -> tuple[str, Facts, int | None]:
    facts: Facts = [
        (_("Hình thức"), one.get_form_display()),
        (_("Nơi công khai"), one.place),
        (_("Thời gian"), f"{_day(one.starts_on)} – {_day(one.ends_on)}"),
        (_("Nội dung công khai"), one.text),
        (_("Duyệt"), _("đã duyệt") if one.approved_at else _("chờ người khác duyệt")),
        (_("Minh chứng"), one.proof),
    ]
    return one.title, facts, None


def _item(one: Any) -> tuple[str, Facts, int | None]:
    facts: Facts = [
        (_("Loại"), one.get_kind_display()),
        (_("Người, cơ quan thi hành"), one.by_whom),
        (_("Đã thi hành"), f"{_amount(one.done_amount)} / {_amount(one.amount)}"),
        (_("Hạn"), _day(one.due_on)),
        (_("Xong ngày"), _day(one.done_on)),
    ]
    return one.what, facts, None


def _measure(one: Any) -> tuple[str, Facts, int | None]:
    lifted = _("đã hủy bỏ") if one.lifted_by_id else ""
    return one.what, [(_("Đến hết ngày"), _day(one.until)), (_("Quyết định"), one.order), ("", lifted)], None


def _withdrawal(one: Any) -> tuple[str, Facts, int | None]:
    facts: Facts = [
        (_("Phần nội dung"), one.content),
        (_("Nhận ngày"), _day(one.received_on)),
        (_("Đình chỉ"), one.order or ""),
        (_("Vẫn giải quyết vì"), one.goes_on_because),
        (_("Bị ép buộc"), one.forced_because),
        (_("Giải quyết lại từ"), _day(one.reopened_on)),
    ]
    return _("Rút toàn bộ") if one.is_whole else _("Rút một phần"), facts, None


def _order(one: Any) -> tuple[str, Facts, int | None]:
    words = f"{one.notation}: {one.get_kind_display()}"
    facts: Facts = [
        (_("Ngày"), _day(one.decided_on)),
        (_("Người ký"), one.signer),
        (_("Lý do, nội dung"), one.reason),
    ]
    return words, facts, None


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _amount(amount: Any) -> str:
    whole, _dot, part = f"{amount:,.2f}".partition(".")
    return whole.replace(",", ".") + ("" if part == "00" else f",{part}")
