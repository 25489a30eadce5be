"""The sentences in which a policy tells itself to a board: clocks, choices, stops, contacts."""

from typing import Final

CLOCK_SENTENCES: Final = {
    "checks": "The five checks are answered within {} of the decision to go further.",
    "agreement": "A family is asked whether they agree to take part within {}.",
    "reapproach": "Where they say no, the offer is made again after {}.",
    "assessment": "Where the assessment comes first, it is finished within {} of the agreement.",
    "front_door": "An assessment sent to the front door is answered within {}.",
    "route": "Once the assessment is finished, what follows is decided within {}.",
    "first_meeting": "Once they agree, the first meeting is held within {}.",
    "manager_answer": "The proposed lead's line manager answers within {} of the proposal.",
    "manager_reminder": "The manager is reminded {} before that answer is due.",
    "arbiter_decision": "When managers have not agreed in time, whoever decides has {}.",
    "family_confirmation": "After the managers agree, the family is asked within {}.",
    "concern": "A concern about a child is in the duty manager's hands within {}.",
    "task": "Anything else passed to a desk is answered within {}.",
    "follow_up": "What was missed goes one step up, and is in hand within {}.",
    "reopening": "A closed case may be reopened for {}; after that a new episode begins.",
    "lead_wanted": "While nobody leads, who is to lead is looked for again within {}.",
    "review": "The first review is held within {} of the day on which somebody begins to lead.",
    "oversight": "After a manager has looked at a case, a manager looks again within {}.",
}
CHOICE_SENTENCES: Final = {
    "silence": {
        "refer": "A manager who was asked and does not answer in time is passed upward; "
        "silence is never agreement.",
        "alert_only": "A manager who does not answer in time is reported, and stays the one to "
        "answer; silence is never agreement.",
    },
    "arbiter_binds_all": {
        "True": "Whoever decides between managers decides for every agency's staff.",
        "False": "Whoever decides between managers decides for the authority's own staff only; "
        "another employer is asked.",
    },
    "order": {
        "assess_first": "Nobody is proposed to lead before the assessment is finished.",
        "lead_first": "Somebody may lead from the start, and sees to the assessment.",
    },
    "triage": {
        "True": "The front door says what level of need an assessment shows.",
        "False": "No front door stands between the assessment and what follows.",
    },
    "assessor_leads": {
        "True": "Whoever assesses may lead meanwhile, until the first review meeting.",
        "False": "Whoever assesses does not lead by that.",
    },
    "forms": {
        "any": "A family's word is enough to agree to take part; it is written down.",
        "written": "A family agrees to take part in writing.",
        "both": "A family agrees to take part both in words and in writing.",
    },
    "landing": {
        "back": "A date that falls on a day off moves back to the working day before.",
        "forward": "A date that falls on a day off moves on to the next working day.",
        "as_is": "A date that falls on a day off stays where it falls.",
    },
}
CONTACTS: Final = {
    "front_door": "Worried about a child, in hours",
    "front_door_hours": "The hours of that number",
    "out_of_hours": "Out of hours",
    "lado": "Allegations against a professional",
}
TERMS_TOLD: Final = {
    "lead": "For the one who co-ordinates the plan",
    "assessment": "For the shared assessment",
    "meeting": "For the meeting of family and practitioners",
    "plan": "For the plan",
    "coordinator": "For the co-ordinator",
    "early_help_manager": "For the manager of early help",
    "arbiter": "For whoever decides when managers have not agreed",
    "duty_manager": "For the manager on duty for concerns",
    "front_door": "For where concerns go first",
}
