"""docs/pathway.md and docs/rules.md say the whole law, in words, and nothing that is not in it."""

import re
from pathlib import Path

import pytest

from cli import pathway_page, rules_page
from cli.diagrams import diagram, edges, nodes, unreached
from cli.law import before_anything_else, glance, law_of, state_words, who_may
from cli.markdown import anchor, cell, link, table
from cli.rules_page import in_order
from config.wording import catalogue, label, say
from statemodel import CURRENT_EDITION, Stage, Unmet
from statemodel.authority import NOT_YOUR_ROLE
from statemodel.law import MachineName, Row
from statemodel.reasons import reasons_of
from statemodel.refusal import Strength
from statemodel.table import COMMANDS, TABLE

DOCS = Path(__file__).parents[2] / "docs"
PATHWAY = (DOCS / "pathway.md").read_text("utf-8")
RULES = (DOCS / "rules.md").read_text("utf-8")
MOST_EDGES, MOST_STAGES = 40, 11
DRAWN = [machine for machine in MachineName if edges(machine)]
IN_FORCE = [row for row in TABLE if row.holds_in(CURRENT_EDITION)]
LINK = re.compile(r"\]\((?P<page>[a-z]*\.md)?#(?P<place>[^)]+)\)")


def section(kind: str) -> str:
    """What the page says under a command's own heading."""
    heading = f"\n### {label('command', kind)}\n"
    assert PATHWAY.count(heading) == 1
    return re.split(r"\n##+ ", PATHWAY.split(heading)[1])[0]


def line_of(reason: Unmet) -> list[str]:
    said = say(reason)
    strong = label("strength", reason.strength)
    return [cell(text) for text in (said.says, said.remedy, strong, said.because_of)]


def test_the_page_of_the_pathway_is_fresh() -> None:
    stale = "docs/pathway.md is stale: python -m cli.pathway_page > docs/pathway.md"
    assert pathway_page.text() == PATHWAY, stale


def test_the_index_of_rules_is_fresh() -> None:
    stale = "docs/rules.md is stale: python -m cli.rules_page > docs/rules.md"
    assert rules_page.text() == RULES, stale


@pytest.mark.proves("R8")
@pytest.mark.parametrize("row", IN_FORCE, ids=lambda row: f"{row.command.kind}-{row.to}")
def test_every_row_stands_under_its_command_with_where_it_leads_and_its_rules(row: Row) -> None:
    told = section(row.command.kind)
    to = "stays where it is" if row.to is None else state_words(row.machine, str(row.to))
    one = f"**to** {to}" in told
    several = [line for line in told.splitlines() if f" | {to}" in line or one]
    assert [line for line in several if one or all(rule in line for rule in row.rules)]
    assert all(re.search(rf"\b{rule}\b", told) for rule in row.rules)


@pytest.mark.parametrize("kind", sorted(COMMANDS))
def test_every_command_has_as_many_lines_as_the_table_has_rows(kind: str) -> None:
    numbered = re.findall(r"^\| (\d+) \| ", section(kind), re.MULTILINE)
    rows = len(law_of(COMMANDS[kind]))
    assert numbered == ([] if rows == 1 else [str(n + 1) for n in range(rows)])


@pytest.mark.proves("R8", "R11")
@pytest.mark.parametrize("row", IN_FORCE, ids=lambda row: f"{row.command.kind}-{row.to}")
def test_every_guard_stands_there_in_words_with_its_strength_and_whose_rule_it_is(row: Row) -> None:
    lines = section(row.command.kind).splitlines()
    for guard in (*row.asks, *row.needs):
        for reason in reasons_of(guard):
            parts = [*line_of(reason), ", ".join(reason.rules)]
            assert [line for line in lines if line.startswith(f"| {' | '.join(parts)} |")]


@pytest.mark.parametrize("kind", sorted(COMMANDS))
def test_every_command_is_told_in_its_own_words_and_every_field_of_it(kind: str) -> None:
    told = section(kind)
    assert f"`{kind}`" in told
    for name in catalogue()["field"].get(kind, {}):
        if name != "risk":  # a form in a form: its own fields stand there
            assert f" | `{name}" in told, name


def test_what_is_asked_of_everything_stands_before_all_commands() -> None:
    told = PATHWAY.split("\n## Asked of everything\n")[1].split("\n## ")[0]
    assert NOT_YOUR_ROLE in before_anything_else()
    for reason in before_anything_else():
        assert " | ".join(line_of(reason)) in told


@pytest.mark.proves("R8")
def test_every_rule_number_stands_in_the_index_and_on_the_page_once_each_in_order() -> None:
    guards = [guard for row in IN_FORCE for guard in (*row.asks, *row.needs)]
    reasons = [*before_anything_else(), *(one for guard in guards for one in reasons_of(guard))]
    cited = {rule for row in IN_FORCE for rule in row.rules}
    cited |= {rule for reason in reasons for rule in reason.rules}
    told = re.findall(r"^\| ([A-Z]\d+) \| ", RULES, re.MULTILINE)
    assert told == in_order(cited)
    assert [rule for rule in cited if not re.search(rf"\b{rule}\b", PATHWAY)] == []


