"""The machine's settings: what the environment says, read once, at a root, into a frozen value."""

import os
import re
from difflib import get_close_matches
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "BATON_"
DISTRIBUTION = "baton-early-help"


class InvalidSettings(Exception):
    """A variable that cannot be used: the text names each, and says what is allowed. Exit 2."""

    exit_code = 2


def _installed() -> str:
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return "unpackaged"


def _whole(path: Path) -> Path:
    try:
        return path.expanduser().absolute()  # a child process must mean the same place by it
    except RuntimeError as error:
        raise ValueError("there is no such user's home folder") from error


def _name_or_file(named: str) -> str:
    """A shipped name as it is; a file by its whole path, the same from every folder."""
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", named):
        return named
    if "/" in named or named.endswith(".toml"):
        return str(_whole(Path(named)))
    raise ValueError("give a shipped name, like england, or the path of a file ending in .toml")


def _host_and_port(address: str) -> str:
    host, colon, port = address.rpartition(":")
    if not (host and colon and port.isdecimal() and 0 < int(port) < 65536) or "/" in address:
        raise ValueError("write it as host:port, for example 127.0.0.1:7233")
    return address


def _known_database(url: str | None) -> str | None:
    if url is None or re.match(r"(postgresql|sqlite)(\+\w+)?://", url):
        return url
    raise ValueError("start it with postgresql+psycopg:// or sqlite+aiosqlite://")


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Place = Annotated[Path, AfterValidator(_whole)]
NameOrFile = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_name_or_file)
]
Address = Annotated[Words, AfterValidator(_host_and_port)]
DatabaseUrl = Annotated[str | None, AfterValidator(_known_database)]
Port = Annotated[int, Field(ge=1, le=65535)]


class Settings(BaseSettings):
    """What machines differ in. What people decide stands in policy, what code means in editions."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid", validate_default=True
    )

    data: Place = Path("baton-data")
    temporal_address: Address = "127.0.0.1:7233"
    temporal_namespace: Words = "default"
    database_url: DatabaseUrl = Field(default=None, repr=False)  # it may hold a password
    case_queue: Words = "baton-cases"
    post_queue: Words = "baton-post"
    web_host: Words = "127.0.0.1"
    web_port: Port = 8080
    master_key_file: Place = Field(default_factory=lambda given: given["data"] / "master.key")
    policy: NameOrFile = "england-default"
    calendar: NameOrFile = "england"
    build: Words = Field(default_factory=_installed)
    demonstration: bool = False
    max_cached_workflows: Annotated[int, Field(ge=0, le=100_000)] = 1000  # about 150 KiB each

    @model_validator(mode="after")
    def _two_queues(self) -> "Settings":
        if self.case_queue == self.post_queue:
            raise ValueError("BATON_CASE_QUEUE and BATON_POST_QUEUE must differ")
        return self

    @property
    def database_file(self) -> Path:
        """The SQLite file, which counts only while `database_url` is not set."""
        return self.data / "baton.db"

    @property
    def logs(self) -> Path:
        return self.data / "logs"


def load_settings(**given: Any) -> Settings:
    """The settings of this process: `given` first (None = not given), then BATON_*, then defaults.

    Raises InvalidSettings with every fault at once; a variable nobody knows is a fault too, because
    a misspelt one would otherwise be ignored without a word. Values are never quoted.
    """
    faults = [_stranger(name) for name in os.environ if _is_strange(name)]  # noqa: TID251 - here, once
    try:
        settings = Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        faults += [
            _fault(detail["loc"], detail["msg"])
            for detail in error.errors()
            if detail["type"] != "default_factory_not_called"  # an echo of another field's fault
        ]
    if faults:
        raise InvalidSettings("\n".join(faults))
    return settings


def as_environment(settings: Settings) -> dict[str, str]:
    """The same settings as BATON_* variables, for a child process: it then reads equal ones."""
    plain = settings.model_dump(mode="json", exclude_none=True)
    return {variable(name): _written(value) for name, value in plain.items()}


def variable(name: str) -> str:
    return PREFIX + name.upper()


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _is_strange(name: str) -> bool:
    return name.upper().startswith(PREFIX) and name[len(PREFIX) :].lower() not in (
        Settings.model_fields
    )


def _stranger(name: str) -> str:
    known = [variable(field) for field in Settings.model_fields]
    near = get_close_matches(name.upper(), known, n=1)
    return f"{name}: no such setting" + (f"; did you mean {near[0]}?" if near else "")


def _fault(where: tuple[int | str, ...], why: str) -> str:
    reason = why.removeprefix("Value error, ")
    return f"{variable(str(where[0]))}: {reason}" if where else reason
