"""The console's words: its own from `words.toml`, all words about a case from config."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from config.wording import filled

FILE = Path(__file__).parent / "words.toml"

Words = Mapping[str, str]


@cache
def own() -> dict[str, Any]:
    """Return every word of the console's own, by group and code; read once."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def said(code: str) -> str:
    """Return one of the console's own sentences."""
    sentence: str = own()["said"].get(code, own()["said"]["unexpected"])
    return sentence


def hint(field: str) -> str:
    """Return what stands beside a question."""
    text: str = own()["hint"][field]
    return text


def identity_word(code: str) -> str:
    """Return a question about who a child is, or about whether two are one."""
    text: str = own()["identity"][code]
    return text


def family_words() -> tuple[str, ...]:
    """Return the words offered for the adults of a family."""
    return tuple(own()["family"]["words"])


def standing(code: str) -> str:
    text: str = own()["standing"][code]
    return text


def condition(code: str, part: str, words: Words) -> str:
    """Return what is the matter (`says`), what Baton did (`did`), or what to do (`remedy`)."""
    return filled(own()["condition"][code][part], words)


def why(code: str) -> str:
    text: str = own()["why"].get(code, code.replace("_", " "))
    return text


def problem(code: str, allowed: str) -> str:
    """Return what is wrong with one answer on a form, and never the answer."""
    template: str = own()["problem"].get(code, "This cannot be read: {allowed}")
    return template.replace("{allowed}", allowed)
