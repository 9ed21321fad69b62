"""The desk of questions, reports and suggestions: sort, answer, edit, publish."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from egov.organizations.actor import Actor
from egov.organizations.middleware import acting
from egov.organizations.queries.tree import agencies
from egov.web.pager import page_of
from egov.workflow.refusal import NotPermitted, Refusal
from portal import rules
from portal.actions import inquiry as actions
from portal.forms.inquiry import AnswerForm, AssignForm, PublicForm, ReasonForm
from portal.models import Inquiry
from portal.queries import inquiries as query


@require_GET
def inquiry_list(request: HttpRequest) -> HttpResponse:
    """What waits, the nearest term first, then what has ended; each count is a link to what it counts."""
    actor = _sorter(request)
    pile = request.GET.get("queue", "")
    pager = page_of(request, query.at_desk(actor, pile), order=("has_ended", "due_at", "id"))
    context = {
        "pager": pager,
        "piles": query.piles(actor, timezone.now()),
        "pile": pile,
        "now": timezone.now(),
    }
    return render(request, "portal/inquiry_list.html", context)


@require_GET
def inquiry_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What was written, by whom, and the next step."""
    actor = _sorter(request)
    inquiry = query.read_inquiry(actor, pk)
    return render(request, "portal/inquiry_detail.html", _context(actor, inquiry))


@require_POST
def inquiry_step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Do one step; what was typed stays when it is refused."""
    actor = _sorter(request)
    inquiry = query.read_inquiry(actor, pk)
    if name not in STEPS:
        raise query.InquiryUnknown
    make_form, act, done = STEPS[name]
    form = make_form(request)
    if form.is_valid():
        try:
            act(actor, inquiry, at=timezone.now(), **form.cleaned_data)
        except NotPermitted:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, done())
            return redirect("portal_desk:inquiry_detail", pk)
    context = _context(actor, query.read_inquiry(actor, pk)) | {f"{name}_form": form, "opened": name}
    return render(request, "portal/inquiry_detail.html", context, status=422)


def _sorter(request: HttpRequest) -> Actor:
    actor = acting(request)
    if not isinstance(actor, Actor) or not rules.may_sort(actor):
        raise NotPermitted(_("Chức vụ của Quý vị không phân loại, trả lời câu hỏi và phản ánh của công dân."))
    return actor


def _context(actor: Actor, inquiry: Inquiry) -> dict[str, object]:
    public = {
        "subject": inquiry.public_subject or inquiry.subject,
        "text": inquiry.public_text or inquiry.text,
        "answer": inquiry.public_answer or inquiry.answer,
    }
    return {
        "inquiry": inquiry,
        "changes": list(inquiry.changes.all()),
        "may_assign": rules.may_assign(actor, inquiry),
        "may_answer": rules.may_answer(actor, inquiry),
        "may_propose": rules.may_propose(actor, inquiry),
        "may_decide": rules.may_decide_publication(actor, inquiry),
        "assign_form": AssignForm(agencies=_agencies()),
        "close_form": ReasonForm(),
        "answer_form": AnswerForm(),
        "propose_form": PublicForm(initial=public),
        "send_back_form": ReasonForm(),
        "withdraw_form": ReasonForm(),
        "opened": "",
    }


def _agencies() -> object:
    return agencies(timezone.localdate()).order_by("name")


def _plain(form: type[forms.Form]) -> Callable[[HttpRequest], forms.Form]:
    return lambda request: form(request.POST)


STEPS: dict[str, tuple[Callable[[HttpRequest], forms.Form], Callable[..., object], Callable[[], str]]] = {
    "assign": (
        lambda request: AssignForm(request.POST, agencies=_agencies()),
        actions.assign_inquiry,
        lambda: _("Đã giao cơ quan trả lời."),
    ),
    "close": (_plain(ReasonForm), actions.close_inquiry, lambda: _("Đã kết thúc, không xử lý.")),
    "answer": (_plain(AnswerForm), actions.answer_inquiry, lambda: _("Đã trả lời.")),
    "propose": (_plain(PublicForm), actions.propose_inquiry, lambda: _("Đã trình duyệt công khai.")),
    "send_back": (_plain(ReasonForm), actions.send_back_inquiry, lambda: _("Đã trả lại để sửa.")),
    "publish": (_plain(forms.Form), actions.publish_inquiry, lambda: _("Đã công khai.")),
    "withdraw": (_plain(ReasonForm), actions.withdraw_inquiry, lambda: _("Đã gỡ; bản lưu được giữ lại.")),
}
