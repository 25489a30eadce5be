"""The one place where an answer that is not yes becomes HTTP: RFC 9457 problems (decision 30)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from fastapi.responses import JSONResponse

import wire
from api.documents import Problem, Reason, Wrong
from api.given import Given
from api.matches import cases_shown, detail, matches_shown
from config.wording import Phrase, phrase, say
from gateway.answers import (
    AskFirst,
    Busy,
    ChildHasOpenCase,
    Conflict,
    Forbidden,
    Hidden,
    No,
    NotValid,
    ProbableMatch,
    RefusedByCase,
    Unavailable,
    Unknown,
)
from readmodel.engine import StoreUnavailable
from readmodel.vault import NoKey
from statemodel import Unmet

MEDIA = "application/problem+json"
WORLDS = (Unavailable, StoreUnavailable, NoKey)


class Nowhere(Hidden):
    """A concern for a case that nobody knows: whoever raised it must hear whom to ring instead."""


class Malformed(Exception):
    """The request is not one that can be put to a case: a header, a media type, a size."""

    def __init__(self, code: str, says: str, status: int = 400) -> None:
        super().__init__(says)
        self.code, self.says, self.status = code, says, status


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of no looks over HTTP; `wait` is Retry-After in seconds."""

    status: int
    title: str
    detail: str = ""
    wait: int = 0


KINDS: Mapping[type[Exception], Kind] = {
    RefusedByCase: Kind(409, "Cannot be done yet"),
    Conflict: Kind(409, "Somebody was first"),
    ProbableMatch: Kind(409, "Perhaps known already"),
    ChildHasOpenCase: Kind(409, "There is an open case"),
    AskFirst: Kind(409, "Somebody is to be asked first"),
    Forbidden: Kind(403, "Not for this person"),
    Hidden: Kind(404, "Not found", "There is no such case for you."),
    Nowhere: Kind(404, "Not found"),
    NotValid: Kind(422, "Not a valid document"),
    wire.Invalid: Kind(422, "Not a valid document"),
    Unknown: Kind(202, "No answer in time", "Ask again with the same Idempotency-Key.", 2),
    Busy: Kind(429, "Busy", "Others are at this case: try again in a moment.", 1),
    Unavailable: Kind(
        503, "Not available", "Nothing was done. Try again with the same Idempotency-Key.", 5
    ),
}
STATUSES = {404: "Not found", 405: "Not allowed here", 500: "Something went wrong"}


@dataclass(frozen=True, slots=True)
class Told:
    """Everything one problem says, before it is written."""

    code: str
    kind: Kind
    reasons: tuple[Unmet, ...] = ()
    problems: tuple[wire.Problem, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    error: Exception = field(default_factory=Exception)


def told(error: Exception) -> Told:
    """Return what an error says to whoever asked; nothing of the inside of Baton."""
    if isinstance(error, Malformed):
        title = STATUSES.get(error.status, "Not a request that can be answered")
        return Told(error.code, Kind(error.status, title, error.says))
    if isinstance(error, wire.Invalid):
        return Told("invalid", KINDS[wire.Invalid], problems=error.problems)
    if isinstance(error, WORLDS):
        return Told("unavailable", KINDS[Unavailable])
    if isinstance(error, NotValid):  # its text is ours, and quotes nothing that was sent
        return Told(error.code, replace(KINDS[NotValid], detail=str(error)))
    if isinstance(error, No) and type(error) in KINDS:
        return Told(error.code, KINDS[type(error)], error.reasons, error=error)
    return Told("unexpected", Kind(500, STATUSES[500], "It has been noted. Please try again."))


def answer(given: Given, said: Told) -> JSONResponse:
    """Return the problem as a response, with the safety line."""
    kind = said.kind
    problem = Problem(
        type=f"urn:baton:problem:{said.code}",
        title=kind.title,
        status=kind.status,
        detail=_detail(given, said),
        code=said.code,
        safety=given.safety,
        reasons=reasons(given, said.reasons),
        problems=tuple(Wrong(one.path, one.code, one.allowed) for one in said.problems),
        matches=matches_shown(given.words, said.error),
        cases=cases_shown(given.words, said.error),
    )
    headers = {"Cache-Control": "no-store", **said.headers} | (
        {"Retry-After": str(kind.wait)} if kind.wait else {}
    )
    return JSONResponse(wire.encode(problem), kind.status, headers, MEDIA)


def _detail(given: Given, said: Told) -> str:
    if said.kind is KINDS[Nowhere]:
        return phrase(Phrase.CONCERN_NOWHERE, given.words)
    if said.reasons:
        because = "; ".join(say(one, given.words).says for one in said.reasons)
        return f"{phrase(Phrase.CANNOT_YET, given.words)} {because}."
    if said.problems:
        return f"{len(said.problems)} thing(s) to put right; see problems."
    return said.kind.detail or detail(given.words, said.error)


def reasons(given: Given, found: tuple[Unmet, ...]) -> tuple[Reason, ...]:
    """Return reasons as codes and words; `because_of` says whose rule it is (practice D16)."""
    return tuple(_reason(given, one) for one in found)


def _reason(given: Given, unmet: Unmet) -> Reason:
    said = say(unmet, given.words)
    return Reason(
        unmet.code, said.says, said.because_of, said.remedy, unmet.strength.value, unmet.rules
    )
