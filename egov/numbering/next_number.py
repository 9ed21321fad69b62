"""The next number of a series, without gaps under any concurrency."""

from django.db import connection, transaction

# One statement creates or advances the row and holds its lock until the caller commits: a rolled back
# transaction gives its number back, two at once get two numbers in turn.
NEXT = """
    INSERT INTO numbering_series (agency_id, book, year, last_number) VALUES (%s, %s, %s, %s)
    ON CONFLICT (agency_id, book, year)
    DO UPDATE SET last_number = numbering_series.last_number + EXCLUDED.last_number
    RETURNING last_number
"""


def next_number(*, agency_id: int, book: str, year: int) -> int:
    """The next number of the agency's book in that year; the first is 1.

    Must run inside the transaction that uses the number; ``year`` follows Vietnamese time.
    """
    return next_numbers(agency_id=agency_id, book=book, year=year, count=1)


def next_numbers(*, agency_id: int, book: str, year: int, count: int) -> int:
    """Take ``count`` consecutive numbers and return the last of them."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a number is taken inside the transaction that uses it")
    if count < 1:
        raise ValueError("count must be at least 1")
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [agency_id, book, year, count])
        (last,) = cursor.fetchone()
    return int(last)
