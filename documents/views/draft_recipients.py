"""Choose to whom a draft goes: whole groups, whole branches of the tree, single agencies."""

from dataclasses import dataclass, field
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from documents.actions.draft import set_recipients
from documents.models import Document
from documents.queries.recipients import ALL, ALL_COMMUNES, ALL_DISTRICTS, RecipientChoice, chosen_agencies
from documents.views.compose import draft_of
from egov.organizations.models import Agency
from egov.organizations.queries.tree import placements
from egov.workflow.refusal import Refusal

GROUPS = {"communes": ALL_COMMUNES, "districts": ALL_DISTRICTS, "all": ALL}


@dataclass
class Branch:
    """An agency with what stands below it, for the tree of check boxes."""

    agency: Agency
    chosen: bool
    disabled: bool
    children: list["Branch"] = field(default_factory=list)

    @property
    def chosen_below(self) -> int:
        """How many agencies below are chosen: a closed branch says so."""
        return sum(child.chosen + child.chosen_below for child in self.children)


@require_http_methods(["GET", "POST"])
def draft_recipients(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the tree with what is chosen; keep what was chosen."""
    document = draft_of(request, pk)
    on = timezone.localdate()
    refused = ""
    chosen = set(document.recipients.values_list("agency_id", flat=True))
    if request.method == "POST":
        chosen = agency_ids(request.POST, document, on)
        choice = RecipientChoice(agency_ids=frozenset(chosen))
        try:
            count = set_recipients(request.actor, document, choice, at=timezone.now())
        except Refusal as refusal:
            refused = str(refusal)
        else:
            sentence = ngettext("Đã chọn %(count)d nơi nhận.", "Đã chọn %(count)d nơi nhận.", count)
            messages.success(request, sentence % {"count": count})
            return redirect("documents:draft_edit", pk=document.pk)
    context = {
        "document": document,
        "roots": tree(on, chosen=chosen, sender_id=document.agency_id),
        "count": len(chosen),
        "refused": refused,
    }
    return render(request, "documents/draft_recipients.html", context, status=409 if refused else 200)


def agency_ids(sent: QueryDict, document: Document, on: date) -> set[int]:
    """Every agency that the form means: single ones, branches, and the group whose button was pressed."""
    chosen = {int(key) for key in sent.getlist("agency") if key.isdecimal()}
    choices = [RecipientChoice(below_id=int(key)) for key in sent.getlist("below") if key.isdecimal()]
    group = sent.get("group", "")
    if group == "none":
        return set()
    if group in GROUPS:
        choices.append(GROUPS[group])
    assert document.agency_id is not None  # noqa: S101  (a draft has its agency)
    for choice in choices:
        chosen |= set(
            chosen_agencies(choice, sender_id=document.agency_id, on=on).values_list("pk", flat=True)
        )
    return chosen


def tree(on: date, *, chosen: set[int], sender_id: int | None) -> list[Branch]:
    """The whole tree of that day in one statement; the sender stands in it but cannot be chosen."""
    branches: dict[int, Branch] = {}
    roots: list[Branch] = []
    for place in placements(on).select_related("agency").order_by("depth", "agency__code"):
        own = place.agency_id == sender_id
        branch = Branch(place.agency, chosen=place.agency_id in chosen, disabled=own)
        branches[place.agency_id] = branch
        above = branches.get(place.parent_id) if place.parent_id else None
        (above.children if above else roots).append(branch)
    return roots
