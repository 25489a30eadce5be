"""Refused attempts are kept, counted when they flood, and sealed like what was accepted."""

from datetime import timedelta

import pytest

from readmodel import claims
from readmodel.claims import Claim
from readmodel.desks import desk_attempts_left_out, desk_unsealed
from readmodel.receipts import MOST_ATTEMPTS, Attempt, attempt_refused
from readmodel.sealer import seal, sign_heads
from readmodel.tables import record_attempt, record_head, record_seal
from readmodel.verify import verify
from tests.readmodel.office import NOW, Office
from tests.readmodel.test_verify import faults, tamper

REFUSED = Attempt(NOW, "p-jo", "c1", "close_case", ("not_from_here",))


@pytest.mark.proves("I45")
async def test_refused_attempts_are_kept_and_a_flood_of_them_is_counted(office: Office) -> None:
    kept = [await attempt_refused(office.store, REFUSED) for _ in range(MOST_ATTEMPTS + 3)]
    assert kept.count(True) == MOST_ATTEMPTS
    rows = await office.rows(record_attempt)
    assert [row["number"] for row in rows] == list(range(1, MOST_ATTEMPTS + 1))
    assert (rows[0]["by_id"], rows[0]["codes"]) == ("p-jo", ["not_from_here"])
    [left_out] = await office.rows(desk_attempts_left_out)
    assert left_out["number"] == 3
    another = Attempt(NOW + timedelta(hours=1), "p-jo", "c1", "close_case", ())
    assert await attempt_refused(office.store, another)


async def test_an_attempt_is_its_cases_authoritys_and_nobodys_where_there_is_no_case(
    office: Office,
) -> None:
    await office.recorded("c1")
    await claims.claim(office.store, Claim("c2", "southshire", "00000000", "p-ana", NOW))
    for case_id in ("c1", "c2", "c3"):
        await attempt_refused(office.store, Attempt(NOW, "p-jo", case_id, "close_case", ()))
    found = {row["case_id"]: row["authority"] for row in await office.rows(record_attempt)}
    assert found == {"c1": "northshire", "c2": "southshire", "c3": ""}


async def sealed(office: Office) -> None:
    """Three entries and three refused attempts of one case, all sealed, with the day's heads."""
    await office.recorded()
    for _ in range(3):
        await attempt_refused(office.store, REFUSED)
    assert (await verify(office.store, office.vault)).waiting == 6
    assert await seal(office.store, NOW) == 6
    assert await sign_heads(office.store, office.vault, NOW + timedelta(days=1)) == 2


@pytest.mark.proves("I45")
async def test_attempts_have_a_gapless_order_and_heads_of_their_own(office: Office) -> None:
    await sealed(office)
    rows = await office.rows(record_seal)
    found = {(row["series"], row["position"]) for row in rows}
    assert found == {(name, n) for name in ("entry", "attempt") for n in (1, 2, 3)}
    assert {row["series"] for row in await office.rows(record_head)} == {"entry", "attempt"}
    assert await office.count(desk_unsealed) == 0
    report = await verify(office.store, office.vault)
    assert (report.attempts, report.waiting, report.faults) == (3, 0, ())


@pytest.mark.proves("I45")
@pytest.mark.parametrize(
    ("statement", "found"),
    [
        pytest.param(
            "UPDATE record_attempt SET by_id = 'p-eve' WHERE number = 2",
            {("attempt/c1/2", "altered")},
            id="edit_who",
        ),
        pytest.param(
            "UPDATE record_attempt SET digest = 'x' WHERE number = 2",
            {("attempt/c1/2", "altered"), ("attempt/c1/2", "sealed_otherwise")},
            id="edit_a_digest",
        ),
        pytest.param(
            "DELETE FROM record_attempt WHERE number = 2",
            {("attempt/c1/2", "sealed_but_gone")},
            id="delete",
        ),
        pytest.param(
            "INSERT INTO record_attempt SELECT case_id, 9, authority, at_utc, by_id, kind, codes,"
            " digest FROM record_attempt WHERE number = 1",
            {("attempt/c1/9", "altered"), ("attempt/c1/9", "never_sealed")},
            id="insert",
        ),
        pytest.param(
            "DELETE FROM record_seal WHERE series = 'attempt' AND position = 3",
            {("attempt/c1/3", "never_sealed"), ("attempt/head/2026-01-05", "truncated")},
            id="truncate_the_seals",
        ),
    ],
)
async def test_what_is_done_to_attempts_is_found(
    office: Office, statement: str, found: set[tuple[str, str]]
) -> None:
    await sealed(office)
    await tamper(office, statement)
    assert await faults(office) == found
