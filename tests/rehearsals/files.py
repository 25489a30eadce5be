"""Rehearsal files for tests: a sound one, and the same with something in it changed."""

from pathlib import Path

import rehearsals

SOUND = '''title = "A manager agrees"
story = """
Sam is proposed,
and Lee agrees.
"""
rules = ["R95"]
calendar = "england"

[people.ana]
roles = ["practitioner"]

[people.sam]
agency = "health"
roles = ["practitioner"]
line_manager = "lee"

[people.lee]
roles = ["line_manager"]

[[step]]
at = 2026-01-05T09:00:00
by = "ana"
[step.identify_need]
children = ["child-1"]
source = "observation"

[[step]]
at = 2026-01-05T09:30:00
by = "ana"
record_agreement = { giver = "parent", answer = "agreed", form = "verbal" }

[[step]]
at = 2026-01-05T10:00:00+00:00
by = "ana"
[step.propose_lead]
children = [
    "child-1",
]
nominee = "sam"
wish = { answer = "no_preference" }
[step.expect]
waits_on = "lee"
told_includes = [{ to = "lee", purpose = "please_answer" }]

[[step]]
at = 2026-01-06T11:00:00
by = "lee"
agree_nomination = {}
[step.expect]
status = "lp_family_agreement"
'''


def file(folder: Path, text: str = SOUND, name: str = "case.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def changed(old: str, new: str, text: str = SOUND) -> str:
    """The sound file with one thing replaced; what is to be replaced must be there."""
    assert old in text, f"{old!r} is not in the file"
    return text.replace(old, new, 1)


def line_of(words: str, text: str) -> int:
    """The line, from 1, on which words last stand."""
    return text[: text.rindex(words)].count("\n") + 1


def problems(path: Path) -> list[tuple[int, str]]:
    """What is wrong with a file, as line and words; nothing for one that loads."""
    try:
        rehearsals.load(path)
    except rehearsals.RehearsalError as error:
        return [(problem.line, problem.says) for problem in error.problems]
    return []


async def played(path: Path) -> rehearsals.Outcome:
    """How a file goes on the state model alone."""
    told: list[rehearsals.Outcome] = []
    outcomes = await rehearsals.play([rehearsals.load(path)], "model", told=told.append)
    assert outcomes == told
    return outcomes[0]
