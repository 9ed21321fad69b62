"""Numbers of a series: consecutive whatever happens at once, given back when the work fails."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from egov.numbering.models import Series
from egov.numbering.next_number import next_number, next_numbers
from egov.organizations.models import Agency
from tests.factories.organizations import AgencyFactory

AT_ONCE = 20


@pytest.fixture
def agency(db: None) -> Agency:
    return AgencyFactory()


def take(agency_id: int, *, fails: bool = False) -> int | None:
    """Take a number on a connection of this thread; None when the work around it failed."""
    try:
        with transaction.atomic():
            number = next_number(agency_id=agency_id, book="QĐ", year=2025)
            transaction.set_rollback(fails)
        return None if fails else number
    finally:
        connection.close()


@pytest.mark.rule("documents", 1)
@pytest.mark.django_db(transaction=True)
def test_200_at_once_get_200_consecutive_numbers():
    agency_id = AgencyFactory().pk
    with ThreadPoolExecutor(AT_ONCE) as threads:
        numbers = list(threads.map(lambda _: take(agency_id), range(200)))
    assert sorted(numbers) == list(range(1, 201))


@pytest.mark.rule("documents", 1)
@pytest.mark.django_db(transaction=True)
def test_failed_work_leaves_no_gap():
    agency_id = AgencyFactory().pk
    fates = [True] * 40 + [False] * 60
    random.Random(1).shuffle(fates)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        numbers = list(threads.map(lambda fails: take(agency_id, fails=fails), fates))
    assert sorted(number for number in numbers if number) == list(range(1, 61))


def test_the_first_number_of_a_year_is_one(agency):
    assert next_number(agency_id=agency.pk, book="QĐ", year=2025) == 1
    assert next_number(agency_id=agency.pk, book="QĐ", year=2025) == 2
    assert next_number(agency_id=agency.pk, book="QĐ", year=2026) == 1


def test_agencies_and_books_count_apart(agency):
    other = AgencyFactory()
    assert next_number(agency_id=agency.pk, book="QĐ", year=2025) == 1
    assert next_number(agency_id=agency.pk, book="TB", year=2025) == 1
    assert next_number(agency_id=other.pk, book="QĐ", year=2025) == 1
    assert Series.objects.count() == 3


def test_several_at_once_are_consecutive(agency):
    assert next_number(agency_id=agency.pk, book="đến", year=2025) == 1
    assert next_numbers(agency_id=agency.pk, book="đến", year=2025, count=5) == 6
    assert next_number(agency_id=agency.pk, book="đến", year=2025) == 7


def test_nobody_takes_no_number(agency):
    with pytest.raises(ValueError, match="at least 1"):
        next_numbers(agency_id=agency.pk, book="đến", year=2025, count=0)


@pytest.mark.django_db(transaction=True)
def test_a_number_is_taken_inside_the_transaction_that_uses_it():
    with pytest.raises(transaction.TransactionManagementError):
        next_number(agency_id=AgencyFactory().pk, book="QĐ", year=2025)
