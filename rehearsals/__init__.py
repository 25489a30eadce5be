"""Worked cases as files that people read and run, and the player that plays them."""

from rehearsals.player import play
from rehearsals.reading import find, load
from rehearsals.rehearsal import Failure, Outcome, Problem, Rehearsal, RehearsalError

__all__ = [
    "Failure",
    "Outcome",
    "Problem",
    "Rehearsal",
    "RehearsalError",
    "find",
    "load",
    "play",
]
