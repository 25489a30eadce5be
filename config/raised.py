"""What only asks why unless an authority chooses that it stops (practice D17)."""

from typing import Final

MAY_BE_RAISED: Final = {
    "action_incomplete": "an action without an owner, or without a day or a condition",
    "child_not_invited": "a child not asked to the meeting, and nothing said of why",
    "childs_view_missing": "a review without the child's view",
    "family_experience_missing": "a review without how the family finds the help",
    "family_not_at_meeting": "a meeting without anybody of the family, and nothing said of why",
    "family_view_missing": "closing without the family's view",
    "family_wish_not_recorded": "an action begun that waits for the family's wish",
    "needs_and_parts_not_agreed": "a meeting that did not agree needs, outcomes and parts",
    "no_meeting_held": "proposing who leads before the meeting, where an assessment comes first",
    "no_priorities": "a meeting that does not say what comes first",
    "nobody_agrees_to_take_part": "proposing who leads before anybody agrees to take part",
    "service_not_explained": "an agreement given before the service was explained",
    "why_child_not_seen": "a child not seen or not spoken to, and nothing said of why",
    "wish_not_met": "proposing somebody other than the one the family asked for",
}
