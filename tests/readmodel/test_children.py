"""Children are kept encrypted, found by keyed hashes in their own authority, and never twice."""

import asyncio
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from readmodel.child_keys import LENGTH
from readmodel.children import Answer, Children, Looked, Opened
from readmodel.claims import ChildTaken, Claim, claim, new_reference, sweep
from readmodel.desks import (
    desk_child,
    desk_child_answer,
    desk_child_case,
    desk_child_look,
    desk_child_token,
    desk_claim,
)
from readmodel.identity import Identified, Identity
from readmodel.migrations import downgrade, upgrade
from readmodel.open_cases import OpenCase, children_of, open_cases
from readmodel.tables import METADATA, view_case
from readmodel.vault import Unreadable, Vault
from tests.readmodel.office import MASTER, NOW, Office
from tests.readmodel.test_desks import CLOCK

PLACE = "northshire"
ADA = Identified(
    child="k-ada", name="Ada Byronplanted", born_on=date(2015, 3, 4), postcode="NS1 1AA",
    ids=("ehm:777123",),
)  # fmt: skip
REASON = "A cousin of Byronplanted"


def children(office: Office, authority: str = PLACE) -> Children:
    return Children(office.store, office.vault, authority)


def opened(*new: Identified, **more: Any) -> Opened:
    return replace(Opened("c1", "p-ana", NOW, new), **more)


async def everything(office: Office) -> str:
    """Every cell of every table, as one text."""
    return "\n".join([repr(await office.rows(table)) for table in METADATA.sorted_tables])


async def test_a_child_is_found_by_any_one_thing_that_is_shared(office: Office) -> None:
    desk = children(office)
    assert await desk.take_in(opened(ADA))
    for asked in (
        Identity(name="byronPLANTED, Ada"),
        Identity(born_on=date(2015, 3, 4)),
        Identity(born_on=date(2015, 4, 3)),
        Identity(postcode="ns11aa"),
        Identity(ids=("EHM:777-123",)),
    ):
        assert await desk.near(asked) == {"k-ada": ADA}, asked
    for asked in (Identity(), Identity(name="Ada"), Identity(born_on=date(2015, 3, 5))):
        assert await desk.near(asked) == {}, asked


async def test_an_unborn_child_is_found_by_mother_or_due_date(office: Office) -> None:
    unborn = Identified(child="k-u", mother="Anne Byron", due_on=date(2026, 6, 1))
    await children(office).take_in(opened(unborn))
    for asked in (Identity(mother="BYRON Anne"), Identity(due_on=date(2026, 6, 1))):
        assert await children(office).near(asked) == {"k-u": unborn}


async def test_another_authority_finds_nobody_and_shares_no_token(office: Office) -> None:
    await children(office).take_in(opened(ADA))
    assert await children(office, "elsewhere").near(ADA) == {}
    assert await children(office, "elsewhere").known(["k-ada"]) == {}
    await children(office, "elsewhere").take_in(opened(ADA))
    tokens = [row["token"] for row in await office.rows(desk_child_token)]
    assert len(tokens) == len(set(tokens)) == 10
    assert {len(token) for token in tokens} == {LENGTH}


@pytest.mark.proves("I50")
async def test_a_planted_name_stands_in_no_table_in_clear(office: Office) -> None:
    said = Answer("k-ada", "k-old", "dismissed", ("name",), REASON)
    await children(office).take_in(opened(ADA, answers=(said,)))
    await children(office).note(Looked("p-ana", NOW, "search", ADA.given, ("k-old",)))
    text = (await everything(office)).casefold()
    assert "k-ada" in text
    for planted in ("byron", "2015-03-04", "2015, 3, 4", "ns1 1aa", "ns11aa", "777123", "cousin"):
        assert planted not in text, planted


async def test_another_master_key_finds_nobody_by_its_tokens(office: Office) -> None:
    await children(office).take_in(opened(ADA))
    stranger = Children(office.store, Vault(b"x" * 32, office.store), PLACE)
    assert await stranger.near(ADA) == {}
    assert await Children(office.store, Vault(MASTER, office.store), PLACE).near(ADA)


