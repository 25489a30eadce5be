"""A concern is never refused: what is understood is kept, and all the rest is kept as words."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from statemodel.command import LINE, TEXT, Recorded
from statemodel.commands import RaiseConcern
from statemodel.plain import canonical, plain
from wire.body import parse
from wire.decoder import Decoder
from wire.invalid import Invalid
from wire.limits import COMMAND_BYTES, ITEMS
from wire.text import COMPOSED_OF, MARKS, NOT_IN_A_LINE, NOT_IN_TEXT, is_piled, too_long
from wire.upcast import UPCASTS, renamed

CUT = "\n[cut here: too long]"
JOINER = "\u034f"  # an invisible character that ends a pile of marks (UAX #15, 13)
NODES, LONG_BITS = 100_000, 10_000
NO = frozenset({"", "0", "f", "false", "n", "no", "off"})
YES = frozenset({"1", "on", "t", "true", "y", "yes"})
_DECODER = Decoder()


class Rest(list[tuple[str, Any]]):
    """What no field could take, with the name it stood under."""


def decode_concern(document: Any) -> RaiseConcern:
    """Return the concern in a document, or in a body of bytes, whatever state it is in (D1).

    Never raises. What fits a field goes there; everything else goes as words into `what`. A text
    over its limit is cut at the limit with a visible mark. Whether it is about a professional is
    taken as yes unless it is plainly no: told to too few is put right, told to them is not.
    """
    document = _opened(document)
    if type(document) is not dict:
        return _unread(words(document))
    document, rest = renamed(document, UPCASTS), Rest()
    known: dict[str, Any] = {name: _READ[name](document.get(name), rest) for name in _READ}
    rest += [(str(name), value) for name, value in document.items() if _is_news(name, value)]
    lines = [known.pop("what"), *(f"{name}: {words(value)}".strip() for name, value in rest)]
    what = cut(cleaned("\n".join(line for line in lines if line)), TEXT)
    return _fitted(RaiseConcern(what=what, **known))


def _unread(said: str) -> RaiseConcern:
    """Return a concern that is words alone; one that so much as names the question is private."""
    private = "about_a_professional" in said
    return _fitted(RaiseConcern(what=cut(cleaned(said), TEXT), about_a_professional=private))


def _opened(document: Any) -> Any:
    if not isinstance(document, bytes):
        return document
    try:
        return parse(document)
    except Invalid:
        return document.decode("utf-8", "replace")


def _is_news(name: Any, value: Any) -> bool:
    """Whether an entry of the document has not been read and says something."""
    plainly = name == "v" and type(value) is int and value == RaiseConcern.v
    return name not in _READ and not plainly and not (name == "kind" and value == RaiseConcern.kind)


def words(value: Any) -> str:
    """Return everything a document says, names and all, without its brackets; endless is cut."""
    said, length = [], 0
    for word in _words(value):
        said.append(word)
        length += len(word) + 1
        if length > TEXT * COMPOSED_OF:
            break
    return " ".join(said)


def _words(value: Any) -> Iterator[str]:
    waiting = [value]
    for _ in range(NODES):
        if not waiting:
            return
        one = waiting.pop()
        if isinstance(one, dict | list):
            waiting.extend(_parts(one))
        elif one is not None:
            yield _word(one)
    yield CUT


def _parts(whole: dict[Any, Any] | list[Any]) -> Iterator[Any]:
    """Yield the parts of an object or list from the last to the first, names before values."""
    if isinstance(whole, list):
        yield from reversed(whole)
        return
    for name, part in reversed(whole.items()):
        yield part
        yield f"{name}:"


def _word(one: Any) -> str:
    if isinstance(one, bool):
        return "yes" if one else "no"
    if isinstance(one, int) and one.bit_length() > LONG_BITS:
        return hex(one)  # a number of thousands of digits will not be written in tens
    return str(one)


def cleaned(text: str) -> str:
    """Return text with one kind of line end, no control characters and no piles of marks."""
    text = NOT_IN_TEXT.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(_unpiled(text)) if is_piled(text) else text


def _unpiled(text: str) -> Iterator[str]:
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run > MARKS:
            yield JOINER
            run = 1
        yield character


def cut(text: str, limit: int) -> str:
    """Return text of at most so many characters after NFC, its cut end marked."""
    if not too_long(text, limit):
        return text
    composed = unicodedata.normalize("NFC", text[: limit * COMPOSED_OF])
    return composed[: limit - len(CUT)] + CUT


def _text(value: Any, rest: Rest) -> str:
    return cut(cleaned(words(value)), TEXT)


def _line(value: Any, rest: Rest) -> str | None:
    if value is None:
        return None
    said = NOT_IN_A_LINE.sub(" ", cleaned(words(value)))
    return cut(said, LINE).replace("\n", " ")


def _people(value: Any, rest: Rest) -> tuple[str, ...]:
    told = value if isinstance(value, list) else [] if value is None else [value]
    found: list[str] = []
    lost: list[Any] = []
    for one in told:
        is_person = len(found) < ITEMS and _understood("people", [one])
        (found if is_person else lost).append(one)
    if lost:
        rest.append(("people", lost))
    return tuple(found)


def _professional(value: Any, rest: Rest) -> bool:
    said = words(value).strip().lower()
    if said not in NO | YES:
        rest.append(("about_a_professional", value))
    return said not in NO


def _recorded(value: Any, rest: Rest) -> Recorded | None:
    told = dict(value) if type(value) is dict else {}
    when = {"happened_at": told.pop("happened_at", None)}
    if _understood("recorded", when) is None:
        if value is not None:
            rest.append(("recorded", value))
        return None
    kept = {name: part for name, part in told.items() if _fits(when, name, part)}
    lost = {name: part for name, part in told.items() if name not in kept}
    if lost:
        rest.append(("recorded", lost))
    recorded = _understood("recorded", when | kept)
    return recorded if isinstance(recorded, Recorded) else None


def _fits(when: dict[str, Any], name: str, part: Any) -> bool:
    return _understood("recorded", when | {name: part}) is not None


def _understood(name: str, value: Any) -> Any:
    """Return what the strict decoder makes of one field, or None when it makes nothing of it."""
    try:
        return getattr(_DECODER.decode(RaiseConcern, {name: value}), name)
    except Invalid:
        return None


def _fitted(concern: RaiseConcern) -> RaiseConcern:
    """Return the concern within 64 KiB: four-byte letters throughout, and `done` gives way."""
    over = len(canonical(plain(concern))) - COMMAND_BYTES
    if over <= 0:
        return concern
    end, over = len(concern.done), over + len(CUT) + 1
    while over > 0 and end:
        end -= 1
        over -= len(concern.done[end].encode())
    return replace(concern, done=concern.done[:end] + CUT)


_READ = {
    "what": _text,
    "done": _text,
    "people": _people,
    "about_a_professional": _professional,
    "recorded": _recorded,
    "because": _line,
}
