"""The figures as text: rates, both ratios with their spread, waits, and where the time goes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean, median, quantiles

from benchmarks.alone import Alone
from benchmarks.load import Round

AIMS = {"same shape": 0.85, "bare": 0.75}
NAMES = ("ours", *AIMS)
MS = 1_000


@dataclass(frozen=True, slots=True)
class Figures:
    """All rounds, in the order they were played; CPU seconds of store and codec in ours."""

    rounds: tuple[Round, ...]
    alone: Alone
    store: float
    codec: float

    def of(self, name: str) -> list[Round]:
        return [one for one in self.rounds if one.name == name]

    def ratios(self, name: str) -> list[float]:
        """Return our rate over another's, turn by turn."""
        pairs = zip(self.of("ours"), self.of(name), strict=True)
        return [ours.rate / theirs.rate for ours, theirs in pairs]


def report(figures: Figures) -> Iterator[str]:
    """Give the lines of the whole report."""
    for name in NAMES:
        yield _rates(name, figures.of(name))
    for name, aim in AIMS.items():
        yield f"ratio to {name}: {_spread(figures.ratios(name), 2)} (aim {aim} or more)"
    yield ""
    yield "CPU, ms an update            server    ours   (loop  workflows  SQLite  SDK core)"
    for name in NAMES:
        yield _spent(name, figures.of(name))
    yield ""
    yield "of ours, ms of CPU an update"
    yield from _shares(figures)


def _rates(name: str, rounds: Sequence[Round]) -> str:
    waits = [wait * MS for one in rounds for wait in one.waits]
    cuts = quantiles(waits, n=20)
    rate = _spread([one.rate for one in rounds], 0)
    return f"{name:<11}{rate} updates/s; answered p50 {median(waits):.0f} ms, p95 {cuts[-1]:.0f} ms"


def _spread(values: Sequence[float], digits: int) -> str:
    low, high = min(values), max(values)
    return f"{median(values):.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def _spent(name: str, rounds: Sequence[Round]) -> str:
    def each(kind: str) -> float:
        return mean(one.spent.of(kind) / one.updates for one in rounds) * MS

    kinds = ("server", "ours", "loop", "workflows", "database", "core")
    figures = "".join(f"{each(kind):>9.2f}" for kind in kinds)
    return f"{name:<25}{figures}"


def _shares(figures: Figures) -> Iterator[str]:
    rounds = figures.of("ours")
    updates = sum(one.updates for one in rounds)
    whole = sum(one.spent.ours for one in rounds) / updates * MS
    database = sum(one.spent.database for one in rounds) / updates * MS
    parts = {
        "decide, evolve, and write it down": figures.alone.law * MS,
        "wire: read what is submitted": figures.alone.read * MS,
        "codec": figures.codec / updates * MS,
        "store": figures.store / updates * MS + database,
    }
    parts["SDK, event loop and the load itself"] = whole - sum(parts.values())
    for name, part in parts.items():
        yield f"  {name:<38}{part:>6.2f}  {part / whole:>5.0%}"
