"""Give a signed document its number and date and enter it in the register (Decree 30/2020, Art. 14-16)."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from documents import rules
from documents.actions.paper import keep_paper, read_paper
from documents.enums import DocumentState, Source
from documents.models import Document, OutgoingEntry
from documents.rules.notation import book_of, notation_of
from egov.numbering.next_number import next_number
from egov.organizations.actor import Actor
from egov.signing.sign import place_number_and_date
from egov.workdays.clock import next_working_day
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal

REGISTRY_COPY = "Văn thư cơ quan"
FIRST_MONTH_WITHOUT_ZERO = 3


class NumberingRefused(Refusal):
    """The document may not take a number on this day."""


@action("documents.number", allowed=rules.may_number)
def number(actor: Actor, document: Document, *, at: datetime) -> Document:
    """Take the next number of the agency's book, print number and date, write the register's line.

    All in one transaction: whatever fails gives the number back, so the series has no gap (rules 1 and 2).
    The year is that of the day in Viet Nam. The paper is read before the number is taken, as the series is
    locked from then until commit.
    """
    on = timezone.localdate(at)
    notation = notation_of(document.kind, actor.agency, document.department)
    _require_day(document, on)
    if notation.with_year:
        _require_printed_year(document, on)
    paper = read_paper(document)
    book = book_of(document.kind)
    document.number = next_number(agency_id=actor.agency.pk, book=book, year=on.year)
    document.notation = notation.text(document.number, on.year)
    document.dated_on = on
    keep_paper(document, place_number_and_date(paper, number_text=document.notation, date_text=date_line(on)))
    document.save(update_fields=["number", "notation", "dated_on", "file"])
    OutgoingEntry.objects.create(
        document=document,
        agency=actor.agency,
        book=book,
        year=on.year,
        number=document.number,
        notation=document.notation,
        registered_by=actor.membership,
        registered_at=at,
        copy_holder=f"{REGISTRY_COPY}, {document.department.name}" if document.department else REGISTRY_COPY,
    )
    move(document, to=DocumentState.NUMBERED, by=actor, at=at, note=document.notation)
    return document


def date_line(day: date) -> str:
    """As Decree 30 writes it (``ngày 05 tháng 3 năm 2020``): days below 10, months 1 and 2 take a zero."""
    month = f"{day.month:02d}" if day.month < FIRST_MONTH_WITHOUT_ZERO else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def _require_day(document: Document, on: date) -> None:
    """On the day of signing or the next working day, by an agency that still exists."""
    assert document.agency is not None  # noqa: S101  (the rule let only its own registry in)
    assert document.signed_at is not None  # noqa: S101  (the state is SIGNED)
    if not document.agency.exists_on(on):
        raise NumberingRefused(_("Cơ quan đã kết thúc hoạt động nên sổ số đã khóa ở số cuối cùng."))
    last = next_working_day(timezone.localdate(document.signed_at))
    if on > last:
        raise NumberingRefused(
            _(
                "Đã quá hạn cấp số: số và ngày phải được cấp chậm nhất ngày %(last)s, ngày làm việc tiếp "
                "theo ngày ký. Hãy trả lại người soạn thảo để trình ký lại."
            )
            % {"last": f"{last:%d/%m/%Y}"}
        )


def _require_printed_year(document: Document, on: date) -> None:
    """A composed normative document carries the year of its setting before it has a number."""
    if document.source != Source.COMPOSED:
        return
    presented = document.changes.filter(after=DocumentState.SUBMITTED).latest("at")
    if timezone.localdate(presented.at).year != on.year:
        raise NumberingRefused(
            _("Năm in trong ký hiệu không còn là năm nay. Hãy trả lại người soạn thảo để trình ký lại.")
        )