def test_rules_are_sorted_as_a_reader_looks_for_them() -> None:
    assert in_order({"R10", "T3", "R9", "C28"}) == ["C28", "R9", "R10", "T3"]


def test_every_link_leads_to_a_heading_and_no_two_headings_share_a_place() -> None:
    headings = re.findall(r"^#+ (.+)$", PATHWAY, re.MULTILINE)
    places = [anchor(heading) for heading in headings]
    assert len(places) == len(set(places))
    links = [found for page in (PATHWAY, RULES) for found in LINK.finditer(page)]
    assert len(links) > len(COMMANDS)
    assert {found["place"] for found in links if found["place"] not in places} == set()
    assert (
        link("End somebody's leading: now")
        == "[End somebody's leading: now](#end-somebodys-leading-now)"
    )


def test_no_brace_and_no_line_of_code_is_left_for_a_reader() -> None:
    for page in (PATHWAY, RULES):
        words = re.sub(r"```.*?```|`[^`]*`|<!--.*?-->", "", page, flags=re.DOTALL)
        assert not re.search(r"[{}]|None|Unmet|Strength|lambda|\w+\(\)", words)


def test_a_table_holds_whatever_stands_in_its_cells() -> None:
    drawn = table(("A", "B"), [("x | y", "<b>\nz")])
    assert drawn == "| A | B |\n| --- | --- |\n| x \\| y | &lt;b> z |"
    for line in (line for line in PATHWAY.splitlines() if line.startswith("|")):
        assert len(re.findall(r"(?<!\\)\|", line)) >= len(("a", "b", "c", "d", "e"))


@pytest.mark.parametrize("machine", DRAWN)
def test_a_diagram_is_small_enough_to_read_and_is_on_the_page(machine: MachineName) -> None:
    drawn = diagram(machine)
    assert drawn in PATHWAY
    assert 1 <= drawn.count("-->") <= MOST_EDGES
    assert len(nodes(MachineName.STAGE)) <= MOST_STAGES
    assert len(edges(machine)) == len(set(edges(machine)))


@pytest.mark.parametrize("machine", DRAWN)
def test_a_diagram_shows_every_move_of_the_table_and_no_other(machine: MachineName) -> None:
    moves = {
        (str(source), str(row.to), row.command.kind)
        for row in IN_FORCE
        for source in row.source
        if row.machine is machine and row.to is not None
    }
    if machine is MachineName.STAGE:
        along = [(row, also) for row in IN_FORCE for also in row.also]
        moves |= {(str(s), str(also.to), r.command.kind) for r, also in along for s in also.source}
    drawn = {(*edge, kind) for edge, kinds in edges(machine).items() for kind in kinds}
    left_out = unreached() if machine is MachineName.STAGE else ()
    assert drawn == {move for move in moves if move[0] not in (*left_out, move[1])}


def test_a_stage_that_nothing_leads_to_is_named_as_such_and_not_drawn() -> None:
    led_to = {str(row.to) for row in IN_FORCE if row.machine is MachineName.STAGE}
    led_to |= {str(also.to) for row in IN_FORCE for also in row.also}
    assert set(unreached()) >= {stage.value for stage in Stage} - led_to - {"none"}
    named = ", ".join(label("stage", stage) for stage in unreached())
    assert (f"Nothing leads yet to: {named}." in PATHWAY) == bool(unreached())
    assert [stage for stage in unreached() if f" at_{stage}" in PATHWAY] == []


@pytest.mark.parametrize("machine", DRAWN)
def test_a_diagram_speaks_in_words_and_in_no_sign_that_mermaid_reads(machine: MachineName) -> None:
    assert (f"{machine}_state" if machine is not MachineName.STAGE else "stage") in catalogue()
    for line in diagram(machine).splitlines():
        if "-->" in line:
            assert re.fullmatch(r" +(\[\*\]|at_\w+) --> (\[\*\]|at_\w+)(: [^:;#{}]+)?", line)
        elif line.startswith(" "):
            assert re.fullmatch(r' +state "[^":;#{}]+" as at_\w+', line)


def test_who_may_ask_is_what_the_doorkeeper_says() -> None:
    asked = {kind: who_may(command) for kind, command in COMMANDS.items()}
    assert asked["raise_concern"] == "anybody"
    assert asked["remind"] == "Baton's clock"
    assert asked["report_undelivered"] == "Baton's post"
    assert asked["answer_task"] == "any but operations"
    assert "practitioner" in asked["close_case"].split(", ")
    assert "operations" not in asked["close_case"]
    assert [row[0] for row in glance().rows] == list(COMMANDS)


def test_what_only_asks_why_is_told_apart_from_what_stops() -> None:
    told = section("close_case")
    recommended = label("strength", Strength.ASK_WHY)
    assert told.count(f" | {recommended} | ") == 1
    assert told.count(f" | {label('strength', Strength.STOP)} | ") >= 1
