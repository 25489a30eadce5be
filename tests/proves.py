"""Pytest plugin: which tests prove which rule, requirement or invariant; and what was left out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import pytest

LEFT_OUT = pytest.StashKey[list[pytest.Item]]()


def index(items: Iterable[pytest.Item]) -> dict[str, list[str]]:
    """Each id named by a `proves` marker, with the tests that carry it, both in order."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for item in items:
        for name in _names(item):
            found[name].add(item.nodeid.split("[")[0])  # one test, however many examples
    return {name: sorted(tests) for name, tests in sorted(found.items())}


def _names(item: pytest.Item) -> set[str]:
    return {str(name) for marker in item.iter_markers("proves") for name in marker.args}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--proves",
        action="store_true",
        help="list each rule with its tests, and stop",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.stash[LEFT_OUT] = []


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    for item in items:
        item.config.stash[LEFT_OUT].append(item)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Refuse a marker that names nothing."""
    for item in items:
        for marker in item.iter_markers("proves"):
            if not marker.args:
                raise pytest.UsageError(f"{item.nodeid}: proves() names no rule")


def pytest_collection_finish(session: pytest.Session) -> None:
    if not session.config.getoption("--proves"):
        return
    for name, tests in index([*session.items, *session.config.stash[LEFT_OUT]]).items():
        print(f"{name}: {', '.join(tests)}")
    session.items.clear()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A listing is not a failure, though it ran no test."""
    if (
        session.config.getoption("--proves")
        and session.exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED
    ):
        session.exitstatus = pytest.ExitCode.OK


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    left_out = config.stash[LEFT_OUT]
    if not left_out:
        return
    terminalreporter.section(f"left out of this run: {len(left_out)}")
    for item in left_out:
        if item.get_closest_marker("night"):  # who chose by name or path knows what they left
            terminalreporter.line(item.nodeid)
