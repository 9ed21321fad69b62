"""What the keeper of a register does to a letter after entry: people, papers, duplicates, corrections."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from complaints import rules
from complaints.actions.attach import attach
from complaints.actions.correct import correct_letter, correct_matter
from complaints.actions.entry import EntryNotAcceptable
from complaints.actions.letter_people import add_person, choose_representatives, withdraw_person
from complaints.actions.link import link_duplicate, unlink_duplicate
from complaints.actions.move_to_protected import move_to_protected
from complaints.actions.split import split
from complaints.actions.take_signatures import take_signatures
from complaints.enums import SenderKind, Series
from complaints.forms.fields import agency_names
from complaints.forms.letter_entry import ContentForm
from complaints.forms.letter_work import (
    AttachForm,
    CorrectLetterForm,
    CorrectMatterForm,
    LinkForm,
    MoveForm,
    PersonForm,
    RepresentativesForm,
    SignaturesForm,
    SplitForm,
    UnlinkForm,
    WithdrawForm,
)
from complaints.models import Letter, Matter
from complaints.queries import letter_page as query
from complaints.queries.duplicates import family
from complaints.queries.eligibility import complainants, reasons_against
from complaints.views.letter import after_step
from complaints.views.panels import Part, Refused, panel
from egov.files.views.download import file_response
from egov.organizations.actor import Actor
from egov.workflow.refusal import NotPermitted, Refusal
from egov.workflow.verdict import Verdict

Act = Callable[[Actor, Matter, Any, datetime], object]


@dataclass(frozen=True)
class Step:
    """One thing that may be done: its form, who may, whether it makes sense here, what it does and says."""

    label: Any
    done: Any
    form: type[Form]
    allowed: Callable[[Actor, Matter], Verdict]
    act: Act
    makes_sense: Callable[[Letter], bool] = lambda _letter: True


def _on_letter(rule: Callable[[Actor, Letter], Verdict]) -> Callable[[Actor, Matter], Verdict]:
    return lambda actor, matter: rule(actor, matter.letter)


def _join(actor: Actor, matter: Matter, form: PersonForm, at: datetime) -> None:
    typed = form.cleaned_data
    add_person(
        actor,
        matter.letter,
        form.sender(),
        acts_for=typed["acts_for"],
        matter=matter if typed["only_this"] else None,
        at=at,
    )


def _withdraw(actor: Actor, matter: Matter, form: WithdrawForm, at: datetime) -> None:
    typed = form.cleaned_data
    withdraw_person(actor, matter.letter, typed.get("person"), on=typed["on"], at=at)


def _correct_letter(actor: Actor, matter: Matter, form: CorrectLetterForm, at: datetime) -> None:
    correct_letter(actor, matter.letter, form.changes(), reason=form.cleaned_data["reason"], at=at)


def _correct_matter(actor: Actor, matter: Matter, form: CorrectMatterForm, at: datetime) -> None:
    correct_matter(actor, matter, form.changes(), reason=form.cleaned_data["reason"], at=at)


def _is_open(letter: Letter) -> bool:
    return letter.series == Series.LETTERS


def _has_people(letter: Letter) -> bool:
    return letter.series != Series.INFORMATION


def _is_group(letter: Letter) -> bool:
    return letter.people > 1 or letter.sender_kind == SenderKind.GROUP


def _lacks_signature(letter: Letter) -> bool:
    return _is_open(letter) and not all(one.has_signed for one in complainants(letter))


WORKS = _on_letter(rules.may_work_on_letter)
STEPS: dict[str, Step] = {
    "attach": Step(
        gettext_lazy("Thêm giấy tờ"),
        gettext_lazy("Đã thêm giấy tờ."),
        AttachForm,
        _on_letter(rules.may_attach),
        lambda actor, matter, form, at: attach(actor, matter.letter, form.paper(), at=at),
        lambda letter: not letter.is_protected,
    ),
    "join": Step(
        gettext_lazy("Thêm người"), gettext_lazy("Đã thêm người."), PersonForm, WORKS, _join, _has_people
    ),
    "represent": Step(
        gettext_lazy("Chọn người đại diện"),
        gettext_lazy("Đã ghi người đại diện."),
        RepresentativesForm,
        WORKS,
        lambda actor, matter, form, at: choose_representatives(
            actor, matter.letter, form.cleaned_data["chosen"], at=at
        ),
        lambda letter: _is_open(letter) and _is_group(letter),
    ),
    "sign": Step(
        gettext_lazy("Ghi nhận chữ ký"),
        gettext_lazy("Đã ghi nhận chữ ký."),
        SignaturesForm,
        WORKS,
        lambda actor, matter, form, at: take_signatures(
            actor, matter.letter, form.cleaned_data["chosen"], how=form.cleaned_data["how"], at=at
        ),
        _lacks_signature,
    ),
    "withdraw-person": Step(
        gettext_lazy("Một người rút đơn"),
        gettext_lazy("Đã ghi người rút đơn; nội dung của những người khác vẫn xử lý tiếp."),
        WithdrawForm,
        WORKS,
        _withdraw,
        lambda letter: _has_people(letter) and _is_group(letter),
    ),
    "link": Step(
        gettext_lazy("Liên kết đơn trùng"),
        gettext_lazy("Đã liên kết; đơn theo thời hạn của đơn đến trước."),
        LinkForm,
        WORKS,
        lambda actor, matter, form, at: link_duplicate(
            actor, matter.letter, form.cleaned_data["letter"], at=at
        ),
        lambda letter: letter.root_id is None,
    ),
    "unlink": Step(
        gettext_lazy("Bỏ liên kết đơn trùng"),
        gettext_lazy("Đã bỏ liên kết."),
        UnlinkForm,
        WORKS,
        lambda actor, matter, _form, at: unlink_duplicate(actor, matter.letter, at=at),
        lambda letter: letter.root_id is not None,
    ),
    "split": Step(
        gettext_lazy("Tách thêm nội dung"),
        gettext_lazy("Đã tách thêm một nội dung có thời hạn riêng."),
        SplitForm,
        _on_letter(rules.may_split),
        lambda actor, matter, form, at: split(actor, matter.letter, form.content(), at=at),
        lambda letter: letter.series != Series.INFORMATION,
    ),
    "correct-matter": Step(
        gettext_lazy("Sửa nội dung"),
        gettext_lazy("Đã sửa; nội dung cũ vẫn được giữ."),
        CorrectMatterForm,
        rules.may_correct_matter,
        _correct_matter,
    ),
    "correct-letter": Step(
        gettext_lazy("Sửa thông tin đơn"),
        gettext_lazy("Đã sửa; thông tin cũ vẫn được giữ."),
        CorrectLetterForm,
        _on_letter(rules.may_keep_letter),
        _correct_letter,
    ),
    "protect": Step(
        gettext_lazy("Chuyển sang sổ tố cáo"),
        gettext_lazy("Đã chuyển sang sổ tố cáo; người gửi và giấy tờ đã niêm phong."),
        MoveForm,
        _on_letter(rules.may_move_to_protected),
        lambda actor, matter, form, at: move_to_protected(actor, matter.letter, [form.content()], at=at),
        _is_open,
    ),
}


@require_http_methods(["GET", "POST"])
def letter_step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The page of one step; a refusal goes back into its form."""
    matter = query.visible_matter(request.actor, pk)
    step = STEPS.get(name)
    if step is None:
        raise Http404
    verdict = step.allowed(request.actor, matter)
    if not verdict:
        raise NotPermitted(verdict.reason)
    if request.method == "GET":
        return _show(request, matter, step, step.form(request.actor, matter))
    form: Any = step.form(request.actor, matter, request.POST, request.FILES)
    if form.is_valid():
        try:
            step.act(request.actor, matter, form, timezone.now())
        except EntryNotAcceptable as refusal:
            form.add_error(refusal.about if refusal.about in form.fields else None, str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, step.done)
            return after_step(request, matter)
    return _show(request, matter, step, form)


