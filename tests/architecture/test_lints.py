"""The faults that were seen once do not come back: the lints hold, and each has teeth."""

import ast
from collections.abc import Callable

import pytest

from tests.architecture.lints import handlers_that_wait, state_set_in_run, swallowed_errors
from tests.architecture.source import modules, tree

Lint = Callable[[ast.Module], list[int]]


def found(lint: Lint, *folders: str) -> list[str]:
    chosen = [module for module in modules() if not folders or module.parts[0] in folders]
    return [f"{module}:{line}" for module in chosen for line in lint(tree(module))]


def test_no_workflow_sets_its_state_in_run() -> None:
    assert found(state_set_in_run, "workflows") == []


def test_no_handler_waits() -> None:
    assert found(handlers_that_wait, "workflows") == []


def test_no_error_disappears() -> None:
    assert found(swallowed_errors) == []


@pytest.mark.parametrize(
    "line",
    [
        "self.case = start",
        "self._outbox = []",
        "self.case: Case = start",
        "self.version += 1",
        "self.ids[key] = 1",
        "self.case, other = start, 1",
        "del self.case",
        "setattr(self, 'case', start)",
        "for self.case in cases: ...",
        "with opened as self.case: ...",
        "first, *self.rest = cases",
    ],
)
def test_setting_state_in_run_is_seen(line: str) -> None:
    run = f"class W:\n  @workflow.run\n  async def run(self, start):\n    {line}\n"
    assert state_set_in_run(ast.parse(run)) == [4]


def test_state_may_be_set_in_init_and_in_a_coroutine_that_run_starts() -> None:
    source = (
        "class W:\n"
        "  @workflow.init\n"
        "  def __init__(self, start):\n"
        "    self.case = start\n"
        "  @workflow.run\n"
        "  async def run(self, start):\n"
        "    clock = asyncio.create_task(self._clock())\n"
        "  async def _clock(self):\n"
        "    self.case = later\n"
    )
    assert state_set_in_run(ast.parse(source)) == []


@pytest.mark.parametrize(
    "decorator",
    ["workflow.update", "workflow.update(name='submit')", "workflow.signal", "workflow.query"],
)
def test_a_handler_that_could_wait_is_seen(decorator: str) -> None:
    waiting = f"class W:\n  @{decorator}\n  async def handle(self): ...\n"
    at_once = f"class W:\n  @{decorator}\n  def handle(self): ...\n"
    assert handlers_that_wait(ast.parse(waiting)) == [3]
    assert handlers_that_wait(ast.parse(at_once)) == []


def test_a_validator_that_could_wait_is_seen() -> None:
    source = "class W:\n  @submit.validator\n  async def check(self): ...\n"
    assert handlers_that_wait(ast.parse(source)) == [3]


@pytest.mark.parametrize(
    "handler",
    [
        "except KeyError:\n  pass",
        "except KeyError:\n  ...",
        "except:\n  answer = None",
        "except Exception:\n  answer = None",
        "except (KeyError, Exception):\n  answer = None",
        "except Exception as error:\n  answer = None",
        "except Exception:\n  continue",
    ],
)
def test_a_swallowed_error_is_seen(handler: str) -> None:
    assert swallowed_errors(ast.parse(f"try:\n  go()\n{handler}\n")) == [3]


def test_suppressing_everything_is_seen() -> None:
    assert swallowed_errors(ast.parse("with suppress(Exception):\n  go()\n")) == [1]


@pytest.mark.parametrize(
    "source",
    [
        "try:\n  go()\nexcept KeyError:\n  answer = None",
        "try:\n  go()\nexcept Exception as error:\n  tell(error)",
        "try:\n  go()\nexcept Exception:\n  undo()\n  raise",
        "with suppress(OSError, ValueError):\n  flush()",
    ],
)
def test_an_error_that_is_told_or_named_is_allowed(source: str) -> None:
    assert swallowed_errors(ast.parse(source)) == []
