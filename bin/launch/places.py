"""Where things are in a checkout."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
VAR = ROOT / "var"
LOGS = VAR / "log"


def make_var() -> None:
    """Make ``var/`` and its log folder: others may pass through (the database's user), not look around."""
    for folder in (VAR, LOGS):
        folder.mkdir(mode=0o711, exist_ok=True)
