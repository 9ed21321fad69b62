"""A pytest plugin: which rules of the domain are held down by which tests.

A test says so itself: ``@pytest.mark.rule("documents", 12)``. With ``--rules`` pytest runs nothing and prints
every rule with its tests, and at the end the rules that no test names. A mark that names no known rule is an
error.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

RULES = Path(__file__).with_name("rules.toml")

Rule = tuple[str, int]


def known_rules() -> dict[Rule, str]:
    """Every rule with its one-line title."""
    areas = tomllib.loads(RULES.read_text(encoding="utf-8"))
    return {(area, int(number)): title for area, titles in areas.items() for number, title in titles.items()}


def rules_of(item: pytest.Item) -> Iterator[Rule]:
    """The rules that a test names; a mark of another shape is an error."""
    known = known_rules()
    for mark in item.iter_markers("rule"):
        rule = mark.args if len(mark.args) == 2 else (None, None)
        if rule not in known:
            raise pytest.UsageError(f"{item.nodeid}: rule{mark.args} is not in {RULES.name}")
        yield rule


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rules", action="store_true", help="print each rule of the domain with its tests; run nothing"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Run nothing when only the list of rules is asked for."""
    return True if session.config.getoption("--rules") else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    tests: dict[Rule, list[str]] = defaultdict(list)
    for item in items:
        for rule in rules_of(item):
            name = item.nodeid.split("[")[0]
            if name not in tests[rule]:
                tests[rule].append(name)
    config.stash[_tests] = dict(tests)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if not config.getoption("--rules"):
        return
    tests = config.stash.get(_tests, {})
    untested = []
    for rule, title in known_rules().items():
        if rule not in tests:
            untested.append((rule, title))
            continue
        terminalreporter.write_line(f"{rule[0]} {rule[1]}. {title}")
        for name in tests[rule]:
            terminalreporter.write_line(f"    {name}")
    terminalreporter.section("rules without a test")
    for (area, number), title in untested:
        terminalreporter.write_line(f"{area} {number}. {title}")
    terminalreporter.write_line(
        f"{len(known_rules()) - len(untested)} of {len(known_rules())} rules have a test"
    )


_tests = pytest.StashKey[dict[Rule, list[str]]]()
