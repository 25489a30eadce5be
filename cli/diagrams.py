"""The machines drawn: one Mermaid diagram each, made from the table (decision 37)."""

from collections.abc import Iterator, Mapping
from typing import Final

from cli.law import NOWHERE, law_of, state_words
from config.wording import label
from statemodel import Stage
from statemodel.law import MachineName
from statemodel.machines import KINDS
from statemodel.table import COMMANDS

Edge = tuple[str, str]
Edges = Mapping[Edge, tuple[str, ...]]
START_OR_END: Final = "[*]"
UNSAFE: Final = str.maketrans({":": ",", ";": ",", '"': "'", "#": ""})


def edges(machine: MachineName) -> Edges:
    """Return what leads from one state to another, and by which commands; parallels are joined."""
    found: dict[Edge, list[str]] = {}
    for kind, edge in _moves(machine):
        if kind not in found.setdefault(edge, []):
            found[edge].append(kind)
    reached = _reached(found) if machine is MachineName.STAGE else {source for source, _ in found}
    return {edge: tuple(kinds) for edge, kinds in found.items() if edge[0] in reached}


def unreached() -> tuple[str, ...]:
    """Return the stages that no command leads to yet; a thing's state may begin in other ways."""
    drawn = (*nodes(MachineName.STAGE), NOWHERE)
    return tuple(stage.value for stage in Stage if stage.value not in drawn)


def nodes(machine: MachineName) -> tuple[str, ...]:
    """Return the states drawn, in the machine's own order, the start left out."""
    drawn = {state for edge in edges(machine) for state in edge}
    return tuple(
        state.value
        for state in KINDS[machine].states
        if state.value in drawn and state.value != NOWHERE
    )


def diagram(machine: MachineName) -> str:
    """Return a machine as a Mermaid state diagram, in a fence that GitHub draws."""
    drawn = edges(machine)
    lines = [f'    state "{_text(state_words(machine, n))}" as {_id(n)}' for n in nodes(machine)]
    for (source, to), kinds in drawn.items():
        told = " / ".join(_text(label("command", kind)) for kind in kinds)
        lines.append(f"    {_id(source)} --> {_id(to)}: {told}")
    lines += [f"    {START_OR_END} --> {_id(state)}" for state in _without(1, machine)]
    lines += [f"    {_id(state)} --> {START_OR_END}" for state in _without(0, machine)]
    return "\n".join(("```mermaid", "stateDiagram-v2", *lines, "```"))


def _without(end: int, machine: MachineName) -> Iterator[str]:
    """Yield states that nothing drawn leads to (1) or away from (0): there it begins or ends."""
    taken = {edge[end] for edge in edges(machine)}
    return (state for state in nodes(machine) if state not in taken)


def _moves(machine: MachineName) -> Iterator[tuple[str, Edge]]:
    """Yield every move of a machine, by its own rows or along with another's."""
    for kind, command in COMMANDS.items():
        for row in law_of(command):
            if row.machine is machine and row.to is not None:
                yield from ((kind, (str(s), str(row.to))) for s in row.source if s != row.to)
            if machine is MachineName.STAGE:
                yield from (
                    (kind, (str(s), str(also.to))) for also in row.also for s in also.source
                )


def _reached(found: Mapping[Edge, object]) -> set[str]:
    """Return the stages a case can come to, from before it is opened."""
    reached, grown = {NOWHERE}, True
    while grown:
        further = {to for source, to in found if source in reached} - reached
        reached |= further
        grown = bool(further)
    return reached


def _id(state: str) -> str:
    """A name that is no word of Mermaid's own."""
    return START_OR_END if state == NOWHERE else f"at_{state}"


def _text(words: str) -> str:
    """A label may hold none of the signs that Mermaid reads."""
    return words.translate(UNSAFE)
