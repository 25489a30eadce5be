"""Opening from a terminal asks who the children are; who they are is never on a command line."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from cli.main import run
from cli.matching import head, lines, plain
from cli.opening import listing
from config.settings import as_environment
from gateway.answers import CaseTold, ChildHasOpenCase, Hidden, Match, ProbableMatch
from gateway.stamps import prove_use
from statemodel import Desk, Role
from tests.installation import Installation, installation

ADA = {"child": "k-1", "name": "Ada Byronplanted", "born_on": "2015-03-04"}
AGAIN = {**ADA, "child": "k-2", "name": "Byronplanted Ada"}
TOLD = CaseTold("k-1", "c9", "7Q4M2X9KD")
HIDDEN = CaseTold("k-1", ask=Desk(Role.COORDINATOR, "northshire"))
MATCH = Match("k-1", "k-2", ("name", "birth_date"), (TOLD, HIDDEN))


@pytest.fixture(scope="module")
async def whole(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    folder: Path = tmp_path_factory.mktemp("matches") / "data"
    folder.mkdir(mode=0o700)
    async with installation(folder) as made:
        await prove_use(made.gateway.store, demonstration=True)
        yield made


class Terminal:
    """Runs a command line with a document on its standard input, and reads what it answered."""

    def __init__(self, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self._capsys, self._patch = capsys, patch
        self.out = self.err = ""

    async def run(self, document: dict[str, Any], *line: str) -> int:
        self._patch.setattr("sys.stdin", io.StringIO(json.dumps(document)))
        code = await asyncio.to_thread(run, (*line, "--as", "p-ana", "--json", "-"))
        said = self._capsys.readouterr()
        self.out, self.err = said.out, said.err
        return code


@pytest.fixture
def terminal(
    whole: Installation, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    for name, value in as_environment(whole.settings).items():
        monkeypatch.setenv(name, value)
    return Terminal(capsys, monkeypatch)


def opening(identity: dict[str, Any], **more: Any) -> dict[str, Any]:
    whole = {"children": [identity["child"]], "source": "observation", "identities": [identity]}
    return whole | more


async def test_a_match_is_told_dismissed_looked_up_and_the_case_there_is_used(
    terminal: Terminal,
) -> None:
    assert await terminal.run(opening(ADA), "open", "-o", "json") == 0, terminal.err
    first = json.loads(terminal.out)

    assert await terminal.run(opening(AGAIN), "open", "-o", "json") == 4
    told = json.loads(terminal.out)
    assert told["answer"] == "probable_match"
    (match,) = told["matches"]
    assert (match["child"], match["of"]) == ("k-1", "k-2")
    assert match["agrees"] == ["name", "birth_date"]
    assert match["cases"][0]["reference"] == first["reference"]
    assert "k-2 may be k-1: the same name, the same date of birth" in terminal.err
    assert terminal.err.rstrip().endswith("Do not wait for this system.")
    assert "byronplanted" not in (terminal.out + terminal.err).casefold()

    same = opening(AGAIN, matches=[{"child": "k-1", "answer": "same"}])
    assert await terminal.run(same, "open") == 4
    assert "use that one" in terminal.err
    assert first["reference"] in terminal.err

    other = [{"child": "k-1", "answer": "dismissed", "reason": "A cousin of that name"}]
    assert await terminal.run(opening(AGAIN, matches=other), "open", "-o", "json") == 0
    assert json.loads(terminal.out)["case"] != first["case"]

    look = {"name": "Ada Byronplanted", "born_on": "2015-03-04"}
    assert await terminal.run(look, "matches", "-o", "json") == 0
    assert {row["child"] for row in json.loads(terminal.out)} == {"k-1", "k-2"}


@pytest.mark.proves("I50")
async def test_no_file_of_store_or_engine_holds_a_planted_name(
    whole: Installation, terminal: Terminal
) -> None:
    planted = {"child": "k-7", "name": "Zoe Secretplanted", "ids": ["ehm:8675309"]}
    assert await terminal.run(opening(planted), "open") == 0, terminal.err
    assert await terminal.run({"ids": ["ehm:8675309"]}, "matches", "-o", "json") == 0
    assert [row["child"] for row in json.loads(terminal.out)] == ["k-7"]
    files = [file for file in whole.settings.data.rglob("*") if file.is_file()]
    held = {file.name: file.read_bytes().lower() for file in files}
    assert any(b"k-7" in one for one in held.values()), "the id is there, so these are the files"
    words = (b"secretplanted", b"8675309", "Secretplanted".encode("utf-16-le").lower())
    assert [name for name, one in held.items() if any(word in one for word in words)] == []


async def test_a_document_that_cannot_be_used_is_told_by_its_place_and_not_quoted(
    terminal: Terminal,
) -> None:
    wrong = opening({**ADA, "born_on": "Byronplanted"})
    for document, line in ((wrong, "open"), ({"name": "Byronplanted"}, "matches")):
        assert await terminal.run(document, line) == 2
        assert "Byronplanted" not in terminal.err
    assert "an outside id, or two of the other fields" in terminal.err


@pytest.mark.proves("I50")
@pytest.mark.parametrize("word", ["identities=[]", "identities.name=Ada", "matches=k-1"])
def test_who_a_child_is_is_not_taken_from_a_command_line(
    word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(("open", "--as", "p-ana", "children=k-1", word)) == 2
    assert "--json FILE" in capsys.readouterr().err


def test_a_search_without_a_document_says_how_to_give_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(("matches", "--as", "p-ana")) == 2
    assert "--json FILE" in capsys.readouterr().err


def test_matches_and_cases_are_told_in_words_and_for_programs() -> None:
    match, helped = ProbableMatch((MATCH,)), ChildHasOpenCase((TOLD, HIDDEN))
    (line,) = lines(match, {})
    assert line.startswith("  - k-2 may be k-1: the same name, the same date of birth. There is")
    assert "7Q4M2X9KD" in line
    seen, hidden = lines(helped, {})
    assert seen.startswith("  - k-1: There is an open case")
    assert hidden.startswith("  - k-1: Speak with the")
    assert plain(match, {})["matches"][0]["cases"][1]["ask"] == "coordinator.northshire"
    assert [one["reference"] for one in plain(helped, {})["cases"]] == ["7Q4M2X9KD", None]
    assert head(match, {}) != head(helped, {}) != ""


def test_any_other_no_says_nothing_of_children() -> None:
    assert (head(Hidden(), {}), list(lines(Hidden(), {})), plain(Hidden(), {})) == ("", [], {})


def test_matches_are_listed_with_what_agrees_and_the_open_cases() -> None:
    (row,) = listing((MATCH,), {}).rows
    assert row[:2] == ("k-1", "the same name, the same date of birth")
    assert "7Q4M2X9KD; Speak with the" in row[2]
