"""Counts wrong PINs so that no rollback forgets one and no parallel guess escapes the limit.

The count lives on a database connection of its own: what is committed there stays, whatever becomes of the
transaction around the signing. An advisory lock lets one attempt at a time through for each key, and the
attempt is counted before the PIN is tried: a process that dies in between has used up an attempt, never
gained one. The lock belongs to the database session, so the connection may not go through a transaction pool.
"""

from types import TracebackType
from typing import Self

from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from egov.signing.refusals import KeyBusy

LOCK_CLASS = 0x50494E  # "PIN": keeps our advisory locks apart from others'
BEGIN_ATTEMPT = """
    INSERT INTO signing_pincounter AS counter (fingerprint, failed_attempts) VALUES (%(fingerprint)s, 1)
    ON CONFLICT (fingerprint) DO UPDATE SET failed_attempts = counter.failed_attempts + 1
    WHERE counter.failed_attempts < %(limit)s
    RETURNING failed_attempts
"""
LOCK_KEY = """
    UPDATE signing_pincounter SET locked_at = now()
    WHERE fingerprint = %(fingerprint)s AND failed_attempts >= %(limit)s AND locked_at IS NULL
"""
FORGET = (
    "UPDATE signing_pincounter SET failed_attempts = 0, locked_at = NULL WHERE fingerprint = %(fingerprint)s"
)


class PinGuard:
    """One attempt at one key: ``with PinGuard(…) as guard`` then :meth:`right` or :meth:`wrong`."""

    def __init__(self, fingerprint: str, *, limit: int) -> None:
        self._parameters: dict[str, str | int] = {"fingerprint": fingerprint, "limit": limit}
        self._limit = limit
        self._connection: BaseDatabaseWrapper = connection.copy()
        self._counted: int | None = None

    @property
    def is_locked(self) -> bool:
        """Whether the limit was reached before this attempt."""
        return self._counted is None

    def right(self) -> None:
        """The PIN was right: earlier slips are forgotten."""
        self._execute(FORGET)

    def wrong(self) -> int:
        """The PIN was wrong; returns how many attempts are left."""
        self._execute(LOCK_KEY)
        return self._limit - (self._counted or self._limit)

    def __enter__(self) -> Self:
        try:
            with self._connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_advisory_lock(%s, hashtext(%s))", [LOCK_CLASS, self._parameters["fingerprint"]]
                )
                cursor.execute(BEGIN_ATTEMPT, self._parameters)
                row = cursor.fetchone()
        except OperationalError as error:
            self._connection.close()
            raise KeyBusy from error
        except BaseException:
            self._connection.close()
            raise
        self._counted = row[0] if row else None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Closing ends the session and with it the advisory lock.
        self._connection.close()

    def _execute(self, statement: str) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute(statement, self._parameters)
