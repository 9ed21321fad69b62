"""Recipients in words, for paper and registers: by name while they are few, else counted by level."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count

from documents.models import Recipient
from egov.organizations.enums import Level

# More recipients than these are told by group, as "Các cơ quan cấp xã (520 cơ quan)".
LISTED_RECIPIENTS = 10
# Words on paper are Vietnamese, whatever language the reader's screen speaks.
GROUPS = {
    Level.PROVINCE: "Các cơ quan cấp tỉnh",
    Level.DISTRICT: "Các cơ quan cấp huyện",
    Level.COMMUNE: "Các cơ quan cấp xã",
}


def recipient_words(document_ids: Iterable[int]) -> dict[int, list[str]]:
    """For each document its recipients as they are printed; two statements for any number of documents."""
    counted: dict[int, dict[str, int]] = defaultdict(dict)
    rows = Recipient.objects.filter(document_id__in=list(document_ids)).order_by()
    for document_id, level, count in rows.values_list("document_id", "agency__level").annotate(
        count=Count("pk")
    ):
        counted[document_id][level] = count
    few = [key for key, levels in counted.items() if sum(levels.values()) <= LISTED_RECIPIENTS]
    names: dict[int, list[str]] = defaultdict(list)
    listed = Recipient.objects.filter(document_id__in=few).order_by("document_id", "agency__code")
    for document_id, name in listed.values_list("document_id", "agency__name"):
        names[document_id].append(name)
    return {
        key: names[key]
        or [f"{GROUPS[level]} ({levels[level.value]} cơ quan)" for level in Level if level.value in levels]
        for key, levels in counted.items()
    }
