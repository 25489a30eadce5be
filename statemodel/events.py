"""Everything that can have happened to a case, re-exported from the chapters that own it."""

from statemodel.deadlines import DeadlineSet, DeadlineSettled
from statemodel.event import Event
from statemodel.pathway.agreement import AgreementRecorded
from statemodel.pathway.clock import OwnerReminded
from statemodel.pathway.closing import CaseClosed
from statemodel.pathway.concern import ConcernRaised
from statemodel.pathway.correction import EntryStruck
from statemodel.pathway.departure import DepartureNoted
from statemodel.pathway.identify import NeedIdentified
from statemodel.pathway.lapse import NominationAskedLate, NominationReferred
from statemodel.pathway.manager_answer import (
    LapseWithdrawn,
    NominationAgreed,
    NominationDiscussed,
)
from statemodel.pathway.nomination import LeadProposed
from statemodel.pathway.tasks import MessageUndelivered, TaskAnswered
from statemodel.table import EVENTS

__all__ = [
    "EVENTS",
    "AgreementRecorded",
    "CaseClosed",
    "ConcernRaised",
    "DeadlineSet",
    "DeadlineSettled",
    "DepartureNoted",
    "EntryStruck",
    "Event",
    "LapseWithdrawn",
    "LeadProposed",
    "MessageUndelivered",
    "NeedIdentified",
    "NominationAgreed",
    "NominationAskedLate",
    "NominationDiscussed",
    "NominationReferred",
    "OwnerReminded",
    "TaskAnswered",
]
