"""Nothing grows past what one person reads in one sitting: maxima are tested, medians printed."""

from collections.abc import Sequence
from statistics import median

import pytest

from tests.architecture.source import Sized, classes, files, functions

FILE, TEST_FILE, CONFTEST = 250, 300, 100
FUNCTION, CLASS = 40, 120
A_LIST_IN_ORDER = "readmodel/migrations/versions/"  # a migration is one list, frozen once shipped


def over(pieces: Sequence[Sized], most: int) -> list[str]:
    return [
        f"{piece.name}: {piece.lines} lines, at most {most}"
        for piece in pieces
        if piece.lines > most
    ]


def test_no_source_file_is_too_long() -> None:
    ours = [file for file in files() if not file.name.startswith("tests/")]
    assert over(ours, FILE) == []


def test_no_test_file_is_too_long() -> None:
    theirs = [file for file in files() if file.name.startswith("tests/")]
    assert over(theirs, TEST_FILE) == []


def test_what_every_test_shares_stays_small() -> None:
    shared = [file for file in files() if file.name.endswith("conftest.py")]
    assert shared
    assert over(shared, CONFTEST) == []


def test_no_function_is_too_long() -> None:
    told = [one for one in functions() if not one.name.startswith(A_LIST_IN_ORDER)]
    assert over(told, FUNCTION) == []


def test_no_class_is_too_long_and_so_neither_is_the_case_workflow() -> None:
    assert over(classes(), CLASS) == []


def test_a_piece_one_line_too_long_is_named() -> None:
    assert over([Sized("fits", 40), Sized("too_long", 41)], 40) == [
        "too_long: 41 lines, at most 40"
    ]


def test_the_medians_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    source = [file for file in files() if not file.name.startswith("tests/") and file.lines > 1]
    tests = [file for file in files() if file.name.startswith("tests/") and file.lines > 1]
    pieces = {"file": source, "test file": tests, "function": functions(), "class": classes()}
    line = " · ".join(f"{name} {_median(sizes)}" for name, sizes in pieces.items() if sizes)
    with capsys.disabled():
        print(f"\nmedian lines: {line}")
    assert "function" in line


def _median(sizes: Sequence[Sized]) -> str:
    return f"{median(piece.lines for piece in sizes):g} of {len(sizes)}"
