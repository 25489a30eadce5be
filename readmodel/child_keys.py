"""What a child's particulars are sealed and found under: a key a child, and one keyed index."""

import hmac
from collections.abc import Sequence

from readmodel.vault import Vault
from statemodel.plain import canonical

LENGTH = 32  # hexadecimal digits of a token: 128 bits


class ChildKeys:
    """The keys of one authority's children; nothing sealed for one place opens at another."""

    def __init__(self, vault: Vault, authority: str) -> None:
        self._vault, self._authority, self._index = vault, authority, vault.index_key

    def hashed(self, word: str) -> str:
        """Return a word as the index keeps it: another in each authority, and never undone."""
        said = canonical([self._authority, word])
        return hmac.new(self._index, said, "sha256").hexdigest()[:LENGTH]

    async def sealed(self, data: bytes, child: str, match: str = "") -> bytes:
        """Encrypt for a child, making its key if it has none; `match`: beside another child."""
        key = await self._vault.make(self._place(child))
        return Vault.seal(key, data, self._place(child, match).encode())

    async def opened(self, data: bytes | None, child: str, match: str = "") -> bytes | None:
        """Decrypt; None once the child's key was destroyed."""
        key = await self._vault.get(self._place(child))
        if key is None or data is None:
            return None
        return Vault.open(key, data, self._place(child, match).encode())

    async def know(self, children: Sequence[str]) -> None:
        """Fetch the keys of many children at once; what is opened next asks for none of them."""
        await self._vault.get_all([self._place(child) for child in children])

    async def destroy(self, child: str) -> None:
        await self._vault.destroy(self._place(child))

    def _place(self, child: str, match: str = "") -> str:
        return f"{self._authority}/child:{child}" + (f"/not:{match}" if match else "")
