"""The commands' own modules, and a small checkout of their own for trying them."""

import base64
import hashlib
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bin"))

# Goes on inside .venv and shows that the locked package is there.
TRIAL = """#!/usr/bin/env python3
import sys
from launch.environment import enter
from launch.steps import told
def main():
    enter("requirements.txt")
    import locked_package
    print("inside", sys.prefix, locked_package.WORD)
    return 0
sys.exit(told(main))
"""


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """A package of one line, so that no test needs the network."""
    path = tmp_path / "locked_package-1.0-py3-none-any.whl"
    facts = "locked_package-1.0.dist-info"
    parts = {
        "locked_package.py": "WORD = 'xin chào'\n",
        f"{facts}/METADATA": "Metadata-Version: 2.1\nName: locked-package\nVersion: 1.0\n",
        f"{facts}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = [f"{name},{_digest(text)},{len(text.encode())}" for name, text in parts.items()]
    parts[f"{facts}/RECORD"] = "\n".join([*record, f"{facts}/RECORD,,", ""])
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


@pytest.fixture
def checkout(tmp_path: Path, wheel: Path) -> Path:
    """A checkout with the real bin/ and a lock of one package."""
    folder = tmp_path / "checkout"
    shutil.copytree(ROOT / "bin", folder / "bin", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "bin" / "trial").write_text(TRIAL)
    write_lock(folder, wheel, hashlib.sha256(wheel.read_bytes()).hexdigest())
    return folder


def write_lock(checkout: Path, wheel: Path, digest: str) -> None:
    """Lock the package of one line under this hash."""
    (checkout / "requirements.txt").write_text(f"locked-package @ {wheel.as_uri()} --hash=sha256:{digest}\n")


def _digest(text: str) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
    return f"sha256={digest}"
