"""What the API is given by its root, and nothing it looks up itself."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from config.policies import words_of
from config.wording import safety_line
from gateway.asking import Opening
from gateway.cases import Gateway


@dataclass(frozen=True, slots=True)
class Given:
    """`new_id` makes an id for a concern that came without; `engine_answers` asks the engine."""

    gateway: Gateway
    opening: Opening
    new_id: Callable[[], str]
    engine_answers: Callable[[], Awaitable[bool]]

    @property
    def words(self) -> Mapping[str, str]:
        return words_of(self.opening.pack.id)

    @property
    def safety(self) -> str:
        """The pack's safety line; it stands in every answer that is not a yes (practice D2)."""
        return safety_line(self.opening.pack, self.words)
