"""The command line itself: help with an example everywhere, exit codes, a light start."""

import inspect
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from cli.failing import CODES, Misused, answered, code_of
from cli.local import CALENDAR, POLICY
from cli.main import COMMANDS, run
from cli.reading import Stage
from gateway import answers
from gateway.leaving import Unavailable
from readmodel.engine import StoreLocked
from readmodel.vault import WrongMasterKey
from statemodel import case

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
        (["cases", "--limit", "0"], 2),
        (["cases", "--limit", "201"], 2),
        (["cases", "--stage", "plan"], 2),
        (["cases", "--standing", "late"], 2),
        (["kinds"], 0),
        (["kinds", "propose-lead"], 0),
        (["kinds", "no_such_kind"], 2),
        (["pathway"], 0),
        (["pathway", "close-case"], 0),
        (["pathway", "mark_missed", "-o", "json"], 0),
        (["pathway", "no_such_kind"], 2),
        (["people", "--dry-run"], 2),
        (["people", "--sync"], 2),
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
    assert (
        f"{tmp_path} holds no Baton data: `baton up --data {tmp_path}`" in capsys.readouterr().err
    )


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


def test_what_a_board_reads_names_no_rule_by_its_number(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for line in ([], ["--print"]):
        assert run(["policy", "explain", "cwdc-2007", *line]) == 0
        assert not re.search(r"\bR[0-9]", capsys.readouterr().out)
    assert run(["policy", "explain", "cwdc-2007", "-o", "json"]) == 0
    assert ", R99" in capsys.readouterr().out


@pytest.mark.parametrize(
    "line",
    [
        ["submit", "c1", "raise_concern", "--ass", "p-jo", "crying"],
        ["submit", "c1", "raise_concern", "crying", "--json", "/no/such"],
        ["submit", "c1", "raise_concren", "raise_concern=crying"],
    ],
)
def test_whatever_is_mistyped_about_a_concern_is_answered_with_whom_to_ring(
    line: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(line) == 2
    assert capsys.readouterr().err.rstrip().endswith("Do not wait for this system.")


def test_a_concern_under_broken_settings_is_answered_with_whom_to_ring(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BATON_WEB_PORT", "none")
    assert run(["submit", "c1", "raise_concern", "crying"]) == 2
    assert "Do not wait for this system." in capsys.readouterr().err


def test_postgresql_without_its_driver_is_unavailable_and_says_what_installs_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BATON_DATABASE_URL", "postgresql://db/baton")
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert run(["cases"]) == 7
    assert "uv sync --extra postgres" in capsys.readouterr().err


def test_a_policy_that_is_not_there_is_named_in_full_before_anything_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BATON_POLICY", "ours.toml")
    assert run(["up", "--data", "data"]) == 2
    assert f"BATON_POLICY names {tmp_path / 'ours.toml'}" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


def test_the_stages_to_choose_from_are_those_there_are() -> None:
    known = [stage.value for stage in case.Stage if stage is not case.Stage.NONE]
    assert sorted(get_args(Stage)) == sorted(known)


def test_a_file_that_is_no_rehearsal_is_told_without_a_line_it_has_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "one.toml").write_text("title = 3")
    (tmp_path / "two.toml").write_text("")
    assert run(["rehearse", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert f"{tmp_path / 'one.toml'}:1: write it in quotes" in told
    assert f"{tmp_path / 'two.toml'}: title is missing" in told
    assert run(["rehearse", str(tmp_path / "none.toml")]) == 2
    assert "none.toml: does not exist" in capsys.readouterr().err
