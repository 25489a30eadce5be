"""The rows of a directory file: what each cell may hold, and what to write where it does not."""

import re
from datetime import date, datetime
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from readmodel.roll import Part
from statemodel import Role

ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
TAKEN: Final = frozenset({"clock", "post", "nobody"})  # words of our own for who acts
DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
HOUR: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
ADDRESS: Final = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@([A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,}")
DOMAIN: Final = re.compile(r"([A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,}")
PHONE: Final = re.compile(r"\+?[0-9 ()-]{3,30}")
NAME: Final = re.compile(r"[^\x00-\x1f\x7f]{1,200}")
MANY: Final = re.compile(r"\s*;\s*")


def _like(pattern: re.Pattern[str], remedy: str) -> AfterValidator:
    def check(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError(remedy)
        return text

    return AfterValidator(check)


def _free(id_: str) -> str:
    if id_ in TAKEN:
        raise ValueError("this word has a meaning of its own: choose another id")
    return id_


def _listed(value: Any) -> Any:
    """A cell holds several with semicolons between; TOML has lists."""
    if isinstance(value, str):
        return [each for each in MANY.split(value.strip()) if each]
    return [] if value is None else value


def _day(value: Any) -> Any:
    """Days are written in one way: 3/7 is another day elsewhere, and 20260703 a number."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise ValueError("write the day like 2026-07-23")
    return value


Id = Annotated[
    str,
    _like(ID, "write letters, digits, dots and hyphens, at most 64, a letter or digit first"),
    AfterValidator(_free),
]
Name = Annotated[str, _like(NAME, "write it on one line, in at most 200 characters")]
Hour = Annotated[str, _like(HOUR, "write a time of day like 08:00 or 18:30")]
Mailbox = Annotated[str, _like(ADDRESS, "write one e-mail address, like ana@school.example")]
Phone = Annotated[str, _like(PHONE, "write one number: digits and spaces, + in front if you like")]
Domain = Annotated[str, _like(DOMAIN, "write domains with ; between, like school.example")]
Day = Annotated[date, BeforeValidator(_day)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class PersonRow(_Row):
    """One person; `active` says whether they work here still."""

    id: Id
    name: Name
    agency: Id
    roles: Annotated[tuple[Role, ...], BeforeValidator(_listed)]
    line_manager: Id | None = None
    deputy: Id | None = None
    active: bool = True
    second_agency: Id | None = None
    capacity: Annotated[int, Field(ge=0, le=1000)] | None = None
    email: Mailbox | None = None
    phone: Phone | None = None
    quiet_from: Hour | None = None
    quiet_until: Hour | None = None


class AgencyRow(_Row):
    """One agency; with no domains any mailbox will do."""

    id: Id
    name: Name
    approver: Id | None = None
    mail_domains: Annotated[tuple[Domain, ...], BeforeValidator(_listed)] = ()


class AbsenceRow(_Row):
    """When a person is away, both ends included."""

    person: Id
    since: Day
    until: Day


class ClosureRow(_Row):
    """When an agency is closed, both ends included."""

    agency: Id
    since: Day
    until: Day


FORMS: Final[dict[Part, type[_Row]]] = {
    Part.AGENCIES: AgencyRow,
    Part.PEOPLE: PersonRow,
    Part.ABSENCES: AbsenceRow,
    Part.CLOSURES: ClosureRow,
}
REMEDIES: Final = {
    "missing": "is missing: add it",
    "extra_forbidden": "is not known here: remove or respell it",
    "string_type": "write a text",
    "enum": f"choose from {', '.join(Role)}, with ; between",
    "bool_parsing": "write yes or no",
    "bool_type": "write yes or no",
    "int_parsing": "write a whole number",
    "int_type": "write a whole number",
    "greater_than_equal": "write nought or more",
    "less_than_equal": "write at most 1000",
    "tuple_type": "write a list",
    "date_from_datetime_parsing": "there is no such day: write one like 2026-07-23",
    "date_parsing": "there is no such day: write one like 2026-07-23",
}


SEVERAL: Final = frozenset({"roles", "mail_domains"})  # an empty cell is none of them
EMPTY: Final = ""


def columns(part: Part) -> tuple[str, ...]:
    """Return what a part's rows may hold."""
    return tuple(FORMS[part].model_fields)


def required(part: Part) -> tuple[str, ...]:
    """Return what each row must hold."""
    return tuple(name for name, one in FORMS[part].model_fields.items() if one.is_required())


def read_row(part: Part, values: dict[str, Any]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Return the fields a row gives, and for each that cannot be used a remedy."""
    filled = {name: value for name, value in values.items() if name in SEVERAL or value != EMPTY}
    try:
        row = FORMS[part].model_validate(filled)
    except ValidationError as error:
        return {}, [(_column(each), _remedy(each)) for each in error.errors(include_url=False)]
    known = row.model_dump()
    given = {name: known[name] for name in known if name in values}
    return (given | {"active": known["active"]} if part is Part.PEOPLE else given), []


def _column(found: ErrorDetails) -> str:
    return str(found["loc"][0]) if found["loc"] else ""


def _remedy(found: ErrorDetails) -> str:
    own = found["msg"].removeprefix("Value error, ")
    return REMEDIES.get(found["type"], own)
