"""A second run skips what is done; not when the code changed, or when the database is somebody else's."""

from pathlib import Path

import pytest
from launch import preparation
from launch.places import PYTHON
from launch.steps import Refusal

EVERY_STEP = ["migrate", "seed", "seed_year", "seed_letters", "seed_portal", "collectstatic"]

COUNTING = """
import pathlib, sys
with pathlib.Path("done").open("a") as done:
    done.write(sys.argv[1] + "\\n")
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout whose manage.py only writes down what it was asked for."""
    (tmp_path / "egov").mkdir()
    (tmp_path / "egov/models.py").write_text("# one")
    (tmp_path / "requirements.txt").write_text("")
    (tmp_path / "manage.py").write_text(COUNTING)
    monkeypatch.setattr(preparation, "ROOT", tmp_path)
    monkeypatch.setattr(preparation, "STAMP", tmp_path / "prepared")
    monkeypatch.setattr(preparation, "log_of", lambda name: tmp_path / f"{name}.log")
    assert PYTHON.exists()
    return tmp_path


def done(root: Path) -> list[str]:
    """What manage.py was asked for since the last time."""
    path = root / "done"
    words = path.read_text().split() if path.exists() else []
    path.unlink(missing_ok=True)
    return words


def test_it_is_done_once_and_again_after_a_change(root: Path) -> None:
    preparation.prepare({}, database_is_ours=True)
    assert done(root) == EVERY_STEP
    preparation.prepare({}, database_is_ours=True)
    assert done(root) == []
    (root / "egov/models.py").write_text("# another")
    preparation.prepare({}, database_is_ours=True)
    assert done(root) == EVERY_STEP


def test_a_database_of_somebody_elses_is_looked_at_each_time(root: Path) -> None:
    preparation.prepare({}, database_is_ours=False)
    done(root)
    preparation.prepare({}, database_is_ours=False)
    assert done(root) == EVERY_STEP


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (
            "raise RuntimeError('column does not exist')",
            r"The step migrate failed \(RuntimeError: column .*--reset",
        ),
        ("raise OSError(28, 'No space left on device')", "The disk is full: make room"),
        ("raise SystemExit('could not extend file \"base/1\"')", "The disk is full: make room"),
    ],
)
def test_a_step_that_fails_becomes_a_sentence_and_is_taken_again(
    root: Path, fault: str, sentence: str
) -> None:
    (root / "manage.py").write_text(fault)
    with pytest.raises(Refusal, match=sentence) as refused:
        preparation.prepare({}, database_is_ours=True)
    assert "Traceback" not in str(refused.value)
    (root / "manage.py").write_text(COUNTING)
    preparation.prepare({}, database_is_ours=True)
    assert done(root) == EVERY_STEP
