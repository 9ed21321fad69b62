"""The project's own files, as git would take them: what the rules of the architecture are checked on."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("egov", "documents", "onestop", "complaints", "portal")


def project_files(*endings: str) -> list[Path]:
    """Files that are or would be tracked, with one of these endings, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    return sorted({Path(name) for name in listed if name.endswith(endings) and (ROOT / name).is_file()})
