"""A case's key: made once, never in clear, served through an outage, and destroyed for good."""

from pathlib import Path

import pytest

from readmodel.bodies import seal_entry
from readmodel.desks import desk_case_key
from readmodel.engine import Store, StoreUnavailable
from readmodel.erasure import erase
from readmodel.journal import read_entries
from readmodel.tables import record_body, record_entry
from readmodel.vault import (
    NoKey,
    Unreadable,
    Vault,
    WrongMasterKey,
    load_master_key,
    make_master_key,
)
from tests.readmodel.office import MASTER, NOW, Office, outage


class Seconds:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


def vault(store: Store, seconds: Seconds) -> Vault:
    return Vault(MASTER, store, seconds)


async def test_a_key_is_made_once_and_found_by_every_process(office: Office) -> None:
    made = await office.vault.make("c1")
    assert await office.vault.make("c1") == made
    assert await Vault(MASTER, office.store).get("c1") == made
    assert await office.vault.make("c2") != made
    assert await office.vault.get("c3") is None


async def test_many_keys_are_fetched_at_once_and_those_there_are_not_are_left_out(
    office: Office, seconds: Seconds
) -> None:
    made = {name: await office.vault.make(name) for name in ("c1", "c2", "c3")}
    await office.vault.destroy("c3")
    fresh = vault(office.store, seconds)
    assert await fresh.get("c1") == made["c1"]
    found = await fresh.get_all(["c1", "c2", "c3", "c4"])
    assert found == {"c1": made["c1"], "c2": made["c2"]}
    assert await fresh.get_all([]) == {}
    await office.sql("DELETE FROM desk_case_key")
    assert await fresh.get_all(["c1", "c2"]) == found, "known ones are not asked for again"


async def test_keys_are_stored_wrapped_and_never_shown(office: Office) -> None:
    made = await office.vault.make("c1")
    [row] = await office.rows(desk_case_key)
    assert made.key not in row["wrapped"]
    assert bytes.fromhex(made.secret) not in row["wrapped"]
    assert made.secret not in repr(made)
    assert repr(made.key) not in repr(made)


async def test_another_master_key_is_told_at_once(office: Office) -> None:
    await office.vault.make("c1")
    with pytest.raises(WrongMasterKey, match="does not belong"):
        await Vault(b"x" * 32, office.store).get("c1")


async def test_what_is_sealed_opens_only_with_its_key_at_its_place(office: Office) -> None:
    one, other = await office.vault.make("c1"), await office.vault.make("c2")
    sealed = Vault.seal(one, b"words", b"c1:1")
    assert Vault.open(one, sealed, b"c1:1") == b"words"
    assert Vault.seal(one, b"words", b"c1:1") != sealed, "never twice the same"
    flipped = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for key, body, place in [
        (other, sealed, b"c1:1"),
        (one, sealed, b"c1:2"),
        (one, flipped, b"c1:1"),
        (one, sealed[:20], b"c1:1"),
        (one, b"", b"c1:1"),
        (one, b"\x02" + sealed[1:], b"c1:1"),
    ]:
        with pytest.raises(Unreadable) as caught:
            Vault.open(key, body, place)
        assert "words" not in str(caught.value)


async def test_a_known_key_serves_through_an_outage_and_an_unknown_one_says_so(
    office: Office, seconds: Seconds, url: str
) -> None:
    known = vault(office.store, seconds)
    made = await known.make("c1")
    async with outage(office.store, url):
        for seconds.now in (1, 31, 1000):
            assert await known.get("c1") == made
        with pytest.raises(StoreUnavailable):
            await known.get("c2")
        with pytest.raises(StoreUnavailable):
            await vault(office.store, seconds).get("c1")
    assert await known.get("c2") is None


async def test_a_key_destroyed_during_an_outage_is_forgotten_soon_after_it(
    office: Office, seconds: Seconds, url: str
) -> None:
    known = vault(office.store, seconds)
    await known.make("c1")
    seconds.now = 31
    async with outage(office.store, url):
        assert await known.get("c1") is not None
    await office.vault.destroy("c1")
    seconds.now = 36
    assert await known.get("c1") is None


async def test_a_destroyed_key_is_gone_here_at_once_and_elsewhere_within_half_a_minute(
    office: Office, seconds: Seconds
) -> None:
    elsewhere = vault(office.store, seconds)
    await office.vault.make("c1")
    assert await elsewhere.get("c1") is not None
    await office.vault.destroy("c1")
    assert await office.vault.get("c1") is None
    seconds.now = 30
    assert await elsewhere.get("c1") is None


async def test_a_destroyed_key_is_never_made_again(office: Office) -> None:
    await office.vault.make("c1")
    await office.vault.destroy("c1")
    await office.vault.destroy("c1")
    with pytest.raises(NoKey):
        await office.vault.make("c1")
    assert [row["wrapped"] for row in await office.rows(desk_case_key)] == [None]


async def test_an_erasure_takes_the_bodies_and_leaves_the_digests(office: Office) -> None:
    case = await office.recorded("c1")
    await office.recorded("c2")
    for _ in range(2):
        await erase(office.store, office.vault, "c1", "order-7", NOW)
    assert {row["case_id"] for row in await office.rows(record_body)} == {"c2"}
    digests = [row["digest"] for row in await office.rows(record_entry)][:3]
    assert digests == [entry.digest for entry in case.entries]
    with pytest.raises(NoKey):
        await read_entries(office.store, office.vault, "c1")
    assert len(await read_entries(office.store, office.vault, "c2")) == 3


async def test_a_body_from_a_backup_stays_shut_once_the_key_is_destroyed(office: Office) -> None:
    case = await office.recorded()
    key = await office.vault.make("c1")
    backup = seal_entry(key, "northshire", case.batch()[0]["entry"])
    await erase(office.store, office.vault, "c1", "order-7", NOW)
    assert b"p-ana" not in backup
    assert await Vault(MASTER, office.store).get("c1") is None


def test_a_master_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "master.key"
    made = make_master_key(file)
    assert load_master_key(file) == made
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        make_master_key(file)
    assert load_master_key(file) == made


def test_a_master_key_file_that_cannot_be_trusted_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "master.key"
    with pytest.raises(WrongMasterKey, match="no master key file"):
        load_master_key(file)
    make_master_key(file)
    file.chmod(0o640)
    with pytest.raises(WrongMasterKey, match="chmod 600"):
        load_master_key(file)
    file.chmod(0o600)
    for wrong in ("abc", "CANARY is no key", "00" * 16):
        file.write_text(wrong)
        with pytest.raises(WrongMasterKey) as caught:
            load_master_key(file)
        assert wrong not in str(caught.value)


def test_a_master_key_of_another_length_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongMasterKey, match="32 bytes"):
        Vault(b"short", None)  # type: ignore[arg-type] # it never gets as far
