"""Time stands still: pages show what is due today."""

import pytest


@pytest.fixture(autouse=True)
def still(clock: object) -> None:
    """Every page test runs on the fixed Monday morning."""
