"""Triggers that note which cases' texts have changed, for the worker that keeps the search index.

Triggers, since texts change in many ways (intake, regrouping, withdrawal, erasing) and none may be
forgotten. They cost the intake one small row. They are put in place after each migration, since
SQLite loses them when a migration has to make a table anew.
"""

from __future__ import annotations

from sqlalchemy import Connection

# Name, the event, and the cases that it makes stale: a select over NEW and OLD.
_TRIGGERS = (
    ("stale_text_case_added", "AFTER INSERT ON cases", ("NEW.id",)),
    ("stale_text_case_gone", "AFTER DELETE ON cases", ("OLD.id",)),
    (
        "stale_text_case_changed",
        "AFTER UPDATE OF exact, prefix, suffix, page_id ON cases",
        ("NEW.id",),
    ),
    ("stale_text_report_added", "AFTER INSERT ON reports", ("NEW.case_id",)),
    ("stale_text_report_gone", "AFTER DELETE ON reports", ("OLD.case_id",)),
    (
        "stale_text_report_changed",
        "AFTER UPDATE OF suggestion, comment, case_id ON reports",
        ("NEW.case_id", "OLD.case_id"),
    ),
    (
        "stale_text_page_changed",
        "AFTER UPDATE OF title, url ON pages",
        ("id FROM cases WHERE page_id = NEW.id",),
    ),
)
# A page is written with each report on it, mostly with what it had.
_WHEN = {
    "stale_text_page_changed": {
        "sqlite": "WHEN NEW.title IS NOT OLD.title OR NEW.url <> OLD.url",
        "postgresql": "WHEN (NEW.title IS DISTINCT FROM OLD.title OR NEW.url <> OLD.url)",
    }
}
NAMES = tuple(name for name, _, _ in _TRIGGERS)


def install(connection: Connection) -> None:
    """Put those triggers in place that are missing."""
    present = set(installed(connection))
    for name, event, cases in _TRIGGERS:
        if name not in present:
            _create(connection, name, event, cases)


def installed(connection: Connection) -> list[str]:
    """The names of the triggers that are in place."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    return [row[0] for row in connection.exec_driver_sql(query) if row[0] in NAMES]


def _create(connection: Connection, name: str, event: str, cases: tuple[str, ...]) -> None:
    dialect = connection.dialect.name
    when = _WHEN.get(name, {}).get(dialect, "")
    if dialect == "sqlite":
        body = " ".join(
            f"INSERT OR REPLACE INTO stale_texts (case_id, mark) {_select(case, 'random()')};"
            for case in cases
        )
        connection.exec_driver_sql(
            f"CREATE TRIGGER {name} {event} FOR EACH ROW {when} BEGIN {body} END"
        )
        return
    # Sorted, so that two at once take the rows in the same order and can't wait for each other.
    union = " UNION ".join(_select(case, "0") for case in cases)
    body = (
        f"INSERT INTO stale_texts (case_id, mark) "  # noqa: S608
        f"SELECT c, (random() * 9e15)::bigint FROM ({union}) AS stale (c, mark) ORDER BY c "
        "ON CONFLICT (case_id) DO UPDATE SET mark = EXCLUDED.mark;"
    )
    connection.exec_driver_sql(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN {body} RETURN NULL; END $$"
    )
    connection.exec_driver_sql(
        f"CREATE TRIGGER {name} {event} FOR EACH ROW {when} EXECUTE FUNCTION {name}()"
    )


def _select(case: str, mark: str) -> str:
    column, _, rest = case.partition(" ")
    return f"SELECT {column}, {mark} {rest}"
