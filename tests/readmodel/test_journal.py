"""What is acknowledged is in the journal once, in order, and nothing that contradicts it is."""

from readmodel.journal import read_entries
from tests.readmodel.office import Office


async def test_what_was_recorded_can_be_read_as_it_was(office: Office) -> None:
    case = await office.recorded()
    assert await read_entries(office.store, office.vault, "c1") == [
        item["entry"] for item in case.batch()
    ]
