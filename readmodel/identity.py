"""Who a child is said to be, and the one form in which two spellings of it are the same."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from statemodel.command import about

NOT_A_NAME = frozenset({"unborn", "baby", "bump", "infant", "child", "twin", "newborn"})
# What no accent makes of a plain letter; everything else NFKD takes apart.
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
SILENT = str.maketrans("", "", "'’‘`´ʼ")
NAME, POSTCODE = 200, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who a child is said to be; what nobody knows is left out. `mother` counts for the unborn."""

    name: str = about("The full name, in any order", "Ada Byron", default="", limit=NAME)
    born_on: date | None = about("Date of birth", "2015-03-04", default=None)
    due_on: date | None = about("For an unborn child: when it is due", "2026-06-01", default=None)
    mother: str = about("The mother's full name", "Anne Byron", default="", limit=NAME)
    postcode: str = about("Postcode of the home", "NS1 1AA", default="", limit=POSTCODE)
    ids: tuple[str, ...] = about(
        "Numbers elsewhere, each as system:number", ["ehm:123"], default=()
    )

    @property
    def is_unborn(self) -> bool:
        return self.due_on is not None and self.born_on is None

    @property
    def own_name(self) -> tuple[str, ...]:
        """The parts of the child's own name; none for an unborn child, however it is called."""
        return () if self.is_unborn else name_parts(self.name)

    @property
    def outside_ids(self) -> tuple[str, ...]:
        return tuple(sorted({normal_id(one) for one in self.ids}))

    @property
    def given(self) -> tuple[str, ...]:
        """Which fields say something; these codes may be logged, what they hold may not."""
        names = ("name", "born_on", "due_on", "mother", "postcode", "ids")
        return tuple(name for name in names if getattr(self, name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified(Identity):
    """One child of an opening, by the random id that it has there."""

    child: str = about("The child, by the random id it has in `children`", "k-9f2c")


def name_parts(text: str) -> tuple[str, ...]:
    """Return a name's parts without accents, capitals, hyphens and apostrophes, in their order."""
    plain = unicodedata.normalize(
        "NFKD", text.translate(SILENT)
    ).casefold()  # some signs are letters
    apart = unicodedata.normalize("NFKD", plain)
    letters = "".join(one for one in apart if not unicodedata.combining(one)).translate(LETTERS)
    spaced = "".join(one if one.isalnum() else " " for one in letters)
    return tuple(part for part in spaced.split() if part not in NOT_A_NAME)


def normal_postcode(text: str) -> str:
    """Return "ns11aa" for "NS1 1AA"; nothing asks whether there is such a place."""
    return "".join(one for one in text.casefold() if one.isalnum())


def normal_id(text: str) -> str:
    """Return "nhs:9434765919" for "NHS:943-476-5919"."""
    system, _, number = text.casefold().partition(":")
    return f"{system}:{''.join(one for one in number if one.isalnum())}"


def turned(day: date) -> date | None:
    """Return a date with day and month exchanged, as the other half of the world writes it."""
    return day.replace(month=day.day, day=day.month) if day.day <= 12 else None


def tokens(who: Identity) -> frozenset[str]:
    """Return the clear tokens that two records of one child are likely to share.

    They are only ever kept as keyed hashes. Initials need no token of their own: whoever shares
    them and the date of birth shares the date.
    """
    return frozenset(_tokens(who))


def _tokens(who: Identity) -> Iterator[str]:
    yield from (f"id {one}" for one in who.outside_ids)
    if who.own_name:
        yield f"name {' '.join(sorted(who.own_name))}"
        yield f"name {''.join(who.own_name)}"
    if who.born_on:
        yield f"born {who.born_on.isoformat()}"
    if who.due_on:
        yield f"due {who.due_on.isoformat()}"
    if parts := name_parts(who.mother):
        yield f"mother {' '.join(sorted(parts))}"
        yield f"mother {''.join(parts)}"
    if place := normal_postcode(who.postcode):
        yield f"postcode {place}"


def asked_tokens(who: Identity) -> frozenset[str]:
    """Return what to look for: its own tokens, and the date of birth as it is often mistaken."""
    other = turned(who.born_on) if who.born_on else None
    return tokens(who) | ({f"born {other.isoformat()}"} if other else frozenset())
