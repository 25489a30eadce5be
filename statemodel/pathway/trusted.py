"""Whom a child trusts: written down beside the lead, and never instead of one (R169, SC23)."""

from dataclasses import dataclass, replace

from statemodel.attempt import Asked
from statemodel.case import OPEN_STAGES, Case
from statemodel.command import Command, about
from statemodel.deadlines import put
from statemodel.entry import Entry
from statemodel.event import Event
from statemodel.law import CASEWORK, Chapter, MachineName, Row, Tell
from statemodel.pathway.oversight import the_child_is_of_this_case
from statemodel.people import Person
from statemodel.refusal import Authority, Unmet
from statemodel.tenure import Trusted


@dataclass(frozen=True, slots=True, kw_only=True)
class NameTrustedPerson(Command):
    """Write down whom a child sees as theirs, and how they and the lead share what they know."""

    kind = "name_trusted_person"
    child: str = about("Which child", "k-9f2c")
    person: str = about("Whom the child trusts, by id", "f-carer")
    sharing: str = about("How what is known is shared between them", "By phone", limit=10_000)
    childs_words: str = about("What the child says of it", "She listens", default="", limit=10_000)


@dataclass(frozen=True, slots=True)
class TrustedPersonNamed(Event):
    """The child's own word; who leads goes on accounting for the case."""

    kind = "trusted_person_named"
    trusted: Trusted


NOT_SAID_HOW = Unmet("sharing_not_said", ("R169",), Authority.NATIONAL_GUIDANCE)


def it_is_said_how_they_share(asked: Asked[NameTrustedPerson]) -> Unmet | None:
    return None if asked.command.sharing.strip() else NOT_SAID_HOW


def _names(asked: Asked[NameTrustedPerson]) -> tuple[Event, ...]:
    command = asked.command
    name = f"u{asked.version}"
    return (TrustedPersonNamed(Trusted(name, command.child, command.person, asked.happened_at)),)


def _fold(case: Case, event: TrustedPersonNamed, entry: Entry) -> Case:
    """A child has one such person at a time: whoever was named before is so no longer."""
    for earlier in case.every(Trusted):
        if earlier.live and earlier.child == event.trusted.child:
            case = put(case, replace(earlier, ended_at=entry.at))
    return put(case, event.trusted)


def _tells(case: Case, event: TrustedPersonNamed, entry: Entry) -> tuple[Tell, ...]:
    leads = (lead for lead in case.leads(event.trusted.child) if lead.current)
    return tuple(
        Tell(Person(lead.person), "trusted_person_named", event.trusted.id) for lead in leads
    )


CHAPTER = Chapter(
    rows=(
        Row(
            NameTrustedPerson,
            MachineName.STAGE,
            OPEN_STAGES,
            None,
            ("R169",),
            needs=(the_child_is_of_this_case, it_is_said_how_they_share),
        ),
    ),
    happens={NameTrustedPerson: _names},
    folds={TrustedPersonNamed: _fold},
    tells={TrustedPersonNamed: _tells},
    roles={NameTrustedPerson: CASEWORK},
)
