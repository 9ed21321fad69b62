"""bin/test ends with one line for all of its rounds; bin/check shows what failed and why."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from launch import browser
from launch.checking import Check, _passes
from launch.steps import Refusal
from launch.testing import _counted, _summary

SAMPLE = """
import pytest
def test_good(): pass
def test_bad(): assert False
@pytest.mark.skip
def test_skipped(): pass
@pytest.fixture
def broken(): raise RuntimeError
def test_error(broken): pass
"""


def test_the_last_line_counts_as_pytest_does(tmp_path: Path) -> None:
    (tmp_path / "test_sample.py").write_text(SAMPLE)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-c", "pytest.ini", "--junit-xml=report.xml"],
        cwd=tmp_path, env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    own_words = done.stdout.strip().splitlines()[-1].strip("= ").split(" in ")[0]
    line = _summary(_counted(tmp_path / "report.xml"), 1.0)
    assert line.strip("= ").split(" in ")[0] == own_words == "1 failed, 1 passed, 1 skipped, 1 error"


def test_a_round_that_broke_off_is_not_a_pass(tmp_path: Path) -> None:
    assert _counted(tmp_path / "absent.xml") == Counter(error=1)


def test_ci_refuses_to_go_on_without_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(Refusal, match="apt-get install chromium"):
        browser.require_chromium()
    monkeypatch.delenv("CI")
    assert browser.require_chromium() is None


def test_a_hull_that_does_not_start_is_no_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hull = tmp_path / "chromium"
    hull.write_text("#!/bin/sh\nexit 1\n")
    hull.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.delenv("CI", raising=False)
    assert browser.require_chromium() is None
    hull.write_text("#!/bin/sh\nexit 0\n")
    assert browser.require_chromium() == hull


def test_a_failed_check_shows_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert _passes(Check("good", ("true",), os.environ))
    assert not _passes(Check("bad", ("sh", "-c", "echo the reason; exit 1"), os.environ))
    good, bad, reason = capsys.readouterr().out.splitlines()
    assert good.startswith("✓ good (")
    assert bad.startswith("✗ bad (")
    assert reason.strip() == "the reason"
