"""Who may import whom: the contracts of pyproject.toml hold, and they catch a planted violation."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGES, ROOT, project_files

LINT = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(LINT, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


def test_contracts_hold():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("egov/workflow/planted.py", "import documents.models"),
        ("documents/utils.py", "VALUE = 1"),
        ("documents/models/planted.py", "import documents.actions.draft"),
        ("documents/queries/planted.py", "import celery"),
        ("egov/printing/planted.py", "import pyhanko"),
        ("onestop/views/planted.py", "import documents.models"),
        ("onestop/rules/planted.py", "import onestop.public.filings"),
        ("complaints/views/planted.py", "import documents.models"),
        ("complaints/queries/planted.py", "import onestop.public"),
        ("portal/views/planted.py", "import onestop.models"),
        ("portal/views/planted.py", "import complaints.models"),
    ],
)
def test_contracts_catch_a_planted_violation(tmp_path, module, line):
    for name in PACKAGES:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / module).write_text(line + "\n", encoding="utf-8")
    result = lint(tmp_path)
    assert result.returncode != 0
    assert "BROKEN" in result.stdout, result.stderr


DOORS_ONLY = re.compile(r"^\s*(from|import) django\.(http|shortcuts|test)\b", re.MULTILINE)


def test_http_stays_at_the_doors():
    """The import contracts cannot name a part of Django, so this reads the lines themselves."""
    inner = (
        "rules",
        "queries",
        "actions",
        "models",
        "exchange",
        "states.py",
        "enums.py",
        "public",
        "public.py",
    )
    found = [
        str(path)
        for path in project_files(".py")
        if path.parts[0] in {"documents", "onestop", "complaints"}
        and path.parts[1] in inner
        and DOORS_ONLY.search((ROOT / path).read_text(encoding="utf-8"))
    ]
    assert found == []
