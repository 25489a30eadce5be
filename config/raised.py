"""What only asks why unless an authority chooses that it stops (practice D17)."""

from typing import Final

MAY_BE_RAISED: Final = {
    "action_incomplete": "an action without an owner, or without a day or a condition",
    "action_without_a_day": "an action begun, and nobody says by which day it is done",
    "assessment_parts_missing": "an assessment that does not show all that it should",
    "checks_open": "going on before it is found out what is already known",
    "child_not_invited": "a child not asked to the meeting, and nothing said of why",
    "childs_view_missing": "a review without the child's view",
    "consultation_not_said": "going on without saying who was consulted",
    "contribution_not_agreed": "a contribution without agreement or a decision to share",
    "earlier_assessment_known": "a new assessment where an earlier one is known",
    "factors_not_weighed": "a way on decided without what is to be weighed",
    "family_experience_missing": "a review without how the family finds the help",
    "family_not_at_meeting": "a meeting without anybody of the family, and nothing said of why",
    "family_not_talked_with": "going on without talking with child or family",
    "family_view_missing": "closing without the family's view",
    "family_wish_not_recorded": "an action begun that waits for the family's wish",
    "needs_and_parts_not_agreed": "a meeting that did not agree needs, outcomes and parts",
    "no_assessment_complete": "proposing who leads before an assessment is complete",
    "no_meeting_held": "proposing who leads before the meeting, where an assessment comes first",
    "no_priorities": "a meeting that does not say what comes first",
    "nobody_agrees_to_take_part": "proposing who leads before anybody agrees to take part",
    "route_without_family_view": "a way on decided without the family's view",
    "service_not_explained": "an agreement given before the service was explained",
    "sharing_not_explained": "sharing without saying what and why",
    "why_child_not_seen": "a child not seen or not spoken to, and nothing said of why",
    "wish_not_met": "proposing somebody other than the one the family asked for",
}
