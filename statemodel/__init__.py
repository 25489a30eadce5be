"""The early-help case, as pure values and pure functions.

Nothing here reads a clock, a file, a socket or a database. Time, actor, policy, calendar and facts
about people arrive as arguments, so every answer can be had again by asking again.
"""

from statemodel.attempt import Context
from statemodel.available import Option, available
from statemodel.case import Case, Stage
from statemodel.deadlines import next_deadline
from statemodel.decide import decide
from statemodel.describe import describe
from statemodel.entry import Entry
from statemodel.evolve import evolve
from statemodel.law import CURRENT_EDITION, KNOWN_EDITIONS
from statemodel.ledger import recall
from statemodel.messages import Message, messages
from statemodel.people import Actor, Desk, Facts, Hat, Holder, Person, PersonFacts, Role
from statemodel.policy import Pack
from statemodel.refusal import Refused, Unmet
from statemodel.status import Summary, status, summary
from statemodel.things import Deadline

__all__ = [
    "CURRENT_EDITION",
    "KNOWN_EDITIONS",
    "Actor",
    "Case",
    "Context",
    "Deadline",
    "Desk",
    "Entry",
    "Facts",
    "Hat",
    "Holder",
    "Message",
    "Option",
    "Pack",
    "Person",
    "PersonFacts",
    "Refused",
    "Role",
    "Stage",
    "Summary",
    "Unmet",
    "available",
    "decide",
    "describe",
    "evolve",
    "messages",
    "next_deadline",
    "recall",
    "status",
    "summary",
]
