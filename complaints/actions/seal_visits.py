"""The visits on which an open letter was brought go under seal with it: who came, and what they said (35).

The lines of the register keep number, days, kind and counts, so that nothing that was reported changes; where
a name stood, the register prints the letter's code. Only here are closed lines written once more, and only to
empty them; each trigger that forbids it is named. A yearly binding that was closed before is a paper that
went out: it keeps what it says.
"""

from collections.abc import Iterable
from datetime import datetime

import pgtrigger
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from complaints.actions.seal_person import SealedPerson, put_person_under_seal, put_under_seal
from complaints.enums import SealedKind, VisitState
from complaints.models import (
    Appointment,
    AppointmentChange,
    AppointmentNotice,
    KeptPrint,
    Letter,
    OnlineSession,
    Promise,
    PromiseChange,
    ReceptionMinutes,
    SessionEvent,
    Visit,
    VisitChange,
    VisitFollowUp,
    Visitor,
    VisitPaper,
)
from egov.files.forget import forget_unused
from egov.files.models import StoredFile
from egov.files.store import read_checked
from egov.organizations.actor import Actor
from egov.workflow.refusal import Refusal

EMPTIED_ONCE = (
    "complaints.Visit:number_stays",
    "complaints.Visitor:while_at_the_desk",
    "complaints.VisitPaper:while_at_the_desk",
    "complaints.VisitChange:append_only",
    "complaints.VisitFollowUp:append_only",
    "complaints.ReceptionMinutes:never_deleted",
    "complaints.SessionEvent:append_only",
    "complaints.PromiseChange:append_only",
    "complaints.AppointmentChange:append_only",
)


class VisitNotSealable(Refusal):
    """A visit is still at the desk, or a notice that names the visitor has gone out."""


def seal_visits(actor: Actor, letter: Letter, moved: Letter, *, at: datetime) -> None:
    """Seal for ``moved`` who came about ``letter``, their words and signed minutes, and empty the lines.

    Raises VisitNotSealable, NoCustodian.
    """
    visits = list(_visits_of(letter).prefetch_related("visitors", "follow_ups"))
    for visit in visits:
        _require_sealable(visit)
        for visitor in visit.visitors.all():
            put_person_under_seal(moved, _sealed(visit, visitor), by=actor, at=at)
    keys = [one.pk for one in visits]
    appointments = Appointment.objects.filter(
        Q(letter=letter) | Q(visit__in=keys) | Q(met_in__in=keys), is_protected=False
    )
    for one in appointments:
        if one.name:
            put_person_under_seal(moved, _asking(one), by=actor, at=at)
    files = _files_of(keys, appointments)
    minutes = StoredFile.objects.filter(pk__in=_minutes_files(keys))
    for file in minutes:
        put_under_seal(moved, SealedKind.ORIGINAL, read_checked(file), by=actor, at=at)
    with pgtrigger.ignore(*EMPTIED_ONCE):
        _empty_appointments(appointments)
        _empty_visits(letter, keys)
    forget_unused(files)


def _visits_of(letter: Letter) -> QuerySet[Visit]:
    """Those that name the letter, and all others on the same matter, but for what another letter came of."""
    found = set(Visit.objects.filter(letter=letter).values_list("pk", flat=True))
    while True:
        near = Visit.objects.filter(
            Q(pk__in=found)
            | Q(root__in=found)
            | Q(later_visits__in=found)
            | Q(corrects__in=found)
            | Q(correction__in=found)
        ).filter(Q(letter=None) | Q(letter=letter))
        more = set(near.values_list("pk", flat=True)) - found
        if not more:
            return Visit.objects.filter(pk__in=found).order_by("pk")
        found |= more


def _require_sealable(visit: Visit) -> None:
    if visit.state == VisitState.OPEN:
        raise VisitNotSealable(
            _("Lượt tiếp %(code)s đang tiếp: hãy kết thúc trước khi chuyển đơn.") % {"code": visit.code}
        )
    if hasattr(visit, "refusal"):
        raise VisitNotSealable(
            _("Lượt tiếp %(code)s đã có thông báo từ chối ghi tên công dân nên đơn không chuyển sổ được nữa.")
            % {"code": visit.code}
        )


def _sealed(visit: Visit, visitor: Visitor) -> SealedPerson:
    """The visitor, with what stood in the line beside them."""
    said = [
        visit.code,
        visitor.get_role_display(),
        visitor.identity_paper,
        visitor.authorisation,
        visitor.lawyer_card,
        visit.summary,
        visit.outcome_words,
        visit.group_note,
        *(one.text for one in visit.follow_ups.all()),
    ]
    return SealedPerson(
        name=visitor.name,
        address=visitor.address,
        personal_number=visitor.personal_number,
        phone=visitor.phone,
        born_on=f"{visitor.born_on:%d/%m/%Y}" if visitor.born_on else "",
        note="; ".join(filter(None, said)),
    )


def _asking(appointment: Appointment) -> SealedPerson:
    return SealedPerson(
        name=appointment.name,
        address=appointment.address,
        personal_number=appointment.personal_number,
        phone=appointment.phone,
        note="; ".join(filter(None, [str(appointment), appointment.content])),
    )


def _minutes_files(visits: Iterable[int]) -> set[int]:
    rows = ReceptionMinutes.objects.filter(visit__in=visits).values_list("file", "signed_file")
    return {key for pair in rows for key in pair if key is not None}


def _files_of(visits: list[int], appointments: QuerySet[Appointment]) -> list[StoredFile]:
    """Minutes and slips, whose bytes go; what was printed is no longer given."""
    slips = KeptPrint.objects.filter(
        Q(kind=KeptPrint.Kind.VISIT_SLIP, subject_id__in=visits)
        | Q(kind=KeptPrint.Kind.APPOINTMENT, subject_id__in=appointments.values("pk")),
        file__isnull=False,
    )
    keys = {*slips.values_list("file", flat=True), *_minutes_files(visits)}
    slips.update(file=None)
    return list(StoredFile.objects.filter(pk__in=keys))


def _empty_visits(letter: Letter, visits: list[int]) -> None:
    Visitor.objects.filter(visit__in=visits).delete()
    VisitPaper.objects.filter(visit__in=visits).delete()
    VisitFollowUp.objects.filter(visit__in=visits).delete()
    VisitChange.objects.filter(visit__in=visits).update(note="")
    ReceptionMinutes.objects.filter(visit__in=visits).delete()
    SessionEvent.objects.filter(session__visit__in=visits).update(note="")
    OnlineSession.objects.filter(visit__in=visits).update(identity_checked_how="")
    gone = _("Đã chuyển sang sổ tố cáo.")
    PromiseChange.objects.filter(promise__visit__in=visits).update(note="")
    Promise.objects.filter(visit__in=visits).exclude(kept_by="").update(kept_by=gone)
    Promise.objects.filter(visit__in=visits).update(text=gone)
    rows = Visit.objects.filter(pk__in=visits)
    rows.exclude(correction_reason="").update(correction_reason=gone)
    # By its code the register says where the line went.
    rows.filter(letter=None).update(letter=letter)
    rows.update(
        summary="", settled_by="", group_note="", outcome_words="", unidentified_because="", paper_number=""
    )


def _empty_appointments(appointments: QuerySet[Appointment]) -> None:
    keys = list(appointments.values_list("pk", flat=True))
    AppointmentChange.objects.filter(appointment__in=keys).update(note="")
    AppointmentNotice.objects.filter(appointment__in=keys).exclude(told_how="").update(told_how="…")
    Appointment.objects.filter(pk__in=keys).update(
        name="", personal_number="", phone="", address="", content="", answer=""
    )
