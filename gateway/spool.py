"""Where a concern waits, encrypted and fsynced, while store or engine are down (decision 15)."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from readmodel.vault import CaseKey, Vault

ENDING = ".concern"


class Spool:
    """One folder; each file is one concern under the installation's key, named by its receipt."""

    def __init__(self, folder: Path, key: CaseKey) -> None:
        self._folder, self._key = folder, key

    def put(self, receipt: str, document: dict[str, Any]) -> None:
        """Write it and wait for the disk; asked twice with one receipt, it is kept once."""
        self._folder.mkdir(parents=True, exist_ok=True)
        sealed = Vault.seal(self._key, json.dumps(document).encode(), receipt.encode())
        draft = self._folder / f"{receipt}.draft"
        with draft.open("wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._folder / f"{receipt}{ENDING}")
        self._sync_folder()

    def waiting(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield each receipt with its document, oldest first."""
        if not self._folder.is_dir():
            return
        files = sorted(self._folder.glob(f"*{ENDING}"), key=lambda file: file.stat().st_mtime_ns)
        for file in files:
            receipt = file.name.removesuffix(ENDING)
            yield receipt, json.loads(Vault.open(self._key, file.read_bytes(), receipt.encode()))

    def delivered(self, receipt: str) -> None:
        (self._folder / f"{receipt}{ENDING}").unlink(missing_ok=True)

    def set_aside(self, receipt: str) -> None:
        """No such case: keep it where a person will look, never throw it away."""
        aside = self._folder / "nowhere-to-go"
        aside.mkdir(exist_ok=True)
        (self._folder / f"{receipt}{ENDING}").replace(aside / f"{receipt}{ENDING}")

    def _sync_folder(self) -> None:
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
