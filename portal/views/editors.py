"""Who writes, edits and approves for the portal: administrators give these duties and end them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from egov.organizations.actor import Actor
from egov.organizations.middleware import acting
from egov.workflow.refusal import NotPermitted, Refusal
from portal.content import rules
from portal.content.actions.assign_duty import assign_duty, end_duty
from portal.content.enums import Duty
from portal.content.models import EditorialPost
from portal.forms.editor import DutyForm, EndForm, PersonForm
from portal.queries import editors as query

UNPROCESSABLE = 422


class NotADay(Refusal):
    """What was typed is no day; nothing was ended."""

    status = UNPROCESSABLE


@require_safe
def editor_list(request: HttpRequest) -> HttpResponse:
    """Duties of today and those to come, and the people whose name was asked for."""
    _keeper(request)
    return _page(request, form=None)


@require_POST
def editor_assign(request: HttpRequest) -> HttpResponse:
    """Give a duty for some days or without an end; what was chosen stays when it is refused."""
    actor, today = _keeper(request), timezone.localdate()
    form = DutyForm(request.POST, positions=query.positions_named(_words(request), today))
    if form.is_valid():
        membership, duty = form.cleaned_data["membership"], Duty(form.cleaned_data["duty"])
        try:
            assign_duty(actor, membership, duty=duty, on=form.cleaned_data["first_day"], until=form.until)
        except NotPermitted:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            said = {"name": membership.user.full_name, "duty": duty.label}
            messages.success(request, _("Đã giao nhiệm vụ cho %(name)s: %(duty)s.") % said)
            return redirect("portal_desk:editor_list")
    return _page(request, form=form)


@require_POST
def editor_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a duty with a day, without one now: the person's next click in the editors' pages is refused."""
    actor, today = _keeper(request), timezone.localdate()
    post = get_object_or_404(EditorialPost.objects.select_related("membership__user"), pk=pk)
    form = EndForm(request.POST)
    if not form.is_valid():
        raise NotADay(form.errors["last_day"][0])
    end_duty(
        actor,
        post.membership,
        duty=Duty(post.duty),
        on=form.first_day_without(today),
        begun_on=post.valid_from,
    )
    said = {"name": post.membership.user.full_name, "duty": post.get_duty_display()}
    messages.success(request, _("%(name)s thôi nhiệm vụ: %(duty)s.") % said)
    return redirect("portal_desk:editor_list")


def _page(request: HttpRequest, *, form: DutyForm | None) -> HttpResponse:
    today, words = timezone.localdate(), _words(request)
    positions = query.positions_named(words, today)
    context = {
        "rows": query.editors(today),
        "find_form": PersonForm(request.GET if "q" in request.GET else None),
        "words": words,
        "found": positions.exists(),
        "form": form or DutyForm(positions=positions, initial={"first_day": today}),
        "end_form": EndForm(),
    }
    status = UNPROCESSABLE if form else 200
    return render(request, "portal/editor_list.html", context, status=status)


def _words(request: HttpRequest) -> str:
    form = PersonForm(request.GET)
    return form.cleaned_data["q"] if form.is_valid() else ""


def _keeper(request: HttpRequest) -> Actor:
    actor = acting(request)
    verdict = rules.may_keep_duties(actor)
    if not isinstance(actor, Actor) or not verdict:
        raise NotPermitted(verdict.reason)
    return actor
