"""Processing on a letter's page: in whose hands it is, what is proposed and decided, what went out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from complaints import rules, states
from complaints.actions.bring_supplement import bring_supplement
from complaints.actions.decide_proposal import approve, send_back
from complaints.actions.propose import propose, take_back
from complaints.actions.reply import note_answer, reply
from complaints.actions.take_in_hand import assign, take_in_hand
from complaints.enums import Direction
from complaints.forms import processing as forms
from complaints.forms.fields import agency_names
from complaints.models import Matter, MatterPaper, Proposal, Urging, ground_words
from complaints.queries.letter_page import visible_matter
from complaints.queries.people import possible_handlers
from complaints.queries.suggestions import Suggestion, suggestions
from complaints.rules.directions import offered as offered_directions
from complaints.rules.settlement import waits_for_acceptance
from complaints.views.letter import after_step, take_step
from complaints.views.panels import Part, Refused, panel
from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.organizations.models import Membership
from egov.workflow.refusal import NotPermitted, Refusal
from egov.workflow.verdict import ALLOWED, Verdict, refused


@dataclass(frozen=True)
class Step:
    """One step: its button, who may, what it asks for, what it does, whether the matter waits for it now."""

    label: Any
    allowed: Callable[[Actor, Matter], Verdict]
    form: Callable[[Matter, Any], Form]
    act: Callable[[Actor, Matter, Any, datetime], str]
    is_next: Callable[[Matter], bool] = lambda _matter: False


@dataclass(frozen=True)
class OfferedStep:
    """A step as the page shows it."""

    label: Any
    url: str
    form: Form
    reopened: bool
    is_next: bool


@dataclass(frozen=True)
class OfferedDirection:
    """A direction that may be proposed; with the reason where it suggests itself."""

    label: Any
    url: str
    reason: str


def _of(make: type[Form]) -> Callable[[Matter, Any], Form]:
    return lambda _matter, data: make(data)


def _assign_form(matter: Matter, data: Any) -> Form:
    return forms.AssignForm(data, members=possible_handlers(matter, timezone.localdate()))


def _open_urgings(matter: Matter) -> list[Urging]:
    return [one for one in matter.urgings.all() if one.answered_at is None]


def _may_note_answer(actor: Actor, matter: Matter) -> Verdict:
    waiting = _open_urgings(matter)
    return (
        rules.may_note_answer(actor, waiting[0]) if waiting else refused(_("Không có văn bản đôn đốc nào."))
    )


def _take(actor: Actor, matter: Matter, _typed: Any, at: datetime) -> str:
    take_in_hand(actor, matter, at=at)
    return _("Quý vị đã nhận xử lý đơn này.")


def _assign(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    member = Membership.objects.select_related("user").get(pk=typed["member"])
    assign(actor, matter, to=member, note=typed["note"], at=at)
    return _("Đã giao %(name)s xử lý.") % {"name": member.user.full_name}


def _approve(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    proposal = approve(actor, matter, words=typed["words"], at=at)
    return _("Đã duyệt hướng xử lý “%(direction)s”.") % {"direction": proposal.get_direction_display()}


def _send_back(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    send_back(actor, matter, words=typed["words"], at=at)
    return _("Đã yêu cầu người đề xuất xem lại.")


def _take_back(actor: Actor, matter: Matter, _typed: Any, at: datetime) -> str:
    take_back(actor, matter, at=at)
    return _("Đã rút lại đề xuất.")


def _bring(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    bring_supplement(actor, matter, words=typed["words"], at=at)
    return _("Đã ghi nhận bổ sung; đơn được xử lý tiếp.")


def _reply(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    paper = reply(actor, matter, words=typed["words"], at=at)
    return _("Đã lập văn bản %(notation)s báo kết quả.") % {"notation": paper.notation}


def _note_answer(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    urging = matter.urgings.get(pk=typed["urging"])
    note_answer(actor, urging, answer=typed["answer"], at=at)
    return _("Đã ghi trả lời của cơ quan được đôn đốc.")


def _always(_matter: Matter) -> bool:
    return True


def _is_in_no_hands(matter: Matter) -> bool:
    return matter.handler_id is None and matter.state in states.PROCESSED


def _is_done(matter: Matter) -> bool:
    """While it is being settled, the settlement has the next step."""
    return matter.state not in states.OPEN


T = gettext_lazy
# In the order in which they are offered.
STEPS: dict[str, Step] = {
    "approve": Step(T("Duyệt"), rules.may_approve, _of(forms.ApproveForm), _approve, _always),
    "send-back": Step(T("Yêu cầu xem lại"), rules.may_send_back, _of(forms.ReasonForm), _send_back),
    "take-in-hand": Step(T("Nhận xử lý"), rules.may_take_in_hand, _of(Form), _take, _always),
    "supplement": Step(
        T("Ghi nhận bổ sung"), rules.may_bring_supplement, _of(forms.BroughtForm), _bring, _always
    ),
    "answer": Step(
        T("Ghi trả lời đôn đốc"),
        _may_note_answer,
        lambda matter, data: forms.AnswerForm(data, urgings=_open_urgings(matter)),
        _note_answer,
        _always,
    ),
    "reply": Step(T("Báo kết quả cho nơi chuyển"), rules.may_reply, _of(forms.ReplyForm), _reply, _is_done),
    "take-back": Step(T("Rút lại đề xuất"), rules.may_take_back, _of(Form), _take_back),
    "assign": Step(T("Phân công người xử lý"), rules.may_assign, _assign_form, _assign, _is_in_no_hands),
}


@require_POST
def processing_step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take one step on the matter; a refusal comes back on its page."""
    matter = visible_matter(request.actor, pk)
    step = STEPS.get(name)
    if step is None:
        raise Http404
    verdict = step.allowed(request.actor, matter)
    if not verdict:
        raise NotPermitted(verdict.reason)
    form = step.form(matter, request.POST)
    actor: Actor = request.actor
    return take_step(
        request, matter, name, form, lambda typed: step.act(actor, matter, typed, timezone.now())
    )


