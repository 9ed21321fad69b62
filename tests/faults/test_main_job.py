"""The command that plays the main job, with a real worker."""

import re

import pytest

from tests.faults.province import Province
from tests.support.processes import Installation

pytestmark = [pytest.mark.fault, pytest.mark.timeout(900)]
FILES = "SELECT count(*)::int FROM files_storedfile"
# Set, prepared, signed, numbered, sealed: each revision of the one paper is kept, and no recipient's copy.
REVISIONS = 5


@pytest.mark.rule("documents", 46)
def test_it_delivers_and_every_copy_verifies(installation: Installation, province: Province) -> None:
    installation.start_worker("worker")
    ((before,),) = installation.rows(FILES)
    words = installation.run("manage.py", "main_job", "--check").splitlines()
    assert re.fullmatch(r"main job: 769/769 delivered, 769 verified, \d+\.\d s", words[-1])
    assert installation.rows(FILES)[0][0] <= before + REVISIONS


def test_without_a_worker_it_says_so(installation: Installation, province: Province) -> None:
    with pytest.raises(AssertionError, match="No worker listens to the queue “default”"):
        installation.run("manage.py", "main_job", "--check", "--wait", "2")
