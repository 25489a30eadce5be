"""The command line itself: help with an example everywhere, exit codes, a light start."""

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

from cli.failing import CODES, Misused, answered, code_of
from cli.local import CALENDAR, POLICY
from cli.main import COMMANDS, run
from gateway import answers
from gateway.leaving import Unavailable
from readmodel.engine import StoreLocked
from readmodel.vault import WrongMasterKey

HEAVY = ("temporalio", "sqlalchemy", "alembic", "fastapi", "pydantic", "holidays", "rich.table")
EVERY = [command for group in COMMANDS.values() for command in group]


@pytest.mark.parametrize("command", EVERY, ids=lambda command: command.__name__)
def test_each_command_says_what_it_does_and_gives_an_example(command: object) -> None:
    told = inspect.getdoc(command) or ""
    name = getattr(command, "__name__", "").removesuffix("_case")
    assert f"Example: `baton {name}" in told


@pytest.mark.parametrize("app", [CALENDAR, POLICY])
def test_each_part_of_calendar_and_policy_gives_an_example(app: object) -> None:
    for command in ("show", "check", "explain"):
        if command in app:  # type: ignore[operator] # an App is a mapping of its commands
            assert "Example: `baton" in app[command].help  # type: ignore[index]


def test_help_imports_nothing_heavy() -> None:
    look = f"import sys, cli.main; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (["--help"], 0),
        (["calendar", "show", "england"], 0),
        (["calendar", "show", "narnia"], 2),
        (["policy", "check"], 0),
        (["policy", "check", "--live"], 3),
        (["policy", "check", "no-such"], 2),
        (["policy", "explain", "no-such"], 2),
        (["rehearse", "tests/cli"], 2),
        (["cases", "--limit", "many"], 2),
        (["nudge"], 2),
        (["no-such-command"], 2),
        (["submit", "c1", "agree_nomination"], 2),
        (["submit", "c1", "no_such_kind", "--as", "p-lee"], 2),
        (["submit", "c1", "agree_nomination", "--as", "p-lee", "--json", "/no/such"], 2),
    ],
)
def test_a_command_line_ends_with_the_code_of_decision_30(line: list[str], code: int) -> None:
    assert run(line) == code


def test_a_store_that_is_not_there_is_unavailable_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["cases", "--data", str(tmp_path)]) == 7
    assert "master key" in capsys.readouterr().err


def test_a_misspelt_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BATON_DATTA", "x")
    assert run(["verify"]) == 2
    assert "did you mean BATON_DATA" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (answers.NotValid("x"), 2),
        (answers.RefusedByCase("x"), 4),
        (answers.Conflict("x"), 4),
        (answers.Hidden("x"), 4),
        (answers.Forbidden("x"), 5),
        (answers.Unknown("x"), 6),
        (answers.Busy("x"), 6),
        (Unavailable("x"), 7),
        (StoreLocked("x"), 7),
        (WrongMasterKey("x"), 7),
        (Misused("x"), 2),
        (KeyError("x"), None),
    ],
)
def test_each_kind_of_no_has_its_code_and_a_bug_has_none(error: Exception, code: int) -> None:
    assert code_of(error) == code


def test_every_kind_of_no_is_known_by_name() -> None:
    kinds = {kind.__name__ for kind in answers.No.__subclasses__()}
    assert kinds <= set(CODES)


def test_a_bug_is_not_swallowed() -> None:
    def broken() -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        answered(broken)()


def test_a_policy_is_explained_on_paper_in_lines_that_fit(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["policy", "explain", "england-default", "--print"]) == 0
    told = capsys.readouterr().out
    assert "working days" in told
    assert max(map(len, told.splitlines())) <= 78
