"""The ways in which a manager can answer by link, and the command that each of them asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from console.wording import own
from statemodel.commands import (
    AgreeNomination,
    AskAnotherManager,
    AskQuestion,
    Command,
    ContestAnswer,
    Objection,
    RaiseNominationConcern,
    WhyAnother,
)
from statemodel.tenure import Nomination

LONGEST, LONGEST_NAME = 9_000, 100  # characters


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back with the form: about which version, the words typed, whom they picked."""

    nomination: str
    seen: int
    text: str = ""
    picked: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One answer in words; `ask` is the question beside its text, `pick` beside its list."""

    code: str
    label: str
    does: str
    button: str
    ask: str = ""
    pick: str = ""

    @property
    def needs_text(self) -> bool:
        return bool(self.ask) and self.code != NOT_ME


def _objects(objection: Objection) -> Callable[[Reply], Command]:
    def command(reply: Reply) -> Command:
        return RaiseNominationConcern(
            nomination=reply.nomination, seen=reply.seen, concern=reply.text, objection=objection
        )

    return command


def _passes_on(why: WhyAnother) -> Callable[[Reply], Command]:
    def command(reply: Reply) -> Command:
        return AskAnotherManager(
            nomination=reply.nomination, seen=reply.seen, manager=reply.picked, reason=why
        )

    return command


def _agrees(reply: Reply) -> Command:
    return AgreeNomination(nomination=reply.nomination, seen=reply.seen, conditions=reply.text)


def _asks(reply: Reply) -> Command:
    return AskQuestion(nomination=reply.nomination, seen=reply.seen, question=reply.text)


def _names(reply: Reply) -> Command:
    """The right one is not in the list: who it is reaches whoever proposed, and the service."""
    told = own()["by_link_says"]["named"].replace("{text}", reply.text)
    return AskQuestion(nomination=reply.nomination, seen=reply.seen, question=told)


def _contests(reply: Reply) -> Command:
    return ContestAnswer(nomination=reply.nomination, note=reply.text)


NOT_ME: Final = "not_me"
LATE_WAYS: Final = ("agree", "conditions", "not_able", "somebody_else")
COMMANDS: Final[Mapping[str, Callable[[Reply], Command]]] = {
    "agree": _agrees,
    "conditions": _agrees,
    "not_able": _objects(Objection.NOT_ABLE),
    "somebody_else": _objects(Objection.SOMEBODY_ELSE),
    "question": _asks,
    "not_hers": _passes_on(WhyAnother.NOT_HERS),
    "away": _passes_on(WhyAnother.AWAY),
    "somebody": _names,
    NOT_ME: _contests,
}


def ways_for(held: Nomination, who: str, *, is_copy: bool) -> tuple[Way, ...]:
    """Return the answers that can be given now; after its date a proposal can only be answered."""
    if is_copy:
        return (_way(NOT_ME, who),)
    late = held.state == "referred"
    codes = LATE_WAYS if late else tuple(code for code in COMMANDS if code != NOT_ME)
    return tuple(_way(code, who) for code in codes)


def _way(code: str, who: str) -> Way:
    words = own()["way"][code]
    return Way(code, **{part: text.replace("{who}", who) for part, text in words.items()})
