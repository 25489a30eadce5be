"""Every code the state model can show somebody, collected from the state model itself."""

import ast
import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import statemodel
from config.policy_models import WordsTable
from config.wording import Phrase
from readmodel.matching import Agrees
from statemodel import assessing
from statemodel.case import Stage
from statemodel.command import Automatic, How
from statemodel.describe import describe
from statemodel.pathway import (
    actions,
    asking_another,
    closing,
    correction,
    front_door,
    identify,
    nomination,
    reviewing,
    routing,
)
from statemodel.people import Hat, Role
from statemodel.planning import Action, ActionState, Came, Invitee, OwnerKind, Plan
from statemodel.policy import Silence
from statemodel.refusal import Authority, Strength, Unmet
from statemodel.status import NOMINATION_STATUS, STAGE_STATUS, status
from statemodel.table import COMMANDS, EVENTS
from statemodel.tenure import Criterion, LeadKind, LeadState, Objection, Reason, Trusted
from statemodel.things import (
    Agreement,
    AgreementAnswer,
    Assessment,
    Deadline,
    DeadlineKind,
    DeadlineState,
    Form,
    Lead,
    Nomination,
    NominationState,
    Task,
    TaskKind,
    TaskState,
)
from statemodel.working_days import Landing

ENUMS: dict[str, type[StrEnum]] = {
    "deadline": DeadlineKind,
    "deadline_state": DeadlineState,
    "task": TaskKind,
    "task_state": TaskState,
    "stage": Stage,
    "nomination_state": NominationState,
    "lead_state": LeadState,
    "lead_kind": LeadKind,
    "action_state": ActionState,
    "assessment_state": assessing.AssessmentState,
    "role": Role,
    "hat": Hat,
    "authority": Authority,
    "strength": Strength,
    "silence": Silence,
    "landing": Landing,
    "source": identify.Source,
    "check": assessing.Check,
    "finding": assessing.Finding,
    "basis": assessing.Basis,
    "assessment_kind": assessing.AssessmentKind,
    "where": assessing.Where,
    "part": assessing.Part,
    "level": front_door.Level,
    "route": routing.Route,
    "need": identify.Need,
    "answer": AgreementAnswer,
    "form": Form,
    "wish": nomination.Wish,
    "how": How,
    "mistake": correction.Mistake,
    "code": closing.Code,
    "decider": closing.Decider,
    "outcome": reviewing.Outcome,
    "invitee": Invitee,
    "came": Came,
    "owner_kind": OwnerKind,
    "aside": actions.Aside,
    "objection": Objection,
    "why_another": asking_another.WhyAnother,
    "criterion": Criterion,
    "change": Reason,
    "phrase": Phrase,
    "agrees": Agrees,
}

TO_BE_NAMED = (Agreement, Nomination, Lead, Task, Deadline, Assessment)


THINGS = (Agreement, Nomination, Lead, Task, Deadline, Assessment, Plan, Action, Trusted)


def codes() -> dict[str, set[str]]:
    """Every group of words with the codes it must hold, no more and no fewer."""
    return {group: {member.value for member in enum} for group, enum in ENUMS.items()} | {
        "command": set(COMMANDS),
        "event": set(EVENTS),
        "reason": {reason.code for reason in reasons()},
        "purpose": set(purposes()),
        "status": {STAGE_STATUS.get(stage, stage.value) for stage in Stage}
        | set(NOMINATION_STATUS.values())
        | statuses_in_passing(),
        "thing": {thing.kind for thing in THINGS},
        "unknown": facts(),
        "field": {command for command, _ in form_fields()} | {"every"},
    }


@cache
def modules() -> tuple[ModuleType, ...]:
    found = pkgutil.walk_packages(statemodel.__path__, "statemodel.")
    return tuple(import_module(module.name) for module in found)


def reasons() -> tuple[Unmet, ...]:
    """Every reason that stands in the state model by name."""
    held = (value for module in modules() for value in vars(module).values())
    return tuple(dict.fromkeys(value for value in held if isinstance(value, Unmet)))


def reasons_in_passing() -> list[str]:
    """Where a reason is made inside a function: nobody could collect it."""
    return [
        f"{module.__name__}:{call.lineno}"
        for module in modules()
        for function in ast.walk(syntax(module))
        if isinstance(function, ast.FunctionDef)
        for call in calls(function, "Unmet")
    ]


def purposes() -> dict[str, set[str]]:
    """Every purpose a message may have, with the chapters that send it."""
    found: dict[str, set[str]] = {}
    for module in modules():
        for function in ast.walk(syntax(module)):
            if isinstance(function, ast.FunctionDef):
                for purpose in _purposes_in(function):
                    found.setdefault(purpose, set()).add(module.__name__.rpartition(".")[2])
    return found


def _purposes_in(function: ast.FunctionDef) -> Iterator[str]:
    """A purpose is a constant, or a local name given one constant or the other."""
    given = {
        target.id: node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for call in calls(function, "Tell"):
        told = call.args[1]
        value = given[told.id] if isinstance(told, ast.Name) else told
        branches = (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,)
        for branch in branches:
            assert isinstance(branch, ast.Constant), f"{function.name}: say the purpose in full"
            yield str(branch.value)


def facts() -> set[str]:
    """Every particular that a reason may be about."""
    return {
        keyword.arg
        for module in modules()
        for call in calls(syntax(module), "about")
        for keyword in call.keywords
        if isinstance(call.func, ast.Attribute) and keyword.arg
    }


def form_fields() -> list[tuple[str, str]]:
    """Every field of every command, and of the values inside them, under the name of its table."""
    found: list[tuple[str, str]] = []
    for command in COMMANDS.values():
        for field in describe(command).fields:
            found.append((command.kind, field.name))
            for inner in _inside(field.type):
                found += [(field.name, each.name) for each in fields(inner)]
    return list(dict.fromkeys(found))


def statuses_in_passing() -> set[str]:
    """What `status` says in so many words, beside its two tables."""
    tree = ast.parse(inspect.getsource(status))
    returned = (node.value for node in ast.walk(tree) if isinstance(node, ast.Return))
    return {str(value.value) for value in returned if isinstance(value, ast.Constant)}


def clock_commands() -> list[str]:
    return [
        kind for kind, command in COMMANDS.items()
        if issubclass(command, Automatic) and kind != "report_undelivered"
    ]  # fmt: skip


def choices_in_forms() -> set[type[StrEnum]]:
    """Every enumeration that a form lets somebody choose from."""
    found: set[type[StrEnum]] = set()
    for command in COMMANDS.values():
        types: list[Any] = [field.type for field in describe(command).fields]
        for kind in types:
            inner = [hint for each in _inside(kind) for hint in get_type_hints(each).values()]
            found |= {e for each in (kind, *inner) for e in _parts(each) if _is_enum(e)}
    return found


def terms() -> set[str]:
    return set(WordsTable.model_fields)


def calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            said = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if said == name:
                yield node


@cache
def syntax(module: ModuleType) -> ast.Module:
    assert module.__file__
    return ast.parse(Path(module.__file__).read_text(encoding="utf-8"))


def _inside(kind: Any) -> list[type]:
    return [part for part in _parts(kind) if isinstance(part, type) and is_dataclass(part)]


def _parts(kind: Any) -> list[Any]:
    if get_origin(kind) in (Union, UnionType, tuple):
        return [part for arg in get_args(kind) for part in _parts(arg)]
    return [kind]


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, StrEnum)
