"""What a command answers: one listing or one document, as a table, JSON or CSV."""

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TextIO

from cli.options import Form

WIDE = 160  # characters, where nobody's window says otherwise
FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run (reliability B)


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows under columns; a column's name is its JSON key and, with spaces, its heading."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]
    title: str = ""
    empty: str = "Nothing to show."


def show(listing: Listing, form: Form, to: TextIO | None = None) -> None:
    """Write a listing to standard output."""
    output = to or sys.stdout
    if form == "json":
        rows = [dict(zip(listing.columns, row, strict=True)) for row in listing.rows]
        write_json(rows, output)
    elif form == "csv":
        _write_csv(listing, output)
    else:
        _write_table(listing, output)


def show_document(document: Mapping[str, Any], form: Form) -> None:
    """Write one thing's facts; in a table, one a line, and lists of facts as tables below."""
    if form == "json":
        write_json(document, sys.stdout)
        return
    plain = {name: value for name, value in document.items() if not isinstance(value, list)}
    show(Listing(("what", "is"), [(_heading(name), plain[name]) for name in plain]), form)
    if form == "csv":
        return
    for name, value in document.items():
        if isinstance(value, list) and value:
            rows = [tuple(item.values()) for item in value]
            show(Listing(tuple(value[0]), rows, title=_heading(name)), form)


def write_json(value: Any, output: TextIO) -> None:
    json.dump(value, output, indent=2, ensure_ascii=False, default=_text)
    output.write("\n")


def safe_cell(value: Any) -> str:
    """A cell no spreadsheet takes for a formula."""
    text = _text(value)
    return f"'{text}" if text.startswith(FORMULAS) else text


def _write_csv(listing: Listing, output: TextIO) -> None:
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(listing.columns)
    writer.writerows([safe_cell(cell) for cell in row] for row in listing.rows)


def _write_table(listing: Listing, output: TextIO) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=output, width=None if output.isatty() else WIDE)
    if not listing.rows:
        console.print(listing.empty, markup=False, highlight=False)
        return
    table = Table(title=listing.title or None, title_justify="left", box=box.SIMPLE_HEAD)
    for column in listing.columns:
        table.add_column(_heading(column), overflow="fold")
    for row in listing.rows:
        table.add_row(*(Text(_text(cell)) for cell in row))
    console.print(table)


def _heading(column: str) -> str:
    return column.replace("_", " ").capitalize()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
