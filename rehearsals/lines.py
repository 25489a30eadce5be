"""Where each key of a TOML file stands, so that what is wrong can be told by its line."""

import re
from collections import Counter
from collections.abc import Iterator

Path = tuple[str | int, ...]

HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]")
WORD = r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'"""
KEY = re.compile(rf"\s*((?:{WORD})(?:\s*\.\s*(?:{WORD}))*)\s*=")
PIECES = re.compile(r'"""|\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*|[\[\]{}]|\\.|.', re.DOTALL)


class Lines:
    """Lines by path, counted from 1; what stands inside a line is told by that line."""

    def __init__(self, text: str) -> None:
        self._found: dict[Path, int] = {}
        self._tables: Counter[Path] = Counter()
        self._read(text)

    def of(self, path: Path) -> int:
        """Return the line of a path, or of the nearest thing around it; 1 for the whole file."""
        while path:
            if path in self._found:
                return self._found[path]
            path = path[:-1]
        return 1

    def _read(self, text: str) -> None:
        table: Path = ()
        for number, line in _beginnings(text):
            header, key = HEADER.match(line), KEY.match(line)
            if header:
                table = self._table(_names(header[2]), several=header[1] == "[[")
                self._found.setdefault(table, number)
            elif key:
                self._note((*table, *_names(key[1])), number, len(table))

    def _note(self, path: Path, number: int, inside: int) -> None:
        for length in range(inside + 1, len(path) + 1):
            self._found.setdefault(path[:length], number)

    def _table(self, names: list[str], *, several: bool) -> Path:
        path: Path = ()
        for name in names[:-1]:
            path = self._newest((*path, name))
        whole = (*path, names[-1])
        if several:
            self._tables[whole] += 1
        return self._newest(whole)

    def _newest(self, path: Path) -> Path:
        return (*path, self._tables[path] - 1) if self._tables[path] else path


def _beginnings(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines on which a key or header may begin: not those inside a longer value."""
    quote, depth = "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        if not quote and not depth:
            yield number, line
            if HEADER.match(line):
                continue
        quote, depth = _after(line, quote, depth)


def _after(line: str, quote: str, depth: int) -> tuple[str, int]:
    """Return the long quote, if any, and the depth of brackets that are open after a line."""
    for piece in PIECES.findall(line):
        if quote:
            quote = "" if piece == quote else quote
        elif piece in {'"""', "'''"}:
            quote = piece
        else:
            depth += (piece in "[{") - (piece in "]}")
    return quote, depth


def _names(dotted: str) -> list[str]:
    return [name.strip("\"'") for name in re.findall(WORD, dotted)]
