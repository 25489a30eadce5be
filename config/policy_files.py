"""Policy files: read from TOML, laid over what they extend, every fault found at once."""

import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from config.policy_models import PackFile

SHIPPED: Final = Path(__file__).parent / "policies"
DEFAULT, HISTORY = "england-default", "cwdc-2007"
LARGEST_FILE: Final = 64 * 1024
OWN_WORD: Final = frozenset(  # what a pack says of itself is never taken from another
    {"id", "title", "use", "authority", "in_force_from", "checked_on", "checked_against"}
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong in a policy file: where, what it says of it, and what to write instead."""

    file: str
    key: str
    says: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.key}" if self.key else self.file
        return f"{where}: {self.says}; {self.remedy}"


class PolicyError(Exception):
    """A policy file that cannot be used; `findings` holds everything wrong with it."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(*findings)
        self.findings = findings

    def __str__(self) -> str:
        return "\n".join(str(finding) for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Written:
    """A policy file as read, and which of its values it takes from the pack it extends."""

    file: str
    policy: PackFile
    inherited: frozenset[str]
    shipped: bool


def shipped_packs() -> tuple[str, ...]:
    """Return the names of the packs that come with Baton."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.toml")))


def read_pack(name_or_path: str | Path) -> Written:
    """Read a policy file with what it extends beneath it; raises PolicyError with every finding."""
    path = path_of(name_or_path)
    own = _document(path)
    base = _document(SHIPPED / f"{_beneath(own)}.toml") if "extends" in own else {}
    document, inherited = _laid_over(base, own)
    try:
        policy = PackFile.model_validate(document)
    except ValidationError as error:
        found = (_finding(path.name, each) for each in error.errors())
        raise PolicyError(tuple(found)) from None
    shipped = path.parent == SHIPPED
    if policy.id in shipped_packs() and not shipped:
        says = "is the name of a pack that comes with Baton"
        raise PolicyError((Finding(path.name, "id", says, "choose a name of your own"),))
    return Written(path.name, policy, inherited, shipped)


def _beneath(own: dict[str, Any]) -> str:
    """What it may not extend is told with everything else, over what it could."""
    return HISTORY if own["extends"] == HISTORY else DEFAULT


def path_of(name_or_path: str | Path) -> Path:
    path = Path(name_or_path)
    by_name = isinstance(name_or_path, str) and path.name == name_or_path
    return SHIPPED / f"{name_or_path}.toml" if by_name and path.suffix != ".toml" else path


def _document(path: Path) -> dict[str, Any]:
    text = _text(path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _refused(path, "is not TOML", f"mend it: {error}") from None
    except RecursionError:
        raise _refused(path, "is not TOML", "take out the nested brackets") from None


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _refused(path, "is larger than 64 KiB", "keep to the keys of a policy file")
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise _refused(path, "does not exist", _meant(path.stem)) from None
    except UnicodeDecodeError:
        raise _refused(path, "is not UTF-8 text", "save it as UTF-8") from None
    except (OSError, ValueError):  # a folder, no permission, a name no file can have
        raise _refused(path, "cannot be read", "name a file that you may read") from None


def _refused(path: Path, says: str, remedy: str) -> PolicyError:
    return PolicyError((Finding(path.name, "", says, remedy),))


def _meant(name: str) -> str:
    near = get_close_matches(name, shipped_packs(), n=1)
    meant = f"did you mean {near[0]}? " if near else ""
    return f"{meant}shipped are {', '.join(shipped_packs())}"


def _laid_over(base: dict[str, Any], own: dict[str, Any]) -> tuple[dict[str, Any], frozenset[str]]:
    """Lay a file over the one it extends: a clock is replaced whole, so its source is its own."""
    document, inherited = dict(own), set()
    for key, value in base.items():
        if key in OWN_WORD:
            continue
        if key not in own:
            document[key] = value
            inherited |= {f"{key}.{name}" for name in value} if isinstance(value, dict) else {key}
        elif isinstance(value, dict) and isinstance(own[key], dict):
            document[key] = value | own[key]
            inherited |= {f"{key}.{name}" for name in value if name not in own[key]}
    return document, frozenset(inherited)


def _finding(file: str, found: ErrorDetails) -> Finding:
    key = ".".join(str(part) for part in found["loc"])
    says, remedy = REMEDIES.get(found["type"], ("cannot be used", ""))
    return Finding(file, key, says, remedy or found["msg"].removeprefix("Value error, "))


REMEDIES: Final = {
    "missing": ("is missing", "add it"),
    "extra_forbidden": ("is not a key of a policy file", "remove or respell it"),
    "model_type": ("is not a table", "write its name in brackets and its keys below"),
    "date_type": ("is not a date", "write it without quotes, like 2026-12-29"),
    "bool_type": ("is neither true nor false", "write true or false, without quotes"),
    "string_type": ("is not text", "write it in quotes"),
    "string_pattern_mismatch": ("holds a line break or control character", "keep to one line"),
}
