"""Recipients in words, for paper and registers: by name while they are few, else counted by level."""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, TextField, Value
from django.db.models.functions import Concat

from documents.models import Recipient
from egov.organizations.enums import Level

# More recipients than these are told by group, as "Các cơ quan cấp xã (520 cơ quan)".
LISTED_RECIPIENTS = 10
# Stands in no code, and sorts before every character that does.
SEPARATOR = "\t"
# Words on paper are Vietnamese, whatever language the reader's screen speaks.
GROUPS = {
    Level.PROVINCE: "Các cơ quan cấp tỉnh",
    Level.DISTRICT: "Các cơ quan cấp huyện",
    Level.COMMUNE: "Các cơ quan cấp xã",
}


def recipient_words(document_ids: Iterable[int]) -> dict[int, list[str]]:
    """For each document its recipients as they are printed; one statement for any number of documents."""
    coded = Concat("agency__code", Value(SEPARATOR), "agency__name", output_field=TextField())
    counted = (
        Recipient.objects.filter(document_id__in=list(document_ids))
        .order_by()
        .values("document_id", "agency__level")
        .annotate(count=Count("pk"), coded=ArrayAgg(coded, order_by=("agency__code",)))
        # PostgreSQL cuts the list: of a circular to hundreds no name crosses the wire in vain.
        .annotate(first=F(f"coded__0_{LISTED_RECIPIENTS}"))
        .values_list("document_id", "agency__level", "count", "first")
    )
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    listed: dict[int, list[str]] = defaultdict(list)
    for document_id, level, count, first in counted:
        counts[document_id][level] = count
        listed[document_id] += first
    return {key: _words(levels, listed[key]) for key, levels in counts.items()}


def _words(levels: dict[str, int], listed: list[str]) -> list[str]:
    """Names in the order of their codes, or groups from the top down."""
    if sum(levels.values()) <= LISTED_RECIPIENTS:
        return [one.split(SEPARATOR, 1)[1] for one in sorted(listed)]
    return [f"{GROUPS[level]} ({levels[level.value]} cơ quan)" for level in Level if level.value in levels]
