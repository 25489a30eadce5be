"""Everything that can have happened to a case, re-exported from the chapters that own it."""

from statemodel.deadlines import DeadlineSet, DeadlineSettled
from statemodel.event import Event
from statemodel.pathway.acceptance import NominationAccepted, NominationDeclined
from statemodel.pathway.actions import ActionCompleted, ActionSetAside
from statemodel.pathway.agreement import AgreementRecorded
from statemodel.pathway.arbiter import ReferralDecided
from statemodel.pathway.asking_another import AnotherManagerAsked
from statemodel.pathway.assessment import AssessmentBegun, AssessmentCompleted
from statemodel.pathway.beginning import ActionBegun
from statemodel.pathway.checks import ChecksBegun, ChecksRecorded
from statemodel.pathway.clock import OwnerReminded
from statemodel.pathway.closing import CaseClosed
from statemodel.pathway.concern import ConcernRaised
from statemodel.pathway.conferring import ManagersAgreed
from statemodel.pathway.contesting import AnswerContested
from statemodel.pathway.contribution import ContributionAdded
from statemodel.pathway.correction import EntryStruck
from statemodel.pathway.cover import CoverEnded, LeadCovered
from statemodel.pathway.departure import DepartureNoted
from statemodel.pathway.family_agreement import FamilyObjected, LeadConfirmed
from statemodel.pathway.front_door import LevelRecorded
from statemodel.pathway.identify import NeedIdentified
from statemodel.pathway.interim import InterimLeadTaken
from statemodel.pathway.lapse import NominationAskedLate, NominationReferred
from statemodel.pathway.leading import ChangeRequested
from statemodel.pathway.manager_answer import (
    LapseWithdrawn,
    NominationAgreed,
    NominationDiscussed,
)
from statemodel.pathway.meeting import MeetingRecorded
from statemodel.pathway.nomination import LeadProposed
from statemodel.pathway.oversight import ChildsViewRecorded, OversightRecorded
from statemodel.pathway.passing_on import PassedOn, TakenOver
from statemodel.pathway.question import QuestionAsked
from statemodel.pathway.rereferral import ReferredAgain
from statemodel.pathway.reviewing import ReviewOpened, ReviewRecorded
from statemodel.pathway.routing import RouteDecided
from statemodel.pathway.sharing import SharingDecided
from statemodel.pathway.tasks import MessageUndelivered, TaskAnswered
from statemodel.pathway.tenures import LeadEnded, LeadNarrowed, LeadStarted, ResponsibilityPassed
from statemodel.pathway.trusted import TrustedPersonNamed
from statemodel.table import EVENTS

__all__ = [
    "EVENTS",
    "ActionBegun",
    "ActionCompleted",
    "ActionSetAside",
    "AgreementRecorded",
    "AnotherManagerAsked",
    "AnswerContested",
    "AssessmentBegun",
    "AssessmentCompleted",
    "CaseClosed",
    "ChangeRequested",
    "ChecksBegun",
    "ChecksRecorded",
    "ChildsViewRecorded",
    "ConcernRaised",
    "ContributionAdded",
    "CoverEnded",
    "DeadlineSet",
    "DeadlineSettled",
    "DepartureNoted",
    "EntryStruck",
    "Event",
    "FamilyObjected",
    "InterimLeadTaken",
    "LapseWithdrawn",
    "LeadConfirmed",
    "LeadCovered",
    "LeadEnded",
    "LeadNarrowed",
    "LeadProposed",
    "LeadStarted",
    "LevelRecorded",
    "ManagersAgreed",
    "MeetingRecorded",
    "MessageUndelivered",
    "NeedIdentified",
    "NominationAccepted",
    "NominationAgreed",
    "NominationAskedLate",
    "NominationDeclined",
    "NominationDiscussed",
    "NominationReferred",
    "OversightRecorded",
    "OwnerReminded",
    "PassedOn",
    "QuestionAsked",
    "ReferralDecided",
    "ReferredAgain",
    "ResponsibilityPassed",
    "ReviewOpened",
    "ReviewRecorded",
    "RouteDecided",
    "SharingDecided",
    "TakenOver",
    "TaskAnswered",
    "TrustedPersonNamed",
]
