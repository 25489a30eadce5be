"""Where a command finds its installation, and people taken in from a file."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from cli.people import INVENTED, take_in
from cli.place import leave_word, settings_of
from config.settings import InvalidSettings, load_settings
from readmodel.directory import everybody
from readmodel.engine import Store, migrate, open_store, sqlite_url


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    await migrate(sqlite_url(tmp_path))
    opened = await open_store(sqlite_url(tmp_path))
    yield opened
    await opened.close()


async def test_people_are_taken_in_and_taken_in_again_in_place(store: Store) -> None:
    await take_in(store, INVENTED)
    first = await everybody(store)
    await take_in(store, INVENTED)
    assert await everybody(store) == first
    assert {one.facts.id for one in first} >= {"p-ana", "p-lee", "p-art"}


def test_a_command_finds_what_up_left_and_the_environment_goes_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = load_settings(data=tmp_path, temporal_address="127.0.0.1:7999", demonstration=True)
    leave_word(left)
    found = settings_of(tmp_path)
    assert (found.temporal_address, found.demonstration) == ("127.0.0.1:7999", True)
    monkeypatch.setenv("BATON_TEMPORAL_ADDRESS", "127.0.0.1:7001")
    assert settings_of(tmp_path).temporal_address == "127.0.0.1:7001"


def test_what_up_left_holds_no_database_address(tmp_path: Path) -> None:
    secret = "postgresql://baton:open-sesame@db/baton"
    leave_word(load_settings(data=tmp_path, database_url=secret))
    assert "sesame" not in (tmp_path / "running.json").read_text()


@pytest.mark.parametrize("word", ["not json", "[1, 2]", '{"web_port": 1}', ""])
def test_a_torn_word_is_taken_for_none(tmp_path: Path, word: str) -> None:
    (tmp_path / "running.json").write_text(word)
    assert settings_of(tmp_path).temporal_address == "127.0.0.1:7233"


def test_a_word_that_cannot_be_true_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "running.json").write_text('{"web_port": 0}')
    with pytest.raises(InvalidSettings, match="BATON_WEB_PORT"):
        settings_of(tmp_path)
