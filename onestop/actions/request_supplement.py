"""Ask the applicant for what is missing: everything at once; a second time only with a leader's word (20)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.notifications.send import Message, ToRole, tell_members, tell_roles
from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.issue_form import issue_form
from onestop.actions.reason import REASON_LENGTH, reason_in_words
from onestop.actions.stop import begin_stop
from onestop.actions.tell_applicant import ApplicantEvent, tell_applicant
from onestop.enums import DossierState, FormKind, RequirementKind, StopReason
from onestop.models import Dossier, Requirement, SupplementItem, SupplementRequest

PROPOSED, DECLINED = "onestop.supplement_proposed", "onestop.supplement_declined"


class NothingAskedFor(Refusal):
    """A request names at least one paper."""


class PaperNotDemandable(Refusal):
    """Nobody may ask for a paper beyond the published list, or for one that a database gives (rule 46)."""


class DeadlineNotAhead(Refusal):
    """The applicant needs days to bring what is asked for."""


class RequestOpen(Refusal):
    """An earlier request waits for its answer or for a leader's word."""


@dataclass(frozen=True)
class Asked:
    """One paper that is missing or not in order, and what is wanted of it."""

    requirement_id: int
    demand: str = ""


@dataclass(frozen=True, kw_only=True)
class SupplementContent:
    """A whole request. ``again_reason``: why the first request did not name these papers."""

    papers: Sequence[Asked]
    reason: str
    deadline_on: date
    again_reason: str = ""


@action("onestop.request_supplement", allowed=rules.may_request_supplement)
def request_supplement(
    actor: Actor, dossier: Dossier, content: SupplementContent, *, at: datetime
) -> SupplementRequest:
    """Issue form 02 with all that is missing and stop the clock; a later request waits for a leader.

    The dossier goes to state 5 when the request goes out. A filing that nobody has received yet has no clock.
    Raises NothingAskedFor, PaperNotDemandable, DeadlineNotAhead, RequestOpen, ReasonMissing.
    """
    reason = reason_in_words(content.reason, _("Hãy ghi rõ vì sao phải bổ sung."))
    if content.deadline_on <= timezone.localdate(at):
        raise DeadlineNotAhead(_("Thời hạn bổ sung phải sau ngày hôm nay."))
    if dossier.supplements.filter(answered_at=None, closed_at=None).exists():
        raise RequestOpen(_("Đã có một yêu cầu bổ sung đang chờ; mỗi lúc chỉ có một yêu cầu."))
    asked = demandable(dossier.case_id, content.papers)
    number = dossier.supplements.count() + 1
    again = ""
    if number > 1:
        again = reason_in_words(
            content.again_reason,
            _("Yêu cầu bổ sung từ lần thứ hai phải nêu lý do vì sao lần trước chưa yêu cầu."),
        )
    request = SupplementRequest.objects.create(
        dossier=dossier,
        number=number,
        reason=reason,
        deadline_on=content.deadline_on,
        proposed_by=actor.membership,
        proposed_at=at,
        again_reason=again,
    )
    SupplementItem.objects.bulk_create(
        [
            SupplementItem(
                request=request,
                requirement=requirement,
                name=requirement.name,
                demand=clean_line(demand)[:REASON_LENGTH],
            )
            for requirement, demand in asked
        ]
    )
    if number == 1:
        _issue(actor, dossier, request, at=at)
    elif actor.is_(Role.LEADER):
        request.approved_by = actor.membership
        _issue(actor, dossier, request, at=at)
    else:
        _tell_leaders(actor, dossier, request)
    return request


@action("onestop.approve_supplement", allowed=rules.may_approve_supplement)
def approve_supplement(actor: Actor, dossier: Dossier, *, at: datetime) -> SupplementRequest:
    """Let the proposed second request go out: form 02, and the clock stops now. Raises AlreadyStopped,
    DeadlineNotAhead."""
    request = _proposed(dossier)
    if request.deadline_on <= timezone.localdate(at):
        raise DeadlineNotAhead(_("Thời hạn bổ sung đã qua; hãy từ chối để người xử lý đề nghị lại."))
    request.approved_by = actor.membership
    _issue(actor, dossier, request, at=at)
    return request


