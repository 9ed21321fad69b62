"""One installation for all faults: the real network, sealed directives to 769 recipients, beat."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.province import Province
from tests.support.processes import Installation


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    """Servers in a folder that everyone can enter, unlike pytest's own temporary folders."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        installation = Installation(Path(folder) / "var")
        try:
            installation.run("manage.py", "migrate", "--no-input", "-v0")
            installation.run("manage.py", "seed")
            installation.start_beat()
            yield installation
        finally:
            installation.stop()


@pytest.fixture(scope="session")
def whole_province(installation: Installation) -> Province:
    """The network with enough sealed documents for every test."""
    return Province(installation)


@pytest.fixture
def province(whole_province: Province) -> Iterator[Province]:
    """The same for one test, which starts its own workers; whoever is left is ended after it."""
    yield whole_province
    running = whole_province.installation.running
    for name in [name for name in running if name != "beat"]:
        whole_province.installation.kill(name)
