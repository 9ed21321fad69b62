"""Editors at the province's committee."""

import pytest

from tests.factories.cast import Cast
from tests.factories.content import Newsroom


@pytest.fixture
def newsroom(cast: Cast) -> Newsroom:
    """Author, editors and approvers; both languages and their sections stand."""
    return Newsroom(cast.an.agency)
