"""The part of a letter's page on whom was told what: results sent to people, answers that everybody reads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from complaints import deadlines
from complaints.actions.note_sending import note_sending
from complaints.actions.publish_answer import AnswerText, approve_answer, prepare_answer, withdraw_answer
from complaints.forms.telling import AnswerTextForm, SendingForm, WithdrawForm
from complaints.models import Matter, PublishedAnswer
from complaints.models.sending import SendingKind
from complaints.queries.letter_page import visible_matter
from complaints.queries.sendings import owed_sendings, owes
from complaints.rules import telling as rules
from complaints.views.letter import take_step
from complaints.views.panels import Part, Refused, panel
from complaints.views.settlement import counting_of
from complaints.views.settlement_record import day_words
from egov.organizations.actor import Actor
from egov.workflow.refusal import NotPermitted
from egov.workflow.verdict import Verdict


@dataclass(frozen=True)
class Step:
    """One step: its button, who may, what it asks for, what it does and says, whether it has an object."""

    label: Any
    allowed: Callable[[Any, Matter], Verdict]
    form: Callable[[Matter, Any], Form]
    act: Callable[[Actor, Matter, Any, datetime], str]
    has: Callable[[Matter], bool]


@dataclass(frozen=True)
class OfferedStep:
    """A step as the page shows it; ``reopened``: it was refused and comes back."""

    label: Any
    url: str
    form: Form
    reopened: bool


def _sending_form(matter: Matter, data: Any) -> Form:
    known: deadlines.Counting = counting_of(matter)
    owed = [
        (
            one.kind.value,
            _("%(what)s, hạn %(day)s") % {"what": one.kind.label, "day": f"{one.due_on:%d/%m/%Y}"},
        )
        for one in owed_sendings(matter, known)
    ]
    return SendingForm(data, owed=owed)


def _send(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    kind = SendingKind(typed["kind"])
    note_sending(actor, matter, kind=kind, sent_on=typed["sent_on"], proof=typed["proof"], at=at)
    return _("Đã ghi nhận việc gửi.")


def _prepare(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    prepare_answer(actor, matter, AnswerText(**typed), at=at)
    return _("Đã soạn bản công khai, chờ người khác duyệt.")


def _approve(actor: Actor, matter: Matter, _typed: Any, at: datetime) -> str:
    approve_answer(actor, matter, at=at)
    return _("Đã công khai trả lời trên Cổng thông tin.")


def _withdraw(actor: Actor, matter: Matter, typed: Any, at: datetime) -> str:
    withdraw_answer(actor, matter, reason=typed["reason"], at=at)
    return _("Đã gỡ bản công khai.")


def _standing(matter: Matter) -> PublishedAnswer | None:
    return next((one for one in matter.published_answers.all() if one.withdrawn_at is None), None)


def _waits(matter: Matter) -> bool:
    text = _standing(matter)
    return text is not None and text.approved_at is None


L = gettext_lazy
STEPS: dict[str, Step] = {
    "sending": Step(L("Ghi nhận đã gửi"), rules.may_note_sending, _sending_form, _send, owes),
    "prepare-answer": Step(
        L("Soạn bản trả lời công khai"),
        rules.may_prepare_answer,
        lambda _matter, data: AnswerTextForm(data),
        _prepare,
        lambda matter: _standing(matter) is None,
    ),
    "approve-answer": Step(
        L("Duyệt công khai trả lời"),
        rules.may_approve_answer,
        lambda _matter, data: Form(data),
        _approve,
        _waits,
    ),
    "withdraw-answer": Step(
        L("Gỡ bản công khai"),
        rules.may_withdraw_answer,
        lambda _matter, data: WithdrawForm(data),
        _withdraw,
        lambda matter: _standing(matter) is not None,
    ),
}


@require_POST
def telling_step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take one step; a refusal comes back on the page."""
    matter = visible_matter(request.actor, pk)
    step = STEPS.get(name)
    if step is None:
        raise Http404
    verdict = step.allowed(request.actor, matter)
    if not verdict:
        raise NotPermitted(verdict.reason)
    actor: Actor = request.actor
    form = step.form(matter, request.POST)
    return take_step(
        request, matter, f"telling.{name}", form, lambda typed: step.act(actor, matter, typed, timezone.now())
    )


@panel(35)
def telling_part(actor: Actor, matter: Matter, refused: Refused) -> Part | None:
    """What was sent and what is public, and the steps to it."""
    sendings, texts = list(matter.sendings.all()), list(matter.published_answers.all())
    steps = [
        _offered(matter, name, step, refused)
        for name, step in STEPS.items()
        if f"telling.{name}" in refused or (step.has(matter) and step.allowed(actor, matter))
    ]
    if not (sendings or texts or steps):
        return None
    sent = [
        (
            one.get_kind_display(),
            _("gửi ngày %(day)s: %(proof)s") % {"day": day_words(one.sent_on), "proof": one.proof},
        )
        for one in sendings
    ]
    return Part("complaints/_telling.html", {"sent": sent, "texts": texts, "steps": steps})


def _offered(matter: Matter, name: str, step: Step, refused: Refused) -> OfferedStep:
    again = refused.get(f"telling.{name}")
    form = again if again is not None else step.form(matter, None)
    form.auto_id = f"id_{name}_%s"
    url = reverse("complaints:telling_step", args=[matter.pk, name])
    return OfferedStep(step.label, url, form, again is not None)