def _show(request: HttpRequest, matter: Matter, step: Step, form: Form) -> HttpResponse:
    context = {
        "matter": matter,
        "letter": matter.letter,
        "step": step,
        "form": form,
        "agencies": agency_names() if isinstance(form, ContentForm) else [],
    }
    return render(request, "complaints/letter_step.html", context, status=422 if form.errors else 200)


@require_GET
def letter_file(request: HttpRequest, pk: int, file_pk: int) -> HttpResponseBase:
    """The scan of one paper, in the page or with ``?download=1``; the read is recorded."""
    attachment = query.read_attachment(request.actor, pk, file_pk)
    inline = "download" not in request.GET
    return file_response(request, attachment.stored, attachment.name, inline=inline)


@panel(25)
def eligibility_part(_actor: Actor, matter: Matter, _refused: Refused) -> Part | None:
    """What still stands against accepting it, while it is being sorted."""
    if matter.accepted_on is not None or matter.process_due_on is None:
        return None
    return Part("complaints/_letter_eligibility.html", {"reasons": reasons_against(matter)})


@panel(84)
def papers_part(_actor: Actor, matter: Matter, _refused: Refused) -> Part | None:
    """The papers of an open letter; those of a protected one are the seal's."""
    if matter.letter.is_protected:
        return None
    papers = matter.letter.attachments.all()
    return Part("complaints/_letter_papers.html", {"papers": papers, "matter": matter}, is_aside=True)


@panel(86)
def family_part(actor: Actor, matter: Matter, _refused: Refused) -> Part | None:
    """The other letters of the same case that the actor may read."""
    if matter.letter.root_id is None and not matter.letter.duplicates.all():
        return None
    others = family(matter.letter).exclude(pk=matter.letter.pk)
    seen = list(others.filter(pk__in=Letter.objects.visible_to(actor).values("pk")))
    return Part("complaints/_letter_family.html", {"letters": seen}, is_aside=True) if seen else None


@panel(90)
def work_part(actor: Actor, matter: Matter, _refused: Refused) -> Part | None:
    """The steps that the actor may take on the letter, each with a page of its own."""
    offered = [
        (step.label, reverse("complaints:letter_step", args=[matter.pk, name]))
        for name, step in STEPS.items()
        if step.makes_sense(matter.letter) and step.allowed(actor, matter)
    ]
    return Part("complaints/_letter_work.html", {"offered": offered}, is_aside=True) if offered else None


@panel(95)
def corrections_part(_actor: Actor, matter: Matter, _refused: Refused) -> Part | None:
    """What was changed after entry, and why."""
    rows = [one for one in matter.letter.corrections.all() if one.matter_id in (None, matter.pk)]
    lines = [
        {
            "name": (Matter if one.matter_id else Letter)._meta.get_field(one.field).verbose_name,
            "correction": one,
        }
        for one in rows
    ]
    return Part("complaints/_letter_corrections.html", {"lines": lines}) if lines else None
