"""The published description: fresh, complete, and each example a document that wire accepts."""

import json
from typing import Any

import jsonschema
import pytest

import wire
from api.describing import described
from statemodel.command import Automatic
from statemodel.commands import COMMANDS
from tests.api.office import Browser
from tests.architecture.source import ROOT

FILE = ROOT / "docs/openapi.json"
ASKED = {kind for kind, command in COMMANDS.items() if not issubclass(command, Automatic)}


def published() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return document


def body(kind: str) -> dict[str, Any]:
    path = "/v1/cases" if kind == "identify_need" else f"/v1/cases/{{case_id}}/{kind}"
    content = published()["paths"][path]["post"]["requestBody"]["content"]["application/json"]
    found: dict[str, Any] = content
    return found


def test_the_committed_document_is_fresh() -> None:
    assert FILE.read_text("utf-8") == described(), (
        "run: python -m api.describing > docs/openapi.json"
    )


async def test_it_is_what_the_application_serves(api: Browser) -> None:
    assert (await api.get("/openapi.json")).json() == published()


def test_it_is_openapi_3_1_and_names_every_command_a_person_may_ask() -> None:
    assert published()["openapi"].startswith("3.1")
    posts = {
        path.rpartition("/")[2] for path, item in published()["paths"].items() if "post" in item
    }
    assert posts == ASKED - {"identify_need"} | {"cases", "matches"}


@pytest.mark.parametrize("kind", sorted(ASKED))
def test_each_example_fits_its_schema_and_wire(kind: str) -> None:
    described_body = body(kind)
    jsonschema.validate(described_body["example"], described_body["schema"])
    assert isinstance(wire.decode(COMMANDS[kind], described_body["example"]), COMMANDS[kind])


@pytest.mark.parametrize("kind", sorted(ASKED))
def test_the_schema_takes_no_unknown_field_and_misses_no_needed_one(kind: str) -> None:
    schema, example = body(kind)["schema"], body(kind)["example"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(example | {"role": "arbiter"}, schema)
    for name in schema.get("required", ()):
        short = {key: value for key, value in example.items() if key != name}
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(short, schema)
        with pytest.raises(wire.Invalid):
            wire.decode(COMMANDS[kind], short)


def test_every_answer_that_is_no_yes_is_documented_as_a_problem() -> None:
    for item in published()["paths"].values():
        for operation in item.values():
            no = {code: one for code, one in operation["responses"].items() if code >= "400"}
            assert no
            assert all("application/problem+json" in one["content"] for one in no.values())
