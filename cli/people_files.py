"""Directory files as rows: one TOML file, or a folder of people.csv, agencies.csv and so on."""

import csv
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any, Final

from cli.failing import Misused
from cli.output import FORMULAS
from cli.people_forms import columns, required
from readmodel.roll import Part
from rehearsals.lines import Lines

LARGEST: Final = 20 * 1024 * 1024
AT_LINE: Final = re.compile(r"line (\d+)")
HOLDS: Final = ", ".join(f"{part}.csv" for part in Part)


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in one place of a file, not yet understood; `path` is its key in TOML."""

    part: Part
    file: str
    line: int
    values: dict[str, Any]
    path: str = ""
    lines: dict[str, int] = field(default_factory=dict)  # of a column, where it has its own

    def wrong(self, column: str, says: str) -> "Fault":
        line = self.lines.get(column, self.line)
        return Fault(self.file, line, f"{self.path}.{column}".strip("."), says)


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a file cannot be used, and what to write instead; of what it says no more than ids."""

    file: str
    line: int
    where: str
    says: str

    def __str__(self) -> str:
        where = f", {self.where}" if self.where else ""
        return f"{self.file}, line {self.line}{where}: {self.says}"


@dataclass(frozen=True, slots=True)
class Written:
    """The rows of all files, which parts they are about, and what is wrong before any is read."""

    parts: tuple[Part, ...]
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...] = ()


def read_files(place: Path) -> Written:
    """Return what a TOML file or a folder of CSV files holds; raises Misused where none is."""
    if not place.is_dir():
        return _toml(place)
    files = {part: place / f"{part}.csv" for part in Part if (place / f"{part}.csv").is_file()}
    if not files:
        raise Misused(f"{place.name}: holds none of {HOLDS}; name another folder, or a TOML file")
    read = [_csv(part, file) for part, file in files.items()]
    rows = (row for one in read for row in one.rows)
    return Written(tuple(files), tuple(rows), tuple(fault for one in read for fault in one.faults))


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST:
            raise Misused(f"{file.name}: is larger than 20 MiB; name a directory file")
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Misused(f"{file.name}: cannot be read ({error.strerror}); name another") from None
    except UnicodeDecodeError:
        raise Misused(f"{file.name}: is not UTF-8; save it as CSV UTF-8") from None


def _csv(part: Part, file: Path) -> Written:
    reader = csv.reader(StringIO(_text(file), newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        faults = [Fault(file.name, 1, name, says) for name, says in _wrong_with(part, header)]
        if faults:
            return Written((part,), (), tuple(faults))
        return _rows(part, file.name, header, reader)
    except csv.Error as error:
        fault = Fault(file.name, reader.line_num, "", f"is not CSV ({error}); mend the quotes")
        return Written((part,), (), (fault,))


def _wrong_with(part: Part, header: Sequence[str]) -> Iterator[tuple[str, str]]:
    known = columns(part)
    for name in required(part):
        if name not in header:
            yield name, "this column is missing: add it"
    for place, name in enumerate(header):
        if name not in known:
            yield name, f"this column is not known: choose from {', '.join(known)}"
        elif name in header[:place]:
            yield name, "this column stands here twice: remove one"


def _rows(part: Part, file: str, header: Sequence[str], reader: Any) -> Written:
    rows, faults, line = [], [], reader.line_num + 1
    for cells in reader:
        if len(cells) == len(header):
            values = dict(zip(header, map(_cell, cells), strict=True))
            rows.append(Row(part, file, line, values))
        elif cells:
            says = f"has {len(cells)} cells, and the first line {len(header)}: make them as many"
            faults.append(Fault(file, line, "", says))
        line = reader.line_num + 1
    return Written((part,), tuple(rows), tuple(faults))


def _cell(text: str) -> str:
    """The text of a cell; the mark goes that keeps a spreadsheet from running what we wrote."""
    plain = text.strip()
    return plain[1:] if plain[:1] == "'" and plain[1:].startswith(FORMULAS) else plain


def _toml(file: Path) -> Written:
    text = _text(file)
    try:
        document = tomllib.loads(text)
    except ValueError as error:
        at = AT_LINE.search(str(error))
        line = int(at[1]) if at else max(1, len(text.splitlines()))
        fault = Fault(file.name, line, "", f"is not TOML ({error}); mend it")
        return Written((), (), (fault,))
    lines, named = Lines(text), [part for part in Part if part in document]
    strange = [
        Fault(
            file.name, lines.of((name,)), name, f"is not known here: choose from {', '.join(Part)}"
        )
        for name in document
        if name not in named
    ]
    found = [_tables(part, document[part], file.name, lines) for part in named]
    rows = tuple(one for some in found for one in some if isinstance(one, Row))
    faults = (one for some in found for one in some if isinstance(one, Fault))
    return Written(tuple(named), rows, (*strange, *faults))


def _tables(part: Part, written: Any, file: str, lines: Lines) -> list[Row | Fault]:
    """People and agencies are tables by their ids; absences and closures are rows of a list."""
    by_id = "id" in columns(part)
    if isinstance(written, dict) and by_id:
        return [_table(part, key, one, file, lines) for key, one in written.items()]
    if isinstance(written, list) and not by_id:
        return [_table(part, key, one, file, lines) for key, one in enumerate(written)]
    says = f"write each as [{part}.<id>]" if by_id else f"write each as [[{part}]]"
    return [Fault(file, lines.of((part,)), part, says)]


def _table(part: Part, key: str | int, one: Any, file: str, lines: Lines) -> Row | Fault:
    line, path = lines.of((part, key)), f"{part}.{key}"
    if part is Part.AGENCIES and isinstance(one, str):
        one = {"name": one}  # an agency of which nothing but the name is known
    if not isinstance(one, dict):
        needed = ", ".join(name for name in required(part) if name != "id")
        return Fault(file, line, path, f"write a table with {needed}")
    left_out = dict.fromkeys(set(columns(part)) - set(required(part)), "")
    own = {"id": key} if isinstance(key, str) else {}
    places = {name: lines.of((part, key, name)) for name in one}
    return Row(part, file, line, left_out | one | own, path, places)
