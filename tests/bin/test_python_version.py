"""An old Python is told so in one sentence, by code that it can read."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from launch.python_version import choose

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = ("demo", "test", "check", "lock")


def nowhere(_name: str) -> None:
    return None


def only_3_12(name: str) -> str | None:
    return "/usr/bin/python3.12" if name == "python3.12" else None


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 4), (3, 13, 1)])
def test_supported_versions_go_on(version: tuple[int, ...]) -> None:
    assert choose(version, only_3_12) == (None, None)


@pytest.mark.parametrize("version", [(3, 6, 9), (3, 10, 12)])
def test_an_old_one_gives_way_to_a_better_one_of_the_machine(version: tuple[int, ...]) -> None:
    assert choose(version, only_3_12) == ("/usr/bin/python3.12", None)


@pytest.mark.parametrize("version", [(3, 6, 9), (3, 10, 12)])
def test_an_old_one_alone_gets_one_sentence_with_a_way_out(version: tuple[int, ...]) -> None:
    better, sentence = choose(version, nowhere)
    assert better is None
    assert sentence.startswith("Python 3.11 or newer is needed and this is 3.")
    assert "apt-get install python3" in sentence
    assert "\n" not in sentence


def test_a_newer_one_is_tried_when_there_is_no_other() -> None:
    assert choose((3, 14, 0), nowhere) == (None, None)
    assert choose((3, 14, 0), only_3_12) == ("/usr/bin/python3.12", None)


@pytest.mark.parametrize("name", [*COMMANDS, "launch/__init__.py", "launch/python_version.py"])
def test_an_old_python_can_read_it(name: str) -> None:
    ast.parse((ROOT / "bin" / name).read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("name", COMMANDS)
def test_the_version_is_looked_at_before_anything_else(name: str) -> None:
    pretend = (
        "import runpy, shutil, sys\n"
        "sys.version_info = (3, 9, 2, 'final', 0)\n"
        "shutil.which = lambda name: None\n"
        f"sys.path.insert(0, {str(ROOT / 'bin')!r})\n"
        f"runpy.run_path({str(ROOT / 'bin' / name)!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", pretend], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("Python 3.11 or newer is needed and this is 3.9")
    assert done.stderr.count("\n") == 1