async def test_an_identity_put_in_anothers_place_is_not_read_as_theirs(office: Office) -> None:
    other = replace(ADA, child="k-leo")
    await children(office).take_in(opened(ADA, considered=frozenset({"k-leo"})))
    await children(office).take_in(opened(other, considered=frozenset({"k-ada"})))
    body = (await office.rows(desk_child))[0]["body"]
    async with office.store.writing() as connection:
        swapped = update(desk_child).where(desk_child.c.id == "k-leo").values(body=body)
        await connection.execute(swapped)
    with pytest.raises(Unreadable):
        await children(office).known(["k-leo"])


async def test_taken_in_twice_it_is_once_and_the_first_stands(office: Office) -> None:
    said = Answer("k-ada", "k-old", "dismissed", ("name", "birth_date"), REASON)
    for reason in (REASON, "another reason"):
        assert await children(office).take_in(opened(ADA, answers=(replace(said, reason=reason),)))
    assert await office.count(desk_child) == 1
    assert await office.count(desk_child_token) == 5
    [row] = await office.rows(desk_child_answer)
    assert (row["by_id"], row["at"], row["answer"]) == ("p-ana", NOW, "dismissed")
    assert row["agrees"] == ["name", "birth_date"]
    assert await children(office).reason("c1", "k-ada", "k-old") == REASON
    assert await children(office).reason("c1", "k-ada", "k-nobody") == ""


async def test_of_openings_at_once_for_one_new_child_only_the_first_is_unseen(
    office: Office,
) -> None:
    asked = [
        children(office).take_in(opened(replace(ADA, child=f"k-{number}"), case_id=f"c{number}"))
        for number in range(6)
    ]
    assert sorted(await asyncio.gather(*asked)) == [False] * 5 + [True]
    assert await office.count(desk_child) == 1
    [first] = [row["id"] for row in await office.rows(desk_child)]
    seen = opened(replace(ADA, child="k-9"), considered=frozenset({first}))
    assert await children(office).take_in(seen), "who has been looked at stands in nobody's way"


async def test_children_who_share_nothing_are_taken_in_at_once(office: Office) -> None:
    names = ("Ada Byron", "Leo Frost", "Zoe Moor", "Max Hale")
    new = [Identified(child=f"k-{number}", name=name) for number, name in enumerate(names)]
    assert all(await asyncio.gather(*(children(office).take_in(opened(one)) for one in new)))
    assert await office.count(desk_child) == len(names)


async def test_who_is_forgotten_is_found_by_nobody_and_read_by_nobody(office: Office) -> None:
    said = Answer("k-ada", "k-old", "dismissed", (), REASON)
    leo = Identified(child="k-leo", name="Leo Frost")
    await children(office).take_in(opened(ADA, leo, answers=(said,)))
    backup = await office.rows(desk_child)
    await children(office).forget("k-ada")
    assert await children(office).near(ADA) == {}
    assert await children(office).reason("c1", "k-ada", "k-old") == ""
    assert await children(office).near(Identity(name="Leo Frost")) == {"k-leo": leo}
    async with office.store.writing() as connection:
        await connection.execute(desk_child.insert(), backup[:1])
    assert await children(office).known(["k-ada"]) == {}, "a backup's row stays shut, too"


async def test_each_look_is_kept_with_who_when_and_whom_they_found(office: Office) -> None:
    await children(office).note(Looked("p-ana", NOW, "search", ("name", "born_on"), ("k-1",)))
    await children(office).note(Looked("p-jo", NOW, "opening", ("ids",), ()))
    first, second = await office.rows(desk_child_look)
    assert (first["by_id"], first["at"], first["purpose"]) == ("p-ana", NOW, "search")
    assert (first["asked"], first["found"]) == (["name", "born_on"], ["k-1"])
    assert (second["by_id"], second["found"], second["authority"]) == ("p-jo", [], PLACE)


