"""A citizen's own dossiers and papers, in lists."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.middleware import citizen_of
from portal.models import Draft
from portal.queries import my_dossiers as own
from portal.views.citizen_only import citizen_only


@require_safe
@citizen_only
def my_dossiers(request: HttpRequest) -> HttpResponse:
    """What they have filed or had filed, newest first, and what waits for them."""
    citizen = citizen_of(request)
    dossiers = own.my_dossiers(citizen)
    waiting = [one for one in dossiers if one.payment_due or any(it.is_waiting for it in one.supplements)]
    drafts = Draft.objects.visible_to(citizen).alive(timezone.now())
    context = {"dossiers": dossiers, "waiting": waiting, "drafts": list(drafts)}
    return render(request, "portal/my_dossiers.html", context)


@require_safe
@citizen_only
def my_papers(request: HttpRequest) -> HttpResponse:
    """Results and papers given earlier: what still holds need not be brought again (rules 45, 46)."""
    papers = own.my_papers(citizen_of(request), timezone.localdate())
    return render(request, "portal/my_papers.html", {"papers": papers})
