"""The settlement on a letter's page: its clock, its steps, what has been done; and the door of each step."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from complaints import deadlines
from complaints.actions.keep_print import print_order
from complaints.models import Matter
from complaints.models.fact import FactKind
from complaints.queries.clock import clock_changes, explained
from complaints.queries.evidence import read_evidence
from complaints.queries.letter_page import visible_matter
from complaints.queries.order_paper import read_order
from complaints.views.letter import take_step
from complaints.views.panels import Part, Refused, panel
from complaints.views.settlement_record import course, day_words
from complaints.views.settlement_steps import STEPS, TAKES_FORM, Step
from egov.files.views.download import file_response
from egov.organizations.actor import Actor


@dataclass(frozen=True, slots=True)
class Offered:
    """A step as the page shows it; ``reopened``: it was refused and comes back."""

    label: object
    form: Form
    url: str
    is_next: bool
    reopened: bool


@require_POST
def settlement_step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take one step; a refusal goes back into the form as it was typed."""
    matter = visible_matter(request.actor, pk)
    step = STEPS.get(name)
    if step is None:
        raise Http404
    form = step.form(matter, request.POST, request.FILES)

    def act(typed: dict[str, Any]) -> str:
        return step.act(request.actor, matter, form if name in TAKES_FORM else typed, timezone.now())

    return take_step(request, matter, f"settlement.{name}", form, act)


@require_GET
def evidence_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of one piece of evidence, to keep; the read is recorded."""
    evidence = read_evidence(request.actor, pk)
    assert evidence.file is not None  # noqa: S101  (the query asks for one)
    return file_response(request, evidence.file, evidence.file_name, inline=False)


@require_GET
def order_print(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A decision on the way as PDF, the same bytes at every print; its name in the browser tells nobody of
    whom it is."""
    order = read_order(request.actor, pk)
    kept = print_order(request.actor, order, at=timezone.now())
    assert kept.file is not None  # noqa: S101  (printing gives one or refuses)
    return file_response(request, kept.file, f"{order.kind}-{order.number}-{order.year}.pdf", inline=True)


@panel(30)
def steps_part(actor: Actor, matter: Matter, refused: Refused) -> Part | None:
    """What the actor may do next in its settlement, and what besides."""
    offered = list(_offered(actor, matter, refused))
    if not offered:
        return None
    context = {
        "main": [one for one in offered if one.is_next],
        "aside": [one for one in offered if not one.is_next],
    }
    return Part("complaints/_settlement_steps.html", context, has_next=bool(context["main"]))


@panel(31)
def course_part(_actor: Actor, matter: Matter, _refused: Refused) -> Part | None:
    """What has been found, said, decided, published and carried out."""
    known = counting_of(matter) if matter.accepted_on else None
    groups = [group for group in course(matter, known) if group.rows]
    return Part("complaints/_settlement_course.html", {"groups": groups}) if groups else None


@panel(30)
def clock_part(_actor: Actor, matter: Matter, _refused: Refused) -> Part | None:
    """When it is due and why, day by day."""
    if matter.accepted_on is None:
        return None
    known = counting_of(matter)
    context = {
        "facts": _clock_facts(matter, known),
        "lines": explained(matter, timezone.localdate(), known),
        "changes": clock_changes(matter),
    }
    return Part("complaints/_settlement_clock.html", context, is_aside=True)


def _offered(actor: Actor, matter: Matter, refused: Refused) -> Iterator[Offered]:
    verdicts: dict[Any, bool] = {}
    for name, step in STEPS.items():
        again = refused.get(f"settlement.{name}")
        if again is None and not _may(actor, matter, step, verdicts):
            continue
        form = again if again is not None else step.form(matter, None, None)
        _name_apart(form, name)
        url = reverse("complaints:settlement_step", args=[matter.pk, name])
        yield Offered(step.label, form, url, step.is_next(matter), again is not None)


def _may(actor: Actor, matter: Matter, step: Step, verdicts: dict[Any, bool]) -> bool:
    if step.rule not in verdicts:
        verdicts[step.rule] = bool(step.rule(actor, matter))
    return verdicts[step.rule] and step.has(matter)


def _name_apart(form: Form, name: str) -> None:
    """Several forms on one page ask for a reason: their labels must find their own fields."""
    form.auto_id = f"id_{name}_%s"


def counting_of(matter: Matter) -> deadlines.Counting:
    """Asked once for the panels of a page: kept on the row, which lives no longer than the request."""
    known: deadlines.Counting = matter.__dict__.setdefault("_counting", None) or deadlines.counting(matter)
    matter.__dict__["_counting"] = known
    return known


def _clock_facts(matter: Matter, known: deadlines.Counting) -> list[tuple[str, object]]:
    facts = deadlines.standing_facts(matter)
    suspended = next((one for one in matter.suspensions.all() if one.ended_on is None), None)
    return [
        (_("Ngày thụ lý"), day_words(matter.accepted_on)),
        (_("Tính chất"), matter.get_complexity_display()),
        (
            _("Tình tiết"),
            "; ".join(f"{FactKind(kind).label} ({one.evidence})" for kind, one in facts.items()),
        ),
        (_("Thời hạn"), deadlines.settle_limit(matter, known)),
        (_("Gia hạn"), "; ".join(_extension(one) for one in matter.extensions.all())),
        (
            _("Tạm đình chỉ"),
            _("từ %(day)s, còn lại %(left)d ngày")
            % {"day": day_words(suspended.started_on), "left": suspended.remaining_days}
            if suspended
            else "",
        ),
        (_("Hết thời hạn"), day_words(matter.settle_ends_on)),
        (_("Hạn giải quyết"), day_words(matter.settle_due_on)),
    ]


def _extension(one: Any) -> str:
    return _("%(days)d ngày (%(order)s)") % {"days": one.days, "order": one.order}
