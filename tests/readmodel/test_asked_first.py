"""Who a child is, asked of both databases: asked first, settled once, told in codes."""

import asyncio
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gateway.answers import Busy, CaseTold, ChildHasOpenCase, ProbableMatch
from gateway.matching import TRIES, Asker, Matching
from gateway.opening import made_ready
from gateway.records import Records
from gateway.viewing import may_see_case
from gateway.who import Who, who_in
from readmodel import matching as pure
from readmodel.children import Children
from readmodel.claims import Claim, claim
from readmodel.desks import desk_child, desk_child_answer, desk_child_look, desk_claim
from readmodel.directory import Listed, put_people
from readmodel.identity import Identity
from readmodel.reference import new_reference
from statemodel import Case, Desk, Role
from statemodel.commands import IdentifyNeed
from tests import builders as b
from tests.readmodel.office import NOW, Office
from wire import Invalid

ADA = {"child": "k-1", "name": "Ada Byron", "born_on": "2015-03-04", "postcode": "NS1 1AA"}
TWIN = {**ADA, "child": "k-2", "name": "Leo Byron"}
AGAIN = {**ADA, "child": "k-9", "name": "Byron, Ada"}
HUB = Desk(Role.COORDINATOR, b.AUTHORITY)


def who(*identities: dict[str, Any], **answers: str) -> Who:
    """Identities, and by child known already what was said of it: "same", or why not."""
    said = [
        {"child": child.replace("_", "-"), "answer": "same"}
        if told == "same"
        else {"child": child.replace("_", "-"), "answer": "dismissed", "reason": told}
        for child, told in answers.items()
    ]
    return who_in({"identities": list(identities), "matches": said})[1]


def asks(asked: Who, **changes: Any) -> IdentifyNeed:
    return b.identify(children=tuple(one.child for one in asked.identities), **changes)


class Desks:
    """Opens cases as far as their claim, for whoever is named."""

    def __init__(self, office: Office, by: str = "p-ana") -> None:
        self.office, self.by = office, by
        self.question = Matching(office.store, office.vault, b.AUTHORITY, Asker(by, NOW))

    def case(self, case_id: str) -> Case:
        return b.a_case(id=case_id)

    async def ready(self, case_id: str, asked: Who, **changes: Any) -> tuple[str, ...]:
        """Return the children of the case once it is claimed."""
        records, command = Records(self.office.store), asks(asked, **changes)
        done = await made_ready(records, self.question, self.case(case_id), command, asked)
        return done.children


@pytest.fixture
async def desks(office: Office) -> Desks:
    await put_people(office.store, [Listed(one, one.id) for one in b.PEOPLE])
    return Desks(office)


async def test_a_new_child_is_claimed_and_found_by_the_next(desks: Desks) -> None:
    assert await desks.ready("c1", who(ADA)) == ("k-1",)
    with pytest.raises(ProbableMatch) as caught:
        await desks.ready("c2", who(AGAIN))
    (match,) = caught.value.matches
    assert (match.child, match.of) == ("k-1", "k-9")
    assert set(match.agrees) == {pure.Agrees.NAME, pure.Agrees.BIRTH_DATE, pure.Agrees.POSTCODE}
    assert [one.case_id for one in match.cases] == ["c1"]
    assert "Byron" not in str(caught.value)
    assert await desks.office.count(desk_claim) == 1


async def test_twins_are_opened_together_and_neither_is_taken_for_the_other(desks: Desks) -> None:
    assert await desks.ready("c1", who(ADA, TWIN)) == ("k-1", "k-2")
    assert await desks.office.count(desk_child) == 2


async def test_a_twin_who_comes_later_is_nobodys_match(desks: Desks) -> None:
    await desks.ready("c1", who(ADA))
    assert await desks.ready("c2", who(TWIN)) == ("k-2",)


async def test_dismissed_with_a_reason_that_only_the_childs_key_opens(desks: Desks) -> None:
    await desks.ready("c1", who(ADA))
    assert await desks.ready("c2", who(AGAIN, k_1="A cousin")) == ("k-9",)
    [row] = await desks.office.rows(desk_child_answer)
    assert row["reason"] is not None
    assert b"cousin" not in row["reason"]
    kept = Children(desks.office.store, desks.office.vault, b.AUTHORITY)
    assert await kept.reason("c2", "k-9", "k-1") == "A cousin"


async def test_the_same_child_goes_by_its_known_id_and_what_is_kept_of_it_stays(
    desks: Desks,
) -> None:
    await desks.ready("c1", who(ADA))
    moved = {**AGAIN, "postcode": "NS9 9ZZ"}
    with pytest.raises(ChildHasOpenCase) as caught:
        await desks.ready("c2", who(moved, k_1="same"))
    assert [one.case_id for one in caught.value.cases] == ["c1"]
    assert await desks.office.count(desk_child_answer) == 0, "nothing is left of what was not done"
    done = await desks.ready("c2", who(moved, k_1="same"), because="With its father now")
    assert done == ("k-1",)
    kept = Children(desks.office.store, desks.office.vault, b.AUTHORITY)
    assert (await kept.known(["k-1"]))["k-1"].postcode == "NS1 1AA"


