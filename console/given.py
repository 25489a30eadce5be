"""What the console is given by its root, and nothing it looks up itself."""

from collections.abc import Callable
from dataclasses import dataclass, field

from console.too_often import Misses
from gateway.asking import Opening
from gateway.cases import Gateway


@dataclass(frozen=True, slots=True)
class Given:
    """`new_id` makes ids for forms; `demonstration` stamps every page."""

    gateway: Gateway
    opening: Opening
    new_id: Callable[[], str]
    demonstration: bool = False
    misses: Misses = field(default_factory=Misses)
