"""Everything anyone may ask of a case, re-exported from the chapters that own it."""

from statemodel.command import AnyCommand, Automatic, Command, How, Recorded
from statemodel.due import due_command
from statemodel.pathway.agreement import RecordAgreement
from statemodel.pathway.clock import MarkMissed, ParkDeadline, Remind
from statemodel.pathway.closing import CloseCase, Code, Decider, RiskAnswer
from statemodel.pathway.concern import RaiseConcern
from statemodel.pathway.correction import EnterInError, Mistake
from statemodel.pathway.identify import IdentifyNeed, Need, Source
from statemodel.pathway.lapse import LapseNomination
from statemodel.pathway.manager_answer import AgreeNomination, RaiseNominationConcern
from statemodel.pathway.nomination import FamilyWish, ProposeLead, Wish
from statemodel.pathway.tasks import AnswerTask, ReportUndelivered
from statemodel.table import COMMANDS

__all__ = [
    "COMMANDS",
    "AgreeNomination",
    "AnswerTask",
    "AnyCommand",
    "Automatic",
    "CloseCase",
    "Code",
    "Command",
    "Decider",
    "EnterInError",
    "FamilyWish",
    "How",
    "IdentifyNeed",
    "LapseNomination",
    "MarkMissed",
    "Mistake",
    "Need",
    "ParkDeadline",
    "ProposeLead",
    "RaiseConcern",
    "RaiseNominationConcern",
    "RecordAgreement",
    "Recorded",
    "Remind",
    "ReportUndelivered",
    "RiskAnswer",
    "Source",
    "Wish",
    "due_command",
]
