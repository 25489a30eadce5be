"""Which run of a case is the one that answers, and how the next begins when it has ended (10)."""

from dataclasses import dataclass, field, replace

from sqlalchemy import func, select

from gateway.answers import Hidden
from gateway.engine import Engine
from readmodel.engine import Store, StoreUnavailable
from readmodel.rebuild import NoOpening, refold
from readmodel.tables import record_entry
from readmodel.vault import NoKey, Vault
from statemodel import CURRENT_EDITION, Case
from workflows.run_state import CaseRun


@dataclass(frozen=True, slots=True)
class Episodes:
    """Workflow ids are `<case>.<episode>`; the journal knows the newest."""

    engine: Engine
    store: Store
    vault: Vault
    _known: dict[str, int] = field(default_factory=dict)

    async def run_of(self, case_id: str) -> str:
        """Return the newest run's workflow id; the first, while nothing is recorded yet."""
        if case_id not in self._known:
            try:
                self._known[case_id] = await self._newest(case_id)
            except StoreUnavailable:
                return f"{case_id}.1"
        return f"{case_id}.{self._known[case_id]}"

    async def folded(self, case_id: str) -> Case:
        """Return an ended case as its journal has it; Hidden where there is none."""
        self._known.pop(case_id, None)
        try:
            return await refold(self.store, self.vault, case_id)
        except (NoKey, NoOpening):
            raise Hidden("there is no such case for you") from None

    async def after(self, case_id: str, ended: str) -> str:
        """Return the run that follows one that has ended: the journal's newest, or the very next.

        What another process began is found here; its own word about it is worth nothing any more.
        """
        self._known.pop(case_id, None)
        tried = int(ended.rpartition(".")[2])
        self._known[case_id] = max(await self._newest(case_id), tried + 1)
        return f"{case_id}.{self._known[case_id]}"

    async def begin(self, run: str) -> None:
        """Start an episode from the folded case, for a concern; harmless where it runs already."""
        case_id, _, number = run.rpartition(".")
        ended, episode = await self.folded(case_id), int(number)
        self._known[case_id] = episode
        if ended.episode >= episode:
            return
        following = replace(ended, episode=episode, edition=CURRENT_EDITION)
        key = await self.vault.make(case_id)
        await self.engine.start(CaseRun(following, key.secret, not_before=following.version + 1))

    async def _newest(self, case_id: str) -> int:
        question = select(func.max(record_entry.c.episode)).where(record_entry.c.case_id == case_id)
        async with self.store.reading() as connection:
            newest: int | None = (await connection.execute(question)).scalar()
        return newest or 1
