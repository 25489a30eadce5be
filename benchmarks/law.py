"""What the law alone takes: commands decided a second, and what ten years do to a case."""

import gc
from collections.abc import Callable, Sequence
from functools import partial
from time import process_time

import wire
from benchmarks.decade import BEGUN, YEARS, Tried, decade
from benchmarks.script import STEPS, submission
from config.calendar_files import load_calendar
from config.policies import load_pack
from statemodel import CURRENT_EDITION, Case, Context, Entry, decide, evolve
from statemodel.plain import canonical

SECRET = "0" * 64
ROUNDS, TIMES = 15, 40


def main() -> None:
    """Print the figures; each is the best of many rounds, which other work disturbs least."""
    tried = _script()
    print(f"decide, {len(tried)} kinds of command: {_rate(tried, _decided):,.0f} a second")
    print(f"decide and evolve:            {_rate(tried, _folded):,.0f} a second")
    years, case = decade(_case(), SECRET)
    entries = [sum(isinstance(one.answer, Entry) for one in year) for year in years]
    first, last = (1 / _rate(year, _folded) for year in (years[0], years[-1]))
    size = len(canonical(wire.encode(case)))
    print(f"{YEARS} years: {sum(entries):,} entries; the case weighs {size / 1024:.1f} KiB")
    print(f"a command in the last year costs {last / first:.2f} of one in the first")


def _case() -> Case:
    pack = load_pack("demonstration")
    return Case("c1", pack, load_calendar("england", BEGUN.year), CURRENT_EDITION)


def _script() -> list[Tried]:
    """The commands of the floor's script, each with the case as it stood then."""
    case, tried = _case(), []
    for number in range(len(STEPS)):
        asked = submission(number, case.id, BEGUN)
        context = Context(BEGUN, BEGUN, asked.by, asked.facts, asked.command_id, SECRET)
        answer = decide(case, asked.command, context)
        assert isinstance(answer, Entry), answer
        tried.append(Tried(case, asked.command, context, answer))
        case = evolve(case, answer)
    return tried


def _decided(one: Tried) -> None:
    decide(one.case, one.command, one.context)


def _folded(one: Tried) -> None:
    answer = decide(one.case, one.command, one.context)
    if isinstance(answer, Entry):
        evolve(one.case, answer)


def _rate(tried: Sequence[Tried], work: Callable[[Tried], None]) -> float:
    """Return commands a second of CPU, digest and deadlines included."""
    times = max(1, TIMES * 8 // len(tried))
    gc.disable()
    best = min(_seconds(partial(_all, tried, work, times)) for _ in range(ROUNDS))
    gc.enable()
    return times * len(tried) / best


def _all(tried: Sequence[Tried], work: Callable[[Tried], None], times: int) -> None:
    for _ in range(times):
        for one in tried:
            work(one)


def _seconds(work: Callable[[], None]) -> float:
    start = process_time()
    work()
    return process_time() - start


if __name__ == "__main__":
    main()
