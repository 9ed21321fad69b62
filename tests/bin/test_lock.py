"""bin/lock --check notices what the lock does not have, by the real resolver on an index of one package."""

import os
import re
from pathlib import Path

import pytest
from launch import locking


@pytest.fixture
def root(tmp_path: Path, wheel: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with both locks, made by bin/lock itself."""
    folder = tmp_path / "root"
    folder.mkdir()
    monkeypatch.setattr(locking, "ROOT", folder)
    page = tmp_path / "simple" / "locked-package" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(f'<a href="{wheel.as_uri()}">{wheel.name}</a>')
    for name in [name for name in os.environ if name.startswith("UV_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("UV_NO_CONFIG", "1")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("UV_DEFAULT_INDEX", (tmp_path / "simple").as_uri())
    (folder / "requirements.in").write_text("Locked_Package~=1.0   # says hello\n")
    (folder / "requirements-dev.in").write_text("-r requirements.in\n")
    assert locking.lock(upgrade=False) == 0
    return folder


def test_the_lock_has_hashes_and_no_place(root: Path, wheel: Path) -> None:
    text = (root / "requirements.txt").read_text()
    assert "locked-package==1.0" in text
    assert "--hash=sha256:" in text
    assert str(wheel.parent) not in text


def test_what_was_just_locked_fits(root: Path) -> None:
    assert locking.check() == 0


def test_a_need_that_is_not_locked(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "requirements.in").write_text("locked-package\nnew-package  # reason\n")
    assert locking.check() == 1
    assert "requirements.txt does not have new-package: run bin/lock" in capsys.readouterr().out


def test_other_versions_than_the_lock_has(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock = root / "requirements.txt"
    lock.write_text(lock.read_text().replace("==1.0", "==0.9"))
    assert locking.check() == 1
    assert "requirements.txt does not fit requirements.in: run bin/lock" in capsys.readouterr().out


def test_other_hashes_are_no_difference(root: Path) -> None:
    lock = root / "requirements.txt"
    lock.write_text(re.sub(r"sha256:\w+", f"sha256:{'0' * 64}", lock.read_text()))
    assert locking.check() == 0


def test_no_network_is_tolerated_and_told(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("UV_CACHE_DIR", str(root.parent / "empty-cache"))
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    assert locking.check() == 0
    assert "for lack of network" in capsys.readouterr().out


def test_what_cannot_be_resolved_is_a_failure(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "requirements.in").write_text("locked-package>=2\n")
    assert locking.check() == 1
    assert "cannot be locked" in capsys.readouterr().out
