"""The register of reception (sổ tiếp công dân), form 03 of Circular 04/2021/TT-TTCP: to see, bind and close.

Every line of the year is on it, by number: what a line was corrected by, and what it corrects, stands in the
notes. A protected line has a code in the place of name, paper and matter, for everybody (rules 35 and 36).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from complaints.enums import VisitOutcome, VisitState
from complaints.models import RegisterClosing, Visit
from complaints.queries.reception_counts import ReceptionFigures, figures_of
from complaints.rules import reception as law
from egov.audit.record import record
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.models import Agency
from egov.printing.registers import Column, register
from egov.workflow.refusal import NotPermitted

TITLE = _("Sổ tiếp công dân")
FORM = "Mẫu số 03 – Thông tư 04/2021/TT-TTCP"
FIRST_YEAR = 2015


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of the form, in the reader's language."""

    text: Any
    width: float = 1.0
    centred: bool = False


HEADINGS = (
    Heading(_("STT"), 0.5, centred=True),
    Heading(_("Ngày tiếp"), 1, centred=True),
    Heading(_("Họ tên, địa chỉ"), 1.8),
    Heading(_("CMND, hộ chiếu, giấy tờ tùy thân"), 1.3),
    Heading(_("Nội dung vụ việc"), 2.4),
    Heading(_("Phân loại đơn; số người"), 1.1),
    Heading(_("Cơ quan đã giải quyết"), 1.2),
    Heading(_("Thụ lý để giải quyết"), 0.8, centred=True),
    Heading(_("Trả lại đơn và hướng dẫn"), 1.3),
    Heading(_("Chuyển đơn"), 1.3),
    Heading(_("Theo dõi kết quả"), 1.4),
    Heading(_("Ghi chú"), 1.4),
)


def register_entries(actor: Actor | SignedOut, year: int) -> QuerySet[Visit]:
    """Every line of the year in the register of the actor's agency. Raises NotPermitted.

    Also protected ones: ``register_rows`` says of them what everybody may know.
    """
    verdict = law.may_read_reception(actor)
    if not (verdict and isinstance(actor, Actor)):
        raise NotPermitted(verdict.reason)
    return register_lines(actor.agency, year)


def register_lines(agency: Agency, year: int) -> QuerySet[Visit]:
    """The same for whoever has asked already."""
    return (
        Visit.objects.filter(agency=agency, year=year)
        .select_related("letter__moved_to", "officer__user", "host__user", "corrects", "correction")
        .prefetch_related("visitors", "follow_ups")
        .order_by("number")
    )


def register_rows(visits: Sequence[Visit]) -> list[tuple[str, ...]]:
    """The twelve columns of each line."""
    return [_row(one) for one in visits]


def year_figures(agency: Agency, year: int) -> ReceptionFigures:
    """What the year comes to as the register stands now: receptions that took place in it."""
    rows = Visit.objects.effective().filter(agency=agency, started_at__year=year).order_by("pk")
    return figures_of(list(rows), date(year, 1, 1))


def register_pdf(actor: Actor, year: int) -> bytes:
    """The year as PDF/A for binding; the print is in the audit log. Raises NotPermitted."""
    visits = list(register_entries(actor, year))
    record(actor, "complaints.print_visit_register", str(TITLE), year=year)
    return set_register(actor, visits, year)


def set_register(actor: Actor, visits: Sequence[Visit], year: int) -> bytes:
    """The lines as PDF/A, in Vietnamese, as the form asks."""
    with translation.override("vi"):
        return register(
            str(TITLE),
            [Column(str(one.text), one.width, one.centred) for one in HEADINGS],
            register_rows(visits),
            agency=actor.agency.name,
            superior_agency=actor.agency.superior_name,
            period=f"{FORM}. Năm {year}",
            keeper=actor.user.full_name,
            nothing="Không có lượt tiếp nào trong năm.",
        )


def closing_of(agency: Agency, year: int) -> RegisterClosing | None:
    """How the year was closed; None while it is open."""
    return (
        RegisterClosing.objects.filter(agency=agency, year=year)
        .select_related("closed_by__user", "file")
        .first()
    )


def _row(visit: Visit) -> tuple[str, ...]:
    is_sealed = visit.is_protected or hasattr(visit.letter, "moved_to")
    said = _sealed(visit) if is_sealed else _said(visit)
    directed = "; ".join(one for one in (visit.directed_to, visit.paper_number) if one)
    guided = visit.outcome in {VisitOutcome.GUIDED, VisitOutcome.SUPPLEMENT}
    kind = str(visit.get_matter_kind_display()) if visit.matter_kind else ""
    return (
        str(visit.number),
        f"{timezone.localtime(visit.started_at):%d/%m/%Y}",
        *said[:3],
        f"{kind}; {visit.people}" if kind else str(visit.people),
        said[3],
        "x" if visit.outcome == VisitOutcome.RECEIVED else "",
        (directed or str(visit.get_outcome_display())) if guided else "",
        directed if visit.outcome == VisitOutcome.TRANSFERRED else "",
        "; ".join(one.text for one in visit.follow_ups.all()) if not visit.is_protected else "",
        "; ".join(_notes(visit)),
    )


def _said(visit: Visit) -> tuple[str, str, str, str]:
    visitors = list(visit.visitors.all())
    names = "; ".join(", ".join(part for part in (one.name, one.address) if part) for one in visitors)
    papers = "; ".join(one.personal_number or one.identity_paper for one in visitors if one.is_identified)
    return names, papers or visit.unidentified_because, visit.summary, visit.settled_by


def _sealed(visit: Visit) -> tuple[str, str, str, str]:
    code = visit.letter.code if visit.letter else visit.code
    return code, "", "", ""


def _notes(visit: Visit) -> list[str]:
    notes = []
    if visit.state == VisitState.OPEN:
        notes.append("Đang tiếp")
    if visit.corrects is not None:
        notes.append(f"Đính chính dòng {visit.corrects.number}/{visit.corrects.year}")
    correction = getattr(visit, "correction", None)
    if correction is not None:
        notes.append(f"Được đính chính tại dòng {correction.number}/{correction.year}")
    if visit.outcome in {
        VisitOutcome.REFUSED,
        VisitOutcome.LEADER,
        VisitOutcome.ANSWERED,
        VisitOutcome.OTHER,
    }:
        notes.append(str(visit.get_outcome_display()))
    if visit.kind != "regular":
        notes.append(f"{visit.get_kind_display()}: {visit.host.user.full_name}")
    if visit.letter is not None and not visit.is_protected:
        notes.append(f"Đơn {visit.letter.code}")
    return notes
