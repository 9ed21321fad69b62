"""One visit: the form of the desk while people speak, the line of the register afterwards."""

from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from complaints.actions.promise import Word, promise
from complaints.actions.receive_visit import close_visit, link_visit, write_visit
from complaints.actions.refuse_visit import refuse_visit
from complaints.actions.visit_entry import Came, Handed
from complaints.actions.visit_register import correct_visit, follow_visit
from complaints.enums import ReceptionForm, VisitState
from complaints.forms.visit import (
    CameRows,
    HandedRows,
    HeardForm,
    PromiseForm,
    RefusingForm,
    initial_of,
    rows_of,
)
from complaints.models import Visit
from complaints.queries import visits as query
from complaints.rules import reception as law
from complaints.views.visit_facts import visit_facts
from complaints.views.visits import receiver
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.refusal import Refusal

SAVE, CLOSE, REFUSE = "save", "close", "refuse"


class Undecided(Refusal):
    """Somebody closes a visit without a direction."""


class Typed:
    """What stands in the form of the desk: people, papers, content and decision together."""

    def __init__(self, actor: Actor, visit: Visit, sent: Any = None) -> None:
        people, papers = rows_of(visit) if sent is None else ([], [])
        self.heard = HeardForm(
            sent,
            visits=query.own_visits(actor),
            letters=query.nameable_letters(actor),
            initial=initial_of(visit),
        )
        self.came: BaseFormSet = CameRows(sent, prefix="came", initial=people)
        self.handed: BaseFormSet = HandedRows(sent, prefix="handed", initial=papers)

    def is_valid(self) -> bool:
        """Whether everything has the right shape."""
        return all([self.heard.is_valid(), self.came.is_valid(), self.handed.is_valid()])

    def people(self) -> tuple[Came, ...]:
        """Who came, without the empty rows."""
        return tuple(came for form in self.came if (came := form.came()))

    def papers(self) -> tuple[Handed, ...]:
        """What was brought, without the empty rows."""
        return tuple(handed for form in self.handed if (handed := form.handed()))


@require_http_methods(["GET", "POST"])
def visit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The desk while the visit is open; what the register says once it is closed."""
    visit = query.read_visit(request.actor, pk)
    if visit.state == VisitState.OPEN and law.may_write_visit(request.actor, visit):
        return _desk(request, request.actor, visit)
    return show(request, visit)


@require_http_methods(["GET", "POST"])
def visit_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a new line instead of one that is wrong; the old one stays."""
    actor = receiver(request)
    visit = query.read_visit(actor, pk)
    sent = request.POST or None
    typed = Typed(actor, visit, sent)
    reason = request.POST.get("reason", "")
    if sent is not None and typed.is_valid():
        decided = typed.heard.decided()
        if decided is None:
            typed.heard.add_error("outcome", _("Hãy chọn hướng xử lý."))
        else:
            heard = typed.heard.heard(typed.people(), typed.papers())
            try:
                line = correct_visit(actor, visit, heard, decided, reason=reason, at=timezone.now())
            except Refusal as refusal:
                typed.heard.add_error(None, str(refusal))
            else:
                messages.success(
                    request, _("Đã lập dòng đính chính số %(number)s.") % {"number": line.number}
                )
                return redirect("complaints:visit_detail", pk=line.pk)
    context = {"visit": visit, "typed": typed, "form": typed.heard, "reason": reason}
    status = 422 if sent is not None else 200
    return render(request, "complaints/visit_correct.html", context, status=status)


@require_POST
def visit_follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what became of it: column 11."""
    visit = query.read_visit(request.actor, pk)
    follow_visit(request.actor, visit, text=request.POST.get("text", ""), at=timezone.now())
    messages.success(request, _("Đã ghi kết quả theo dõi."))
    return redirect("complaints:visit_detail", pk=pk)


@require_POST
def visit_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the letter that came of it."""
    actor = receiver(request)
    visit = query.read_visit(actor, pk)
    code = clean_line(request.POST.get("letter", ""))
    letter = query.nameable_letters(actor).filter(code__iexact=code).first() if code else None
    if letter is None:
        messages.error(request, _("Không tìm thấy đơn có mã này trong sổ của cơ quan."))
    else:
        link_visit(actor, visit, letter=letter, at=timezone.now())
        messages.success(request, _("Đã gắn với đơn %(code)s.") % {"code": letter.code})
    return redirect("complaints:visit_detail", pk=pk)


