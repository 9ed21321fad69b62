"""Locks with hashes from the .in files by uv: one file that serves every supported Python."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from launch.places import PYTHON, ROOT
from launch.steps import Refusal

LOCKS = {"requirements": (), "requirements-dev": ("--constraint", "requirements.txt")}
OPTIONS = (
    *("--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--no-header", "--no-emit-index-url", "--no-emit-find-links", "--quiet"),
)
NO_NETWORK = re.compile(r"dns error|error sending request|could not connect|network|timed out|refused", re.I)
NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*")


def lock(*, upgrade: bool) -> int:
    """Write both locks."""
    for name, options in LOCKS.items():
        done = _compile(ROOT, name, (*options, *(("--upgrade",) if upgrade else ())))
        if done.returncode:
            raise Refusal(f"{name}.txt was not written: {done.stderr.strip()}")
    return 0


def check() -> int:
    """Whether each lock is what its .in file asks for; without network, whether it names all of it."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name in LOCKS:
            for suffix in (".in", ".txt"):
                shutil.copy(ROOT / f"{name}{suffix}", folder)
        return max(_check_one(folder, name, options) for name, options in LOCKS.items())


def _check_one(folder: Path, name: str, options: Sequence[str]) -> int:
    locked = (ROOT / f"{name}.txt").read_text()
    missing = _direct_names(ROOT / f"{name}.in") - _locked_names(locked)
    if missing:
        print(f"{name}.txt does not have {', '.join(sorted(missing))}: run bin/lock")
        return 1
    done = _compile(folder, name, options)
    if done.returncode:
        if not NO_NETWORK.search(done.stderr):
            print(f"{name}.in cannot be locked: {done.stderr.strip()}")
            return 1
        print(f"{name}.txt names all of {name}.in; its versions were not checked, for lack of network")
        return 0
    if _pins(locked) != _pins((folder / f"{name}.txt").read_text()):
        print(f"{name}.txt does not fit {name}.in: run bin/lock")
        return 1
    return 0


def _compile(folder: Path, name: str, options: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    """Let uv write the lock; versions that stand in it already are kept."""
    command = [PYTHON, "-m", "uv", "pip", "compile", *OPTIONS, *options, f"{name}.in", "-o", f"{name}.txt"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def _direct_names(wanted: Path) -> set[str]:
    matches = (NAME.match(line) for line in wanted.read_text().splitlines())
    return {_normal(match[0]) for match in matches if match}


def _locked_names(text: str) -> set[str]:
    return {pin.split("==")[0] for pin in _pins(text)}


def _pins(text: str) -> set[str]:
    """Each ``name==version ; marker`` of a lock; not the hashes, since indexes differ in files."""
    pins = set()
    for line in text.splitlines():
        match = NAME.match(line)
        if match and "==" in line:
            name, rest = line.rstrip("\\ ").split("==", 1)
            pins.add(f"{_normal(NAME.match(name)[0])}=={rest.strip()}")  # type: ignore[index]
    return pins


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