@require_http_methods(["GET", "POST"])
def proposal_create(request: HttpRequest, pk: int, direction: str) -> HttpResponse:
    """The page on which one direction is proposed."""
    matter = visible_matter(request.actor, pk)
    if direction not in Direction.values:
        raise Http404
    verdict = rules.may_propose(request.actor, matter) and rules.may_go(matter, Direction(direction))
    if not verdict:
        raise NotPermitted(verdict.reason)
    chosen = Direction(direction)
    form = forms.ProposalForm(request.POST or None, matter=matter, direction=chosen)
    if form.is_bound and form.is_valid():
        try:
            propose(request.actor, matter, form.proposed(), at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã trình lãnh đạo duyệt."))
            return after_step(request, matter)
    context = {
        "matter": matter,
        "letter": matter.letter,
        "step": {"label": _("Đề xuất: %(direction)s") % {"direction": chosen.label}},
        "form": form,
        "agencies": agency_names() if "target" in form.fields else [],
    }
    return render(request, "complaints/letter_step.html", context, status=422 if form.errors else 200)


@panel(10)
def processing_part(actor: Actor, matter: Matter, reopened: Refused) -> Part | None:
    """The proposal that waits, the steps that may be taken, the directions that may be proposed."""
    steps = [
        OfferedStep(
            label=step.label,
            url=reverse("complaints:processing_step", args=[matter.pk, name]),
            form=reopened.get(name) or step.form(matter, None),
            reopened=name in reopened,
            is_next=step.is_next(matter),
        )
        for name, step in STEPS.items()
        if step.allowed(actor, matter)
    ]
    directions = _directions(matter) if rules.may_propose(actor, matter) else []
    waiting = rules.waiting_proposal(matter)
    if not (steps or directions or waiting):
        return None
    suggested = [one for one in directions if one.reason]
    main, aside = _told_apart(steps)
    context = {
        "waiting": waiting,
        "ground": ground_of(waiting) if waiting else "",
        "why_not": _why_not(actor, matter, waiting),
        "main": main,
        "aside": aside,
        "suggested": suggested,
        "others": [one for one in directions if not one.reason],
    }
    # What was approved waits for the leader who accepts it, not for another proposal.
    has_next = bool(main) or (bool(suggested) and not waits_for_acceptance(matter))
    return Part("complaints/_processing_steps.html", context, has_next=has_next)


def _told_apart(steps: list[OfferedStep]) -> tuple[list[OfferedStep], list[OfferedStep]]:
    """The first step that the matter waits for, and whatever else may be done."""
    main = [one for one in steps if one.is_next][:1]
    return main, [one for one in steps if one not in main]


@panel(20)
def decisions_part(actor: Actor, matter: Matter, _reopened: Refused) -> Part | None:
    """What was decided, the papers that went out, and where the matter went."""
    proposals = [one for one in matter.proposals.all() if one.state != Proposal.State.WAITING]
    papers = list(matter.papers.all())
    transfers = list(matter.transfers.all())
    urgings = list(matter.urgings.all())
    takeovers = list(matter.takeovers.all())
    if not any((proposals, papers, transfers, urgings, takeovers)):
        return None
    context = {
        "proposals": [(one, ground_of(one)) for one in proposals],
        "papers": [(one, _may_send(actor, one)) for one in papers],
        "transfers": [(one, one.was_late(timezone.localdate(one.sent_at))) for one in transfers],
        "urgings": urgings,
        "takeovers": takeovers,
    }
    return Part("complaints/_processing_done.html", context)


def ground_of(proposal: Proposal) -> str:
    """The ground of the law in words."""
    return ground_words(proposal.matter.kind, proposal.direction, proposal.ground)


def _may_send(actor: Actor, paper: MatterPaper) -> bool:
    return bool(rules.may_send_paper(actor, paper))


def _why_not(actor: Actor, matter: Matter, waiting: Proposal | None) -> object:
    """Why a leader who sees the waiting proposal cannot decide on it; empty for everybody else."""
    verdict = rules.may_approve(actor, matter) if waiting and actor.is_(Role.LEADER) else ALLOWED
    return "" if verdict else verdict.reason


def _directions(matter: Matter) -> list[OfferedDirection]:
    """Those that the law lets it take; suggested ones first, with why."""
    reasons: dict[Direction, Suggestion] = {}
    for one in suggestions(matter):
        reasons.setdefault(one.direction, one)
    offered = [
        OfferedDirection(
            label=one.label,
            url=reverse("complaints:proposal_create", args=[matter.pk, one.value]),
            reason=reasons[one].reason if one in reasons else "",
        )
        for one in offered_directions(matter)
    ]
    order = {str(one.label): place for place, one in enumerate(reasons)}
    return sorted(offered, key=lambda one: order.get(str(one.label), len(order)))
