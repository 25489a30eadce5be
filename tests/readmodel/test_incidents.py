"""An incident is written once while it is open, and anew when it comes back once settled."""

from datetime import timedelta

from readmodel.desks import desk_incident
from readmodel.incidents import IncidentKind, Settled, settle
from tests.builders import MONDAY
from tests.readmodel.office import NOW, Kept, Office

LATER = NOW + timedelta(hours=1)
LOOKED = Settled("p-cat", NOW, "The engine was restored from Sunday's copy")


async def forked(office: Office) -> Kept:
    """A case in the journal, and the same case as another run has it."""
    case = await office.recorded()
    fork = Kept("c1", case.secret, MONDAY + timedelta(hours=1))
    fork.proposed()
    return fork


async def test_the_same_divergence_is_one_incident_until_it_is_settled(office: Office) -> None:
    fork = await forked(office)
    for now in (NOW, LATER):
        await office.record(fork, now=now)
    [incident] = await office.rows(desk_incident)
    assert (incident["at"], incident["settled_at"]) == (NOW, None)


async def test_who_looked_and_why_it_is_settled_is_kept(office: Office) -> None:
    await office.record(await forked(office))
    assert await settle(office.store, "c1", IncidentKind.DIVERGED, LOOKED) == 1
    assert await settle(office.store, "c1", IncidentKind.DIVERGED, LOOKED) == 0
    [incident] = await office.rows(desk_incident)
    told = (incident["settled_by"], incident["settled_at"], incident["settled_because"])
    assert told == (LOOKED.by, LOOKED.at, LOOKED.because)


async def test_a_divergence_that_comes_back_after_settling_is_an_incident_of_its_own(
    office: Office,
) -> None:
    fork = await forked(office)
    for number in (1, 2, 3):
        for _ in range(2):
            await office.record(fork, now=LATER)
        rows = await office.rows(desk_incident)
        assert (len(rows), [row["settled_at"] for row in rows].count(None)) == (number, 1)
        await settle(office.store, "c1", IncidentKind.DIVERGED, LOOKED)


async def test_settling_leaves_other_cases_and_other_kinds_open(office: Office) -> None:
    await office.record(await forked(office))
    assert await settle(office.store, "c2", IncidentKind.DIVERGED, LOOKED) == 0
    assert await settle(office.store, "c1", IncidentKind.PROJECTION_BEHIND, LOOKED) == 0
    [incident] = await office.rows(desk_incident)
    assert incident["settled_at"] is None
