"""Putting a form to a case through the gateway, and answering in words; never by a side door."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

import wire
from cli.failing import UNKNOWN, Answered, Misused, tell
from cli.forms import command_of, form
from cli.gate import NOT_GIVEN, Counter, counter
from cli.options import Options
from cli.output import show_document
from cli.place import policy_of, settings_of
from cli.problems import in_words
from cli.receipts import keep_here, tell_kept, told_of
from cli.refusals import answer_no, safety
from config.calendar_files import load_calendar
from config.settings import Settings
from config.wording import HERE
from gateway.answers import Accepted, No, Spooled, Unavailable
from gateway.asking import Asking, Opening
from gateway.concerns import hear
from readmodel.engine import StoreUnavailable
from readmodel.vault import WrongMasterKey
from statemodel.commands import AnyCommand, RaiseConcern
from wire.text import ID

NOT_TAKEN: Final = (
    "NOT TAKEN, and nobody has been told. Look at the reference again: eight letters and digits, "
    "and a last one to check. Or ring now."
)


@dataclass(frozen=True, slots=True)
class Form:
    """What was typed: kind, words, JSON text, who, and the asking's id."""

    kind: str
    words: Sequence[str]
    json: str | None
    by: str
    id: str | None

    def command(self) -> AnyCommand:
        """Return the command; raises Misused, but for a concern (practice D1)."""
        if command_of(self.kind) is RaiseConcern:
            return wire.decode_concern(self._concern())
        if not self.by:
            raise Misused("--as: say who asks, by their id (`baton people` lists them)")
        document = form(self.kind, self.words, self.json)
        try:
            return wire.decode_command(document)
        except wire.Invalid as error:
            raise Misused(in_words(error, document, command_of(self.kind))) from None

    def asking(self) -> Asking:
        """Return who asks under which id; a name that is no id stands in the concern's words."""
        return Asking(self.by if ID.fullmatch(self.by) else NOT_GIVEN, self.id or str(uuid4()))

    def _concern(self) -> Any:
        named = {} if not self.by or ID.fullmatch(self.by) else {"raised_by": self.by}
        try:
            return form(self.kind, self.words, self.json) | named
        except Misused:
            said = "\n".join(word for word in (*self.words, self.json) if word)
            return {"kind": RaiseConcern.kind, "what": said} | named


async def submitted(options: Options, said: str, given: Form) -> int:
    """Submit a form to a case; print the answer. Raises Answered for a no."""
    command, asking = given.command(), given.asking()
    settings = settings_of(options.data)
    try:
        async with counter(settings) as at:
            answer = await _put(at, said, command, asking, options)
            if isinstance(answer, Spooled):
                tell_kept(settings, said, answer, options)
                return 0
            concern = isinstance(command, RaiseConcern)
            extra = await told_of(at, answer.case_id, answer.version) if concern else {}
            await tell_answer(at, answer, asking, options, extra)
    except (Unavailable, StoreUnavailable, WrongMasterKey) as error:
        if not isinstance(command, RaiseConcern):
            raise
        tell_kept(settings, said, keep_here(settings, said, command, asking, error), options)
        return 0
    if concern:
        tell(safety(settings))
    return 0


def opening_of(settings: Settings, now: datetime, calendar: str | None = None) -> Opening:
    """Return the policy and calendar a case is opened under; raises PolicyError and its like."""
    named = calendar or settings.calendar
    return Opening(policy_of(settings), load_calendar(named, now.astimezone(HERE).year))


async def _put(
    at: Counter, said: str, command: AnyCommand, asking: Asking, options: Options
) -> Accepted | Spooled:
    try:
        case_id = await at.case_id(said)
        if isinstance(command, RaiseConcern):
            return await hear(at.gateway, case_id, command, asking)
        return await at.gateway.submit(case_id, command, asking, wait=True)
    except No as no:
        answer = answer_no(no, at.settings, options.output, at.who)
        if isinstance(command, RaiseConcern):
            answer = Answered(f"{NOT_TAKEN}\n{answer}", answer.exit_code)
        raise with_id(answer, asking) from None


def with_id(answer: Answered, asking: Asking) -> Answered:
    """Somebody who got no answer must be able to ask again under the same id."""
    if answer.exit_code != UNKNOWN:
        return answer
    return Answered(f"{answer}\nTo ask this again: --id {asking.id}", answer.exit_code)


async def tell_answer(
    at: Counter, answer: Accepted, asking: Asking, options: Options, extra: Mapping[str, Any]
) -> None:
    said = {
        "case": answer.case_id,
        "reference": await at.reference(answer.case_id),
        "entry": answer.version,
        **extra,
        "recorded": answer.recorded,
        "asked_before": answer.repeat,
        "id": asking.id,
    }
    show_document(said, options.output)
