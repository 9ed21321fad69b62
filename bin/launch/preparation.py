"""Brings the database and the static files up to the code; in no time when nothing changed."""

import hashlib
import subprocess
from collections.abc import Mapping
from pathlib import Path

from launch.demo_settings import log_of
from launch.places import PYTHON, ROOT, VAR
from launch.steps import Refusal, last_lines, step

STAMP = VAR / "prepared"
# What tables, seed and static files are made from.
SOURCES = ("complaints", "documents", "egov", "onestop", "portal", "static", "requirements.txt")
STEPS = {
    "the database's tables": ("migrate", "--no-input"),
    "the network: 770 agencies, 8,175 accounts, certificates": ("seed",),
    "a year of dossiers at the one-stop counters": ("seed_year",),
    "a year of letters and visits": ("seed_letters",),
    "the portal: its texts, and what its search finds": ("seed_portal",),
    "style sheets, scripts and typefaces": ("collectstatic", "--no-input", "--verbosity", "0"),
}
FULL_DISK = ("No space left on device", "could not extend file")


def prepare(settings: Mapping[str, str], *, database_is_ours: bool) -> None:
    """Make tables, data and static files; each step changes nothing that is right already.

    A database of somebody else's may have changed behind our back, so there every step is taken each time.
    """
    state = _state()
    # The demo's authority stamps no time before it runs, and papers of a year ago are signed as of their day.
    settings = {**settings, "SIGNING_TIMESTAMP_URL": ""}
    if database_is_ours and STAMP.exists() and STAMP.read_text() == state:
        return
    for what, words in STEPS.items():
        with step(what):
            _manage(settings, *words)
    STAMP.write_text(state)


def _state() -> str:
    """The sources by name, size and time of change."""
    digest = hashlib.sha256()
    for source in SOURCES:
        for path in sorted(_files(ROOT / source)):
            facts = path.stat()
            digest.update(f"{path.relative_to(ROOT)} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _files(source: Path) -> list[Path]:
    if source.is_file():
        return [source]
    return [path for path in source.rglob("*") if path.is_file() and path.suffix != ".pyc"]


def _manage(settings: Mapping[str, str], command: str, *arguments: str) -> None:
    """Run a management command with its words in a log; a failure becomes a sentence."""
    log = log_of(command)
    with log.open("wb") as output:
        done = subprocess.run(
            [PYTHON, "manage.py", command, *arguments],
            cwd=ROOT, env=dict(settings), stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False,
        )  # fmt: skip
    if done.returncode:
        written = log.read_text(errors="replace")
        if any(sign in written for sign in FULL_DISK):
            raise Refusal("The disk is full: make room and run bin/demo again; it goes on where it stopped.")
        raise Refusal(
            f"The step {command} failed ({last_lines(log)}); see {log}. "
            "If an earlier run was cut short, start afresh with bin/demo --reset."
        )
