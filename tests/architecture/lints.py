"""Rules about source that no bought linter knows, each from a fault that was seen to happen."""

import ast
from collections.abc import Iterator

from tests.architecture.source import Function

HANDLERS = {"update", "signal", "query"}
BROAD = {"Exception", "BaseException"}


def state_set_in_run(module: ast.Module) -> list[int]:
    """Lines of a workflow's `run` that set something on self.

    `run` starts after an update that came with the start: what it sets wipes what was acknowledged.
    """
    return sorted(
        target.lineno
        for run in _decorated(module, {"run"})
        for target in _targets(run)
        if _is_reached_from(target, _first_argument(run))
    )


def handlers_that_wait(module: ast.Module) -> list[int]:
    """Lines of update, signal and query handlers, or their validators, that are `async` or await.

    Two decisions interleaved at an await both won, 50 times of 50.
    """
    return sorted(
        handler.lineno
        for handler in _decorated(module, HANDLERS | {"validator"})
        if isinstance(handler, ast.AsyncFunctionDef)
    )


def swallowed_errors(module: ast.Module) -> list[int]:
    """Where an error disappears: an empty handler, or a broad one that neither raises nor tells.

    `contextlib.suppress` of a named, narrow error is the honest form, and is allowed.
    """
    handlers = (n for n in ast.walk(module) if isinstance(n, ast.ExceptHandler))
    caught = [handler.lineno for handler in handlers if _swallows(handler)]
    calls = (n for n in ast.walk(module) if isinstance(n, ast.Call))
    return sorted(caught + [call.lineno for call in calls if _suppresses_all(call)])


def _decorated(module: ast.Module, names: set[str]) -> Iterator[Function]:
    for node in ast.walk(module):
        if isinstance(node, Function) and names & {_last_name(d) for d in node.decorator_list}:
            yield node


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        return _last_name(node.func)
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _first_argument(function: Function) -> str:
    return function.args.args[0].arg if function.args.args else "self"


def _targets(function: Function) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute | ast.Subscript):
            if isinstance(node.ctx, ast.Store | ast.Del):
                yield node
        elif isinstance(node, ast.Call) and _last_name(node.func) == "setattr":
            yield node.args[0]


def _is_reached_from(target: ast.expr, name: str) -> bool:
    """Whether a target hangs on the name: self.x, self.x[0], self.x.y, or self given to setattr."""
    while isinstance(target, ast.Attribute | ast.Subscript):
        target = target.value
    return isinstance(target, ast.Name) and target.id == name


def _swallows(handler: ast.ExceptHandler) -> bool:
    if all(_is_nothing(statement) for statement in handler.body):
        return True
    return _is_broad(handler.type) and not _tells(handler)


def _is_nothing(statement: ast.stmt) -> bool:
    constant = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return constant or isinstance(statement, ast.Pass)


def _is_broad(caught: ast.expr | None) -> bool:
    if isinstance(caught, ast.Tuple):
        return any(_is_broad(element) for element in caught.elts)
    return caught is None or _last_name(caught) in BROAD


def _tells(handler: ast.ExceptHandler) -> bool:
    inside = [node for statement in handler.body for node in ast.walk(statement)]
    named = any(isinstance(n, ast.Name) and n.id == handler.name for n in inside)
    return named or any(isinstance(n, ast.Raise) for n in inside)


def _suppresses_all(call: ast.Call) -> bool:
    return _last_name(call.func) == "suppress" and any(_is_broad(arg) for arg in call.args)
