"""Keep the index of the one search true to the catalogue and the network, which change by their own days."""

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import translation

from egov.organizations.queries import tree
from onestop import public as onestop
from portal.enums import FindableKind
from portal.models import Entry, Findable, index_entries

# What this file tells of; other kinds are told of by their own parts of the portal.
KINDS = (FindableKind.PROCEDURE, FindableKind.LIFE_EVENT, FindableKind.AGENCY)


@transaction.atomic
def refresh_index(on: date) -> int:
    """What holds on that day can be found, and nothing else; returns how many entries changed.

    Writes only what differs, so it may run every few minutes.
    """
    # Entries keep the address of the Vietnamese page; each reader's is made from it.
    with translation.override("vi"):
        wanted = {(entry.kind, entry.key): entry for entry in _entries(on)}
    rows = Findable.objects.filter(kind__in=KINDS, language="")
    known = {(row.kind, row.key): row for row in rows.defer("title_words", "all_words")}
    changed = [entry for place, entry in wanted.items() if not _same(known.get(place), entry)]
    index_entries(changed)
    gone = [row.pk for place, row in known.items() if place not in wanted]
    Findable.objects.filter(pk__in=gone).delete()
    return len(changed) + len(gone)


def _entries(on: date) -> Iterator[Entry]:
    events_of: dict[str, list[str]] = {}
    for event in onestop.list_life_events(on):
        for one in event.procedures:
            events_of.setdefault(one.code, []).append(f"{event.name} {event.description}")
        yield Entry(
            kind=FindableKind.LIFE_EVENT,
            key=event.code,
            title=event.name,
            summary=event.description,
            url=reverse("portal:life_event", args=[event.code]),
        )
    for procedure in onestop.list_procedures(on):
        yield Entry(
            kind=FindableKind.PROCEDURE,
            key=procedure.door,
            title=procedure.name,
            summary=f"{procedure.sector} · {procedure.agency} · {procedure.code}",
            text=" ".join([procedure.keywords, *events_of.get(procedure.code, [])]),
            url=reverse("portal:procedure_detail", args=[procedure.door]),
        )
    for agency in tree.agencies(on).select_related("unit"):
        yield Entry(
            kind=FindableKind.AGENCY,
            key=agency.code,
            title=agency.name,
            summary=agency.address,
            text=f"{agency.short_name} {agency.abbreviation} {agency.code} {agency.unit.name}",
            url=reverse("portal:agency_detail", args=[agency.pk]),
        )


def _same(row: Findable | None, entry: Entry) -> bool:
    return row is not None and (row.title, row.summary, row.text, row.url) == (
        entry.title,
        entry.summary,
        entry.text,
        entry.url,
    )
