"""The registers that the law prescribes, column for column: as rows for a page, as PDF for binding (rule 6).

Decree 30/2020, Appendix IV: register of outgoing documents (10 columns), of incoming documents (10), and the
one that follows how incoming documents are dealt with (7). Only those who see all documents of an agency see
its registers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from documents import rules
from documents.enums import AssignmentRole, DocumentState
from documents.models import Assignment, Delivery, Directive, Document, IncomingEntry, OutgoingEntry
from documents.queries.recipient_words import recipient_words
from egov.audit.record import record
from egov.organizations.actor import Actor
from egov.printing.registers import Column, register
from egov.workflow.refusal import NotPermitted

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """Days of a register, both included."""

    first: date
    last: date

    @classmethod
    def year(cls, year: int) -> "Period":
        return cls(date(year, 1, 1), date(year, 12, 31))


@dataclass(frozen=True, slots=True)
class Heading:
    """A column as the law names it; ``width`` is its share of the page."""

    text: object
    width: float = 1.0
    centred: bool = False


@dataclass(frozen=True)
class RegisterForm:
    """One of the law's registers: title, columns in order, where its lines come from and how they read."""

    title: object
    headings: tuple[Heading, ...]
    entries: Callable[[Actor, Period], QuerySet[Any]]
    rows: Callable[[Sequence[Any]], list[Row]]


def register_pdf(actor: Actor, form: RegisterForm, period: Period) -> bytes:
    """The register of the actor's agency as PDF/A, in Vietnamese; the print is in the audit log."""
    with translation.override("vi"):
        entries = list(form.entries(actor, period))
        pdf = register(
            str(form.title),
            [Column(str(heading.text), heading.width, heading.centred) for heading in form.headings],
            form.rows(entries),
            agency=actor.agency.name,
            superior_agency=actor.agency.superior_name,
            period=f"Từ ngày {_day(period.first)} đến ngày {_day(period.last)}",
            keeper=actor.user.full_name,
        )
    record(actor, "documents.print_register", str(form.title), first=str(period.first), last=str(period.last))
    return pdf


def outgoing_entries(actor: Actor, period: Period) -> QuerySet[OutgoingEntry]:
    """Lines of the agency's register of outgoing documents, in the order in which they were written."""
    _require_reader(actor)
    entries = OutgoingEntry.objects.filter(
        agency=actor.agency, document__dated_on__gte=period.first, document__dated_on__lte=period.last
    )
    return entries.select_related("document__kind").order_by("registered_at", "pk")


def outgoing_rows(entries: Sequence[OutgoingEntry]) -> list[Row]:
    """The ten columns of each line; three statements for any number of lines."""
    ids = [entry.document_id for entry in entries]
    recipients = recipient_words(ids)
    counted = Document.objects.filter(pk__in=ids).order_by()
    sent = dict(counted.annotate(n=Count("recipients")).values_list("pk", "n"))
    arrived = dict(
        counted.annotate(n=Count("deliveries", filter=Q(deliveries__arrived_at__isnull=False))).values_list(
            "pk", "n"
        )
    )
    return [
        (
            entry.notation,
            _day(entry.document.dated_on),
            _titled(entry.document),
            entry.document.signer_name,
            "; ".join(recipients.get(entry.document_id, [])),
            entry.copy_holder,
            str(sent[entry.document_id]),
            _moment_day(entry.document.issued_at),
            f"{arrived[entry.document_id]}/{sent[entry.document_id]}" if entry.document.issued_at else "",
            entry.note,
        )
        for entry in entries
    ]


def incoming_entries(actor: Actor, period: Period) -> QuerySet[IncomingEntry]:
    """Lines of the agency's register of incoming documents, by year and số đến."""
    _require_reader(actor)
    in_force = Directive.objects.filter(superseded_at=None).prefetch_related(
        Prefetch(
            "assignments",
            queryset=Assignment.objects.filter(role=AssignmentRole.LEAD, within=None).select_related(
                "department", "member__user"
            ),
            to_attr="leads",
        )
    )
    answers = Document.objects.filter(state=DocumentState.ISSUED).only("notation", "answers_id")
    return (
        IncomingEntry.objects.filter(
            agency=actor.agency,
            registered_at__date__gte=period.first,
            registered_at__date__lte=period.last,
        )
        .select_related("delivery__document__kind", "delivery__presented_to__user")
        .prefetch_related(
            Prefetch("delivery__directives", queryset=in_force, to_attr="in_force"),
            Prefetch("delivery__answers", queryset=answers, to_attr="issued_answers"),
        )
        .order_by("year", "number")
    )


