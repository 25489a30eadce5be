"""One family's case in eight commands, as the gateway would forward them."""

from datetime import datetime

import wire
from statemodel import Actor, Facts, Hat, PersonFacts, Role
from statemodel.commands import (
    AgreeNomination,
    AnswerTask,
    AnyCommand,
    CloseCase,
    Code,
    Decider,
    FamilyWish,
    IdentifyNeed,
    ProposeLead,
    RaiseConcern,
    RaiseNominationConcern,
    RecordAgreement,
    Source,
    Wish,
)
from statemodel.things import AgreementAnswer, Form
from workflows.run_state import Submission

CHILD = "k-9f2c"
CAST = (
    PersonFacts("p-ana", "a-school", (Role.PRACTITIONER,), line_manager="p-head"),
    PersonFacts("p-sam", "a-trust", (Role.PRACTITIONER,), line_manager="p-lee"),
    PersonFacts("p-lee", "a-trust", (Role.LINE_MANAGER,), deputy="p-dee"),
    PersonFacts("p-dee", "a-trust", (Role.LINE_MANAGER,)),
    PersonFacts("p-dut", "a-council", (Role.DUTY_MANAGER,)),
)
STEPS: tuple[tuple[str, AnyCommand], ...] = (
    ("p-ana", IdentifyNeed(children=(CHILD,), source=Source.OBSERVATION)),
    (
        "p-ana",
        RecordAgreement(giver="f-parent", answer=AgreementAnswer.AGREED, form=Form.VERBAL),
    ),
    (
        "p-ana",
        ProposeLead(children=(CHILD,), nominee="p-sam", wish=FamilyWish(Wish.NO_PREFERENCE)),
    ),
    ("p-lee", RaiseNominationConcern(nomination="n3", seen=3, concern="No hours until Thursday")),
    ("p-lee", AgreeNomination(nomination="n3", seen=4, conditions="One day a week, to July")),
    ("p-sam", RaiseConcern(what="Not at school since Monday, and nobody answers at home")),
    ("p-dut", AnswerTask(task="t6", seen=6, done="Visited with the school; all are well")),
    (
        "p-ana",
        CloseCase(
            code=Code.OUTCOMES_ACHIEVED,
            decided_by=Decider.MEETING,
            family_view="Glad of the help, and ready to go on alone",
        ),
    ),
)


def submission(number: int, case_id: str, now: datetime) -> Submission:
    """Return one step of the script, asked and looked up at `now` (UTC)."""
    by, command = STEPS[number]
    command_id = f"{by}/{case_id}-{number}"
    return Submission(command, Actor(Hat.PERSON, by), command_id, now, mentioned(by, command, now))


def mentioned(by: str, command: AnyCommand, now: datetime) -> Facts:
    """Return what the gateway would send along: the actor, whoever is named, and their managers."""
    text = str(wire.encode(command))
    named = {by, *(person.id for person in CAST if f"'{person.id}'" in text)}
    managers = {person.line_manager for person in CAST if person.id in named}
    return Facts(now, tuple(person for person in CAST if person.id in named | managers))
