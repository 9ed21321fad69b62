"""Starts the demo's processes, watches them, and leaves none behind."""

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from launch.demo_settings import log_of
from launch.places import ROOT
from launch.steps import Refusal, last_lines

STOP_SECONDS = 15
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def _end_with_parent() -> None:
    """Be ended by the system when the demo is killed; without it, a killed demo leaves its workers behind."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Processes:
    """The running processes by name, in the order of their start."""

    environment: Mapping[str, str]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    commands: dict[str, Sequence[str]] = field(default_factory=dict)

    def start(self, name: str, *arguments: str) -> None:
        """Start ``python -m …`` with a log of its own; Ctrl-C at the terminal does not reach it, we do."""
        self.commands[name] = arguments
        with log_of(name).open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_end_with_parent,  # noqa: PLW1509  (there are no threads here)
            )

    def require_alive(self) -> None:
        """Refuse to go on when a process ended though nobody asked it to."""
        for name, process in self.running.items():
            if process.poll() is not None:
                log = log_of(name)
                raise Refusal(
                    f"The process {name} ended with status {process.returncode} ({last_lines(log)}); "
                    f"see {log}, or start afresh with bin/demo --reset."
                )

    def restart_ended(self) -> list[str]:
        """Start again what ended by itself; the names of it."""
        ended = [name for name, process in self.running.items() if process.poll() is not None]
        for name in ended:
            self.start(name, *self.commands[name])
        return ended

    def stop(self) -> None:
        """Ask all to finish what they do, the last started first, and end those that do not."""
        for process in reversed(self.running.values()):
            if process.poll() is None:
                process.terminate()
        end = time.monotonic() + STOP_SECONDS
        for process in self.running.values():
            try:
                process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.running.clear()
