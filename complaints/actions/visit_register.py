"""The register after the visit: corrected by a new line, followed up, closed at the end of the year."""

from dataclasses import asdict
from datetime import datetime

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from complaints.actions.visit_entry import Decided, Heard, VisitNotAcceptable, finish, new_entry, put_down
from complaints.enums import MatterKind, VisitOutcome, VisitState
from complaints.models import OnlineSession, ReceptionMinutes, RegisterClosing, Visit, VisitFollowUp
from complaints.queries.visit_register import register_lines, set_register, year_figures
from complaints.rules import reception as law
from egov.files.store import put
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

PDF = "application/pdf"


class ReasonNeeded(Refusal):
    """A correction says what was wrong."""


class RegisterNotClosable(Refusal):
    """The year is not over, or somebody is still at the desk."""


@action("complaints.correct_visit", allowed=law.may_correct_visit)
def correct_visit(
    actor: Actor, visit: Visit, heard: Heard, decided: Decided, *, reason: str, at: datetime
) -> Visit:
    """Write a new line that says how it was, and names the old one, which stays as it is.

    The correction stands in the register of the year in which it is written and counts instead of the old
    line, on the day of the visit. Raises ReasonNeeded, and what writing and closing a visit raise.
    """
    words = clean_line(reason)[:300]
    if not words:
        raise ReasonNeeded(_("Hãy ghi lý do đính chính."))
    if VisitOutcome.REFUSED in {visit.outcome, decided.outcome}:
        raise VisitNotAcceptable(
            _("Lượt từ chối tiếp có thông báo riêng và không đính chính thành lượt khác.")
        )
    if visit.is_protected != (heard.matter_kind == MatterKind.DENUNCIATION):
        raise VisitNotAcceptable(
            _("Không đính chính một vụ việc khác thành tố cáo hoặc ngược lại: danh tính đã ở sổ khác.")
        )
    corrected = new_entry(
        actor,
        visit.agency,
        corrects=visit,
        correction_reason=words,
        kind=visit.kind,
        form=visit.form,
        started_at=visit.started_at,
        host=visit.host,
        host_is_head=visit.host_is_head,
        day=visit.day,
        root=visit.root,
        at=at,
    )
    put_down(corrected, heard)
    # The same case as before, by which later visits know it.
    corrected.root = corrected.root or visit.root or visit
    _take_session(visit, corrected)
    finish(actor, corrected, decided, at=at)
    return corrected


@action("complaints.follow_visit", allowed=law.may_keep_visit)
def follow_visit(actor: Actor, visit: Visit, *, text: str, at: datetime) -> VisitFollowUp:
    """Add what became of it: column 11. Raises VisitNotAcceptable."""
    words = clean_line(text)[:500]
    if not words or visit.state != VisitState.CLOSED:
        raise VisitNotAcceptable(_("Chỉ ghi kết quả theo dõi, bằng lời, cho lượt tiếp đã vào sổ."))
    if visit.is_protected:
        raise VisitNotAcceptable(_("Kết quả của tố cáo theo dõi tại sổ tố cáo, theo mã đơn."))
    return VisitFollowUp.objects.create(visit=visit, at=at, by=actor.membership, text=words)


@action("complaints.close_visit_register", allowed=law.may_close_register)
def close_register(actor: Actor, agency: Agency, *, year: int, at: datetime) -> RegisterClosing:
    """Close a year that is over: totals, the printed register, and no further line.

    The same year twice is one closing. Raises RegisterNotClosable.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"visits {agency.pk}"])
    earlier = RegisterClosing.objects.filter(agency=agency, year=year).first()
    if earlier is not None:
        return earlier
    if year >= timezone.localdate(at).year:
        raise RegisterNotClosable(_("Chỉ khóa sổ khi năm đã hết."))
    lines = list(register_lines(agency, year))
    waiting = sum(one.state == VisitState.OPEN for one in lines)
    if waiting:
        raise RegisterNotClosable(
            ngettext(
                "Còn %(count)d lượt tiếp chưa vào sổ trong năm này.",
                "Còn %(count)d lượt tiếp chưa vào sổ trong năm này.",
                waiting,
            )
            % {"count": waiting}
        )
    figures = year_figures(agency, year)
    return RegisterClosing.objects.create(
        agency=agency,
        year=year,
        closed_at=at,
        closed_by=actor.membership,
        totals={"lines": len(lines), **asdict(figures)},
        file=put(set_register(actor, lines, year), media_type=PDF),
    )


def _take_session(visit: Visit, corrected: Visit) -> None:
    """An online reception was checked and minuted once: its correction refers to the same papers."""
    session = getattr(visit, "session", None)
    minutes = getattr(visit, "minutes", None)
    if session is None or minutes is None:
        return
    OnlineSession.objects.create(
        visit=corrected,
        room=session.room,
        identity_checked_at=session.identity_checked_at,
        identity_checked_how=session.identity_checked_how,
        consents_to_recording=session.consents_to_recording,
        consent_at=session.consent_at,
        recording=session.recording,
    )
    ReceptionMinutes.objects.create(
        visit=corrected,
        made_at=minutes.made_at,
        made_by=minutes.made_by,
        text=minutes.text,
        file=minutes.file,
        agreed_at=minutes.agreed_at,
        agreed_how=minutes.agreed_how,
        signed_file=minutes.signed_file,
        signed_at=minutes.signed_at,
        signed_by=minutes.signed_by,
    )