def incoming_rows(entries: Sequence[IncomingEntry]) -> list[Row]:
    """The ten columns of each line."""
    return [
        (
            _moment_day(entry.registered_at),
            f"{entry.number:02d}",
            entry.delivery.document.author_name,
            entry.delivery.document.notation,
            _day(entry.delivery.document.dated_on),
            _titled(entry.delivery.document),
            _receiver(entry.delivery),
            _moment_day(_handed_over_at(entry.delivery)),
            "",  # signed by hand on the printed register; in the system the history stands for it
            entry.note,
        )
        for entry in entries
    ]


def follow_up_rows(entries: Sequence[IncomingEntry]) -> list[Row]:
    """The seven columns of each line; the lines are those of the register of incoming documents."""
    rows: list[Row] = []
    for entry in entries:
        delivery, document = entry.delivery, entry.delivery.document
        said = (
            f"{_titled(document)}; {document.notation} ngày {_day(document.dated_on)}; {document.author_name}"
        )
        answers: list[Document] = delivery.issued_answers  # type: ignore[attr-defined]  # prefetched
        rows.append(
            (
                f"{entry.number:02d}",
                said,
                _receiver(delivery),
                _day(delivery.due_on),
                str(delivery.get_state_display()),
                "; ".join(answer.notation for answer in answers),
                entry.note,
            )
        )
    return rows


def _require_reader(actor: Actor) -> None:
    verdict = rules.may_read_registers(actor, actor.agency)
    if not verdict:
        raise NotPermitted(verdict.reason)


def _titled(document: Document) -> str:
    return f"{document.kind.name} {document.abstract}"


def _receiver(delivery: Delivery) -> str:
    """The lead of the directive in force, else the leader to whom it was presented."""
    directives: list[Any] = delivery.in_force  # type: ignore[attr-defined]  # prefetched
    for directive in directives:
        for lead in directive.leads:
            return str(lead.department.name if lead.department else lead.member.user.full_name)
    return delivery.presented_to.user.full_name if delivery.presented_to else ""


def _handed_over_at(delivery: Delivery) -> datetime | None:
    directives: list[Any] = delivery.in_force  # type: ignore[attr-defined]  # prefetched
    return directives[0].at if directives else delivery.presented_at


def _moment_day(at: datetime | None) -> str:
    return _day(timezone.localdate(at)) if at else ""


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


OUTGOING = RegisterForm(
    title=_("Sổ đăng ký văn bản đi"),
    headings=(
        Heading(_("Số, ký hiệu văn bản"), 1.3, centred=True),
        Heading(_("Ngày tháng văn bản"), 1.1, centred=True),
        Heading(_("Tên loại và trích yếu nội dung văn bản"), 3),
        Heading(_("Người ký"), 1.2),
        Heading(_("Nơi nhận văn bản"), 1.8),
        Heading(_("Đơn vị, người nhận bản lưu"), 1.2),
        Heading(_("Số lượng bản"), 0.7, centred=True),
        Heading(_("Ngày chuyển"), 1.1, centred=True),
        Heading(_("Ký nhận"), 0.8, centred=True),
        Heading(_("Ghi chú"), 0.9),
    ),
    entries=outgoing_entries,
    rows=outgoing_rows,
)
INCOMING = RegisterForm(
    title=_("Sổ đăng ký văn bản đến"),
    headings=(
        Heading(_("Ngày đến"), 1.1, centred=True),
        Heading(_("Số đến"), 0.7, centred=True),
        Heading(_("Tác giả"), 1.5),
        Heading(_("Số, ký hiệu văn bản"), 1.3, centred=True),
        Heading(_("Ngày tháng văn bản"), 1.1, centred=True),
        Heading(_("Tên loại và trích yếu nội dung văn bản"), 3),
        Heading(_("Đơn vị hoặc người nhận"), 1.4),
        Heading(_("Ngày chuyển"), 1.1, centred=True),
        Heading(_("Ký nhận"), 0.8, centred=True),
        Heading(_("Ghi chú"), 0.9),
    ),
    entries=incoming_entries,
    rows=incoming_rows,
)
FOLLOW_UP = RegisterForm(
    title=_("Sổ theo dõi giải quyết văn bản đến"),
    headings=(
        Heading(_("Số đến"), 0.7, centred=True),
        Heading(_("Tên loại, số và ký hiệu, ngày tháng và cơ quan ban hành văn bản"), 3.5),
        Heading(_("Đơn vị hoặc người nhận"), 1.5),
        Heading(_("Thời hạn giải quyết"), 1.1, centred=True),
        Heading(_("Tiến độ giải quyết"), 1.2),
        Heading(_("Số, ký hiệu văn bản trả lời"), 1.3, centred=True),
        Heading(_("Ghi chú"), 0.9),
    ),
    entries=incoming_entries,
    rows=follow_up_rows,
)
FORMS = {"outgoing": OUTGOING, "incoming": INCOMING, "follow_up": FOLLOW_UP}
