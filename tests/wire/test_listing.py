"""The list of what travels is true, no promise is broken, and what was ever written is read."""

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import wire
from statemodel import Case, Entry, Message, Option, Summary
from statemodel.commands import COMMANDS
from statemodel.events import EVENTS
from tests.architecture.source import ROOT
from wire.__main__ import text, write
from wire.listing import breaks, listing

PLACE = ROOT / "docs/wire.json"
PROMISED = json.loads(PLACE.read_text("utf-8"))
KEPT = json.loads((ROOT / "tests/wire/kept.json").read_text("utf-8"))
STATE: dict[str, type[Any]] = {
    "case": Case, "entry": Entry, "message": Message, "option": Option, "summary": Summary,
}  # fmt: skip
KINDS = COMMANDS | EVENTS | STATE


def test_nothing_that_was_promised_is_broken() -> None:
    assert breaks(PROMISED, listing()) == []


def test_the_list_is_up_to_date() -> None:
    assert PLACE.read_text("utf-8") == text(), "stale: run `python -m wire write`"


def test_the_module_prints_the_list() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "wire"], cwd=ROOT, capture_output=True, check=True, timeout=60
    )
    assert json.loads(printed.stdout) == PROMISED


def test_every_kind_has_its_version() -> None:
    assert {name: kind.v for name, kind in KINDS.items()} == wire.VERSION_LIST


def test_the_ids_of_commands_are_these() -> None:
    found = {
        f"{kind}.{name}"
        for kind, told in PROMISED["commands"].items()
        for name, type_ in told["fields"].items()
        if "id" in type_.replace("?", "").split()
    }
    assert found == {
        "accept_nomination.nomination", "add_contribution.agency", "add_contribution.assessment",
        "agree_nomination.nomination", "answer_task.task",
        "ask_another_manager.manager", "ask_another_manager.nomination",
        "ask_question.nomination", "contest_answer.nomination", "begin_action.action",
        "begin_action.wished_by", "begin_checks.consulted", "complete_action.action",
        "complete_assessment.assessment", "cover_lead.cover", "cover_lead.lead",
        "decide_referral.nomination", "decide_referral.nominee", "decide_route.practitioner",
        "declare_deadlock.nomination", "decline_nomination.nomination", "end_cover.lead",
        "end_lead.lead", "identify_need.children", "lapse_nomination.nomination",
        "managers_agree.conferred", "managers_agree.nomination", "managers_agree.nominee",
        "mark_missed.deadline", "name_trusted_person.child", "name_trusted_person.person",
        "park_deadline.deadline", "park_deadline.reasons", "pass_on.colleague",
        "propose_lead.children", "propose_lead.nominee", "raise_concern.people",
        "raise_nomination_concern.nomination", "raise_nomination_concern.others_involved",
        "record_agreement.giver", "record_childs_view.child", "record_family_decision.asked",
        "record_family_decision.nomination", "record_meeting.chair", "record_meeting.minute_taker",
        "record_sharing.agencies", "record_sharing.people", "remind.deadline",
        "report_undelivered.message", "report_undelivered.purpose", "report_undelivered.subject",
        "report_undelivered.why", "request_change.by_whom", "set_action_aside.action",
        "start_planned_lead.lead",
        "take_interim_lead.children", "take_over.task",
    }  # fmt: skip
    assert PROMISED["values"]["FamilyWish"]["named"] == "id?"
    assert PROMISED["values"]["Recorded"]["on_behalf_of"] == "id?"
    assert PROMISED["values"]["RiskAnswer"]["answered_by"] == "id"
    assert PROMISED["values"]["CheckAnswer"]["person"] == "id?"
    assert PROMISED["values"]["Document"]["attested_by"] == "id?"
    assert PROMISED["values"]["Seat"]["who"] == PROMISED["values"]["Signature"]["who"] == "id"
    assert PROMISED["values"]["AgreedAction"]["owner"] == "id?"


def changed(*path: str, to: Any = None) -> dict[str, Any]:
    """Today's list with one thing put in another's place, or taken away."""
    whole: dict[str, Any] = copy.deepcopy(PROMISED)
    part = whole
    for step in path[:-1]:
        part = part[step]
    if to is None:
        del part[path[-1]]
    else:
        part[path[-1]] = to
    return whole


LEAD = ("commands", "propose_lead")


GONE = "v 1 is gone and nothing lifts it"
OWNER = ("values", "Task", "owner")
WHY, NEW = (*LEAD, "fields", "why"), (*LEAD, "fields", "new")


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (changed(*LEAD), f"commands.propose_lead: {GONE}"),
        (changed(*LEAD, "v", to=2), f"commands.propose_lead: {GONE}"),
        (changed("events", "lead_proposed"), f"events.lead_proposed: {GONE}"),
        (changed(*WHY), "propose_lead.why is gone"),
        (changed(*WHY, to="line?"), "propose_lead.why was text? and is line?"),
        (changed(*WHY, to="text"), "propose_lead.why was text? and is text"),
        (changed(*NEW, to="id"), "propose_lead.new is new and cannot be left out"),
        (changed("values", "Due", "pace"), "values.Due.pace is gone"),
        (changed("words", "Wish", to=["named"]), "words.Wish: no_preference is gone"),
        (changed(*OWNER, to="( Desk )"), "Task.owner was ( Person | Desk ) and is ( Desk )"),
    ],
)
def test_a_change_within_one_version_is_told(now: dict[str, Any], told: str) -> None:
    assert [line for line in breaks(PROMISED, now) if line.endswith(told)]


@pytest.mark.parametrize(
    "now",
    [
        changed(*NEW, to="id?"),
        changed(*LEAD, "fields", "nominee", to="id?"),
        changed("commands", "dream", to={"v": 1, "fields": {"of": "text"}}),
        changed("words", "Wish", to=["named", "no_preference", "could_not_be_asked", "unsure"]),
        changed(*OWNER, to="( Person | Desk | Team )"),
    ],
)
def test_what_is_only_added_breaks_nothing(now: dict[str, Any]) -> None:
    assert breaks(PROMISED, now) == []


def test_a_new_version_may_change_all_when_the_old_is_lifted() -> None:
    now = changed(*LEAD, to={"v": 2, "fields": {"whom": "id"}})
    assert breaks(PROMISED, now, {("propose_lead", 1): dict}) == []


def test_a_list_that_would_break_a_promise_is_not_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "wire.json"
    older = json.dumps(changed("events", "dreamt", to={"v": 1, "fields": {}}))
    place.write_text(older, "utf-8")
    assert write(place) == 1
    assert "dreamt" in capsys.readouterr().err
    assert place.read_text("utf-8") == older


def test_a_list_that_breaks_none_is_written(tmp_path: Path) -> None:
    place = tmp_path / "wire.json"
    assert write(place) == 0
    assert write(place) == 0
    assert place.read_text("utf-8") == text()


def within(document: Any, back: Any) -> bool:
    """Whether nothing of a document is lost or changed; more may stand beside it."""
    if isinstance(document, dict) and isinstance(back, dict):
        return all(name in back and within(part, back[name]) for name, part in document.items())
    return bool(document == back)


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_is_read_as_it_was_first_written(name: str) -> None:
    """Nobody changes what is kept here: journals hold documents like it, under a digest.

    A case in flight stands under none: it may gain what an older build did not know.
    """
    document, kind = KEPT[name], KINDS[name]
    back = wire.encode(wire.decode(kind, document))
    same = within(document, back) if name == "case" else back == document
    assert same or kind.v > document.get("v", 1)
