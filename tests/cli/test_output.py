"""Answers: the same rows as a table, JSON and CSV, and no cell that a spreadsheet would run."""

import csv
import json
from datetime import UTC, datetime
from io import StringIO

import pytest

from cli.options import Form
from cli.output import Listing, safe_cell, show

ROWS = Listing(("who", "due_at"), [("Ana [field]", datetime(2026, 1, 9, 17, tzinfo=UTC))])


def shown(form: Form, listing: Listing = ROWS) -> str:
    output = StringIO()
    show(listing, form, output)
    return output.getvalue()


def test_json_has_a_key_for_each_column() -> None:
    assert json.loads(shown("json")) == [
        {"who": "Ana [field]", "due_at": "2026-01-09T17:00:00+00:00"}
    ]


def test_csv_has_a_heading_row_and_reads_back() -> None:
    rows = list(csv.reader(StringIO(shown("csv"))))
    assert rows == [["who", "due_at"], ["Ana [field]", "2026-01-09T17:00:00+00:00"]]


def test_a_table_shows_brackets_as_they_are_and_says_when_there_is_nothing() -> None:
    assert "Ana [field]" in shown("table")
    assert "Due at" in shown("table")
    assert shown("table", Listing(("who",), [], empty="Nobody.")) == "Nobody.\n"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_begins_a_formula(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


def test_yes_no_and_nothing_are_words() -> None:
    assert [safe_cell(value) for value in (True, False, None, 3)] == ["yes", "no", "", "3"]