async def claimed(office: Office, case_id: str, *of: str) -> str:
    reference = new_reference(case_id.encode().ljust(5, b"0"))
    await claim(office.store, Claim(case_id, PLACE, reference, "p-ana", NOW, of))
    return reference


async def found(office: Office, *ids: str, but: str = "") -> list[str]:
    return [one.case_id for one in await open_cases(office.store, PLACE, ids, but)]


@pytest.mark.proves("R28")
async def test_a_known_childs_open_case_is_told_from_the_moment_it_is_claimed(
    office: Office,
) -> None:
    await children(office).take_in(opened(ADA))
    reference = await claimed(office, "c1", "k-ada", "k-plain", "k-ada")
    assert await open_cases(office.store, PLACE, ["k-ada", "k-plain"]) == (
        OpenCase("k-ada", "c1", reference, "person", "p-ana"),
    )
    assert await found(office, "k-ada", but="c1") == []
    assert await open_cases(office.store, "elsewhere", ["k-ada"]) == ()
    assert await children_of(office.store, "c1") == {"k-ada", "k-plain"}
    assert await children_of(office.store, "c2") == frozenset()


async def test_once_on_its_page_an_open_case_names_who_has_it_and_a_closed_one_is_none(
    office: Office,
) -> None:
    await children(office).take_in(opened(ADA))
    await claimed(office, "c1", "k-ada")
    await office.recorded("c1")
    async with office.store.writing() as connection:
        await connection.execute(update(view_case).values(responsible="p-sam"))
    [one] = await open_cases(office.store, PLACE, ["k-ada"])
    assert (one.responsible_kind, one.responsible) == ("person", "p-sam")
    async with office.store.writing() as connection:
        await connection.execute(update(view_case).values(stage="closed"))
    assert await found(office, "k-ada") == []


@pytest.mark.proves("R28")
async def test_of_claims_at_once_for_one_known_child_only_the_first_stands(
    office: Office,
) -> None:
    await children(office).take_in(opened(ADA))
    asked = (claimed(office, f"c{number}", "k-ada") for number in range(6))
    done = await asyncio.gather(*asked, return_exceptions=True)
    assert sum(isinstance(one, ChildTaken) for one in done) == 5
    assert await office.count(desk_claim) == await office.count(desk_child_case) == 1
    reference = new_reference(b"other")
    although = Claim("c9", PLACE, reference, "p-jo", NOW, ("k-ada",), even_so=True)
    assert await claim(office.store, although) == although
    assert len(await found(office, "k-ada")) == 2


async def test_children_known_by_an_id_alone_are_claimed_as_often_as_wanted(
    office: Office,
) -> None:
    asked = (claimed(office, f"c{number}", "k-plain") for number in range(4))
    await asyncio.gather(*asked)
    assert await office.count(desk_claim) == 4


async def test_a_claim_that_was_given_up_is_no_open_case(office: Office) -> None:
    await children(office).take_in(opened(ADA))
    await claimed(office, "c1", "k-ada")
    assert await sweep(office.store, NOW + CLOCK) == 1
    assert await found(office, "k-ada") == []


async def test_a_claim_made_again_keeps_its_children(office: Office) -> None:
    await claimed(office, "c1", "k-ada")
    await claimed(office, "c1", "k-ada")
    assert await office.count(desk_child_case) == 1
    assert await office.count(desk_claim) == 1


async def test_the_step_to_children_is_undone_and_done_again_over_a_store_in_use(
    office: Office,
) -> None:
    case = await office.recorded("c1")
    await children(office).take_in(opened(ADA))
    await claimed(office, "c1", "k-ada")
    async with office.store.writing() as connection:
        await connection.run_sync(downgrade, "0002")
        await connection.run_sync(upgrade)
    assert await office.count(desk_child) == 0
    assert await office.count(desk_claim) == 1
    assert case.summary()["version"] == (await office.rows(view_case))[0]["version"]
    assert await children(office).take_in(opened(ADA)), "the key outlived the tables, and serves"
    assert await children(office).near(ADA) == {"k-ada": ADA}
