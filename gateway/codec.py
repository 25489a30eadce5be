"""Payloads under a key per case: encrypted on the way in, and never an exception on the way out."""

from collections.abc import Sequence
from typing import Self

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from google.protobuf.message import DecodeError
from temporalio.api.common.v1 import Payload
from temporalio.converter import (
    PayloadCodec,
    SerializationContext,
    WithSerializationContext,
)

from readmodel.vault import CaseKey, NoKey, Unreadable, Vault

ENCODING, KEY = "encoding", "baton-key"
ENCRYPTED = b"binary/encrypted"
HOUSE = "house"
UNREADABLE = Payload(metadata={ENCODING: b"json/plain"}, data=b'{"unreadable":true}')


def house_key(master: bytes) -> CaseKey:
    """Return the installation's own key: for posts and spools, which hold ids and codes only."""
    both = HKDF(SHA256(), 64, salt=None, info=b"baton house").derive(master)
    return CaseKey(both[:32], both[32:].hex())


def key_name(workflow_id: str) -> str:
    """Return whose key a workflow's payloads are under: its case's, else the installation's."""
    case, dot, episode = workflow_id.partition(".")
    return case if dot and episode.isdecimal() else HOUSE


class CaseCodec(PayloadCodec, WithSerializationContext):
    """AES-256-GCM under the case's key, bound to it; what cannot be read becomes `unreadable`.

    A store that is down while a key is not yet cached is the world's error, and raised; an altered,
    foreign or clear payload is not: its command is refused and the case goes on (decision 14).
    """

    def __init__(self, vault: Vault, house: CaseKey, name: str = HOUSE) -> None:
        self._vault, self._house, self._name = vault, house, name

    def with_context(self, context: SerializationContext) -> Self:
        return self.for_workflow(getattr(context, "workflow_id", None) or "")

    def for_workflow(self, workflow_id: str) -> Self:
        """Return the codec of one workflow's payloads."""
        return type(self)(self._vault, self._house, key_name(workflow_id))

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        key = await self._key(self._name)
        if key is None:
            raise NoKey("the key of this case was destroyed, or never made")
        return [_sealed(payload, self._name, key) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [await self._opened(payload) for payload in payloads]

    async def _opened(self, payload: Payload) -> Payload:
        name = payload.metadata.get(KEY, b"").decode("ascii", "replace")
        if payload.metadata.get(ENCODING) != ENCRYPTED or name != self._name:
            return UNREADABLE
        key = await self._key(name)
        if key is None:
            return UNREADABLE
        try:
            return Payload.FromString(Vault.open(key, payload.data, name.encode()))
        except (Unreadable, DecodeError):
            return UNREADABLE

    async def _key(self, name: str) -> CaseKey | None:
        return self._house if name == HOUSE else await self._vault.get(name)


def _sealed(payload: Payload, name: str, key: CaseKey) -> Payload:
    data = Vault.seal(key, payload.SerializeToString(), name.encode())
    return Payload(metadata={ENCODING: ENCRYPTED, KEY: name.encode()}, data=data)