@action("onestop.decline_supplement", allowed=rules.may_approve_supplement)
def decline_supplement(actor: Actor, dossier: Dossier, *, reason: str, at: datetime) -> SupplementRequest:
    """Do not ask the applicant again; the dossier is decided with what it has. Raises ReasonMissing."""
    request = _proposed(dossier)
    request.closed_reason = reason_in_words(reason, _("Hãy ghi rõ vì sao không duyệt."))
    request.closed_at = at
    request.save(update_fields=["closed_reason", "closed_at"])
    message = Message(
        event=DECLINED,
        text=_("%(person)s không duyệt yêu cầu bổ sung thêm, hồ sơ %(code)s: %(reason)s")
        % {"person": actor.user.full_name, "code": dossier, "reason": request.closed_reason},
        key=str(request.pk),
        about=dossier,
    )
    tell_members([request.proposed_by], message)
    return request


def close_supplement(dossier: Dossier, reason: str, *, at: datetime) -> None:
    """What was asked for is not waited for any more: the dossier was stopped or withdrawn."""
    dossier.supplements.filter(answered_at=None, closed_at=None).update(closed_at=at, closed_reason=reason)


def _issue(actor: Actor, dossier: Dossier, request: SupplementRequest, *, at: datetime) -> None:
    papers = [[item.name, item.demand] for item in request.items.all()]
    content = {"papers": papers, "reason": request.reason, "deadline": request.deadline_on}
    request.form = issue_form(actor, dossier, FormKind.SUPPLEMENT, content, at=at)
    request.issued_at = at
    request.save(update_fields=["form", "issued_at", "approved_by"])
    if dossier.received_at is not None:
        begin_stop(dossier, StopReason.SUPPLEMENT, request.reason, by=actor, at=at)
    move(dossier, to=DossierState.SUPPLEMENT, by=actor, at=at, note=request.reason)
    tell_applicant(
        dossier, ApplicantEvent.SUPPLEMENT, key=request.number, at=at, deadline_on=request.deadline_on
    )


def demandable(case_id: int, papers: Sequence[Asked]) -> list[tuple[Requirement, str]]:
    """The named lines of the case, each once, with what is wanted of it. Raises NothingAskedFor,
    PaperNotDemandable."""
    wanted = {one.requirement_id: one.demand for one in papers}
    if not wanted:
        raise NothingAskedFor(_("Hãy chọn ít nhất một giấy tờ cần bổ sung."))
    lines = Requirement.objects.filter(case=case_id).exclude(kind=RequirementKind.NOTE)
    found = lines.in_bulk(list(wanted))
    if len(found) != len(wanted):
        raise PaperNotDemandable(_("Chỉ được yêu cầu giấy tờ có trong thành phần hồ sơ đã công bố."))
    for requirement in found.values():
        if requirement.available_from:
            raise PaperNotDemandable(
                _("“%(paper)s” tra cứu được từ %(source)s nên không được yêu cầu người nộp bổ sung.")
                % {"paper": requirement.name, "source": requirement.available_from}
            )
    return [(found[key], demand) for key, demand in sorted(wanted.items())]


def _proposed(dossier: Dossier) -> SupplementRequest:
    return dossier.supplements.select_for_update().get(issued_at=None, closed_at=None)


def _tell_leaders(actor: Actor, dossier: Dossier, request: SupplementRequest) -> None:
    message = Message(
        event=PROPOSED,
        text=_("Đề nghị duyệt yêu cầu bổ sung lần %(number)d, hồ sơ %(code)s: %(reason)s")
        % {"number": request.number, "code": dossier, "reason": request.again_reason},
        key=str(request.pk),
        about=dossier,
    )
    tell_roles([ToRole(actor.agency.pk, Role.LEADER, message)])
