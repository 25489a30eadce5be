"""How alike two identities are: points for what agrees, taken away for what speaks against.

Pure, and explained: the codes say which fields agree. Whoever reaches PROBABLE is asked about; a
person decides, and nothing is ever joined by itself (practice D31).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from readmodel.identity import Identity, name_parts, normal_postcode, turned


class Agrees(StrEnum):
    """One field in which two records say the same, or nearly."""

    OUTSIDE_ID = "outside_id"
    NAME = "name"
    NAME_CLOSE = "name_close"
    BIRTH_DATE = "birth_date"
    BIRTH_DATE_TURNED = "birth_date_turned"
    BIRTH_DATE_CLOSE = "birth_date_close"
    DUE_DATE = "due_date"
    DUE_DATE_CLOSE = "due_date_close"
    BORN_WHEN_DUE = "born_when_due"
    MOTHER = "mother"
    MOTHER_CLOSE = "mother_close"
    POSTCODE = "postcode"


PROBABLE: Final = 70  # two strong fields; no field but a number elsewhere is enough alone
POINTS: Final = {
    Agrees.OUTSIDE_ID: 150,  # enough, whatever speaks against it
    Agrees.NAME: 40,
    Agrees.NAME_CLOSE: 30,
    Agrees.BIRTH_DATE: 40,
    Agrees.BIRTH_DATE_TURNED: 30,
    Agrees.BIRTH_DATE_CLOSE: 10,
    Agrees.DUE_DATE: 40,
    Agrees.DUE_DATE_CLOSE: 30,
    Agrees.BORN_WHEN_DUE: 30,
    Agrees.MOTHER: 40,
    Agrees.MOTHER_CLOSE: 30,
    Agrees.POSTCODE: 30,
}
OTHER_NAME, OTHER_DATE, OTHER_ID = -20, -30, -30
ONE_A_CHILD: Final = frozenset({"nhs", "upn"})  # systems that give a child one number, for life
SCANS_DIFFER = timedelta(days=14)
EARLIEST, LATEST = timedelta(days=-112), timedelta(days=21)  # born at 24 weeks, or three weeks late
A_SLIP_NEEDS = 3  # letters: "Al" and "Jo" are one letter from half of all short names


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two records are, and by which fields."""

    points: int
    agrees: tuple[Agrees, ...]

    @property
    def is_probable(self) -> bool:
        return self.points >= PROBABLE


def likeness(one: Identity, other: Identity) -> Likeness:
    """Return how alike two identities are; the same whichever is given first."""
    found = (_ids(one, other), _name(one, other), _date(one, other), _place(one, other))
    agrees = tuple(each for each in found if isinstance(each, Agrees))
    against = sum(each for each in found if isinstance(each, int))
    return Likeness(sum(POINTS[each] for each in agrees) + against, agrees)


Verdict = Agrees | int  # what agrees, or the points that speak against; 0 says nothing


def _ids(one: Identity, other: Identity) -> Verdict:
    mine, theirs = set(one.outside_ids), set(other.outside_ids)
    if mine & theirs:
        return Agrees.OUTSIDE_ID
    systems = {each.partition(":")[0] for each in mine} & {e.partition(":")[0] for e in theirs}
    return OTHER_ID if systems & ONE_A_CHILD else 0


def _place(one: Identity, other: Identity) -> Verdict:
    """Families move: another postcode says nothing."""
    mine = normal_postcode(one.postcode)
    return Agrees.POSTCODE if mine and mine == normal_postcode(other.postcode) else 0


def _name(one: Identity, other: Identity) -> Verdict:
    """The names, where both have one; else the mothers', by which the unborn are known.

    Between two named children the mother says nothing: brothers and sisters share her.
    """
    if one.own_name and other.own_name:
        return _names(one.own_name, other.own_name, (Agrees.NAME, Agrees.NAME_CLOSE))
    mothers = name_parts(one.mother), name_parts(other.mother)
    return _names(*mothers, (Agrees.MOTHER, Agrees.MOTHER_CLOSE)) if all(mothers) else 0


def _names(one: tuple[str, ...], other: tuple[str, ...], codes: tuple[Agrees, Agrees]) -> Verdict:
    same, close = codes
    if sorted(one) == sorted(other) or "".join(one) == "".join(other):
        return same
    mine, theirs = _only_in(one, other), _only_in(other, one)
    if not mine or not theirs:  # a middle name more; but a surname alone says nothing
        return close if min(len(one), len(other)) > 1 else 0
    alone = len(mine) == len(theirs) == 1
    return close if alone and _is_written_for(mine[0], theirs[0]) else OTHER_NAME


def _only_in(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parts of one name that the other lacks, each as often as it is lacking."""
    left = list(other)
    lacking = []
    for part in one:
        if part in left:
            left.remove(part)
        else:
            lacking.append(part)
    return tuple(lacking)


def _is_written_for(one: str, other: str) -> bool:
    """Whether one is the other's initial, or the other with one slip of the fingers."""
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return long.startswith(short)
    return len(long) > A_SLIP_NEEDS and is_one_slip(short, long)


def is_one_slip(one: str, other: str) -> bool:
    """Whether a letter was added, left out or mistaken, or two neighbours exchanged."""
    short, long = sorted((one, other), key=len)
    at = next((n for n, letter in enumerate(short) if letter != long[n]), len(short))
    if len(long) - len(short) == 1:
        return short[at:] == long[at + 1 :]
    if len(long) != len(short) or at == len(short):
        return False
    exchanged = short[at : at + 2] == long[at : at + 2][::-1]
    return short[at + 1 :] == long[at + 1 :] or (exchanged and short[at + 2 :] == long[at + 2 :])


def _date(one: Identity, other: Identity) -> Verdict:
    if one.born_on and other.born_on:
        return _births(one.born_on, other.born_on)
    if one.due_on and other.due_on:
        apart = abs(one.due_on - other.due_on)
        close = Agrees.DUE_DATE_CLOSE if apart <= SCANS_DIFFER else OTHER_DATE
        return Agrees.DUE_DATE if not apart else close
    born, due = one.born_on or other.born_on, one.due_on or other.due_on
    if born is None or due is None:
        return 0
    return Agrees.BORN_WHEN_DUE if EARLIEST <= born - due <= LATEST else OTHER_DATE


def _births(one: date, other: date) -> Verdict:
    if one == other:
        return Agrees.BIRTH_DATE
    if turned(one) == other:
        return Agrees.BIRTH_DATE_TURNED
    parts = zip(one.timetuple()[:3], other.timetuple()[:3], strict=True)
    differing = sum(mine != theirs for mine, theirs in parts)
    return Agrees.BIRTH_DATE_CLOSE if differing == 1 else OTHER_DATE
