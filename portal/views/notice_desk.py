"""Whether citizens were reached: the counter's answer to "nobody told me"."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from egov.organizations.actor import Actor
from egov.organizations.middleware import acting
from egov.web.pager import page_of
from egov.workflow.refusal import NotPermitted
from portal import rules
from portal.queries import notices as query
from portal.queries.notice_words import WORDS


@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """Newest first: about which dossier, over which channel, what became of it and why."""
    actor = acting(request)
    verdict = rules.may_see_notices(actor)
    if not isinstance(actor, Actor) or not verdict:
        raise NotPermitted(verdict.reason)
    sending, code = request.GET.get("sending", ""), request.GET.get("code", "")
    pager = page_of(request, query.notices(actor, sending=sending, code=code), order=("-made_at", "-id"))
    rows = [(one, query.masked_contact(one), WORDS[one.event.partition(".")[2]][0]) for one in pager.rows]
    context = {"pager": pager, "rows": rows, "counts": query.counts(actor), "sending": sending, "code": code}
    return render(request, "portal/notice_list.html", context)
