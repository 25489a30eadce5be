"""How many ask one case at once: eight at most; the engine takes ten, then says nothing."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from gateway.answers import Busy

MOST = 8


class InFlight:
    """Counted by case, in this process (decision 17)."""

    def __init__(self) -> None:
        self._counted: Counter[str] = Counter()

    @contextmanager
    def at(self, case_id: str) -> Iterator[None]:
        """Count one asking; raises Busy when too many are at it already."""
        if self._counted[case_id] >= MOST:
            raise Busy("others are at this case; try again in a moment")
        self._counted[case_id] += 1
        try:
            yield
        finally:
            self._counted[case_id] -= 1
            if not self._counted[case_id]:
                del self._counted[case_id]
