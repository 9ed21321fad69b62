"""State tables."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from egov.workflow.table import StateTable

LIFE = StateTable("life", {"a": frozenset({"b", "c"}), "b": frozenset({"c"}), "c": frozenset()}, initial="a")


def test_only_listed_steps_are_allowed():
    assert LIFE.allows("a", "b")
    assert not LIFE.allows("b", "a")
    assert not LIFE.allows("c", "a")
    assert not LIFE.allows("nowhere", "a")


def test_the_guard_of_a_set_based_move_lists_every_state_before():
    assert LIFE.before("c") == ["a", "b"]
    assert LIFE.before("a") == []


@pytest.mark.parametrize(("steps", "initial"), [({"a": frozenset({"z"})}, "a"), ({"a": frozenset()}, "z")])
def test_a_table_with_unknown_states_cannot_be_made(steps, initial):
    with pytest.raises(ImproperlyConfigured):
        StateTable("life", steps, initial)
