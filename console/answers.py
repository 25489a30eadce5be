"""What came back with a form, as a command's document; each problem beside its question."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from starlette.requests import Request

from console.forms import YES_OR_NO, Control
from console.rows import name_in
from console.wording import problem
from statemodel.plain import utc_text
from wire import BODY_BYTES, Invalid

MOST_FIELDS = 400
Typed = Mapping[str, list[str]]


async def typed(request: Request) -> dict[str, list[str]]:
    """Return the form's fields; what is beyond 256 KiB or 400 fields is not read."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_BYTES:
            break
    text = bytes(body[:BODY_BYTES]).decode("utf-8", "replace")
    kept = "&".join(text.split("&")[:MOST_FIELDS])
    return parse_qs(kept, keep_blank_values=True, errors="replace")


def document_of(controls: tuple[Control, ...], typed: Typed, zone: str) -> dict[str, Any]:
    """Return the plain document; what was left empty is left out, and so is an empty row."""
    document: dict[str, Any] = {}
    rows: dict[str, dict[str, Any]] = {row: {} for row in _filled(controls, typed)}
    for row, held in rows.items():
        document.setdefault(row.rpartition(".")[0], []).append(held)
    for control in controls:
        value = _value(control, typed.get(control.name, []), zone)
        place = rows.get(control.row) if control.row else document
        if value is not None and place is not None:
            _put(place, control.name.removeprefix(f"{control.row}.").split("."), value)
    return document


def _put(document: dict[str, Any], path: list[str], value: Any) -> None:
    *outer, last = path
    for name in outer:
        document = document.setdefault(name, {})
    document[last] = value


def _filled(controls: tuple[Control, ...], typed: Typed) -> dict[str, None]:
    """The rows in which something was answered, beside what stood there already; in order."""
    asked = (one for one in controls if one.row and not one.is_given)
    answered = (one for one in asked if "".join(typed.get(one.name, ())).strip())
    return dict.fromkeys(one.row for one in answered)


def _kept(controls: tuple[Control, ...], typed: Typed) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in _filled(controls, typed):
        name, _, place = row.rpartition(".")
        found.setdefault(name, []).append(int(place))
    return found


def _listed(value: Any) -> Any:
    """Return a group of numbered groups as a list, in order; whatever else as it is."""
    if isinstance(value, dict) and value and all(name.isdigit() for name in value):
        return list(value.values())
    return value


def _value(control: Control, given: list[str], zone: str) -> Any:
    texts = [one.replace("\r\n", "\n").strip() for one in given]
    if control.kind in SEVERAL:
        return SEVERAL[control.kind](texts)
    first = texts[0] if texts else ""
    if first:
        return _one(control, first, zone)
    return None if not control.needed or control.kind not in ("text", "line") else ""


def _words(texts: list[str]) -> list[str] | None:
    return [word for text in texts for word in text.split()] or None


def _lines(texts: list[str]) -> list[str] | None:
    return [line.strip() for text in texts for line in text.split("\n") if line.strip()] or None


def _said(texts: list[str]) -> list[str] | None:
    """Ids, or words: what is no id a concern keeps as it was said."""
    return [text for text in texts if text] or None


SEVERAL: Mapping[str, Callable[[list[str]], Any]] = {
    "tick": lambda texts: "yes" in texts,
    "ticks": _words,
    "ids": _words,
    "lines": _lines,
    "people": _said,
}


def _one(control: Control, first: str, zone: str) -> Any:
    if control.kind == "moment":
        return _instant(first, zone)
    if control.choices == YES_OR_NO:
        return {"yes": True, "no": False}.get(first, first)
    if control.name == "giver":  # "Step father" is said, "step-father" is kept
        return "-".join(first.lower().split()) if " " in first else first
    counted = control.kind == "number" or control.name == "entry"
    return int(first) if counted and first.isascii() and first.isdigit() else first


def _instant(text: str, zone: str) -> str:
    """A browser sends local time without its zone; it is the authority's."""
    try:
        wall = datetime.fromisoformat(text)
    except ValueError:
        return text
    at = wall if wall.tzinfo else wall.replace(tzinfo=ZoneInfo(zone))
    return utc_text(at.astimezone(UTC))


def errors_of(error: Invalid, controls: tuple[Control, ...], typed: Typed) -> dict[str, str]:
    """Return what is wrong by question; what belongs to none stands under no name."""
    names = {control.name for control in controls}
    kept = _kept(controls, typed)
    found: dict[str, str] = {}
    for one in error.problems:
        path = name_in(one.path, kept)
        name = path if path in names else _first_of(path, controls)
        found.setdefault(name, problem(one.code, one.allowed))
    return found


def _first_of(path: str, controls: tuple[Control, ...]) -> str:
    """A whole group is missing: its first question says so."""
    return next((one.name for one in controls if one.name.startswith((f"{path}.", f"{path}["))), "")
