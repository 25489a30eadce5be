"""The log of one child process: its whole output, and what may be read off it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

FULL = 10 * 2**20  # bytes; then the file becomes `<name>.log.1` at the next start


class ChildLog:
    """A file the child writes by itself, so that it can go on writing when we are busy or gone."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._from = 0

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """For one start of the child; what is read below is only what it wrote since."""
        if self.path.exists() and self.path.stat().st_size > FULL:
            self.path.replace(self.path.with_suffix(".log.1"))
        with self.path.open("ab") as output:
            self._from = output.tell()
            yield output

    def says_ready(self) -> bool:
        return any(_is_ready(line) for line in self._lines())

    def last_words(self) -> str:
        spoken = [line for line in self._lines() if line.strip()]
        return spoken[-1].strip()[:500] if spoken else "It said nothing."

    def _lines(self) -> list[str]:
        with self.path.open("rb") as output:
            output.seek(self._from)
            return output.read().decode(errors="replace").splitlines()


def _is_ready(line: str) -> bool:
    if line.strip() == "ready":
        return True
    with suppress(ValueError):
        said = json.loads(line)
        return isinstance(said, dict) and said.get("event") == "ready"
    return False
