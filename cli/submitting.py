"""Putting a form to a case through the gateway, and answering in words; never by a side door."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import wire
from cli.failing import UNAVAILABLE, UNKNOWN, Answered, Misused, tell
from cli.forms import form
from cli.gate import Counter, counter
from cli.options import Options
from cli.output import show_document
from cli.place import settings_of
from cli.refusals import answer_no, safety
from config.calendar_files import load_calendar
from config.policies import load_pack
from config.settings import Settings
from config.wording import HERE
from gateway.answers import Accepted, No, Spooled, Unavailable
from gateway.asking import Asking, Opening
from gateway.codec import house_key
from gateway.concerns import hear
from gateway.keeping import keep
from gateway.spool import Spool
from gateway.wiring import utc_now
from readmodel.engine import StoreUnavailable
from readmodel.vault import WrongMasterKey, load_master_key
from statemodel.commands import AnyCommand, IdentifyNeed, RaiseConcern


@dataclass(frozen=True, slots=True)
class Form:
    """What was typed: kind, words, JSON text, who, and the asking's id."""

    kind: str
    words: Sequence[str]
    json: str | None
    by: str
    id: str | None

    def command(self) -> AnyCommand:
        """Return the command; raises Misused or wire.Invalid, a concern neither (practice D1)."""
        if self.kind == RaiseConcern.kind:
            return wire.decode_concern(self._concern())
        return wire.decode_command(form(self.kind, self.words, self.json))

    def _concern(self) -> Any:
        try:
            return form(self.kind, self.words, self.json)
        except Misused:
            return {"kind": self.kind, "what": "\n".join((*self.words, self.json or ""))}


async def submitted(options: Options, said: str, given: Form) -> int:
    """Submit a form to a case; print the answer. Raises Answered for a no."""
    settings, asking = settings_of(options.data), Asking(given.by, given.id or str(uuid4()))
    command = given.command()
    try:
        async with counter(settings) as at:
            answer = await _put(at, said, command, asking, options)
            await _tell_answer(at, answer, asking, options)
    except (Unavailable, StoreUnavailable, WrongMasterKey) as error:
        if not isinstance(command, RaiseConcern):
            raise
        _kept(settings, keep_here(settings, said, command, asking, error), options)
    return 0


async def opened(options: Options, given: Form) -> int:
    """Open a case under this installation's policy and calendar; print its reference."""
    settings, asking = settings_of(options.data), Asking(given.by, given.id or str(uuid4()))
    command = given.command()
    assert isinstance(command, IdentifyNeed), "the kind was chosen here"
    opening = opening_of(settings, utc_now())
    async with counter(settings) as at:
        try:
            answer = await at.gateway.open_case(command, asking, opening, wait=True)
        except No as no:
            raise _with_id(answer_no(no, settings, options.output, at.who), asking) from None
        await _tell_answer(at, answer, asking, options)
    return 0


def opening_of(settings: Settings, now: datetime, calendar: str | None = None) -> Opening:
    """Return the policy and calendar a case is opened under; raises PolicyError and its like."""
    named = calendar or settings.calendar
    return Opening(load_pack(settings.policy), load_calendar(named, now.astimezone(HERE).year))


def keep_here(
    settings: Settings, said: str, command: RaiseConcern, asking: Asking, why: Exception
) -> Spooled:
    """Keep a concern in the data folder's spool; raises Answered with whom to ring if it can't."""
    try:
        house = house_key(load_master_key(settings.master_key_file))
        return keep(Spool(settings.data / "spool", house), house, said, command, asking)
    except (WrongMasterKey, OSError) as error:
        raise Answered(
            f"NOT KEPT: {why} {error}\nRing now. {safety(settings)}", UNAVAILABLE
        ) from error


async def _put(
    at: Counter, said: str, command: AnyCommand, asking: Asking, options: Options
) -> Accepted | Spooled:
    try:
        case_id = await at.case_id(said)
        if isinstance(command, RaiseConcern):
            return await hear(at.gateway, case_id, command, asking)
        return await at.gateway.submit(case_id, command, asking, wait=True)
    except No as no:
        raise _with_id(answer_no(no, at.settings, options.output, at.who), asking) from None


def _with_id(answer: Answered, asking: Asking) -> Answered:
    """Somebody who got no answer must be able to ask again under the same id."""
    if answer.exit_code != UNKNOWN:
        return answer
    return Answered(f"{answer}\nTo ask this again: --id {asking.id}", answer.exit_code)


async def _tell_answer(
    at: Counter, answer: Accepted | Spooled, asking: Asking, options: Options
) -> None:
    if isinstance(answer, Spooled):
        _kept(at.settings, answer, options)
        return
    said = {
        "case": answer.case_id,
        "reference": await at.reference(answer.case_id),
        "entry": answer.version,
        "recorded": answer.recorded,
        "asked_before": answer.repeat,
        "id": asking.id,
    }
    show_document(said, options.output)


def _kept(settings: Settings, answer: Spooled, options: Options) -> None:
    said = {
        "case": answer.case_id,
        "kept_until_it_can_be_delivered": True,
        "receipt": answer.receipt,
    }
    show_document(said, options.output)
    tell(f"Nobody has been told yet. Ring now. {safety(settings)}")
