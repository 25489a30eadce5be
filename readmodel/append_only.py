"""Nothing in `record_*` is ever changed or taken away: triggers on both databases hold it.

`record_body` and `record_opening` can be deleted once an erasure order for their case stands in
`record_erasure`; the digests stay (decision 25).
"""

from sqlalchemy import Connection, inspect, text

PREFIX = "record_"
ERASABLE = ("record_body", "record_opening")
NEEDED = {"sqlite": ("no_update", "no_delete"), "postgresql": ("no_change", "no_truncate")}

_FUNCTIONS = (
    """CREATE OR REPLACE FUNCTION baton_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'BT001'; END $$""",
    """CREATE OR REPLACE FUNCTION baton_erasable() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' AND EXISTS
        (SELECT 1 FROM record_erasure WHERE case_id = OLD.case_id) THEN RETURN OLD;
      END IF;
      RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'BT001';
    END $$""",
)


def guard(connection: Connection, table: str) -> None:
    """Put the triggers on one `record_*` table; a migration calls it right after making it."""
    postgres = connection.dialect.name == "postgresql"
    for statement in _postgres(table) if postgres else _sqlite(table):
        connection.execute(text(statement))


def unguard(connection: Connection) -> None:
    """Take PostgreSQL's functions away, once their tables are gone."""
    if connection.dialect.name == "postgresql":
        for name in ("baton_append_only", "baton_erasable"):
            connection.execute(text(f"DROP FUNCTION IF EXISTS {name}()"))


def unguarded(connection: Connection) -> list[str]:
    """Return each missing trigger as `table.trigger`; nothing means that the record is guarded."""
    inspector = inspect(connection)
    needed = NEEDED[connection.dialect.name]
    have = _triggers(connection)
    records = [name for name in inspector.get_table_names() if name.startswith(PREFIX)]
    wanted = {f"{table}_{name}" for table in records for name in needed}
    return sorted(wanted - have)


def _triggers(connection: Connection) -> set[str]:
    question = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.dialect.name == "postgresql":
        question = """SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
            WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')
            AND relnamespace = current_schema()::regnamespace"""
    return {str(row[0]) for row in connection.execute(text(question))}


def _sqlite(table: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    kept = ""
    if table in ERASABLE:
        kept = "WHEN NOT EXISTS (SELECT 1 FROM record_erasure e WHERE e.case_id = OLD.case_id) "
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {kept}{refuse}",
    ]


def _postgres(table: str) -> list[str]:
    function = "baton_erasable" if table in ERASABLE else "baton_append_only"
    return [
        *_FUNCTIONS,
        f"""CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {function}()""",
        f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION baton_append_only()""",
    ]
