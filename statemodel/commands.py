"""Everything anyone may ask of a case, re-exported from the chapters that own it."""

from statemodel.command import AnyCommand, Automatic, Command, How, Recorded
from statemodel.due import due_command
from statemodel.pathway.acceptance import AcceptNomination, DeclineNomination
from statemodel.pathway.actions import Aside, CompleteAction, SetActionAside
from statemodel.pathway.agreement import RecordAgreement
from statemodel.pathway.arbiter import DecideReferral
from statemodel.pathway.asking_another import AskAnotherManager, WhyAnother
from statemodel.pathway.assessment import BeginAssessment, CompleteAssessment
from statemodel.pathway.beginning import BeginAction
from statemodel.pathway.checks import BeginChecks, RecordChecks
from statemodel.pathway.clock import MarkMissed, ParkDeadline, Remind
from statemodel.pathway.closing import CloseCase, Code, Decider, RiskAnswer
from statemodel.pathway.concern import RaiseConcern
from statemodel.pathway.conferring import DeclareDeadlock, ManagersAgree
from statemodel.pathway.contesting import ContestAnswer
from statemodel.pathway.contribution import AddContribution
from statemodel.pathway.correction import EnterInError, Mistake
from statemodel.pathway.cover import CoverLead, EndCover
from statemodel.pathway.family_agreement import RecordFamilyDecision
from statemodel.pathway.front_door import Level, RecordLevel
from statemodel.pathway.identify import IdentifyNeed, Need, Source
from statemodel.pathway.interim import TakeInterimLead
from statemodel.pathway.lapse import LapseNomination
from statemodel.pathway.leading import EndLead, RequestChange, StartPlannedLead
from statemodel.pathway.manager_answer import AgreeNomination, RaiseNominationConcern
from statemodel.pathway.meeting import RecordMeeting
from statemodel.pathway.nomination import FamilyWish, ProposeLead, Wish
from statemodel.pathway.oversight import RecordChildsView, RecordOversight
from statemodel.pathway.passing_on import PassOn, TakeOver
from statemodel.pathway.question import AskQuestion
from statemodel.pathway.rereferral import ReferAgain
from statemodel.pathway.reviewing import OpenReview, Outcome, RecordReview
from statemodel.pathway.routing import DecideRoute, Factors, Route
from statemodel.pathway.sharing import RecordSharing
from statemodel.pathway.tasks import AnswerTask, ReportUndelivered
from statemodel.pathway.trusted import NameTrustedPerson
from statemodel.planning import AgreedAction, Came, Invitee, OwnerKind, Seat, Signature
from statemodel.table import COMMANDS
from statemodel.tenure import Criterion, Objection, Reason

__all__ = [
    "COMMANDS",
    "AcceptNomination",
    "AddContribution",
    "AgreeNomination",
    "AgreedAction",
    "AnswerTask",
    "AnyCommand",
    "Aside",
    "AskAnotherManager",
    "AskQuestion",
    "Automatic",
    "BeginAction",
    "BeginAssessment",
    "BeginChecks",
    "Came",
    "CloseCase",
    "Code",
    "Command",
    "CompleteAction",
    "CompleteAssessment",
    "ContestAnswer",
    "CoverLead",
    "Criterion",
    "DecideReferral",
    "DecideRoute",
    "Decider",
    "DeclareDeadlock",
    "DeclineNomination",
    "EndCover",
    "EndLead",
    "EnterInError",
    "Factors",
    "FamilyWish",
    "How",
    "IdentifyNeed",
    "Invitee",
    "LapseNomination",
    "Level",
    "ManagersAgree",
    "MarkMissed",
    "Mistake",
    "NameTrustedPerson",
    "Need",
    "Objection",
    "OpenReview",
    "Outcome",
    "OwnerKind",
    "ParkDeadline",
    "PassOn",
    "ProposeLead",
    "RaiseConcern",
    "RaiseNominationConcern",
    "Reason",
    "RecordAgreement",
    "RecordChecks",
    "RecordChildsView",
    "RecordFamilyDecision",
    "RecordLevel",
    "RecordMeeting",
    "RecordOversight",
    "RecordReview",
    "RecordSharing",
    "Recorded",
    "ReferAgain",
    "Remind",
    "ReportUndelivered",
    "RequestChange",
    "RiskAnswer",
    "Route",
    "Seat",
    "SetActionAside",
    "Signature",
    "Source",
    "StartPlannedLead",
    "TakeInterimLead",
    "TakeOver",
    "WhyAnother",
    "Wish",
    "due_command",
]
