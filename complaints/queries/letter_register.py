"""The registers of letters (sổ đơn), by series and year: to see and to bind; protected ones by code."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from complaints import rules
from complaints.enums import Series
from complaints.models import Letter
from complaints.queries.letter_slip import PROTECTED
from complaints.queries.letters import register
from egov.audit.record import record
from egov.organizations.actor import Actor
from egov.printing.registers import Column
from egov.printing.registers import register as printed
from egov.workflow.refusal import NotPermitted

BOOKS = (Series.LETTERS, Series.DENUNCIATIONS, Series.INFORMATION)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column, in the reader's language."""

    text: Any
    width: float = 1.0
    centred: bool = False
    # On one line: a code that is broken is not found again.
    fixed: bool = False


HEADINGS = (
    Heading(_("Số"), 0.5, centred=True),
    Heading(_("Mã đơn"), 2, fixed=True),
    Heading(_("Ngày đến"), 0.9, centred=True),
    Heading(_("Ngày vào sổ"), 0.9, centred=True),
    Heading(_("Người gửi, địa chỉ"), 2),
    Heading(_("Số người"), 0.6, centred=True),
    Heading(_("Nguồn đơn"), 1),
    Heading(_("Loại, tóm tắt nội dung"), 2.4),
    Heading(_("Trạng thái"), 1),
    Heading(_("Ghi chú"), 1.1),
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many letters and how many cases: a duplicate is a letter and no case of its own (rule 49)."""

    letters: int
    cases: int


def register_entries(actor: Actor, series: str, year: int) -> QuerySet[Letter]:
    """Letters of one register of the actor's agency, as they were entered. Raises NotPermitted."""
    verdict = rules.may_read_letters(actor)
    if not verdict:
        raise NotPermitted(verdict.reason)
    return register(actor, series, year).select_related("root").prefetch_related("participants", "matters")


def counts(letters: QuerySet[Letter]) -> Counts:
    """Letters, and cases among them: the first of each case, whoever else wrote about it (rule 49)."""
    return Counts(letters.count(), letters.filter(root__isnull=True, moved_to__isnull=True).count())


def register_rows(letters: Sequence[Letter]) -> list[tuple[str, ...]]:
    """The columns of each line; a protected letter has neither a name nor a summary in it (rule 36)."""
    return [
        (
            str(one.number),
            one.code,
            f"{timezone.localtime(one.received_at):%d/%m/%Y}",
            f"{timezone.localtime(one.entered_at):%d/%m/%Y}",
            _who(one),
            str(one.people),
            str(one.get_source_display()),
            _what(one),
            "; ".join(str(matter.get_state_display()) for matter in one.matters.all()),
            _note(one),
        )
        for one in letters
    ]


def register_pdf(actor: Actor, series: Series, year: int) -> bytes:
    """The register of a year as PDF/A, in Vietnamese; the print is on record. Raises NotPermitted."""
    with translation.override("vi"):
        entries = register_entries(actor, series, year)
        total = counts(entries)
        pdf = printed(
            str(series.label),
            [Column(str(one.text), one.width, one.centred) for one in HEADINGS],
            register_rows(list(entries)),
            agency=actor.agency.name,
            superior_agency=actor.agency.superior_name,
            period=f"Năm {year}: {total.letters} đơn, {total.cases} vụ việc",
            keeper=actor.user.full_name,
            nothing="Không có đơn nào trong năm.",
        )
    record(actor, "complaints.print_register", f"{series} {year}")
    return pdf


def _who(letter: Letter) -> str:
    if letter.is_protected:
        return PROTECTED
    people = [one for one in letter.participants.all() if not one.withdrawn_on]
    return "; ".join(", ".join(filter(None, [one.name, one.address])) for one in people)


def _what(letter: Letter) -> str:
    if letter.is_protected:
        return "; ".join(str(matter.get_kind_display()) for matter in letter.matters.all())
    return "; ".join(f"{matter.get_kind_display()}: {matter.summary}" for matter in letter.matters.all())


def _note(letter: Letter) -> str:
    return str(_("Trùng đơn %(code)s") % {"code": letter.root.code}) if letter.root else ""
