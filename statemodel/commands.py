"""Everything anyone may ask of a case, re-exported from the chapters that own it."""

from statemodel.command import AnyCommand, Automatic, Command, How, Recorded
from statemodel.due import due_command
from statemodel.pathway.acceptance import AcceptNomination, DeclineNomination
from statemodel.pathway.actions import Aside, BeginAction, CompleteAction, SetActionAside
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
from statemodel.pathway.interim import TakeInterimLead
from statemodel.pathway.lapse import LapseNomination
from statemodel.pathway.leading import EndLead, RequestChange, StartPlannedLead
from statemodel.pathway.manager_answer import AgreeNomination, RaiseNominationConcern
from statemodel.pathway.meeting import RecordMeeting
from statemodel.pathway.nomination import FamilyWish, ProposeLead, Wish
from statemodel.pathway.oversight import RecordChildsView, RecordOversight
from statemodel.pathway.rereferral import ReferAgain
from statemodel.pathway.reviewing import OpenReview, Outcome, RecordReview
from statemodel.pathway.tasks import AnswerTask, ReportUndelivered
from statemodel.pathway.trusted import NameTrustedPerson
from statemodel.planning import AgreedAction, Came, Invitee, OwnerKind, Seat, Signature
from statemodel.table import COMMANDS
from statemodel.tenure import Criterion, Reason

__all__ = [
    "COMMANDS",
    "AcceptNomination",
    "AgreeNomination",
    "AgreedAction",
    "AnswerTask",
    "AnyCommand",
    "Aside",
    "Automatic",
    "BeginAction",
    "Came",
    "CloseCase",
    "Code",
    "Command",
    "CompleteAction",
    "CoverLead",
    "Criterion",
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
    "Invitee",
    "LapseNomination",
    "ManagersAgree",
    "MarkMissed",
    "Mistake",
    "NameTrustedPerson",
    "Need",
    "OpenReview",
    "Outcome",
    "OwnerKind",
    "ParkDeadline",
    "ProposeLead",
    "RaiseConcern",
    "RaiseNominationConcern",
    "Reason",
    "RecordAgreement",
    "RecordChildsView",
    "RecordFamilyDecision",
    "RecordMeeting",
    "RecordOversight",
    "RecordReview",
    "Recorded",
    "ReferAgain",
    "Remind",
    "ReportUndelivered",
    "RequestChange",
    "RiskAnswer",
    "Seat",
    "SetActionAside",
    "Signature",
    "Source",
    "StartPlannedLead",
    "TakeInterimLead",
    "Wish",
    "due_command",
]
