"""The schema that editors use says what the reader accepts, and is fresh."""

import json
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import rehearsals
from rehearsals.form import EXPECT, STEP
from rehearsals.schema import rehearsal_schema, written
from tests.architecture.source import ROOT
from tests.rehearsals.files import SOUND, changed

KEPT = ROOT / "docs/rehearsal.schema.json"
PAGE = (ROOT / "docs/rehearsals.md").read_text("utf-8")


def as_json(value: Any) -> Any:
    """A TOML document as editors show it to a JSON Schema: times are text."""
    if isinstance(value, dict):
        return {name: as_json(item) for name, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


def wrong_with(text: str) -> list[str]:
    document = as_json(tomllib.loads(text))
    return [
        error.message for error in Draft202012Validator(rehearsal_schema()).iter_errors(document)
    ]


def test_the_schema_that_is_kept_is_fresh() -> None:
    assert KEPT.read_text("utf-8") == written(), "python -m rehearsals.schema writes it"


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(json.loads(KEPT.read_text("utf-8")))


@pytest.mark.parametrize("path", rehearsals.find([ROOT / "rehearsals"]), ids=lambda path: path.stem)
def test_every_worked_case_fits_the_schema(path: Path) -> None:
    assert wrong_with(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('source = "observation"', 'source = "hearsay"'),
        ('source = "observation"', 'sorce = "observation"'),
        ('rules = ["R95"]', "rules = 95"),
        ('waits_on = "lee"', 'wait_on = "lee"'),
        ("agree_nomination = {}", "agree_nominaton = {}"),
        ('waits_on = "lee"', "deadlines = { answer = 2026-01-09 }"),
    ],
)
def test_what_the_reader_refuses_the_schema_refuses(old: str, new: str) -> None:
    assert wrong_with(SOUND) == []
    assert wrong_with(changed(old, new))


def test_the_page_explains_every_key() -> None:
    keys = {*STEP["properties"], *EXPECT["properties"]}
    assert sorted(key for key in keys if f"`{key}`" not in PAGE) == []


def test_the_example_on_the_page_is_a_sound_rehearsal(tmp_path: Path) -> None:
    example = PAGE.split("```toml\n")[1].split("```")[0]
    path = tmp_path / "example.toml"
    path.write_text(example, "utf-8")
    assert rehearsals.load(path).steps
