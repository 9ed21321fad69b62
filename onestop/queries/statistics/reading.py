"""A report reads one moment of the database, on one core, for so long and no longer; the desk goes on."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext_lazy as _
from psycopg2.errors import QueryCanceled

from egov.workflow.refusal import Refusal

# Seconds after which a page's report gives up; a file may take longer.
PAGE_SECONDS, FILE_SECONDS = 20, 120


class ReportTooLarge(Refusal):
    """The report would keep the database busy too long."""

    status = 503

    def __init__(self) -> None:
        super().__init__(
            _("Báo cáo quá lớn nên chưa tính xong. Hãy chọn kỳ ngắn hơn, hoặc một cơ quan, một lĩnh vực.")
        )


@contextmanager
def one_moment(seconds: int = PAGE_SECONDS) -> Iterator[None]:
    """All figures of a report agree, whatever is written meanwhile. Raises ReportTooLarge.

    Inside a transaction that is already running it only reads on in that one.
    """
    if connection.in_atomic_block:
        yield
        return
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;"
                    # No helpers from other cores, no compiling: reports are many and the desk comes first.
                    # The planner overrates how many ranges hold at a moment; on today's disks the index wins.
                    " SELECT set_config('statement_timeout', %s, true),"
                    " set_config('max_parallel_workers_per_gather', '0', true),"
                    " set_config('jit', 'off', true), set_config('random_page_cost', '1.1', true)",
                    [str(seconds * 1000)],
                )
            yield
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise ReportTooLarge from error
        raise
