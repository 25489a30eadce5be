"""How the store's tables came to be, step by step; run from code on a connection that is given."""

from functools import cache

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text


def upgrade(connection: Connection, to: str = "head") -> None:
    """Apply what is missing up to `to`; two processes at once take turns."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('migrate', 0))"))
    command.upgrade(_config(connection), to)


def downgrade(connection: Connection, to: str) -> None:
    """Undo down to `to` ("base" drops everything, the record too): for trials, never for use."""
    command.downgrade(_config(connection), to)


def revision(connection: Connection) -> str | None:
    """Return where a store stands, None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


@cache
def newest() -> str | None:
    """Return where this build stands."""
    return ScriptDirectory.from_config(_config(None)).get_current_head()


def _config(connection: Connection | None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "readmodel:migrations")
    return config
