"""So many a window: counted by all at once, forgotten with the window, kept apart by kind and key."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from redis.exceptions import RedisError

from egov.web.windows import take_turn

LIMIT = (3, 60)
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def key() -> str:
    """Nobody else's: counters are in a real Valkey, which outlives a test whose clock stands still."""
    return uuid4().hex


def test_there_is_room_until_the_limit_and_again_in_the_next_window(key, clock):
    assert [take_turn("a", key, LIMIT).wait for _ in range(5)] == [0, 0, 0, 60, 60]
    clock.shift(timedelta(seconds=59))
    assert take_turn("a", key, LIMIT).wait == 1
    clock.shift(timedelta(seconds=1))
    assert take_turn("a", key, LIMIT).wait == 0


def test_kinds_and_keys_are_counted_apart(key):
    for _ in range(4):
        full = take_turn("a", key, LIMIT)
    assert full.wait
    assert take_turn("b", key, LIMIT).wait == 0
    assert take_turn("a", f"{key} other", LIMIT).wait == 0


def test_many_at_once_get_no_more_than_the_limit(key):
    with ThreadPoolExecutor(16) as people:
        turns = list(people.map(lambda _one: take_turn("a", key, (5, 60)), range(48)))
    assert sum(turn.wait == 0 for turn in turns) == 5


def test_what_is_given_back_does_not_count(key, clock):
    for _ in range(9):
        turn = take_turn("a", key, LIMIT)
        assert turn.wait == 0
        turn.give_back()
    clock.shift(timedelta(seconds=60))
    turn.give_back()


@pytest.mark.parametrize("typed", ["", "\0", "x" * 100_000, "\ud800", "𝕏 \u202e"])
def test_whatever_was_typed_is_counted(key, typed):
    assert take_turn("a", key + typed, LIMIT).wait == 0


def test_whoever_counts_is_told_that_nobody_can(key, settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    with pytest.raises(RedisError):
        take_turn("a", key, LIMIT)
