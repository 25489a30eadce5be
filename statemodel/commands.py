"""Everything anyone may ask of a case, re-exported from the chapters that own it."""

from statemodel.command import AnyCommand, Automatic, Command, How, Recorded
from statemodel.due import due_command
from statemodel.pathway.acceptance import AcceptNomination, DeclineNomination
from statemodel.pathway.agreement import RecordAgreement
from statemodel.pathway.arbiter import DecideReferral
from statemodel.pathway.clock import MarkMissed, ParkDeadline, Remind
from statemodel.pathway.closing import CloseCase, Code, Decider, RiskAnswer
from statemodel.pathway.concern import RaiseConcern
from statemodel.pathway.conferring import DeclareDeadlock, ManagersAgree
from statemodel.pathway.correction import EnterInError, Mistake
from statemodel.pathway.cover import CoverLead, EndCover
from statemodel.pathway.family_agreement import RecordFamilyDecision
from statemodel.pathway.identify import IdentifyNeed, Need, Source
from statemodel.pathway.lapse import LapseNomination
from statemodel.pathway.leading import EndLead, RequestChange, StartPlannedLead
from statemodel.pathway.manager_answer import AgreeNomination, RaiseNominationConcern
from statemodel.pathway.nomination import FamilyWish, ProposeLead, Wish
from statemodel.pathway.oversight import RecordChildsView, RecordOversight
from statemodel.pathway.rereferral import ReferAgain
from statemodel.pathway.reviewing import OpenReview, Outcome, RecordReview
from statemodel.pathway.tasks import AnswerTask, ReportUndelivered
from statemodel.table import COMMANDS
from statemodel.tenure import Reason

__all__ = [
    "COMMANDS",
    "AcceptNomination",
    "AgreeNomination",
    "AnswerTask",
    "AnyCommand",
    "Automatic",
    "CloseCase",
    "Code",
    "Command",
    "CoverLead",
    "DecideReferral",
    "Decider",
    "DeclareDeadlock",
    "DeclineNomination",
    "EndCover",
    "EndLead",
    "EnterInError",
    "FamilyWish",
    "How",
    "IdentifyNeed",
    "LapseNomination",
    "ManagersAgree",
    "MarkMissed",
    "Mistake",
    "Need",
    "OpenReview",
    "Outcome",
    "ParkDeadline",
    "ProposeLead",
    "RaiseConcern",
    "RaiseNominationConcern",
    "Reason",
    "RecordAgreement",
    "RecordChildsView",
    "RecordFamilyDecision",
    "RecordOversight",
    "RecordReview",
    "Recorded",
    "ReferAgain",
    "Remind",
    "ReportUndelivered",
    "RequestChange",
    "RiskAnswer",
    "Source",
    "StartPlannedLead",
    "Wish",
    "due_command",
]
