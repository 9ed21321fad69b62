"""Finds the processes of a server by the folder that they work in.

A pid in a file can be stale, or belong to somebody else after a restart of the machine. A process whose
working folder is the server's own data folder, and whose name is the server's, is the server; also when the
run that started it was killed and left no word about it.
"""

import os
import signal
import time
from pathlib import Path

POLL_SECONDS = 0.02


def working_in(folder: Path, name: str) -> list[int]:
    """Ids of the living processes called ``name`` whose working folder is ``folder``."""
    try:
        wanted = folder.stat()
    except FileNotFoundError:
        return []
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            at = (entry / "cwd").stat()
            if (at.st_dev, at.st_ino) != (wanted.st_dev, wanted.st_ino):
                continue
            if (entry / "comm").read_text().strip() == name:
                found.append(int(entry.name))
        except OSError:
            # It ended while we looked (a dead process has no working folder), or it is another user's
            # and so not a server that we could have started.
            continue
    return found


def wait_until_none(folder: Path, name: str, seconds: float) -> bool:
    """Whether every process of the server has ended within that time."""
    end = time.monotonic() + seconds
    while working_in(folder, name):
        if time.monotonic() > end:
            return False
        time.sleep(POLL_SECONDS)
    return True


def kill_all(folder: Path, name: str) -> None:
    """End every process of the server at once, as a loss of power would."""
    for pid in working_in(folder, name):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    wait_until_none(folder, name, seconds=10)
