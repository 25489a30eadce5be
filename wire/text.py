"""Text: what characters it may hold and how long it may be, by what kind of text it is."""

import re
import unicodedata
from dataclasses import Field, dataclass
from typing import Any

from statemodel.command import LINE, TEXT, Automatic
from wire.invalid import Problems, Trail
from wire.limits import ID_LENGTH

ID = re.compile(r"[A-Za-z0-9_.:-]+")
NOT_IN_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
NOT_IN_A_LINE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
COMPOSED_OF, COMPOSED_TO = 4, 3  # by NFC one is made of at most four, and becomes at most three
MARKS = 30  # on one character; to order a pile of 40,000 takes over a second (UAX #15, 13)
# These stand in values inside commands, which describe no example to go by.
IDS = frozenset({"on_behalf_of", "named", "answered_by", "person", "attested_by"})


@dataclass(frozen=True, slots=True)
class TextRule:
    """`name` is id, line or text; `limit` counts characters after NFC, None for no limit."""

    name: str
    limit: int | None
    empty: bool = True


KEPT = TextRule("text", None)


def rule_of(owner: type[Any], field: "Field[Any]") -> TextRule:
    """Return the rule for a command's text.

    More than a line was asked for: text. Its example is an id: an id. Everything else: a line.
    An id that Baton made of other ids, in a command of its own, may be as long as a line.
    """
    limit = field.metadata.get("limit", LINE)
    if limit > LINE:
        return TextRule("text", min(limit, TEXT))
    if field.name in IDS or _is_id(field.metadata.get("example")):
        longest = LINE if issubclass(owner, Automatic) else ID_LENGTH
        return TextRule("id", longest, empty=field.default == "")
    return TextRule("line", limit)


def _is_id(example: Any) -> bool:
    first = example[0] if isinstance(example, list) and example else example
    return isinstance(first, str) and ID.fullmatch(first) is not None


def length(text: str) -> int:
    """Count characters after NFC (reliability: limits)."""
    return len(text) if text.isascii() else len(unicodedata.normalize("NFC", text))


def too_long(text: str, limit: int) -> bool:
    """Whether text has more than so many characters; nothing huge is normalised to find out."""
    if len(text) > limit * COMPOSED_OF:
        return True
    return len(text) * COMPOSED_TO > limit and length(text) > limit


def is_piled(text: str) -> bool:
    """Whether any character carries more than thirty marks: no language needs them."""
    run = 0
    for character in "" if text.isascii() else text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run > MARKS:
            return True
    return False


def read_text(rule: TextRule, document: Any, trail: Trail, problems: Problems) -> str:
    """Return the text, or tell what is wrong with it."""
    if type(document) is not str:
        problems.tell(trail, "wrong_type", "text")
    elif rule.name == "id":
        _check_id(rule, document, trail, problems)
    elif not document.isprintable() and _forbidden(rule).search(document):
        problems.tell(trail, "bad_character", "no control characters, no half characters")
    elif rule.limit is not None:
        _check_length(rule.limit, document, trail, problems)
    return document  # type: ignore[no-any-return]


def _check_length(limit: int, document: str, trail: Trail, problems: Problems) -> None:
    if len(document) > limit * COMPOSED_OF:
        problems.tell(trail, "too_long", f"at most {limit} characters")
    elif is_piled(document):
        problems.tell(trail, "bad_character", f"at most {MARKS} marks on a character")
    elif too_long(document, limit):
        problems.tell(trail, "too_long", f"at most {limit} characters")


def _forbidden(rule: TextRule) -> re.Pattern[str]:
    return NOT_IN_A_LINE if rule.name == "line" else NOT_IN_TEXT


def _check_id(rule: TextRule, document: str, trail: Trail, problems: Problems) -> None:
    if not document and rule.empty:
        return
    if len(document) > (rule.limit or ID_LENGTH):
        problems.tell(trail, "too_long", f"at most {rule.limit} characters")
    elif not ID.fullmatch(document):
        problems.tell(trail, "not_an_id", "letters, digits and _ . : -")
