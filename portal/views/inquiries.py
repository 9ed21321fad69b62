"""Questions and answers, reports and suggestions: read what is published, write, follow one's own."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from egov.organizations.middleware import acting
from egov.web.pager import page_of
from egov.workflow.refusal import Refusal
from portal.actions.inquiry import TellsOfWrongdoing, Written, submit_inquiry
from portal.caching import public_page
from portal.enums import InquiryKind
from portal.forms.inquiry import FollowForm, InquiryForm
from portal.queries import inquiries as query
from portal.throttles import count_one

QUESTIONS = (InquiryKind.QUESTION,)
FEEDBACK = (InquiryKind.REPORT, InquiryKind.SUGGESTION)
JUST_SENT = "inquiry_sent"


@require_safe
@public_page(seconds=60)
def questions(request: HttpRequest) -> HttpResponse:
    """Published questions with their answers."""
    return _list(request, QUESTIONS, "portal/questions.html")


@require_safe
@public_page(seconds=60)
def feedback(request: HttpRequest) -> HttpResponse:
    """Published reports and suggestions with what was done."""
    return _list(request, FEEDBACK, "portal/feedback.html")


@require_safe
@public_page(seconds=60)
def question_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One question and its answer."""
    return render(request, "portal/question_detail.html", {"one": query.published_one(pk)})


@require_safe
@public_page(seconds=3600)
def protected_path(request: HttpRequest) -> HttpResponse:
    """How to denounce so that one is protected, and what the law needs."""
    return render(request, "portal/protected_path.html", {})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def question_ask(request: HttpRequest) -> HttpResponse:
    """Ask a question."""
    return _write(request, QUESTIONS, "portal/question_ask.html")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def feedback_send(request: HttpRequest) -> HttpResponse:
    """Report or suggest something; who tells of wrongdoing is shown the protected path first (rule 56)."""
    return _write(request, FEEDBACK, "portal/feedback_send.html")


@login_not_required
@require_safe
def inquiry_sent(request: HttpRequest) -> HttpResponse:
    """Number and secret, shown to the browser that sent it and to no other."""
    sent = request.session.get(JUST_SENT)
    if not sent:
        return redirect("portal:inquiry_follow")
    return render(request, "portal/inquiry_sent.html", {"inquiry": query.own_inquiry(acting(request), *sent)})


@login_not_required
@require_safe
def inquiry_follow(request: HttpRequest) -> HttpResponse:
    """Ask by code and secret how one's inquiry stands."""
    return render(request, "portal/inquiry_follow.html", {"form": FollowForm()})


@login_not_required
@require_POST
def inquiry_standing(request: HttpRequest) -> HttpResponse:
    """How it stands, and its answer."""
    form = FollowForm(request.POST)
    if not form.is_valid():
        return render(request, "portal/inquiry_follow.html", {"form": form}, status=422)
    count_one("inquiry-standing", acting(request).address, settings.INQUIRIES_PER_ADDRESS)
    inquiry = query.own_inquiry(acting(request), form.cleaned_data["code"], form.cleaned_data["secret"])
    return render(request, "portal/inquiry_standing.html", {"inquiry": inquiry})


def _list(request: HttpRequest, kinds: tuple[InquiryKind, ...], template: str) -> HttpResponse:
    pager = page_of(request, query.published(*kinds), order=("-published_at", "-id"), size=20)
    return render(request, template, {"pager": pager})


def _write(request: HttpRequest, kinds: tuple[InquiryKind, ...], template: str) -> HttpResponse:
    accused, status = False, 422
    if request.method != "POST":
        form = InquiryForm(kinds=kinds, initial={"subject": request.GET.get("subject", "")[:200]})
        return render(request, template, {"form": form, "accused": accused})
    form = InquiryForm(request.POST, kinds=kinds)
    if form.is_valid():
        written = Written(
            **(form.cleaned_data | {"kind": InquiryKind(form.cleaned_data["kind"])}),
            procedure_code=request.POST.get("procedure", "")[:40],
            wrongdoing_confirmed="wrongdoing_confirmed" in request.POST,
        )
        try:
            count_one("inquiry", acting(request).address, settings.INQUIRIES_PER_ADDRESS)
            inquiry = submit_inquiry(acting(request), None, written, at=timezone.now())
        except TellsOfWrongdoing:
            accused = True
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            status = refusal.status
        else:
            request.session[JUST_SENT] = [inquiry.code, inquiry.secret]
            return redirect(reverse("portal:inquiry_sent"))
    return render(request, template, {"form": form, "accused": accused}, status=status)
