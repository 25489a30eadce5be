"""A no in words: every reason, whose rule it is, what would satisfy it, then whom to ring (D16)."""

import sys
from collections.abc import Callable
from typing import Any

from cli import matching
from cli.failing import FAULT, Answered, code_of
from cli.options import Form
from cli.output import write_json
from config.policies import PolicyError, load_pack, words_of
from config.settings import InvalidSettings, Settings
from config.wording import Phrase, Said, phrase, safety_line, say
from gateway.answers import No

__all__ = ["answer_no", "in_words", "safety"]

Who = Callable[[str], str]


def safety(settings: Settings) -> str:
    """Return the pack's safety line; that of the default policy where the own one is broken."""
    try:
        return safety_line(load_pack(settings.policy), words_of(settings.policy))
    except PolicyError:
        return safety_line(load_pack("england-default"))


def safety_whatever() -> str:
    """Return the safety line of whatever policy can be read, when not even settings may be."""
    from cli.place import settings_of

    try:
        return safety(settings_of(None))
    except InvalidSettings:
        return safety_line(load_pack("england-default"))


def answer_no(no: No, settings: Settings, form: Form, who: Who | None = None) -> Answered:
    """Return what to raise instead of a no: its words for standard error, and its code.

    As JSON it is also written to standard output, for whatever reads that.
    """
    words = words_of(settings.policy)
    said = [(reason, say(reason, words, who)) for reason in no.reasons]
    code = code_of(no) or FAULT
    line = safety(settings)
    if form == "json":
        reasons = [
            {"code": reason.code, "rules": list(reason.rules), **_plain(one)}
            for reason, one in said
        ]
        beside = matching.plain(no, words)
        write_json({"answer": no.code, "reasons": reasons, **beside, "safety": line}, sys.stdout)
    head = phrase(Phrase.CANNOT_YET, words) if said else matching.head(no, words) or str(no)
    told = (*(in_words(one) for _, one in said), *matching.lines(no, words))
    return Answered("\n".join((head, *told, line)), code)


def in_words(said: Said) -> str:
    """Return one reason as a line, with its remedy below it."""
    return f"  - {said.says} ({said.because_of})\n    {said.remedy}".rstrip()


def _plain(said: Said) -> dict[str, Any]:
    return {"says": said.says, "whose": said.because_of, "remedy": said.remedy}
