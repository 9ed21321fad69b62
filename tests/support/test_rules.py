"""The list of rules and their tests is true: marks are read, wrong marks are errors."""

import subprocess
import sys
from pathlib import Path

from tests.support.rules import known_rules

ROOT = Path(__file__).resolve().parents[2]


def listed(folder: Path, test: str) -> "subprocess.CompletedProcess[str]":
    (folder / "test_one.py").write_text(f"import pytest\n{test}\n")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n    rule(area, number): a rule\n")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.support.rules", "-p", "no:django", "--rules", "-c",
         folder / "pytest.ini", folder],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_rule_is_shown_with_its_test_and_nothing_runs(tmp_path: Path) -> None:
    done = listed(tmp_path, '@pytest.mark.rule("documents", 7)\ndef test_seal(): raise AssertionError')
    assert done.returncode == 0
    with_tests, without = done.stdout.split("rules without a test")
    assert "documents 7." in with_tests
    assert "test_one.py::test_seal" in with_tests
    assert "documents 7." not in without
    assert "documents 8." in without
    assert done.stdout.strip().splitlines()[-2].startswith("1 of ")


def test_a_mark_of_an_unknown_rule_is_an_error(tmp_path: Path) -> None:
    done = listed(tmp_path, '@pytest.mark.rule("documents", 999)\ndef test_seal(): pass')
    assert done.returncode != 0
    assert "is not in rules.toml" in done.stdout + done.stderr


def test_all_rules_of_the_documents_are_there() -> None:
    assert sorted(number for area, number in known_rules() if area == "documents") == list(range(1, 48))
