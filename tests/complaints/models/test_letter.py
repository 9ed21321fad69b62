"""What the database itself refuses, whoever writes the row."""

import pytest
from django.db import InternalError, transaction

from complaints.enums import Series
from tests.factories.letters import LetterFactory, MatterFactory, ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.mark.rule("complaints", 7)
def test_a_number_is_never_changed_and_never_freed():
    letter = LetterFactory(number=7)
    for change in (
        lambda: type(letter).objects.filter(pk=letter.pk).update(number=8),
        lambda: type(letter).objects.filter(pk=letter.pk).update(series=Series.INFORMATION),
        lambda: type(letter).objects.filter(pk=letter.pk).delete(),
    ):
        with pytest.raises(InternalError), transaction.atomic():
            change()
    letter.refresh_from_db()
    assert (letter.series, letter.number) == (Series.LETTERS, 7)


@pytest.mark.rule("complaints", 35)
def test_nobody_stands_on_a_protected_letter():
    ParticipantFactory(letter=LetterFactory())
    with pytest.raises(InternalError, match="seal"), transaction.atomic():
        ParticipantFactory(letter=LetterFactory(protected=True))


@pytest.mark.rule("complaints", 2)
def test_each_content_of_a_letter_is_a_matter_of_its_own():
    letter = LetterFactory()
    first, second = MatterFactory(letter=letter), MatterFactory(letter=letter)
    assert (first.ordinal, second.ordinal) == (1, 2)
