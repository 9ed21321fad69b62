"""The register of dossiers (sổ theo dõi hồ sơ): the columns of the form, by month, to see and to bind."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from egov.audit.record import record
from egov.organizations.actor import Actor
from egov.printing.registers import Column, register
from egov.workflow.refusal import NotPermitted
from onestop import rules
from onestop.models import Dossier, FormSet

TITLE = _("Sổ theo dõi hồ sơ")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of the form, in the reader's language."""

    text: Any
    width: float = 1.0
    centred: bool = False


HEADINGS = (
    Heading(_("STT"), 0.5, centred=True),
    Heading(_("Mã hồ sơ"), 1.5),
    Heading(_("Nội dung yêu cầu"), 2),
    Heading(_("Số bộ"), 0.5, centred=True),
    Heading(_("Chủ hồ sơ"), 1.4),
    Heading(_("Địa chỉ"), 1.6),
    Heading(_("Điện thoại"), 1.1),
    Heading(_("Ngày tiếp nhận"), 1.1, centred=True),
    Heading(_("Ngày hẹn trả"), 1.1, centred=True),
    Heading(_("Ngày trả kết quả"), 1.1, centred=True),
    Heading(_("Cách nhận"), 1),
    Heading(_("Ký nhận"), 0.8),
    Heading(_("Người tiếp nhận"), 1.3),
    Heading(_("Ghi chú"), 0.8),
)
FIRST_YEAR = 2015


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @classmethod
    def parse(cls, text: str, today: date) -> "Month":
        """From ``2026-03``; this month when it is none."""
        try:
            day = datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007  (a month has no zone)
        except ValueError:
            return cls(today.year, today.month)
        return (
            cls(day.year, day.month) if FIRST_YEAR <= day.year <= today.year else cls(today.year, today.month)
        )


def register_entries(actor: Actor, month: Month) -> QuerySet[Dossier]:
    """Dossiers that the actor's agency received in the month, as they came in. Raises NotPermitted."""
    verdict = rules.may_read_dossier_register(actor, None)
    if not verdict:
        raise NotPermitted(verdict.reason)
    begin = timezone.make_aware(datetime.combine(month.first, datetime.min.time()))
    after = timezone.make_aware(
        datetime.combine(date.fromordinal(month.last.toordinal() + 1), datetime.min.time())
    )
    return (
        Dossier.objects.visible_to(actor)
        .filter(receiving_agency=actor.agency, received_at__gte=begin, received_at__lt=after)
        .select_related("owner", "received_by__user")
        .order_by("received_at", "pk")
    )


def register_rows(entries: Sequence[Dossier], *, first: int = 1) -> list[tuple[str, ...]]:
    """The fourteen columns of each line; ``first`` numbers the first of them."""
    return [
        (
            str(number),
            str(one),
            one.content,
            str(one.sets),
            one.owner.name,
            one.owner.address,
            one.owner.phone,
            _moment(one.received_at),
            _moment(one.due_at),
            _moment(one.returned_at),
            str(one.get_delivery_display()),
            "",
            one.received_by.user.full_name if one.received_by else "",
            "" if one.due_at else "Không hẹn ngày trả",
        )
        for number, one in enumerate(entries, start=first)
    ]


def register_pdf(actor: Actor, month: Month) -> bytes:
    """The month as PDF/A, in Vietnamese, on the form of its last day; the print is in the audit log."""
    with translation.override("vi"):
        entries = list(register_entries(actor, month))
        form_set = FormSet.objects.in_force(month.last).first()
        form = form_set.forms.filter(kind="register").first() if form_set else None
        label = f"Mẫu số {form.number} – {form_set.name}. " if form and form_set else ""
        pdf = register(
            str(TITLE),
            [Column(str(one.text), one.width, one.centred) for one in HEADINGS],
            register_rows(entries),
            agency=actor.agency.name,
            superior_agency=actor.agency.superior_name,
            period=f"{label}Từ ngày {month.first:%d/%m/%Y} đến ngày {month.last:%d/%m/%Y}",
            keeper=actor.user.full_name,
            nothing="Không có hồ sơ nào trong tháng.",
        )
    record(actor, "onestop.print_register", str(TITLE), month=f"{month.first:%Y-%m}")
    return pdf


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%H:%M %d/%m/%Y}" if at else ""
