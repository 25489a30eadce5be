"""Each rule number with what cites it, docs/rules.md: made from the law, fresh by test."""

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from cli.law import before_anything_else, obstacles
from cli.markdown import link, table
from config.wording import label, say
from statemodel.describe import describe
from statemodel.refusal import Unmet
from statemodel.table import COMMANDS

HEAD: Final = """\
<!-- Made by `python -m cli.rules_page > docs/rules.md`; a test keeps it fresh. -->

# Each rule, and what leans on it

The numbers are those of the rule book that Baton was built from: R a rule drawn from the guidance,
T a line of its table of moves, C a place where its sources differ. What each command and reason
says in full: [pathway.md](pathway.md).
"""
HEADINGS: Final = ("Rule", "What leans on it", "Cannot be done yet, because…")
EVERYTHING: Final = "whatever is asked"


def text() -> str:
    """Return the whole index as Markdown."""
    commands, reasons = _citing_commands(), _citing_reasons()
    lines = (
        (rule, ", ".join(commands.get(rule, ())), " · ".join(reasons.get(rule, ())))
        for rule in in_order({*commands, *reasons})
    )
    return f"{HEAD}\n{table(HEADINGS, lines)}\n"


def in_order(rules: Iterable[str]) -> list[str]:
    """Return rule numbers as a reader looks for them: by letter, then R9 before R10."""
    return sorted(rules, key=lambda rule: (re.sub(r"\d+", "", rule), *_numbers(rule)))


def _numbers(rule: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", rule)]


def _citing_commands() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for kind, command in COMMANDS.items():
        for rule in describe(command).rules:
            found[rule].append(_linked(kind))
    return found


def _citing_reasons() -> dict[str, list[str]]:
    """Each reason once, in words, with the commands that may be answered so."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for reason, asked in _answers():
        for rule in reason.rules:
            told = found[rule][say(reason).says]
            told += [asked] if asked not in told else []
    return {
        rule: [f"{says} ({', '.join(asked)})" for says, asked in reasons.items()]
        for rule, reasons in found.items()
    }


def _answers() -> Iterator[tuple[Unmet, str]]:
    yield from ((reason, EVERYTHING) for reason in before_anything_else())
    for kind, command in COMMANDS.items():
        yield from ((obstacle.reason, _linked(kind)) for obstacle in obstacles(command))


def _linked(kind: str) -> str:
    return link(label("command", kind), "pathway.md")


if __name__ == "__main__":
    sys.stdout.write(text())
