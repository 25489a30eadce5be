"""Where the watchdog looks: four variables of the environment, read once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

FILE = "baton.db"
KNOWN = ("postgresql", "sqlite")


class InvalidSetting(Exception):
    """A variable that cannot be used: the text names it and what is allowed, never the value."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`database` may hold a password, so it is never shown."""

    data: Path
    database: URL = field(repr=False)
    temporal_address: str
    temporal_namespace: str

    @property
    def page(self) -> Path:
        """What was last seen, for whoever shows it."""
        return self.data / "watchdog.json"


def read(environment: Mapping[str, str]) -> Settings:
    """Return the settings; an empty variable counts as not set. Raises InvalidSetting."""
    given = {name: value for name, value in environment.items() if value}
    try:
        data = Path(given.get("BATON_DATA", "baton-data")).expanduser().absolute()
    except RuntimeError as error:
        raise InvalidSetting("BATON_DATA: there is no such user's home folder") from error
    url = given.get("BATON_DATABASE_URL")
    return Settings(
        data=data,
        database=_known(_parsed(url)) if url else URL.create("sqlite", database=str(data / FILE)),
        temporal_address=given.get("BATON_TEMPORAL_ADDRESS", "127.0.0.1:7233"),
        temporal_namespace=given.get("BATON_TEMPORAL_NAMESPACE", "default"),
    )


def _known(url: URL) -> URL:
    if url.get_backend_name() in KNOWN:
        return url
    raise InvalidSetting("BATON_DATABASE_URL: start it with postgresql:// or sqlite://")


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        # without its cause: that would quote a password
        raise InvalidSetting("BATON_DATABASE_URL: this is not a database's URL") from None
