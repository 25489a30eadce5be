"""Asking something of a case, or recording what has happened in it; and opening one."""

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from cli.options import DEFAULT, Options

Case = Annotated[str, Parameter(help="The case, by its id or its reference.")]
Kind = Annotated[str, Parameter(help="What is asked, like agree_nomination: `baton kinds`.")]
Words = Annotated[str, Parameter(help="The form: field=value or table.field=value.")]


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks, under which id, and the form as JSON where it isn't typed in words."""

    by: Annotated[
        str, Parameter(name="--as", help="Who asks, by their id; a concern is taken without, too.")
    ] = ""
    id: Annotated[
        str | None, Parameter(name="--id", help="Your id for this; to ask again, give it again.")
    ] = None
    json: Annotated[
        str | None,
        Parameter(
            name="--json",
            help="The form as JSON: a file, or - for input.",
            allow_leading_hyphen=True,  # else the dash itself is taken for an option
        ),
    ] = None


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """Who looks for a child, and the document that says whom they mean."""

    by: Annotated[str, Parameter(name="--as", help="Who asks, by their id.")] = ""
    json: Annotated[
        str | None,
        Parameter(
            name="--json",
            help="Who is meant, as JSON: a file, or - for input.",
            allow_leading_hyphen=True,
        ),
    ] = None


NOBODY, BY_NOBODY = Asked(), Searched()
KindOrNone = Annotated[str | None, Parameter(help="One kind of command; none lists them all.")]


def submit(
    case: Case, kind: Kind, *words: Words, asked: Asked = NOBODY, options: Options = DEFAULT
) -> int:
    """Ask for something to be done in a case, or record what has happened.

    What may be asked, and the fields of each: `baton kinds`. A concern is taken from anybody, in
    any words, whatever is down:
    `baton submit 7Q4M2X9KD raise_concern --as p-ana "what=Afraid to go home"`

    Example: `baton submit 7Q4M2X9KD agree_nomination --as p-lee nomination=n3 seen=3`
    """
    from cli.submitting import Form, submitted

    form = Form(kind, words, _read(asked.json), asked.by, asked.id)
    return asyncio.run(submitted(options, case, form))


def open_case(*words: Words, asked: Asked = NOBODY, options: Options = DEFAULT) -> int:
    """Open a case: needs may be unmet. Whoever opens it is responsible from then on.

    Who the children are (`identities`) stands in a document, never on the command line. A child who
    may be known already is told by its id; open again with `matches` beside it, which says of each
    whether it is the same child, or why it is another.

    Example: `baton open --as p-ana children=k-9f2c source=observation needs=attendance`

    Example: `baton open --as p-ana --json opening.json -o json`
    """
    from cli.opening import opened
    from cli.submitting import Form

    form = Form("identify_need", words, _read(asked.json), asked.by, asked.id)
    return asyncio.run(opened(options, form))


def matches(*, asked: Searched = BY_NOBODY, options: Options = DEFAULT) -> int:
    """Look for a child who may be known already, for whoever may open a case; each look is kept.

    Who the child is stands in a document, never on the command line: a number elsewhere, or two of
    name, born_on, due_on, mother and postcode.

    Example: `baton matches --as p-ana --json - -o json < child.json`
    """
    from cli.opening import matched

    return asyncio.run(matched(options, asked.by, _read(asked.json)))


def kinds(kind: KindOrNone = None, *, options: Options = DEFAULT) -> int:
    """List what may be asked of a case; of one kind its fields, what they mean and may hold.

    Example: `baton kinds propose_lead`
    """
    from cli.fields import fields_listing
    from cli.fields import kinds as every
    from cli.forms import command_of
    from cli.output import show
    from cli.place import words_here

    words = words_here(options.data)
    listing = fields_listing(command_of(kind), words) if kind else every(words)
    show(listing, options.output)
    return 0


def pathway(kind: KindOrNone = None, *, options: Options = DEFAULT) -> int:
    """Say who may ask what, from where to where; of one kind also what must hold, and whose rule.

    Example: `baton pathway close_case`
    """
    from cli.forms import command_of
    from cli.law import document, glance
    from cli.output import show, show_document
    from cli.place import words_here

    words = words_here(options.data)
    if kind:
        show_document(document(command_of(kind), words), options.output)
    else:
        show(glance(words), options.output)
    return 0


def _read(source: str | None) -> str | None:
    """The JSON text: of a file, or of standard input for a dash."""
    from cli.failing import Misused

    if source is None:
        return None
    if source == "-":
        return sys.stdin.read()
    try:
        return Path(source).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Misused(f"--json: {Path(source).name} cannot be read; name another") from error
