"""What was filed online: looked at, and answered within eight working hours."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from egov.files.views.download import file_response
from egov.organizations.actor import Actor
from egov.web.pager import page_of
from egov.workflow.refusal import Refusal
from onestop.actions.accept_filing import FilingNotPaid, accept_filing
from onestop.actions.enter_filing import DuplicateFiling
from onestop.actions.refuse_intake import refuse_intake
from onestop.actions.request_supplement import Asked, SupplementContent, request_supplement
from onestop.enums import IntakeRefusalGround
from onestop.forms.intake import RefusalForm, SupplementForm
from onestop.models import Dossier
from onestop.queries.inbox import filing_duplicates, inbox, read_filing, read_paper, waiting
from onestop.views.counter import at_counter
from onestop.views.money_panel import money_panel

ORDER = ("filed", "pk")


@require_GET
def filing_list(request: HttpRequest) -> HttpResponse:
    """Filings that wait, whose answer is due first on top."""
    actor = at_counter(request)
    pager = page_of(request, inbox(actor), order=ORDER)
    context = {"pager": pager, "rows": waiting(list(pager.rows), actor), "now": timezone.now()}
    return render(request, "onestop/filing_list.html", context)


@require_GET
def filing_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One filing with its papers, and what the counter may answer."""
    return show_filing(request, at_counter(request), pk)


@require_POST
def filing_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it in."""
    actor = at_counter(request)
    dossier = _own(actor, pk)
    confirmed = bool(request.POST.get("duplicate_confirmed"))
    try:
        accept_filing(actor, dossier, at=timezone.now(), duplicate_confirmed=confirmed)
    except (DuplicateFiling, FilingNotPaid) as refusal:
        return show_filing(request, actor, pk, refusal=refusal)
    return redirect("onestop:dossier_received", pk=dossier.pk)


@require_POST
def filing_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse it in words, on form 03."""
    actor = at_counter(request)
    dossier, form = _own(actor, pk), RefusalForm(request.POST)
    if not form.is_valid():
        return show_filing(request, actor, pk, form=form)
    try:
        refuse_intake(
            actor,
            dossier,
            ground=IntakeRefusalGround(form.cleaned_data["ground"]),
            reason=form.cleaned_data["reason"],
            at=timezone.now(),
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return show_filing(request, actor, pk, form=form)
    return redirect("onestop:dossier_received", pk=dossier.pk)


@require_POST
def filing_supplement(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for what is missing, all of it at once, on form 02."""
    actor = at_counter(request)
    dossier = _own(actor, pk)
    form = SupplementForm(request.POST, papers=dossier.case.requirements.all())
    if not form.is_valid():
        return show_filing(request, actor, pk, supplement=form)
    content = SupplementContent(
        papers=[Asked(int(key)) for key in form.cleaned_data["papers"]],
        reason=form.cleaned_data["reason"],
        deadline_on=form.cleaned_data["deadline_on"],
    )
    try:
        request_supplement(actor, dossier, content, at=timezone.now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return show_filing(request, actor, pk, supplement=form)
    return redirect("onestop:dossier_received", pk=dossier.pk)


@require_GET
def filing_paper(request: HttpRequest, pk: int, paper_pk: int) -> HttpResponseBase:
    """A file that came with the filing; the read is in the audit log."""
    paper = read_paper(request.actor, pk, paper_pk)
    assert paper.file is not None  # noqa: S101  (only papers with files are read)
    return file_response(request, paper.file, paper.file_name or paper.name, inline=True)


def show_filing(
    request: HttpRequest,
    actor: Actor,
    pk: int,
    *,
    form: RefusalForm | None = None,
    supplement: SupplementForm | None = None,
    refusal: DuplicateFiling | FilingNotPaid | None = None,
) -> HttpResponse:
    """The page of a filing, with what was refused just now."""
    filing = read_filing(actor, pk)
    context = {
        "filing": filing,
        "dossier": filing.dossier,
        "papers": filing.dossier.papers.all(),
        "duplicates": filing_duplicates(filing.dossier),
        "form": form or RefusalForm(),
        "supplement": supplement or SupplementForm(papers=filing.dossier.case.requirements.all()),
        "refusal": refusal,
        "money_from": "filing",
        **money_panel(request, filing.dossier),
    }
    status = refusal.status if refusal else 422 if form or supplement else 200
    return render(request, "onestop/filing_detail.html", context, status=status)


def _own(actor: Actor, pk: int) -> Dossier:
    return get_object_or_404(Dossier.objects.visible_to(actor), pk=pk)
