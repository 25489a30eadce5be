"""The project's own source as something that can be asked: files, trees, functions, sizes."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LAYERS = (
    "statemodel", "wire", "config", "readmodel", "workflows", "gateway", "watchdog", "activities",
    "rehearsals", "api", "console", "cli",
)  # fmt: skip
BESIDE = ("benchmarks", "tests")
ROOTS = ("worker.py", "web.py")
NOT_OURS = {".git", ".venv", "node_modules", "baton-data", "dist", "__pycache__", "screenshots"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Sized:
    """A named piece of source and how many lines it takes."""

    name: str
    lines: int


@cache
def modules() -> tuple[Path, ...]:
    """Every Python file of ours, relative to the root."""
    folders = [path for name in (*LAYERS, *BESIDE) for path in (ROOT / name).rglob("*.py")]
    everything = [*folders, *(ROOT / name for name in ROOTS)]
    return tuple(sorted(path.relative_to(ROOT) for path in everything))


@cache
def tree(module: Path) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"), filename=str(module))


def written() -> Iterator[tuple[Path, str]]:
    """Every text file that a reader of the project meets, the lock excepted."""
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT)
        hidden = any(part.startswith(".") and part != ".ci" for part in inside.parts)
        if NOT_OURS & set(inside.parts) or hidden or not path.is_file() or path.name == "uv.lock":
            continue
        try:
            yield inside, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a font or a picture


def files() -> list[Sized]:
    return [Sized(str(m), len((ROOT / m).read_text("utf-8").splitlines())) for m in modules()]


def functions() -> list[Sized]:
    return [_sized(m, node) for m in modules() for node in ast.walk(tree(m)) if _is_function(node)]


def classes() -> list[Sized]:
    nodes = ((m, node) for m in modules() for node in ast.walk(tree(m)))
    return [_sized(m, node) for m, node in nodes if isinstance(node, ast.ClassDef)]


def _is_function(node: ast.AST) -> bool:
    return isinstance(node, Function)


def _sized(module: Path, node: ast.AST) -> Sized:
    assert isinstance(node, Function | ast.ClassDef)
    assert node.end_lineno is not None
    return Sized(f"{module}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1)
