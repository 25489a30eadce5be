"""Where a concern waits, encrypted and fsynced, while store or engine are down (decision 15)."""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from readmodel.vault import CaseKey, Unreadable, Vault

ENDING, ASIDE = ".concern", "nowhere-to-go"


@dataclass(frozen=True, slots=True)
class SpoolState:
    """What waits on disk: `aside` is what nobody can deliver without a person."""

    waiting: int
    oldest: datetime | None
    aside: int


class Spool:
    """One folder; each file is one concern under the installation's key, named by its receipt."""

    def __init__(self, folder: Path, key: CaseKey) -> None:
        self._folder, self._key = folder, key

    def put(self, receipt: str, document: dict[str, Any]) -> None:
        """Write it and wait for the disk; asked twice with one receipt, it is kept once."""
        self._folder.mkdir(parents=True, exist_ok=True)
        if self._file(receipt).exists():
            return
        sealed = Vault.seal(self._key, json.dumps(document).encode(), receipt.encode())
        draft = self._folder / f"{receipt}.draft"
        with draft.open("wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._file(receipt))
        self._sync_folder()

    def waiting(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield each receipt with its document, oldest first; what can't be read is set aside."""
        for file in _oldest_first(self._folder):
            receipt = file.name.removesuffix(ENDING)
            try:
                text = Vault.open(self._key, file.read_bytes(), receipt.encode())
            except FileNotFoundError:
                continue  # another process has delivered it
            except Unreadable:
                self.set_aside(receipt)
                continue
            yield receipt, json.loads(text)

    def delivered(self, receipt: str) -> None:
        self._file(receipt).unlink(missing_ok=True)

    def set_aside(self, receipt: str) -> None:
        """No such case, or unreadable: keep it where a person looks, never throw it away."""
        aside = self._folder / ASIDE
        aside.mkdir(exist_ok=True)
        with suppress(FileNotFoundError):
            self._file(receipt).replace(aside / f"{receipt}{ENDING}")

    def state(self) -> SpoolState:
        return state_of(self._folder)

    def _file(self, receipt: str) -> Path:
        return self._folder / f"{receipt}{ENDING}"

    def _sync_folder(self) -> None:
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def state_of(folder: Path) -> SpoolState:
    """Return how many wait, since when the oldest has, how many need a person; no key needed."""
    waiting = _oldest_first(folder)
    oldest = datetime.fromtimestamp(waiting[0].stat().st_mtime, UTC) if waiting else None
    return SpoolState(len(waiting), oldest, len(_oldest_first(folder / ASIDE)))


def _oldest_first(folder: Path) -> list[Path]:
    found = [(file.stat().st_mtime_ns, file) for file in folder.glob(f"*{ENDING}")]
    return [file for _, file in sorted(found)]
