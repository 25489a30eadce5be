"""A case with a plan, for whoever looks at its pages."""

from datetime import date

from statemodel.assessing import Check
from statemodel.commands import AgreedAction, OwnerKind
from tests import builders as b
from tests.api.office import Office
from tests.beginnings import begin, checks, found

SOON = date(2026, 1, 20)
AGREED = (
    AgreedAction("Walk to school together, mornings", "p-sam", by=SOON, every_weeks=1),
    AgreedAction("A talk with the counsellor", "p-jo", only_if="Only if she wants it"),
    AgreedAction("Bed by nine on school nights", b.PARENT, OwnerKind.FAMILY, by=SOON),
)


async def planned(office: Office) -> str:
    """A case that is assessed, with a plan of three actions, one of them the family's own."""
    case_id = await office.open()
    await office.do(case_id, b.agreement())
    await office.do(case_id, checks(found(Check.LEAD_IN_PLACE)))
    await office.do(case_id, begin())
    await office.do(case_id, b.meeting(b.World(office.clock()), actions=AGREED))
    return case_id
