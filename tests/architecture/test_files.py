"""Size and names of files: every file has one reason to exist and says it in its name."""

import re

import pytest

from tests.architecture.tree import PACKAGES, ROOT, project_files

LONGEST = 400
# Written by makemigrations, for apps of the project and for those of Wagtail.
GENERATED = {"migrations", "wagtail_tables"}
DUMPING_GROUNDS = {
    "utils",
    "helpers",
    "common",
    "misc",
    "manager",
    "handler",
    "data",
    "info",
    "service",
    "services",
}
WITHOUT_ACCENTS = re.compile(
    r"\b(van_ban|co_quan|ho_so|so_den|so_di|chu_ky|van_thu|trich_yeu|but_phe|thu_tuc|tinh|huyen|cong_van|ngay_den)\b"
)
PLACES_OF_A_WORKPLACE = re.compile(r"/work/|/root/|/\.library|\bsubagent|\bhelper session", re.IGNORECASE)


def sources() -> list[str]:
    return [str(path) for path in project_files(".py", ".html", ".css", ".js", ".sh", ".typ")]


def test_there_are_files_to_check():
    assert len(sources()) > 100


@pytest.mark.parametrize("ending", [".py", ".html", ".css", ".js", ".typ"])
def test_no_file_is_longer_than_400_lines(ending):
    long = {
        str(path): lines
        for path in project_files(ending)
        if GENERATED.isdisjoint(path.parts)
        and (lines := len((ROOT / path).read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert long == {}


def test_no_file_is_a_dumping_ground():
    named = [str(path) for path in project_files(".py") if path.stem in DUMPING_GROUNDS]
    assert named == []


def test_identifiers_are_english_or_proper_vietnamese():
    found = {}
    for path in project_files(".py"):
        if path.parts[0] not in PACKAGES:
            continue
        words = WITHOUT_ACCENTS.findall((ROOT / path).read_text(encoding="utf-8"))
        if words:
            found[str(path)] = sorted(set(words))
    assert found == {}


def test_the_project_speaks_of_the_project_alone():
    found = {}
    for path in project_files(
        ".py", ".md", ".html", ".toml", ".yml", ".yaml", ".sh", ".txt", ".in", ".css", ".js"
    ):
        if path == ROOT.joinpath("tests/architecture/test_files.py").relative_to(ROOT):
            continue
        words = PLACES_OF_A_WORKPLACE.findall((ROOT / path).read_text(encoding="utf-8"))
        if words:
            found[str(path)] = sorted(set(words))
    assert found == {}


def test_every_module_says_what_it_is_for():
    silent = []
    for path in project_files(".py"):
        if (
            path.parts[0] not in PACKAGES
            or not GENERATED.isdisjoint(path.parts)
            or path.name in {"__init__.py", "apps.py"}
        ):
            continue
        first = (ROOT / path).read_text(encoding="utf-8").lstrip()
        if first and not first.startswith(('"""', 'r"""')):
            silent.append(str(path))
    assert silent == []
