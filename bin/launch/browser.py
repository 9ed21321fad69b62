"""Finds a Chromium for the journeys, or installs Debian's where that is allowed."""

import os
import shutil
import subprocess
from pathlib import Path

from launch.places import LOGS
from launch.steps import Refusal, step

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = ("apt-get", "install", "--yes", "--no-install-recommends", "chromium")
WAY_OUT = "apt-get install chromium"


def require_chromium() -> Path | None:
    """A Chromium that starts; ``None`` where there is none and none can be installed, which CI refuses."""
    browser = _find() or _install()
    if browser is None and os.environ.get("CI"):
        raise Refusal(f"There is no Chromium for the journeys, and CI must run them: {WAY_OUT}")
    return browser


def _find() -> Path | None:
    """The first that really starts: Ubuntu's package of this name is an empty hull without snap."""
    for name in (os.environ.get("CHROMIUM", ""), *NAMES):
        found = shutil.which(name) if name else None
        if found and subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0:
            return Path(found)
    return None


def _install() -> Path | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    log = LOGS / "chromium.log"
    with step("Debian's Chromium, for the journeys"), log.open("wb") as output:
        for command in (("apt-get", "update"), INSTALL):
            subprocess.run(
                command, env=quiet, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False
            )
    return _find()
