"""Forms as typed: words become a document; one that cannot is answered with what to write."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

import wire
from cli.failing import Misused
from cli.fields import fields_listing, fields_of
from cli.forms import ASKED, form
from cli.problems import in_words
from statemodel import describe
from statemodel.command import Command, about
from statemodel.commands import (
    COMMANDS,
    CoverLead,
    ProposeLead,
    RecordAgreement,
    RecordReview,
    RiskAnswer,
)
from statemodel.things import AgreementAnswer


def test_words_become_numbers_yes_and_no_lists_and_fields_in_fields() -> None:
    typed = ["children=k-1, k-2", "nominee=p-sam", "wish.answer=named", "wish.named=p-sam"]
    command = wire.decode_command(form("propose_lead", typed))
    assert isinstance(command, ProposeLead)
    assert command.children == ("k-1", "k-2")
    assert command.wish.named == "p-sam"
    assert form("agree_nomination", ["seen=7"])["seen"] == 7
    assert form("record_agreement", ["explained=no"])["explained"] is False


def test_a_text_stays_a_text_whatever_it_looks_like() -> None:
    typed = ["what={not json", "done=yes"]
    assert form("raise_concern", typed) == {
        "what": "{not json",
        "done": "yes",
        "kind": "raise_concern",
    }


def test_words_are_laid_over_a_json_document() -> None:
    document = '{"giver": "f-1", "answer": "refused"}'
    command = wire.decode_command(
        form("record_agreement", ["answer=agreed", "form=verbal"], document)
    )
    assert isinstance(command, RecordAgreement)
    assert (command.giver, command.answer) == ("f-1", AgreementAnswer.AGREED)


def test_when_it_happened_is_a_field_in_a_field() -> None:
    typed = ["answer=agreed", "giver=f-1", "form=verbal", "recorded.happened_at=2026-01-05T10:00Z"]
    made = form("record_agreement", typed)
    assert made["recorded"] == {"happened_at": "2026-01-05T10:00Z"}


def test_a_date_and_time_are_those_of_the_clock_on_the_wall() -> None:
    asked = ["lead=l6", "seen=6", "cover=p-jo"]
    command = wire.decode_command(form("cover_lead", [*asked, "until=2026-09-01 09:00"]))
    assert isinstance(command, CoverLead)
    assert command.until == datetime(2026, 9, 1, 8, tzinfo=UTC)
    assert form("record_review", ["next_review=2026-01-12T09:00"])["next_review"] == (
        "2026-01-12T09:00:00.000000Z"
    )


@pytest.mark.parametrize("given", ["2026-09-01T09:00+02:00", "2026-09-01", "next week"])
def test_a_moment_that_names_its_offset_or_is_none_is_left_to_be_judged(given: str) -> None:
    assert form("record_review", [f"next_review={given}"])["next_review"] == given


def test_a_field_in_a_field_that_may_be_left_out_is_typed_alike() -> None:
    typed = ["outcome=close", "code=moved", "risk.raises_concern=no", "risk.answered_by=p-eve"]
    command = wire.decode_command(form("record_review", [*typed, "risk.who_was_told=school"]))
    assert isinstance(command, RecordReview)
    assert command.risk == RiskAnswer(False, "p-eve", "school")
    assert command.next_review is None


@pytest.mark.parametrize(
    ("kind", "words", "document", "says"),
    [
        ("agree_nominatoin", [], None, "Did you mean agree_nomination"),
        ("no_such_thing", [], None, "no kind of command"),
        ("agree_nomination", ["n3"], None, "write field=value, like nomination=n7"),
        ("propose_lead", ["wish=x", "wish.answer=named"], None, "one or the other"),
        ("propose_lead", [], "{", "not JSON"),
        ("propose_lead", [], "[1]", "one object"),
    ],
)
def test_what_cannot_be_used_says_what_to_write_instead(
    kind: str, words: list[str], document: str | None, says: str
) -> None:
    with pytest.raises(Misused, match=says):
        form(kind, words, document)


@pytest.mark.parametrize(
    ("kind", "words", "says"),
    [
        ("record_agreement", ["anser=x"], "anser: is no field of record_agreement: did you mean"),
        ("record_agreement", ["answer=agree"], "answer: is not one of its values: did you mean ag"),
        ("record_agreement", [], "giver: is missing: “Who answered”"),
        ("record_agreement", ["explained=perhaps"], "explained: write yes or no"),
        ("propose_lead", ["wish.anser=x"], "wish.anser: is no field of propose_lead: did you mean"),
        ("propose_lead", ["wish.named=p-1"], "wish.answer: is missing: “"),
        ("propose_lead", ["children=k-1,k 2"], "children (no. 2): write an id: letters"),
        ("agree_nomination", ["seen=x"], "seen: write a whole number"),
        ("identify_need", ["indicators=" + "x" * 10_001], "indicators: is too long: at most 10000"),
    ],
)
def test_what_is_wrong_is_told_by_the_field_as_typed(
    kind: str, words: list[str], says: str
) -> None:
    document = form(kind, words)
    with pytest.raises(wire.Invalid) as caught:
        wire.decode_command(document)
    told = in_words(caught.value, document, COMMANDS[kind])
    assert says in told
    assert f"`baton kinds {kind}`" in told
    assert "it is required" not in told


def test_no_value_is_quoted_back() -> None:
    document = form("record_agreement", ["giver=Anna Petrov", "answer=Petrov", "note=\x00Petrov"])
    with pytest.raises(wire.Invalid) as caught:
        wire.decode_command(document)
    assert "Petrov" not in in_words(caught.value, document, COMMANDS["record_agreement"])


@dataclass(frozen=True, kw_only=True)
class Several(Command):
    """A form that holds rows of another, and a day."""

    kind = "several"
    risk: tuple[RiskAnswer, ...] = about("Each", [{"answered_by": "p-eve"}])
    by: date = about("By when", "2026-11-23")


def test_the_fields_of_rows_are_listed_by_their_path_with_their_examples_and_a_day_as_one() -> None:
    listed = {one.name: one for one in fields_of(Several)}
    assert listed["risk.*.answered_by"].example == "p-eve"
    assert listed["risk.*.answered_by"].needed
    assert listed["risk.*.raises_concern"].allowed == "yes | no"
    assert listed["by"].allowed.startswith("a day")


@pytest.mark.parametrize("kind", sorted(ASKED))
def test_every_field_of_a_kind_is_listed_and_those_that_are_needed_come_first(kind: str) -> None:
    rows = fields_listing(COMMANDS[kind]).rows
    needed = [row[1] for row in rows]
    assert needed == sorted(needed, reverse=True)
    listed = {str(row[0]).partition(".")[0] for row in rows}
    assert listed == {field.name for field in describe(COMMANDS[kind]).fields}
    assert all(row[2] and row[3] for row in rows)


@pytest.mark.parametrize("kind", sorted(ASKED))
def test_the_examples_of_the_needed_fields_make_a_form(kind: str) -> None:
    words = [f"{row[0]}={row[4]}" for row in fields_listing(COMMANDS[kind]).rows if row[1]]
    assert wire.decode_command(form(kind, words)).kind == kind


def test_a_hyphen_is_taken_for_an_underscore() -> None:
    assert form("raise-concern", ["what=x"])["kind"] == "raise_concern"


@pytest.mark.parametrize("kind", sorted(ASKED))
def test_each_command_can_be_typed_whole_from_its_own_example(kind: str) -> None:
    example = describe(COMMANDS[kind]).example
    words = [f"{name}={_typed(value)}" for name, value in example.items()]
    assert wire.decode_command(form(kind, words)).kind == kind


def _typed(value: object) -> str:
    if isinstance(value, list) and not any(isinstance(one, dict) for one in value):
        return ",".join(map(str, value))
    return wire_json(value) if isinstance(value, dict | list) else str(value)


def wire_json(value: object) -> str:
    import json

    return json.dumps(value)


def test_rows_are_typed_by_number_and_each_may_hold_several_words() -> None:
    typed = [
        "answers.1.check=lead_in_place", "answers.1.finding=no", "answers.1.source=The aunt",
        "answers.2.check=other_concerns", "answers.2.finding=not_known", "answers.2.source=School",
    ]  # fmt: skip
    made = form("record_checks", typed)
    assert [row["check"] for row in made["answers"]] == ["lead_in_place", "other_concerns"]
    assert wire.decode_command(made).kind == "record_checks"
    assert form("record_checks", ["answers.*.source=Aunt"])["answers"] == [{"source": "Aunt"}]


@pytest.mark.parametrize("place", ["0", "3", "x", "-1"])
def test_a_row_that_skips_one_or_is_no_number_is_told(place: str) -> None:
    with pytest.raises(Misused, match="number the rows from 1"):
        form("record_checks", ["answers.1.source=Aunt", f"answers.{place}.source=Uncle"])
