"""The results that citizens read on the portal: redacted, approved by a second person, on their days."""

from dataclasses import dataclass
from datetime import date

from complaints.models import Publication
from complaints.models.publication import PublicationQuerySet


@dataclass(frozen=True, slots=True)
class PublishedResult:
    """One published decision or conclusion, in plain values: nothing leads from it to the letter."""

    key: int
    agency_name: str
    form_words: str
    title: str
    text: str
    starts_on: date
    ends_on: date


def published_results(on: date) -> list[PublishedResult]:
    """What the portal shows on that day, newest first; each goes by itself after its last (rule 31)."""
    return _plain(Publication.objects.on_the_portal(on))


def published_result(key: int, on: date) -> PublishedResult | None:
    """One of them; None before its first day, after its last, or when nobody has approved it."""
    return next(iter(_plain(Publication.objects.on_the_portal(on).filter(pk=key))), None)


def _plain(found: PublicationQuerySet) -> list[PublishedResult]:
    rows = found.select_related("outcome__matter__agency").order_by("-starts_on", "-pk")
    return [
        PublishedResult(
            key=one.pk,
            agency_name=one.outcome.matter.agency.name,
            form_words=one.outcome.get_form_display(),
            title=one.title,
            text=one.text,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
        )
        for one in rows
    ]
