"""The list of legal documents: search without accents, and the filters that people use."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from egov.search.normalize import words
from portal.content.enums import LegalKind, LegalRelation, LegalStatus
from portal.content.models import LegalPage, LegalTie

DOCUMENTS_A_PAGE = 20
LONGEST_QUERY = 200
MOST_WORDS = 12


def legal_list(asked: QueryDict) -> dict[str, Any]:
    """Documents that answer the question, the newest first, and what the filters offer."""
    today = timezone.localdate()
    text = asked.get("q", "")[:LONGEST_QUERY].replace("\0", " ").strip()
    everything = LegalPage.objects.live()
    documents = everything
    for word in words(text)[:MOST_WORDS]:
        documents = documents.filter(folded__contains=word)
    kind, issuer = asked.get("kind", ""), asked.get("issuer", "")[:150].replace("\0", "")
    year, status = asked.get("year", ""), asked.get("status", "")
    if kind in LegalKind.values:
        documents = documents.filter(kind=kind)
    if issuer:
        documents = documents.filter(issuer=issuer)
    if year.isascii() and year.isdigit() and len(year) == len("2025"):
        documents = documents.filter(issued_on__year=int(year))
    if status in LegalStatus.values:
        documents = with_status(documents, LegalStatus(status), today)
    shown = Paginator(
        documents.prefetch_related("ties_to_it__page")
        .select_related("locale")
        .order_by("-issued_on", "number"),
        DOCUMENTS_A_PAGE,
    ).get_page(asked.get("page"))
    chosen = {"q": text, "kind": kind, "issuer": issuer, "year": year, "status": status}
    return {
        "shown": shown,
        "chosen": chosen,
        "is_narrowed": any(chosen.values()),
        "kinds": [one for one in LegalKind if everything.filter(kind=one).exists()],
        "issuers": sorted(set(everything.values_list("issuer", flat=True))),
        "years": [day.year for day in everything.dates("issued_on", "year", order="DESC")],
        "statuses": list(LegalStatus),
    }


def with_status(documents: QuerySet[LegalPage], status: LegalStatus, day: date) -> QuerySet[LegalPage]:
    """Those that are in a status on a day; says the same as ``LegalPage.status_on``, in the database."""
    not_yet = Q(effective_on__gt=day) | Q(effective_on__isnull=True, issued_on__gt=day)
    if status == LegalStatus.NOT_YET:
        return documents.filter(not_yet)
    begun = Q(page__effective_on__lte=day) | Q(page__effective_on__isnull=True, page__issued_on__lte=day)
    acts = LegalTie.objects.filter(begun, other=OuterRef("pk"), page__live=True)
    documents = documents.exclude(not_yet).annotate(
        is_replaced=Exists(acts.filter(relation=LegalRelation.REPLACES)),
        is_cut=Exists(acts.filter(relation=LegalRelation.ENDS_PARTLY)),
    )
    ended = Q(expires_on__lte=day) | Q(is_replaced=True)
    if status == LegalStatus.ENDED:
        return documents.filter(ended)
    return documents.exclude(ended).filter(is_cut=status == LegalStatus.PARTLY)
