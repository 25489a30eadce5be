"""What is wrong with a document: every problem at once, and never a word of the document itself."""

from dataclasses import dataclass
from typing import Any

TOLD = 50
Trail = tuple[Any, str | int] | None


@dataclass(frozen=True, slots=True)
class Problem:
    """Where, what and what would do: `code` is stable, `allowed` says what would be accepted.

    A field nobody knows is told by its place, `recorded.{3}`: its name could be anybody's.
    """

    path: str
    code: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.path or 'document'}: {self.code} (allowed: {self.allowed})"


class Invalid(Exception):
    """The document is not what it should be; the text quotes nothing of it, so it may be logged."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return "; ".join(str(problem) for problem in self.problems)


class Problems(list[Problem]):
    """The problems found so far, at most fifty of them."""

    def tell(self, trail: Trail, code: str, allowed: str) -> None:
        if len(self) < TOLD:
            self.append(Problem(path_of(trail), code, allowed))


def path_of(trail: Trail) -> str:
    """Return `things[2].due.at` for the steps that led there."""
    steps: list[str] = []
    while trail is not None:
        trail, step = trail
        steps.append(f"[{step}]" if isinstance(step, int) else f".{step}")
    return "".join(reversed(steps)).removeprefix(".")
