"""bin/test: servers, a browser, then pytest: faults beside all, units and then journeys on both cores."""

import os
import subprocess
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

from egov import embedded
from launch.browser import require_chromium
from launch.places import LOGS, PYTHON, ROOT, VAR, make_var
from launch.steps import Refusal, step

HELP = """usage: bin/test [--rules] [words for pytest …]

  bin/test                           every test: units, then journeys side by side; faults beside both
  bin/test tests/documents -k sign   only these, by pytest's own words
  bin/test --rules                   every rule of the domain with its tests, and the rules without one

DATABASE_URL and REDIS_URL name servers to use; without them the tests start their own below var/test.
With CI set, a missing browser is a failure; else the journeys are reported as not run."""

JOURNEYS = "tests/journeys"
FAULTS = "tests/faults"
# In the order of pytest-django: whoever empties tables comes after those that need what migrations put there.
SIDE_BY_SIDE = ("-n", "2")
NOTHING_COLLECTED = 5
PLUGIN = ("-p", "tests.support.rules")


def run(words: Sequence[str]) -> int:
    """The tests that the words ask for; the exit status is pytest's."""
    if words and words[0] in {"-h", "--help"}:
        print(HELP)
        return 0
    make_var()
    rules = "--rules" in words
    browser = None if rules else require_chromium()
    with step("PostgreSQL and Valkey"):
        try:
            servers = embedded.start(VAR / "test", durable=False)
        except embedded.EmbeddedServerError as error:
            raise Refusal(str(error)) from error
    settings = _settings(servers, browser)
    try:
        if rules or any(not word.startswith("-") for word in words):
            return _pytest(settings, *words)
        return _everything(settings, words, with_journeys=browser is not None)
    finally:
        servers.stop()


def _settings(servers: embedded.Servers, browser: Path | None) -> dict[str, str]:
    own = {"DATABASE_URL": servers.database_url, "REDIS_URL": servers.redis_url}
    if browser:
        own["CHROMIUM"] = str(browser)
    given = {name: value for name, value in os.environ.items() if value or name not in own}
    # What the tests need is in egov.settings.test; another choice of the shell must not get in.
    return own | given | {"DJANGO_SETTINGS_MODULE": "egov.settings.test"}


def _pytest(settings: Mapping[str, str], *words: str) -> int:
    return _begin(settings, *words).wait()


def _begin(
    settings: Mapping[str, str], *words: str, stdout: IO[bytes] | None = None
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [PYTHON, "-m", "pytest", *PLUGIN, *words], cwd=ROOT, env=dict(settings), stdout=stdout
    )


def _everything(settings: Mapping[str, str], words: Sequence[str], *, with_journeys: bool) -> int:
    """Units on both cores, then journeys, faults beside both; one last line for all in pytest's own words.

    Faults have servers of their own and wait for most of their time; what they say is printed at the end.
    """
    begin = time.monotonic()
    said = LOGS / "tests-faults.log"
    with said.open("wb") as output:
        faults = _begin(
            settings | {"TEST_DATABASE_SUFFIX": "faults"},
            *_selection("faults", [FAULTS], words),
            stdout=output,
        )
        try:
            units = ["tests", f"--ignore={FAULTS}", f"--ignore={JOURNEYS}"]
            statuses = [_round(settings, "units", [*units, *SIDE_BY_SIDE], words)]
            if with_journeys:
                statuses.append(_round(settings, "journeys", [JOURNEYS, *SIDE_BY_SIDE], words))
            statuses.append(faults.wait())
        finally:
            faults.kill()
    print(said.read_text(encoding="utf-8", errors="replace"), flush=True)
    failed = [status for status in statuses if status not in {0, NOTHING_COLLECTED}]
    if not with_journeys:
        print("\njourneys: NOT RUN, because there is no Chromium on this machine (apt-get install chromium)")
    rounds = ("units", "faults", "journeys") if with_journeys else ("units", "faults")
    counts = sum((_counted(_report(name)) for name in rounds), Counter[str]())
    print(_summary(counts, time.monotonic() - begin), flush=True)
    return failed[0] if failed else 0


def _round(settings: Mapping[str, str], name: str, selection: Sequence[str], words: Sequence[str]) -> int:
    return _pytest(settings, *_selection(name, selection, words))


def _selection(name: str, selection: Sequence[str], words: Sequence[str]) -> list[str]:
    """What pytest is told for one round, whose report is a new one."""
    _report(name).unlink(missing_ok=True)
    return [*selection, f"--junit-xml={_report(name)}", *words]


def _report(name: str) -> Path:
    return LOGS / f"tests-{name}.xml"


def _counted(report: Path) -> Counter[str]:
    """How many tests passed, failed, were skipped; a run that broke off counts as an error."""
    if not report.exists():
        return Counter(error=1)
    suite = ET.parse(report).getroot()[0]
    number = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")}
    return Counter(
        failed=number["failures"],
        passed=number["tests"] - number["failures"] - number["errors"] - number["skipped"],
        skipped=number["skipped"],
        error=number["errors"],
    )


def _summary(counts: Mapping[str, int], seconds: float) -> str:
    """One line in the shape of pytest's own."""
    parts = [f"{counts[kind]} {kind}" for kind in ("failed", "passed", "skipped", "error") if counts[kind]]
    return f" {', '.join(parts) or 'no tests ran'} in {seconds:.2f}s ".center(80, "=")