@require_POST
def visit_promise(request: HttpRequest, pk: int) -> HttpResponse:
    """Promise the visitor something by a day."""
    visit = query.read_visit(request.actor, pk)
    form = PromiseForm(request.POST, keepers=query.colleagues(receiver(request)))
    if form.is_valid():
        try:
            promise(request.actor, visit, Word(**form.cleaned_data), at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi việc đã hứa và báo người thực hiện."))
            return redirect("complaints:visit_detail", pk=pk)
    return show(request, visit, promise_form=form)


def show(request: HttpRequest, visit: Visit, *, promise_form: PromiseForm | None = None) -> HttpResponse:
    """The page of a visit as the register has it, and what is open about it."""
    actor: Actor = request.actor
    keeps = bool(law.may_keep_visit(actor, visit))
    refused = promise_form is not None
    context: dict[str, Any] = {
        "visit": visit,
        "facts": visit_facts(visit),
        "keeps": keeps,
        "may_correct": bool(law.may_correct_visit(actor, visit)),
        "promises": list(visit.promises.select_related("keeper__user")),
        "promise_form": promise_form or (PromiseForm(keepers=query.colleagues(actor)) if keeps else None),
        "refusal": getattr(visit, "refusal", None),
        "correction": getattr(visit, "correction", None),
        "minutes": getattr(visit, "minutes", None),
        "session": getattr(visit, "session", None),
        "changes": visit.changes.all(),
    }
    return render(request, "complaints/visit_detail.html", context, status=422 if refused else 200)


def _desk(request: HttpRequest, actor: Actor, visit: Visit) -> HttpResponse:
    step = request.POST.get("step", "")
    sent = request.POST or None
    typed = Typed(actor, visit, sent)
    refusing = RefusingForm(
        request.POST if step == REFUSE else None,
        deciders=query.hosts(actor),
        initial={"decider": visit.host_id},
    )
    if sent is not None and typed.is_valid() and (step != REFUSE or refusing.is_valid()):
        try:
            done = _take(actor, visit, typed, step, refusing)
        except Refusal as refusal:
            typed.heard.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("complaints:visit_detail", pk=visit.pk)
    context: dict[str, Any] = {
        "visit": visit,
        "typed": typed,
        "form": typed.heard,
        "refusing": refusing,
        "is_online": visit.form == ReceptionForm.ONLINE,
        "session": getattr(visit, "session", None),
        "minutes": getattr(visit, "minutes", None),
        "must_identify": law.must_identify(timezone.localdate(visit.started_at)),
    }
    return render(request, "complaints/visit_desk.html", context, status=422 if sent is not None else 200)


def _take(actor: Actor, visit: Visit, typed: Typed, step: str, refusing: RefusingForm) -> str:
    """Keep what was typed, then take the step; what was kept stays when the step is refused."""
    now = timezone.now()
    write_visit(actor, visit, typed.heard.heard(typed.people(), typed.papers()), at=now)
    if step == REFUSE:
        refuse_visit(actor, visit, refusing.refusing(), at=now)
        return _("Đã ghi từ chối tiếp. Hãy in thông báo giao cho công dân.")
    if step == CLOSE:
        decided = typed.heard.decided()
        if decided is None:
            typed.heard.add_error("outcome", _("Hãy chọn hướng xử lý trước khi vào sổ."))
            raise Undecided(_("Đã lưu, nhưng chưa vào sổ: chưa chọn hướng xử lý."))
        close_visit(actor, visit, decided, at=now)
        return _("Đã vào sổ tiếp công dân.")
    return _("Đã lưu.")
