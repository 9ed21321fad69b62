"""Answers to suggestions and reactions that everybody may read, newest first, found by any of their words."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from complaints.models import PublishedAnswer
from complaints.models.published_answer import PublishedAnswerQuerySet
from egov.search.query import matching

ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class PublicAnswer:
    """One answer in plain values: nothing leads from it to the letter or to who wrote it."""

    key: int
    agency_name: str
    kind_words: str
    title: str
    question: str
    answer: str
    published_on: date


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """Some answers, and whether there are more."""

    answers: tuple[PublicAnswer, ...]
    number: int
    has_more: bool


def published_answers(text: str = "", number: int = 1) -> AnswerPage:
    """One page of those that hold every word of the text, with or without accents."""
    first = (number - 1) * ON_A_PAGE
    rows = list(matching(_rows(), text)[first : first + ON_A_PAGE + 1])
    return AnswerPage(tuple(_plain(one) for one in rows[:ON_A_PAGE]), number, len(rows) > ON_A_PAGE)


def published_answer(key: int) -> PublicAnswer | None:
    """One of them; None when nobody has approved it, or it was withdrawn."""
    found = _rows().filter(pk=key).first()
    return _plain(found) if found else None


def _rows() -> PublishedAnswerQuerySet:
    return PublishedAnswer.objects.public().select_related("matter__agency").order_by("-approved_at", "-pk")


def _plain(one: PublishedAnswer) -> PublicAnswer:
    assert one.approved_at is not None  # noqa: S101  (the query asks for it)
    return PublicAnswer(
        key=one.pk,
        agency_name=one.matter.agency.name,
        kind_words=str(one.matter.get_kind_display()),
        title=one.title,
        question=one.question,
        answer=one.answer,
        published_on=timezone.localdate(one.approved_at),
    )