async def test_one_child_dismissed_and_another_the_same(desks: Desks) -> None:
    await desks.ready("c1", who(ADA))
    await desks.ready("c2", who({**ADA, "child": "k-2"}, k_1="A cousin"))
    asked = who(AGAIN, k_1="same", k_2="Her cousin")
    assert await desks.ready("c3", asked, because="Another plan") == ("k-1",)
    rows = await desks.office.rows(desk_child_answer)
    told = {(row["child"], row["match"], row["answer"]) for row in rows if row["case_id"] == "c3"}
    assert told == {("k-9", "k-1", "same"), ("k-1", "k-2", "dismissed")}


async def test_asked_again_after_its_claim_an_opening_is_not_asked_again(desks: Desks) -> None:
    await desks.ready("c1", who(ADA))
    await desks.ready("c2", who(AGAIN, k_1="A cousin"))
    await desks.ready("c3", who({**ADA, "child": "k-3"}, k_1="No", k_9="No"))
    assert await desks.ready("c1", who(ADA)) == ("k-1",), "whom it did not know of then"
    assert await desks.ready("c2", who(AGAIN, k_1="A cousin")) == ("k-9",)
    assert await desks.office.count(desk_claim) == 3


async def test_of_openings_at_once_one_is_claimed_and_the_others_are_told(desks: Desks) -> None:
    asked = [desks.ready(f"c{n}", who({**ADA, "child": f"k-{n}"})) for n in range(4)]
    done = await asyncio.gather(*asked, return_exceptions=True)
    assert sum(isinstance(one, ProbableMatch) for one in done) == 3
    assert await desks.office.count(desk_claim) == await desks.office.count(desk_child) == 1


async def test_where_somebody_is_always_first_it_says_so_in_the_end(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    async def never(opened: object) -> bool:
        tries.append(opened)
        return False

    monkeypatch.setattr(desks.question._children, "take_in", never)
    with pytest.raises(Busy):
        await desks.ready("c1", who(ADA))
    assert len(tries) == TRIES


async def test_each_try_to_open_and_each_search_is_noted_by_who_and_what_was_given(
    desks: Desks,
) -> None:
    await desks.ready("c1", who(ADA, TWIN))
    await Desks(desks.office, "p-jo").question.search(Identity(name="Ada Byron", postcode="NS11AA"))
    first, second = await desks.office.rows(desk_child_look)
    assert (first["purpose"], first["asked"]) == ("opening", ["born_on", "name", "postcode"])
    assert (second["purpose"], second["by_id"]) == ("search", "p-jo")
    assert (second["asked"], second["found"]) == (["name", "postcode"], ["k-1"])


async def test_a_search_by_too_little_is_neither_made_nor_noted(desks: Desks) -> None:
    with pytest.raises(Invalid):
        await desks.question.search(Identity(born_on=date(2015, 3, 4)))
    assert await desks.office.count(desk_child_look) == 0


async def told_to(desks: Desks, by: str) -> CaseTold:
    asked = Identity(name="Ada Byron", born_on=date(2015, 3, 4))
    (match,) = await Desks(desks.office, by).question.search(asked)
    (case,) = match.cases
    return case


async def test_which_case_it_is_is_told_where_the_case_is_and_at_the_authority(
    desks: Desks,
) -> None:
    await desks.ready("c1", who(ADA))
    for by in ("p-ana", "p-head", "p-cat", "p-own"):
        assert (await told_to(desks, by)).case_id == "c1", by
    for by in ("p-sam", "p-solo", "p-gone", "p-nobody"):
        assert await told_to(desks, by) == CaseTold("k-1", ask=HUB), by


async def test_a_case_at_a_desk_is_where_the_desk_is(desks: Desks) -> None:
    await desks.ready("c1", who(ADA))
    await desks.office.recorded("c1")
    held = "UPDATE view_case SET responsible_kind = 'desk', responsible = 'line_manager.a-trust'"
    await desks.office.sql(held)
    assert (await told_to(desks, "p-sam")).case_id == "c1"
    assert (await told_to(desks, "p-ana")).ask == HUB


async def test_who_is_known_by_an_id_alone_is_never_in_the_way(desks: Desks) -> None:
    nobody = Who()
    for case_id in ("c1", "c2"):
        command = b.identify()
        case = desks.case(case_id)
        assert await desks.question.settled(case, command, nobody) == command
        reference = new_reference(case_id.encode().ljust(5, b"0"))
        row = Claim(case_id, b.AUTHORITY, reference, "p-ana", NOW, command.children)
        assert await claim(desks.office.store, row) == row


def test_nobody_the_directory_does_not_know_or_who_has_left_is_told_of_a_case() -> None:
    known = {one.id: one for one in b.PEOPLE}
    assert may_see_case(known["p-ana"], "a-school", b.AUTHORITY)
    assert may_see_case(known["p-cat"], "a-school", b.AUTHORITY)
    assert not may_see_case(known["p-sam"], "a-school", b.AUTHORITY)
    assert not may_see_case(known["p-gone"], "a-school", b.AUTHORITY)
    assert not may_see_case(replace(known["p-ana"], active=False), "a-school", b.AUTHORITY)
    assert not may_see_case(None, "", b.AUTHORITY)
