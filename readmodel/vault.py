"""The vault: one key and one secret a case, wrapped by the machine's master key.

Destroying a case's key makes every body of it unreadable, here and in every backup (decision 25).
"""

import asyncio
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import (
    InvalidUnwrap,
    aes_key_unwrap,
    aes_key_wrap,
)
from sqlalchemy import select

from readmodel.desks import desk_case_key, desk_epoch
from readmodel.engine import Store, insert
from readmodel.faults import StoreUnavailable

KEY, NONCE = 32, 12  # bytes
POLL, SOON = 30.0, 5.0  # seconds between looks for destroyed keys; after a look that failed
FORM = b"\x01"  # AES-256-GCM: form, nonce, ciphertext with tag
KEPT = 50_000
RESTORE = "restore the right file, or name it (BATON_MASTER_KEY_FILE)"


class Unreadable(Exception):
    """Sealed under another key, for another place, or altered; the text never quotes it."""


class NoKey(Exception):
    """The case has no key: never made, or destroyed by an erasure order."""


class WrongMasterKey(Exception):
    """The master key is not the one that the store's keys were wrapped with."""


@dataclass(frozen=True, slots=True)
class CaseKey:
    """One case's encryption key (32 bytes) and the secret of its chain; neither is ever shown."""

    key: bytes = field(repr=False)
    secret: str = field(repr=False)


class Vault:
    """Keys by case, cached in this process so that a store outage stops nobody who is at work.

    `clock` gives seconds that only go forward; the event loop's own by default.
    """

    def __init__(
        self, master: bytes, store: Store, clock: Callable[[], float] | None = None
    ) -> None:
        if len(master) != KEY:
            raise WrongMasterKey(f"a master key has {KEY} bytes")
        self._master = master
        self._store = store
        self._clock = clock or (lambda: asyncio.get_running_loop().time())
        self._cache: dict[str, CaseKey] = {}
        self._epoch = 0
        self._polled: float | None = None

    async def make(self, case_id: str) -> CaseKey:
        """Return the case's key, made and stored if there is none; NoKey once it is destroyed."""
        fresh = os.urandom(2 * KEY)
        row = {"case_id": case_id, "wrapped": aes_key_wrap(self._master, fresh)}
        async with self._store.writing() as connection:
            new = insert(desk_case_key, self._store.dialect).values(row)
            await connection.execute(new.on_conflict_do_nothing())
        made = await self.get(case_id)
        if made is None:
            raise NoKey("the key of this case has been destroyed")
        return made

    async def get(self, case_id: str) -> CaseKey | None:
        """Return the case's key; None if never made, or destroyed (noticed within 30 s)."""
        return (await self.get_all((case_id,))).get(case_id)

    async def get_all(self, case_ids: Sequence[str]) -> dict[str, CaseKey]:
        """Return the keys there are, by case, with one question for those not known yet."""
        await self._forget_what_was_destroyed()
        known = {one: self._cache[one] for one in case_ids if one in self._cache}
        missing = [one for one in case_ids if one not in known]
        found = await self._load(missing) if missing else {}
        self._cache |= found
        while len(self._cache) > KEPT:
            del self._cache[next(iter(self._cache))]
        return known | found

    async def destroy(self, case_id: str) -> None:
        """Destroy the case's key for good; other processes forget it within 30 s."""
        async with self._store.writing() as connection:
            gone = insert(desk_case_key, self._store.dialect).values(case_id=case_id, wrapped=None)
            await connection.execute(
                gone.on_conflict_do_update(index_elements=["case_id"], set_={"wrapped": None})
            )
            first = insert(desk_epoch, self._store.dialect).values(name="erasure", number=1)
            await connection.execute(
                first.on_conflict_do_update(
                    index_elements=["name"], set_={"number": desk_epoch.c.number + 1}
                )
            )
        self._cache.pop(case_id, None)

    @staticmethod
    def seal(case_key: CaseKey, data: bytes, aad: bytes) -> bytes:
        """Encrypt for one case and one place in it, which `aad` names."""
        nonce = os.urandom(NONCE)
        return FORM + nonce + AESGCM(case_key.key).encrypt(nonce, data, aad)

    @staticmethod
    def open(case_key: CaseKey, sealed: bytes, aad: bytes) -> bytes:
        """Decrypt; raises Unreadable for another key, another place or any change."""
        if sealed[:1] != FORM or len(sealed) < 1 + NONCE + 16:
            raise Unreadable("not sealed by this vault")
        try:
            return AESGCM(case_key.key).decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], aad)
        except InvalidTag as error:
            raise Unreadable("sealed under another key or for another place") from error

    @property
    def signing_key(self) -> bytes:
        """The key that daily heads are signed with; whoever holds the store alone lacks it."""
        return HKDF(SHA256(), KEY, salt=None, info=b"baton daily head").derive(self._master)

    @property
    def index_key(self) -> bytes:
        """The key under which children are found: without it a token tells nobody a name."""
        return HKDF(SHA256(), KEY, salt=None, info=b"baton child index").derive(self._master)

    @property
    def signing_key_id(self) -> str:
        return sha256(self.signing_key).hexdigest()[:16]

    async def _forget_what_was_destroyed(self) -> None:
        now = self._clock()
        if self._polled is not None and now - self._polled < POLL:
            return
        question = select(desk_epoch.c.number).where(desk_epoch.c.name == "erasure")
        try:
            async with self._store.reading() as connection:
                epoch = (await connection.execute(question)).scalar() or 0
        except StoreUnavailable as error:
            if not self._cache:
                raise error from None
            self._polled = now - POLL + SOON
            return  # what is cached serves on through the outage
        self._polled = now
        if epoch != self._epoch:
            self._cache.clear()
            self._epoch = epoch

    async def _load(self, case_ids: Sequence[str]) -> dict[str, CaseKey]:
        table = desk_case_key.c
        question = select(table.case_id, table.wrapped).where(table.case_id.in_(case_ids))
        async with self._store.reading() as connection:
            rows = (await connection.execute(question)).all()
        return {row.case_id: _unwrapped(self._master, row.wrapped) for row in rows if row.wrapped}


def _unwrapped(master: bytes, wrapped: bytes) -> CaseKey:
    try:
        both = aes_key_unwrap(master, wrapped)
    except InvalidUnwrap as error:
        raise WrongMasterKey(
            f"the master key file does not belong to this store: {RESTORE}"
        ) from error
    return CaseKey(both[:KEY], both[KEY:].hex())


def make_master_key(path: Path) -> bytes:
    """Write a new master key, readable by its owner alone; an existing one is never replaced."""
    key = os.urandom(KEY)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(key.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return key


def load_master_key(path: Path) -> bytes:
    """Read a master key; raises WrongMasterKey when it is no key or others may read it."""
    try:
        mode, text = path.stat().st_mode, path.read_text("ascii")
        key = bytes.fromhex(text.strip())
    except FileNotFoundError as error:
        raise WrongMasterKey(
            f"there is no master key file {path}. A folder without Baton data gets one with "
            f"`baton up --data {path.parent}`; a lost one must be restored (BATON_MASTER_KEY_FILE)"
        ) from error
    except (OSError, ValueError) as error:
        raise WrongMasterKey(f"{path} cannot be read as a master key: {RESTORE}") from error
    if mode & 0o077:
        raise WrongMasterKey(f"the master key may be read by others: chmod 600 {path}")
    if len(key) != KEY:
        raise WrongMasterKey(f"{path} does not hold the {KEY} bytes of a master key: {RESTORE}")
    return key
