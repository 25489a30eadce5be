"""The pathway in words, docs/pathway.md: made from the law's own table, fresh by test."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Final

from cli.diagrams import diagram, edges, unreached
from cli.fields import Typed, fields_of
from cli.law import (
    Obstacle,
    before_anything_else,
    glance,
    law_of,
    machine_words,
    obstacles,
    steps,
    told,
    who_may,
)
from cli.markdown import link, table
from config.wording import Phrase, filled, hint, label, phrase
from statemodel.command import AnyCommand, Automatic, Command
from statemodel.describe import describe
from statemodel.law import MachineName
from statemodel.refusal import Strength
from statemodel.table import COMMANDS

HEAD: Final = (
    "<!-- Made by `python -m cli.pathway_page > docs/pathway.md`; a test keeps it fresh. -->"
)
INTRO: Final = """\
# The pathway, as Baton keeps it

What may be done in a case, by whom, and what must hold. This page is made from the table that
decides each case, so it cannot say anything else than what Baton does. The words are those of the
policy *england-default*; an area has its own.

> {safety}

How to read it:

- **Ask or record.** What is asked for must meet everything marked *{stop}*. What has happened
  already can always be recorded: it is kept even where a rule says otherwise, and somebody is given
  the task of putting it right. Only what is *{sense}* stops that.
- *{ask_why}*: say why, and it goes ahead. An area's policy may make it *{stop}*; it cannot
  make less of the law.
- **Who may ask** goes by role. Where it must be one particular person, that stands among what must
  hold.
- **Whose rule it is** stands beside each: the law, guidance, local policy, or Baton's own default.
- **Numbers** like R99, T13 or C5 are those of the rule book that Baton was built from;
  [rules.md](rules.md) finds them again.
- **Baton by itself** reminds, asks and passes upward. It never appoints, removes, closes, shares,
  agrees or sets a level of need; what it does carries the words "{no_decision}".
"""
STAGES: Final = """\
Each box is a stage that a case can be in, each arrow what somebody does to move it. What leaves the
stage as it is, is not drawn; where several things lead the same way they share one arrow."""
A_THING: Final = """\
Each box is where a {thing} can stand, each arrow what moves it there. One can also begin or end
because of something else that is done, as when a case closes; that is not drawn."""
ALWAYS: Final = """\
## Asked of everything

Before its own rules, except of a concern, which is never refused:"""
BESIDE, BY_ITSELF = "In a case, leaving its stage as it is", "What Baton does by itself"
OBSTACLES: Final = (
    "Cannot be done yet, because…", "What helps", "How strong", "Whose rule", "Rules",
)  # fmt: skip
FIELDS: Final = ("What is asked", "Field", "Needed", "May hold", "Example")
GLANCE: Final = ("What", "Who may ask", "From", "To")


def text() -> str:
    """Return the whole page as Markdown."""
    parts = (HEAD, _intro(), *_diagrams(), _glance(), _always(), *_chapters())
    return "\n\n".join(part.strip() for part in parts) + "\n"


def command_section(kind: str) -> str:
    """Return all there is to say of one command."""
    command = COMMANDS[kind]
    parts = [f"### {label('command', kind)}", hint(kind)]
    parts.append(f"`{kind}` · **Who may ask:** {who_may(command)}.")
    parts += [_steps(command), _obstacles(obstacles(command), len(law_of(command)))]
    parts += [_fields(command), f"Rules: {', '.join(describe(command).rules)}."]
    return "\n\n".join(part for part in parts if part)


def _intro() -> str:
    words = {strength.value: label("strength", strength) for strength in Strength}
    words["ask_why"] = words["ask_why"].partition(":")[0]
    front_door = filled("{front_door}", None)
    safety = phrase(Phrase.SAFETY_UNSET, front_door_name=front_door)
    return INTRO.format(safety=safety, no_decision=phrase(Phrase.NO_DECISION), **words)


def _diagrams() -> Iterator[str]:
    for machine in MachineName:
        if not edges(machine):
            continue
        thing = machine_words(machine)
        yield f"## Where a {thing} stands"
        yield STAGES if machine is MachineName.STAGE else A_THING.format(thing=thing)
        yield diagram(machine)
        if machine is MachineName.STAGE and unreached():
            yield f"Nothing leads yet to: {', '.join(label('stage', one) for one in unreached())}."


def _glance() -> str:
    lines = ((link(row[1]), *row[2:]) for row in glance().rows)
    return f"## Everything at a glance\n\n{table(GLANCE, lines)}"


def _always() -> str:
    """What is asked of every command before its own rules, and what every form may hold."""
    reasons = table(OBSTACLES, (told(reason).values() for reason in before_anything_else()))
    any_form = next(one for one in COMMANDS.values() if issubclass(one, Command))
    held = [one for one in fields_of(any_form) if _shared(one)]
    return f"{ALWAYS}\n\n{reasons}\n\nEvery form may also hold:\n\n{_form(held)}"


def _chapters() -> Iterator[str]:
    """Commands under the machine they move; then what moves none, and what nobody asks for."""
    headings = [f"What moves a {machine_words(machine)}" for machine in MachineName]
    for heading in (*headings, BESIDE, BY_ITSELF):
        kinds = [kind for kind, command in COMMANDS.items() if _heading(command) == heading]
        if kinds:
            yield f"## {heading}"
            yield from map(command_section, kinds)


def _heading(command: type[AnyCommand]) -> str:
    law = law_of(command)
    machine = law[0].machine
    if issubclass(command, Automatic):
        return BY_ITSELF
    if machine is MachineName.STAGE and all(row.to is None for row in law):
        return BESIDE
    return f"What moves a {machine_words(machine)}"


def _steps(command: type[AnyCommand]) -> str:
    law = steps(command)
    if len(law) == 1:
        return f"**From** {law[0].begins} **to** {law[0].to}."
    lines = (
        (str(number), step.begins, step.to, step.where, ", ".join(step.rules))
        for number, step in enumerate(law, start=1)
    )
    return table(("", "From", "To", "When", "Rules"), lines)


def _obstacles(found: tuple[Obstacle, ...], rows: int) -> str:
    if not found:
        return "Nothing of its own has to hold."
    if all(len(one.steps) == rows for one in found):
        return table(OBSTACLES, (told(one.reason).values() for one in found))
    lines = ((*told(one.reason).values(), ", ".join(map(str, one.steps))) for one in found)
    return table((*OBSTACLES, "In line"), lines)


def _fields(command: type[AnyCommand]) -> str:
    own = [one for one in fields_of(command) if not _shared(one)]
    return _form(own) if own else "Nothing more is asked."


def _shared(one: Typed) -> bool:
    return one.name.partition(".")[0] in {field.name for field in fields(Command)}


def _form(held: Iterable[Typed]) -> str:
    lines = (
        (
            one.means,
            f"`{one.name}`",
            "yes" if one.needed else "no",
            one.allowed,
            f"`{one.example}`" if one.example else "",
        )
        for one in held
    )
    return table(FIELDS, lines)


if __name__ == "__main__":
    sys.stdout.write(text())
