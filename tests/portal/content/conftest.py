"""Editors at the province's committee."""

import pytest
from django.template import engines

from tests.factories.cast import Cast
from tests.factories.content import Newsroom


@pytest.fixture
def newsroom(cast: Cast) -> Newsroom:
    """Author, editors and approvers; both languages and their sections stand."""
    return Newsroom(cast.an.agency)


@pytest.fixture
def wagtails_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wagtail's own templates name things that are not there, and give them defaults."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")
