"""Opening a case, and looking a child up before it: who a child is comes in a document."""

import json
from dataclasses import replace

import wire
from cli.failing import Misused
from cli.forms import read_document
from cli.gate import counter
from cli.matching import Words, match_row, prove_private
from cli.options import Options
from cli.output import Listing, show
from cli.place import settings_of
from cli.refusals import answer_no
from cli.submitting import Form, opening_of, tell_answer, with_id
from config.policies import words_of
from gateway.answers import Match, No
from gateway.looking_up import look_up
from gateway.who import Who, who_in
from gateway.wiring import utc_now
from readmodel.identity import Identity
from statemodel.commands import IdentifyNeed

COLUMNS = ("child", "agrees", "case")


async def opened(options: Options, given: Form) -> int:
    """Open a case under this installation's policy and calendar; print its reference."""
    given, who = _apart(given)
    command, asking = given.command(), given.asking()
    settings = settings_of(options.data)
    assert isinstance(command, IdentifyNeed), "the kind was chosen here"
    opening = replace(opening_of(settings, utc_now()), who=who)
    async with counter(settings) as at:
        try:
            answer = await at.gateway.open_case(command, asking, opening, wait=True)
        except No as no:
            raise with_id(answer_no(no, settings, options.output, at.who), asking) from None
        await tell_answer(at, answer, asking, options, {})
    return 0


async def matched(options: Options, by: str, document: str | None) -> int:
    """List who is probably meant by a document; raises Misused, Invalid, and Answered for a no."""
    if document is None:
        raise Misused('Give who the child is as JSON, like {"name": …, "born_on": …}: --json FILE')
    identity = wire.decode_asked(Identity, read_document(document))
    settings = settings_of(options.data)
    async with counter(settings) as at:
        try:
            found = await look_up(at.gateway, opening_of(settings, utc_now()), by, identity)
        except No as no:
            raise answer_no(no, settings, options.output, at.who) from None
    show(listing(found, words_of(settings.policy)), options.output)
    return 0


def listing(found: tuple[Match, ...], words: Words) -> Listing:
    """Return matches as rows: the child's id, what agrees, and its open cases."""
    told = (match_row(one, words) for one in found)
    rows = [(one["child"], one["says"], "; ".join(c["says"] for c in one["cases"])) for one in told]
    return Listing(COLUMNS, rows, empty="Nobody known here is probably meant.")


def _apart(given: Form) -> tuple[Form, Who]:
    """Return the command's form and what its document says of the children; raises Invalid."""
    prove_private(tuple(given.words))
    if given.json is None:
        return given, Who()
    rest, who = who_in(read_document(given.json))
    return replace(given, json=json.dumps(rest)), who
