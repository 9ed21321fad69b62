"""Run the same thing many times at once, each on a database connection of its own."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

T = TypeVar("T")
R = TypeVar("R")


def at_once(run: Callable[[T], R], arguments: Iterable[T], *, threads: int = 8) -> list[R | Exception]:
    """Results, or the exceptions raised, in the order of the arguments; all threads start together."""
    todo = list(arguments)
    threads = min(threads, len(todo))
    start = Barrier(threads)
    shares = [range(number, len(todo), threads) for number in range(threads)]
    outcomes: list[R | Exception | None] = [None] * len(todo)

    def work(share: range) -> None:
        try:
            start.wait(timeout=30)
            for index in share:
                try:
                    outcomes[index] = run(todo[index])
                except Exception as error:  # noqa: BLE001  (the caller looks at every one)
                    outcomes[index] = error
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, shares))
    return outcomes  # type: ignore[return-value]  # every index was in one share
