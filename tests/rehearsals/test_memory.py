"""The ports that remember are as strict as the real ones, and as safe to ask twice."""

from typing import Any

import wire
from rehearsals.memory import Memory
from statemodel import messages
from tests.builders import SECRET, World


def batch(world: World, *numbers: int) -> dict[str, Any]:
    entries = [world.entries[number - 1] for number in numbers]
    items = [
        {"entry": wire.encode(entry), "messages": wire.encode(messages(world.case, entry))}
        for entry in entries
    ]
    return {"case_id": world.case.id, "items": items, "summary": {}, "opening": None}


async def test_what_is_recorded_twice_is_kept_once() -> None:
    world, memory = World().proposed(), Memory()
    kept = memory.open(world.case.id, SECRET)
    assert await memory.record(batch(world, 1, 2)) == {"recorded": 2}
    assert await memory.record(batch(world, 1, 2, 3)) == {"recorded": 3}
    assert kept.journal() == tuple(world.entries)
    assert kept.wrong == []


async def test_a_gap_in_the_journal_is_refused_and_remembered() -> None:
    world, memory = World().proposed(), Memory()
    kept = memory.open(world.case.id, SECRET)
    await memory.record(batch(world, 1))
    assert "diverged" in await memory.record(batch(world, 3))
    assert kept.wrong == ["entry 3 contradicts the journal: gap"]
    assert len(kept.journal()) == 1


async def test_an_altered_entry_is_refused_even_as_the_first_of_its_number() -> None:
    world, memory = World().opened(), Memory()
    kept = memory.open(world.case.id, SECRET)
    altered = batch(world, 1)
    altered["items"][0]["entry"]["command"]["indicators"] = "something else"
    assert "diverged" in await memory.record(altered)
    assert kept.wrong == ["entry 1 is not what its digest says"]


async def test_an_entry_that_differs_from_the_one_held_is_refused() -> None:
    world, memory = World().opened(), Memory()
    kept = memory.open(world.case.id, SECRET)
    await memory.record(batch(world, 1))
    other = batch(World().opened(), 1)
    other["items"][0]["entry"]["digest"] = "0" * 64
    await memory.record(other)
    assert "entry 1 contradicts the journal: other_digest" in kept.wrong


async def test_a_message_is_handed_on_once_and_only_after_it_was_recorded() -> None:
    world, memory = World().proposed(), Memory()
    kept = memory.open(world.case.id, SECRET)
    told = wire.encode(world.messages)
    await memory.hand_on(told[:1])
    assert kept.wrong == ["please_answer was handed on and never recorded"]
    await memory.record(batch(world, 1, 2, 3))
    await memory.hand_on(told)
    await memory.hand_on(told)
    assert kept.told() == tuple(world.messages)
    assert len(kept.wrong) == 1


async def test_a_pulse_is_remembered() -> None:
    memory = Memory()
    kept = memory.open("c1", SECRET)
    await memory.seen({"case_id": "c1", "version": 3, "head": "x"})
    assert [pulse["version"] for pulse in kept.pulses] == [3]
