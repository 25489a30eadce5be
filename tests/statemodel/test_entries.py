"""Entries: chained by digest, named by version, asked twice and answered once, never too big."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from statemodel import CURRENT_EDITION, Refused, recall
from statemodel.case import KEPT_RECEIPTS, Receipt
from statemodel.commands import (
    AnswerTask,
    EnterInError,
    Mistake,
    RaiseConcern,
    ReportUndelivered,
)
from statemodel.entry import digest_of, seal
from statemodel.people import POST
from statemodel.plain import canonical, plain
from statemodel.things import TaskKind
from tests.builders import LAPSE, MONDAY, SECRET, World, agreement, closing, identify, proposal

MOST = 128 * 1024


@pytest.mark.proves("R352", "I5")
def test_every_entry_carries_the_digest_of_the_one_before() -> None:
    world = World().proposed().wait(days=20)
    heads = ["", *(entry.digest for entry in world.entries)]
    assert [entry.prev for entry in world.entries] == heads[:-1]
    assert world.case.head == heads[-1]
    assert len(set(heads)) == len(heads)


@pytest.mark.proves("R352", "I5")
def test_a_digest_can_be_reckoned_again_from_the_plain_text_alone() -> None:
    for entry in World().proposed().wait_until(LAPSE).entries:
        stored = json.loads(canonical(plain(entry)))
        assert digest_of(stored, SECRET) == entry.digest
        assert digest_of(stored, "another case's secret") != entry.digest


@pytest.mark.proves("R352", "I5")
def test_a_change_anywhere_in_an_entry_shows() -> None:
    entry = World().proposed().wait_until(LAPSE).entries[-1]
    stored = plain(entry)
    paths = [path for path in _leaves(stored) if path != ("digest",)]
    assert len(paths) > 60
    for path in paths:
        assert digest_of(_changed(stored, path), SECRET) != entry.digest, path


def _leaves(document: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if not isinstance(document, dict | list) or not document:
        return [path]
    items = document.items() if isinstance(document, dict) else enumerate(document)
    return [leaf for key, value in items for leaf in _leaves(value, (*path, key))]


def _changed(document: Any, path: tuple[Any, ...]) -> Any:
    copy = json.loads(canonical(document))
    inside = copy
    for key in path[:-1]:
        inside = inside[key]
    inside[path[-1]] = f"{inside[path[-1]]}x"
    return copy


def test_a_digest_does_not_depend_on_the_digest_that_stands_there() -> None:
    entry = World().opened().entries[0]
    assert seal(replace(entry, digest="forged"), SECRET) == entry


@pytest.mark.proves("R298")
def test_the_same_question_asked_twice_gives_the_same_entry_byte_for_byte() -> None:
    world = World().planning()
    asked = world.tried[-1]
    once, again = World().opened(), World().opened()
    first, second = once.do(asked.command), again.do(asked.command)
    assert canonical(plain(first)) == canonical(plain(second))


def test_everything_born_in_a_case_is_named_after_the_entry_that_bore_it() -> None:
    world = World().proposed()
    world.do(RaiseConcern(), "p-jo")
    world.wait(days=20)
    names = {thing.id for thing in world.case.things}
    assert {"g2", "n3", "d3", "t4", "d4"} <= names
    assert all(re.fullmatch(r"[gntd][0-9]+(\.[0-9]+)?", name) for name in names)
    assert len(names) == len(world.case.things)


def test_an_entry_names_its_edition_its_episode_and_the_pack_it_was_judged_by() -> None:
    world = World()
    world.case = replace(world.case, episode=3)
    entry = world.do(identify())
    assert (entry.edition, entry.episode, entry.version) == (CURRENT_EDITION, 3, 1)
    assert entry.pack == "tests@000000000000"
    assert world.case.episode == 3


@pytest.mark.proves("R298", "I8")
def test_a_command_asked_again_is_found_with_the_version_it_got() -> None:
    world = World().opened()
    entry = world.do(agreement(), command_id="mine")
    found = recall(world.case, "mine", agreement())
    assert isinstance(found, Receipt)
    assert (found.version, found.at) == (entry.version, MONDAY)
    assert recall(world.case, "another", agreement()) is None


@pytest.mark.proves("R298", "I8")
def test_the_same_id_with_another_content_is_refused_and_says_which_entry_it_was() -> None:
    world = World().opened()
    world.do(agreement(), command_id="mine")
    answer = recall(world.case, "mine", agreement(giver="f-other"))
    assert isinstance(answer, Refused)
    assert [(r.code, r.facts) for r in answer.reasons] == [
        ("same_id_other_content", (("version", "2"),))
    ]


@pytest.mark.proves("I8")
def test_a_refused_attempt_binds_no_id() -> None:
    world = World().opened()
    world.why_not(proposal(), command_id="mine")
    assert recall(world.case, "mine", proposal()) is None


@pytest.mark.proves("I8")
def test_the_newest_commands_are_remembered_and_older_ones_make_room() -> None:
    world = World().opened()
    for number in range(KEPT_RECEIPTS + 5):
        world.do(agreement(), command_id=f"a-{number}")
    assert recall(world.case, "a-4", agreement()) is None
    assert recall(world.case, "a-5", agreement()) is not None
    assert len(world.case.ledger) == KEPT_RECEIPTS


@pytest.mark.proves("I8")
def test_the_clocks_own_entries_push_out_nobodys_command() -> None:
    world = World().opened()
    world.do(agreement(), command_id="mine")
    lost = ReportUndelivered(message="m", purpose="due_soon", subject="d2", why="address_refused")
    world.do(lost, POST, command_id="m")
    world.wait(days=900)
    assert world.case.version > KEPT_RECEIPTS + 3
    assert recall(world.case, "mine", agreement()) is not None
    assert recall(world.case, "m", lost) is not None
    assert [receipt.version for receipt in world.case.ledger] == [1, 2, 3]


@pytest.mark.proves("I12")
def test_messages_carry_codes_and_ids_and_nothing_that_anybody_wrote() -> None:
    world = World()
    secret = "Kowalczyk of Elm Road"
    world.opened().do(agreement(note=secret))
    world.do(proposal(why=secret))
    world.do(RaiseConcern(what=secret, done=secret), "p-jo")
    world.do(world.objecting(concern=secret), "p-lee")
    world.do(EnterInError(entry=5, mistake=Mistake.WRONG_PERSON, note=secret))
    world.wait(days=20)
    assert len(world.messages) > 12
    for message in world.messages:
        assert re.fullmatch(r"c1-[0-9]+-[a-z_]+-[a-z0-9_.-]+", message.id)
        assert secret not in canonical(plain(message)).decode()
    assert len({message.id for message in world.messages}) == len(world.messages)
    assert secret not in canonical(plain(world.case)).decode()


@pytest.mark.proves("I30")
def test_after_three_thousand_entries_the_state_is_still_small() -> None:
    world = World().opened()
    number = 0
    while len(world.entries) < 3_000:
        number += 1
        _a_day(world, number)
    assert len(canonical(plain(world.case))) <= MOST
    assert world.case.version == len(world.entries)


def _a_day(world: World, number: int) -> None:
    """A busy, untidy case: answers, concerns, a closing struck again, and long silences."""
    world.do(agreement(giver=f"f-{number % 6}", note="What they said " * 20))
    if not world.case.nominations:
        world.do(proposal())
    if number % 3 == 0:
        world.do(RaiseConcern(what="A worry", people=(f"k-{number}",)), "p-jo")
    if number % 5 == 0:
        _see_to_tasks(world)
    if number % 11 == 0 and not world.case.open_tasks:
        world.do(EnterInError(entry=world.do(closing()).version, mistake=Mistake.DID_NOT_HAPPEN))
    world.wait(hours=20 if number % 2 else 1)


def _see_to_tasks(world: World) -> None:
    for task in world.case.open_tasks:
        by = "p-dut" if task.what is TaskKind.CONCERN else "p-cat"
        world.do(AnswerTask(task=task.id, seen=task.version, done="Seen to"), by)


def test_the_secret_of_a_case_is_nowhere_in_what_it_writes() -> None:
    world = World().proposed().wait(days=20)
    written = canonical(plain([world.entries, world.case, world.messages])).decode()
    assert SECRET not in written
