"""What a directory file says, checked against itself and against who is known already."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cli.people_files import Fault, Row, Written
from cli.people_forms import read_row
from readmodel.away import Absence, Closure
from readmodel.directory import Agency
from readmodel.roll import Colleague, Key, Part, Record, Roll, key_of, merged

Wrong = Iterator[tuple[str, str]]  # column, remedy


@dataclass(slots=True)
class Understood:
    """What a file says of each record, where it says so, and everything that is wrong in it."""

    given: dict[Part, dict[Key, Mapping[str, Any]]]
    rows: dict[tuple[Part, Key], Row] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def understand(written: Written) -> Understood:
    """Read every row by its form; the same record twice is a fault."""
    found = Understood({part: {} for part in written.parts}, faults=list(written.faults))
    for row in written.rows:
        values, wrong = read_row(row.part, row.values)
        found.faults += [row.wrong(column, says) for column, says in wrong]
        if values:
            _take(found, row, values)
    return found


def _take(found: Understood, row: Row, values: dict[str, Any]) -> None:
    key = key_of(row.part, values)
    earlier = found.rows.setdefault((row.part, key), row)
    if earlier is row:
        found.given[row.part][key] = values
        return
    column = next(iter(values))
    found.faults.append(row.wrong(column, f"stands in line {earlier.line} already: remove one"))


def faults_beside(understood: Understood, written: Written, roll: Roll) -> Iterator[Fault]:
    """Yield every row that names somebody or somewhere unknown, or contradicts itself."""
    whole = merged(roll, understood.given)
    known = _Known(written, whole)
    for (part, key), row in understood.rows.items():
        for column, says in known.wrong_with(whole[part][key]):
            yield row.wrong(column, says)


class _Known:
    """Who and what there is: in the directory, or in the file even where its row is faulty."""

    def __init__(self, written: Written, whole: Roll) -> None:
        self.people = _ids(Part.PEOPLE, written.rows, whole)
        self.agencies = _ids(Part.AGENCIES, written.rows, whole)
        self.domains = {
            one.id: one.mail_domains
            for one in whole[Part.AGENCIES].values()
            if isinstance(one, Agency)
        }

    def wrong_with(self, one: Record) -> Wrong:
        if isinstance(one, Colleague):
            yield from self._references(one)
            yield from self._reached(one)
        elif isinstance(one, Agency):
            yield from self._person("approver", one.approver)
        else:
            yield from self._span(one)

    def _references(self, one: Colleague) -> Wrong:
        yield from self._agency("agency", one.agency)
        yield from self._agency("second_agency", one.second_agency)
        if one.second_agency == one.agency:
            yield "second_agency", "is the same as agency: leave it empty"
        for column in ("line_manager", "deputy"):
            named = getattr(one, column)
            yield from self._person(column, named)
            if named == one.id:
                yield column, "nobody is their own: leave it empty where there is none"

    def _reached(self, one: Colleague) -> Wrong:
        if (one.quiet_from is None) != (one.quiet_until is None):
            missing = "quiet_from" if one.quiet_from is None else "quiet_until"
            yield missing, "quiet hours have a beginning and an end: write both, or neither"
        theirs = (self.domains.get(agency or "", ()) for agency in (one.agency, one.second_agency))
        allowed = [domain.lower() for domains in theirs for domain in domains]
        _, _, domain = (one.email or "").lower().rpartition("@")
        if domain and allowed and domain not in allowed:
            yield "email", f"is no work mailbox of the agency: use one at {', '.join(allowed)}"

    def _span(self, one: Absence | Closure) -> Wrong:
        if isinstance(one, Absence):
            yield from self._person("person", one.person)
        else:
            yield from self._agency("agency", one.agency)
        if one.until < one.since:
            yield "until", "is before since: write the last day, on or after the first"

    def _person(self, column: str, id_: str | None) -> Wrong:
        if id_ is not None and id_ not in self.people:
            yield column, f"{id_} is nobody here: add them to the people, or correct the id"

    def _agency(self, column: str, id_: str | None) -> Wrong:
        if id_ is not None and id_ not in self.agencies:
            yield column, f"{id_} is no agency here: add it to the agencies, or correct the id"


def _ids(part: Part, rows: Sequence[Row], whole: Roll) -> set[str]:
    said = {str(row.values.get("id")) for row in rows if row.part is part}
    return said | {key[0] for key in whole[part]}
