"""Where a command finds its installation: BATON_*, else what `up` left in the data folder."""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from config.settings import Settings, load_settings, variable

if TYPE_CHECKING:
    from statemodel.policy import Pack

FILE: Final = "running.json"
LEFT: Final = (
    "temporal_address",
    "temporal_namespace",
    "web_port",
    "policy",
    "calendar",
    "demonstration",
)


def settings_of(data: Path | None, **given: Any) -> Settings:
    """Return what was given, then the environment, then what `up` left; raises InvalidSettings."""
    folder = load_settings(data=data).data
    left = {
        name: value for name, value in _left(folder).items() if variable(name) not in os.environ
    }
    return load_settings(data=data, **(left | {n: v for n, v in given.items() if v is not None}))


def words_here(data: Path | None) -> dict[str, str]:
    """Return the local words of this installation's policy, or of the default one."""
    from config.policies import words_of

    return words_of(settings_of(data).policy)


def policy_of(settings: Settings) -> "Pack":
    """Return the policy cases are opened under; raises Misused, naming the file in full."""
    from cli.failing import Misused
    from config.policies import PolicyError, load_pack

    try:
        return load_pack(settings.policy)
    except PolicyError as error:
        told = f"BATON_POLICY names {settings.policy}, which cannot be used:\n{error}"
        raise Misused(told) from None


def leave_word(settings: Settings) -> None:
    """Write down how to reach this installation; no secret, and no database that may hold one."""
    word = {name: getattr(settings, name) for name in LEFT}
    draft = settings.data / f"{FILE}.draft"
    draft.write_text(json.dumps(word), encoding="utf-8")
    draft.replace(settings.data / FILE)


def _left(folder: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        word = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return {name: word[name] for name in LEFT if name in word}
    return {}
