"""Opening a case by a form: who the children are, and what was answered for each probable match."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import wire
from config import wording
from config.matching import agrees_words, case_words
from config.wording import Phrase
from console.answers import Typed
from console.forms import Asked, Control
from console.given import Given
from console.looking import Look, spoken
from console.rows import MORE
from console.wording import identity_word
from gateway.answers import AskFirst, CaseTold, ChildHasOpenCase, Match, ProbableMatch
from gateway.asking import Asking
from gateway.who import MOST, Said, who_in
from readmodel.identity import NAME, POSTCODE
from statemodel.command import AnyCommand
from statemodel.commands import IdentifyNeed
from wire import Invalid

FIELDS: Final = {
    "name": ("line", NAME),
    "born_on": ("day", 10),
    "due_on": ("day", 10),
    "mother": ("line", NAME),
    "postcode": ("line", POSTCODE),
    "ids": ("ids", 1000),
}
WHO, MATCH = "who", "match"
OURS = re.compile(rf"({WHO}|{MATCH})[0-9]{{1,3}}")
TOLD = re.compile(r"(identities|matches)\[([0-9]+)\](.*)")
TRUTHS = ("child", "of", "says")  # what a match's answer is about; nobody types it


def children_in(typed: Typed) -> list[str]:
    return [word for text in typed.get("children", []) for word in text.split()]


def asking_who(command: type[AnyCommand], asked: Asked) -> Asked:
    """Return an opening with its questions of who the children are; any other form as it is.

    Where a child more was asked for there is one more, with an id of its own.
    """
    if command is not IdentifyNeed:
        return asked
    if MORE in asked.typed:
        fresh = f"k-{asked.look.given.new_id()[:12]}"
        children = " ".join([*children_in(asked.typed), fresh])
        asked = replace(asked, typed={**asked.typed, "children": [children]})
    return replace(asked, beside=beside(asked.typed, (), asked.look))


def beside(typed: Typed, found: tuple[Match, ...], look: Look) -> tuple[Control, ...]:
    """Return the questions before the command's: of each probable match, then of each child."""
    of_whom = range(min(max(1, len(children_in(typed))), MOST))
    asked = [_answered(typed, number) for number in range(MOST * MOST) if _is_in(typed, number)]
    known = {(one["child"], one["of"]) for one in asked}
    fresh = [_told(one, typed, look) for one in found if (one.child, one.of) not in known]
    who = (one for number in of_whom for one in _identity(number))
    matches = (one for n, told in enumerate([*asked, *fresh]) for one in _match(n, told))
    return (*matches, *who)


def further(asked: Asked, error: Exception) -> tuple[Control, ...]:
    """Return the questions that a no leaves: those there were, and its probable matches."""
    if not isinstance(error, ProbableMatch):
        return asked.beside
    return beside(asked.typed, error.matches, asked.look)


def in_the_way(error: Exception, look: Look) -> str:
    """Return what to do about children known already; empty for any other error."""
    if isinstance(error, ProbableMatch):
        return wording.phrase(Phrase.PROBABLE_MATCH, look.words)
    if not isinstance(error, ChildHasOpenCase):
        return ""
    cases = (_case(one, look) for one in error.cases)
    known = Phrase.ASK_FIRST if isinstance(error, AskFirst) else Phrase.HAS_OPEN_CASE
    return f"{wording.phrase(known, look.words)} {'. '.join(cases)}."


async def open_by(given: Given, asking: Asking, document: dict[str, Any]) -> str:
    """Open the case a form asks for and return its id; raises Invalid by the form's own names."""
    own = {name: value for name, value in document.items() if not OURS.fullmatch(name)}
    of_whom, said = _who(document), _said(document)
    lists = {"identities": list(of_whom.values()), "matches": list(said.values())}
    names = {"identities": list(of_whom), "matches": list(said)}
    try:
        rest, who = who_in(own | lists)
        command = wire.decode(IdentifyNeed, rest)
        opening = replace(given.opening, who=who)
        return (await given.gateway.open_case(command, asking, opening)).case_id
    except Invalid as error:
        raise Invalid(
            tuple(replace(p, path=_path(p.path, names)) for p in error.problems)
        ) from None


def _who(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return by question who each child is, as far as anything was said of it."""
    children = document.get("children") or []
    held = ((f"{WHO}{number}", child) for number, child in enumerate(children))
    said = {name: (child, _filled(document.get(name))) for name, child in held}
    return {name: {"child": child} | told for name, (child, told) in said.items() if told}


def _said(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return by question what was answered for each match; what was left open is asked again."""
    told = {n: _filled(document[n]) for n in document if n.startswith(MATCH) and OURS.fullmatch(n)}
    kept = (MATCH_FIELDS & set(one) for one in told.values())
    pairs = zip(told.items(), kept, strict=True)
    return {name: {key: one[key] for key in keys} for (name, one), keys in pairs if "answer" in one}


MATCH_FIELDS: Final = frozenset({"child", "of", "answer", "reason"})


def _filled(told: Any) -> dict[str, Any]:
    return {name: value for name, value in (told or {}).items() if value not in (None, "")}


def _path(path: str, names: dict[str, list[str]]) -> str:
    """Return `who1.born_on` for `identities[0].born_on`, where nothing is said of the first."""
    found = TOLD.fullmatch(path)
    if found is None or int(found[2]) >= len(names[found[1]]):
        return path
    rest = found[3] or (".name" if found[1] == "identities" else ".answer")
    return f"{names[found[1]][int(found[2])]}{rest}"


def _identity(number: int) -> Iterator[Control]:
    group = identity_word("child").format(number=number + 1)
    for name, (kind, limit) in FIELDS.items():
        plain = Control(f"{WHO}{number}.{name}", identity_word(name), kind, needed=False)
        yield replace(plain, group=group, limit=limit, in_optional_group=True)


def _is_in(typed: Typed, number: int) -> bool:
    return f"{MATCH}{number}.child" in typed


def _answered(typed: Typed, number: int) -> dict[str, str]:
    return {name: typed.get(f"{MATCH}{number}.{name}", [""])[0] for name in TRUTHS}


def _told(match: Match, typed: Typed, look: Look) -> dict[str, str]:
    agrees = agrees_words(match.agrees, look.words)
    cases = [_case(one, look) for one in match.cases]
    number = children_in(typed).index(match.of) + 1
    who = identity_word("may_be").format(number=number, child=match.child)
    return {"child": match.child, "of": match.of, "says": ". ".join([f"{who}: {agrees}", *cases])}


def _case(told: CaseTold, look: Look) -> str:
    return case_words(spoken(told.reference), told.ask, look.words)


def _match(number: int, told: dict[str, str]) -> Iterator[Control]:
    for name in TRUTHS:
        hidden = Control(f"{MATCH}{number}.{name}", "", "hidden", needed=False)
        yield replace(hidden, group=told["says"], values=(told[name],))
    choices = tuple((one.value, identity_word(one.value)) for one in Said)
    answer = Control(f"{MATCH}{number}.answer", identity_word("answer"), "radios", needed=True)
    yield replace(answer, group=told["says"], choices=choices)
    reason = Control(f"{MATCH}{number}.reason", identity_word("reason"), "line", needed=False)
    yield replace(reason, group=told["says"])
