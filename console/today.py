"""Today: how many cases stand how, and what falls due on each of the next seven working days."""

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from config.wording import label
from console.given import Given
from console.looking import Look, look
from console.pages import page
from console.times import day_text, working_days_from
from console.wording import standing
from gateway.lists import stuck_for, today_for
from readmodel.queries import Count
from readmodel.week import due_on

DAYS, WIDTH, HEIGHT = 7, 88, 120


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, what it counts, and the list of exactly those."""

    words: str
    number: int
    link: str
    code: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One day of the picture; `x`, `y` and `height` are in the picture's own units."""

    day: str
    short: str
    off: str
    number: int
    x: int
    y: int
    height: int


async def show_today(given: Given, request: Request) -> Response:
    """The first page of the morning; what needs a person is one press away."""
    looking = await look(given, request)
    found = await today_for(given.gateway, looking.viewer, looking.now)
    stages = [
        _figure("stage", one, label("stage", one.code, looking.words)) for one in found.stages
    ]
    standings = [_figure("standing", one, standing(one.code)) for one in found.standings]
    return page(
        looking,
        request,
        "today",
        stages=[one for one in stages if one.number or one.code in ("identified", "planning")],
        standings=standings,
        needed=len(await stuck_for(given.gateway, looking.viewer, looking.now)),
        bars=await _bars(looking),
        width=DAYS * WIDTH,
        bar=WIDTH,
        height=HEIGHT,
    )


def _figure(group: str, count: Count, words: str) -> Figure:
    return Figure(words, count.number, f"/cases?{urlencode({group: count.code})}", count.code)


async def _bars(looking: Look) -> list[Bar]:
    days = working_days_from(looking.given.opening.calendar, looking.now, DAYS)
    numbers = await due_on(looking.given.gateway.store, [one.day for one in days])
    most = max(*numbers, 1)
    bars = []
    for place, (one, number) in enumerate(zip(days, numbers, strict=True)):
        tall = round(number * HEIGHT / most)
        text = day_text(one.day.date)
        short = " ".join(text.split()[:3])
        bars.append(Bar(text, short, one.off, number, place * WIDTH, HEIGHT - tall, tall))
    return bars
