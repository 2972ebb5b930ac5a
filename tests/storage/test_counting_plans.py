"""That the counts above the queue walk along indexes of their own, however large the desk is."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import event

from tests.environment.databases import SqliteDatabases
from typo_reports.storage import queue
from typo_reports.storage.engine import Database

NOW = datetime(2026, 11, 28, tzinfo=UTC)


def test_what_is_rare_is_counted_along_an_index_of_its_own(
    sqlite_databases: SqliteDatabases, tmp_path: Path
) -> None:
    asked: list[tuple[str, tuple[object, ...]]] = []
    with sqlite_databases.fresh(tmp_path) as url:
        database = Database(url)
        event.listen(
            database.engine,
            "before_cursor_execute",
            lambda _, __, statement, given, *rest: asked.append((statement, given)),
        )
        with database.reading() as session:
            queue.counts(session, [1, 2], NOW)
            statement, given = asked[-1]
            plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
            steps = " ".join(step[-1] for step in plan)
        database.close()
    for index in ("ix_cases_folded", "ix_cases_withheld", "ix_cases_asleep"):
        assert index in steps
