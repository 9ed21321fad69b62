"""The desk of a visit: opened with its number, written while people speak, closed into the register."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.actions.visit_entry import (
    Decided,
    Heard,
    VisitNotAcceptable,
    VisitNotClosable,
    finish,
    new_entry,
    put_down,
    require_same_seal,
)
from complaints.enums import ReceptionForm, ReceptionKind, VisitOutcome
from complaints.models import Letter, OnlineSession, ReceptionDay, Visit
from complaints.rules import reception as law
from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.organizations.models import Agency, Membership
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal


class VisitNotOpenable(Refusal):
    """Who receives, on what occasion and when do not fit together."""


@dataclass(frozen=True, kw_only=True)
class Opening:
    """On what occasion somebody is received, by whom; ``key`` makes two clicks one visit."""

    kind: ReceptionKind = ReceptionKind.REGULAR
    form: ReceptionForm = ReceptionForm.IN_PERSON
    host: Membership | None = None
    started_at: datetime | None = None
    # For an online reception: where it takes place.
    room: str = ""
    key: str = ""


@action("complaints.open_visit", allowed=law.may_receive)
def open_visit(actor: Actor, agency: Agency, opening: Opening, *, at: datetime) -> Visit:
    """Take the next number of the year's register and begin; the same key twice is one visit.

    Raises VisitNotOpenable.
    """
    if opening.key and (earlier := Visit.objects.filter(agency=agency, idempotency_key=opening.key).first()):
        return earlier
    host = opening.host or actor.membership
    started = opening.started_at or at
    on = timezone.localdate(started)
    _require_host(agency, host, opening, on=on)
    if started > at:
        raise VisitNotOpenable(_("Giờ bắt đầu tiếp không thể ở sau lúc này."))
    visit = new_entry(
        actor,
        agency,
        kind=opening.kind,
        form=opening.form,
        started_at=started,
        host=host,
        host_is_head=host.is_head,
        day=_day_of(agency, on) if opening.kind == ReceptionKind.SCHEDULED else None,
        idempotency_key=opening.key or None,
        at=at,
    )
    if opening.form == ReceptionForm.ONLINE:
        OnlineSession.objects.create(visit=visit, room=clean_line(opening.room)[:200])
    return visit


@action("complaints.write_visit", allowed=law.may_write_visit)
def write_visit(actor: Actor, visit: Visit, heard: Heard, *, at: datetime) -> Visit:  # noqa: ARG001
    """Keep what is known now instead of what was written before. Raises VisitNotAcceptable, BelongsInSeal."""
    put_down(visit, heard)
    return visit


@action("complaints.close_visit", allowed=law.may_write_visit)
def close_visit(actor: Actor, visit: Visit, decided: Decided, *, at: datetime) -> Visit:
    """Enter it in the register for good, with its direction and the day by which an answer is due.

    A refusal has an action of its own. Raises NotIdentified, VisitNotClosable.
    """
    if decided.outcome == VisitOutcome.REFUSED:
        raise VisitNotClosable(_("Từ chối tiếp phải chọn căn cứ, người quyết định và có thông báo."))
    finish(actor, visit, decided, at=at)
    return visit


@action("complaints.link_visit", allowed=law.may_keep_visit)
def link_visit(actor: Actor, visit: Visit, *, letter: Letter, at: datetime) -> Visit:  # noqa: ARG001
    """Name the letter that came of the visit, at the desk or later; once. Raises VisitNotAcceptable."""
    if visit.letter_id == letter.pk:
        return visit
    if visit.letter_id is not None:
        raise VisitNotAcceptable(_("Lượt tiếp này đã gắn với một đơn khác."))
    require_same_seal(visit, letter)
    visit.letter = letter
    visit.save(update_fields=["letter"])
    return visit


def _require_host(agency: Agency, host: Membership, opening: Opening, *, on: date) -> None:
    if host.agency_id != agency.pk or not host.holds_on(on):
        raise VisitNotOpenable(_("Người tiếp không giữ chức vụ tại cơ quan vào ngày này."))
    if opening.kind != ReceptionKind.REGULAR and host.role != Role.LEADER:
        raise VisitNotOpenable(
            _("Tiếp định kỳ và đột xuất do người đứng đầu hoặc cấp phó tiếp; hãy chọn người đã tiếp.")
        )
    if opening.kind == ReceptionKind.SCHEDULED and _day_of(agency, on) is None:
        raise VisitNotOpenable(
            _("Ngày %(day)s không có lịch tiếp định kỳ. Hãy chọn tiếp đột xuất hoặc lập lịch.")
            % {"day": f"{on:%d/%m/%Y}"}
        )
    if opening.form == ReceptionForm.ONLINE and not clean_line(opening.room):
        raise VisitNotOpenable(_("Tiếp trực tuyến phải ghi phòng họp hoặc điểm cầu."))
    if opening.form == ReceptionForm.ONLINE and not law.must_identify(on):
        raise VisitNotOpenable(_("Tiếp công dân trực tuyến thực hiện từ ngày 01/07/2026."))


def _day_of(agency: Agency, on: date) -> ReceptionDay | None:
    return ReceptionDay.objects.standing().filter(agency=agency, day=on).first()
