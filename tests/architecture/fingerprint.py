"""The law's fingerprint: what the state model's source means, whatever its words and spacing.

A case replays its decisions, so a change of meaning needs a new edition. This says when to ask.
"""

import ast
import json
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from statemodel.law import CURRENT_EDITION
from tests.architecture.source import ROOT

LAW = ROOT / "statemodel"
STAMPED = Path(__file__).with_name("fingerprints.json")
STAMP = "uv run python -m tests.architecture.fingerprint"
WHAT_TO_DO = f"""\
statemodel/ is not what edition {{edition}} was stamped with.
A case runs its decisions again after each restart, under the edition it was opened or rolled with.
- Can any answer, event, deadline or message now differ for a history that has happened already?
  Keep what it was with `until={{edition}}` beside the new with `since={{following}}`, set
  CURRENT_EDITION = {{following}} and KNOWN_EDITIONS = ({{edition}}, {{following}}) in
  statemodel/law.py, and stamp.
- Can nothing differ (a rename, new words, a new row that no history has met)? Stamp.
To stamp: {STAMP}
"""


def fingerprint(root: Path) -> str:
    """Return 64 hex digits over the meaning of every Python file under `root`.

    Comments, docstrings, spacing and the version of Python do not count.
    """
    digest = sha256()
    for path in sorted(root.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
        line = "".join(_written(tree))
        digest.update(f"{path.relative_to(root).as_posix()} {line}\n".encode())
    return digest.hexdigest()


def stamped() -> dict[str, str]:
    """Return the fingerprint that each edition was stamped with."""
    found: dict[str, str] = json.loads(STAMPED.read_text(encoding="utf-8"))
    return found


def fault(root: Path, edition: int, known: dict[str, str]) -> str:
    """Return what to do about a law that is not as its edition was stamped; empty when it is."""
    if known.get(str(edition)) == fingerprint(root):
        return ""
    return WHAT_TO_DO.format(edition=edition, following=edition + 1)


def _written(node: ast.AST) -> Iterator[str]:
    """Write a node by its name and whatever it holds; what is empty or absent is left out."""
    yield f"({type(node).__name__}"
    for name, value in ast.iter_fields(node):
        held = _without_docstring(node, value) if name == "body" else value
        if held not in (None, [], ""):
            yield f" {name}="
            yield from _value(held)
    yield ")"


def _value(value: object) -> Iterator[str]:
    if isinstance(value, ast.AST):
        yield from _written(value)
    elif isinstance(value, list):
        for item in value:
            yield from _value(item)
    else:
        yield repr(value)


def _without_docstring(node: ast.AST, body: object) -> object:
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    if isinstance(node, documented) and ast.get_docstring(node, clean=False) is not None:
        return node.body[1:]
    return body


def main() -> None:
    known = stamped() if STAMPED.exists() else {}
    known[str(CURRENT_EDITION)] = fingerprint(LAW)
    STAMPED.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    sys.stdout.write(f"edition {CURRENT_EDITION}: {known[str(CURRENT_EDITION)]}\n")


if __name__ == "__main__":
    main()
