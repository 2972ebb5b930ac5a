"""What finding a report's case costs as cases grow: queries, and time beside 1,000 cases.

Pages have 100 cases each, as alike as sentences of one text; reports come for random pages, half of
them for an error that is known there. Timed is everything from the page's address to the decision
(`pages.hold`, `grouping.place`), rolled back each time.

    python -m bench.grouping_cost [--most 1000000] [--only sqlite|postgresql]
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, event, text
from sqlalchemy.orm import Session

from tests.environment.databases import SqliteDatabases, postgresql_databases
from typo_reports.domain.report import PageFacts, Submission
from typo_reports.domain.selector import Selector
from typo_reports.services import grouping, sites
from typo_reports.storage import pages
from typo_reports.storage.engine import WRITES, Database
from typo_reports.storage.models import Case, CaseKey, Page
from typo_reports.storage.pages import hash_of

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CASES_A_PAGE = 100
LOOKUPS = 300
ORIGIN = "https://planet.example"
WORDS = [
    "harbour",
    "office",
    "opens",
    "ships",
    "arrive",
    "before",
    "dawn",
    "wait",
    "outside",
    "mole",
    "crews",
    "drink",
    "coffee",
    "deck",
    "winter",
    "clerk",
    "writes",
    "large",
    "green",
    "book",
    "kept",
    "hundred",
    "years",
    "visitors",
    "read",
    "lost",
    "page",
    "bridge",
]


def sentence(number: int) -> str:
    """A sentence of its own for each number."""
    rng = random.Random(number)
    return " ".join(f"{rng.choice(WORDS)}{rng.choice('aeiou')}" for _ in range(14))


TEXT = ". ".join(sentence(number) for number in range(2 * CASES_A_PAGE))


def submission(number: int, url: str) -> Submission:
    """A report about one word of this sentence; those from CASES_A_PAGE on are new errors."""
    said = sentence(number)
    start = TEXT.index(said) + said.index(" ") + 1
    end = TEXT.index(" ", start)
    return Submission(
        id=str(uuid.uuid4()),
        site="planet",
        source=url,
        selector=Selector.from_text(TEXT, start, end),
        suggestion=None,
    )


def seed_first_page(database: Database) -> None:
    """The page of which all others are copies."""
    with database.writing() as session:
        site = sites.add_site(session, name="Planet", origins=[ORIGIN], key="planet", now=NOW)
        url = f"{ORIGIN}/1"
        page = pages.hold(session, site_id=site.id, url=url, facts=PageFacts(), now=NOW)
        for number in range(CASES_A_PAGE):
            placed = grouping.place(session, page, submission(number, url), now=NOW)
            grouping.joined(session, placed, now=NOW)
            session.flush()


def grow(database: Database, first: int, last: int) -> None:
    """Copy the first page to the pages with these numbers, last one included, in SQL alone."""
    is_sqlite = database.is_sqlite
    with database.engine.connect().execution_options(**WRITES) as connection:
        if is_sqlite:
            connection.execute(text(_NUMBERS_SQLITE), {"first": first, "last": last})
        else:
            connection.execute(text(_NUMBERS_POSTGRESQL), {"first": first, "last": last})
        _copy(connection, Page.__table__.columns.keys(), "pages", _new_page(is_sqlite))
        new_id = _new_id(is_sqlite, "t.id", "n")
        _copy(connection, Case.__table__.columns.keys(), "cases", {"id": new_id, "page_id": "n"})
        new_id = _new_id(is_sqlite, "t.case_id", "n")
        keys = {"case_id": new_id, "page_id": "n"}
        _copy(connection, CaseKey.__table__.columns.keys(), "case_keys", keys)
        connection.execute(text("DROP TABLE numbers"))
        connection.commit()
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


_NUMBERS_SQLITE = (
    "CREATE TEMPORARY TABLE numbers AS WITH RECURSIVE count(n) AS "
    "(SELECT :first UNION ALL SELECT n + 1 FROM count WHERE n < :last) SELECT n FROM count"
)
_NUMBERS_POSTGRESQL = (
    "CREATE TEMPORARY TABLE numbers AS "
    "SELECT n FROM generate_series(CAST(:first AS integer), CAST(:last AS integer)) AS n"
)


def _copy(connection: Connection, columns: list[str], table: str, new: dict[str, str]) -> None:
    """Every row of the first page once for each number; `new` are expressions by column."""
    of_first = "t.id = 1" if table == "pages" else "t.page_id = 1"
    chosen = ", ".join(new.get(name, f't."{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    connection.execute(
        text(
            f"INSERT INTO {table} ({names}) "
            f"SELECT {chosen} FROM numbers CROSS JOIN {table} t WHERE {of_first}"
        )
    )


def _new_page(is_sqlite: bool) -> dict[str, str]:
    made = (
        "CAST(printf('%032d', n) AS BLOB)"
        if is_sqlite
        else "decode(lpad(to_hex(n), 64, '0'), 'hex')"
    )
    return {"id": "n", "url": f"'{ORIGIN}/' || n", "url_hash": made}


def _new_id(is_sqlite: bool, old: str, number: str) -> str:
    """The id with its first eight digits replaced by the number: unique, and indexed as usual."""
    if is_sqlite:
        return f"printf('%08x', {number}) || substr({old}, 9)"
    return f"CAST(lpad(to_hex({number}), 8, '0') || substr(CAST({old} AS text), 9) AS uuid)"


def measure(database: Database, last_page: int) -> tuple[float, float, float]:
    """First quarter and median in ms, and queries a look-up.

    The ratio is one of first quarters: other programs of the machine disturb them least.
    """
    rng = random.Random(last_page)
    chosen = [rng.randint(1, last_page) for _ in range(LOOKUPS)]
    with database.writing() as session:
        for number in set(chosen):
            page = session.get_one(Page, number)
            page.url_hash = hash_of(f"{ORIGIN}/{number}")
    took, queries = [], 0
    with counted(database) as count:
        for at, number in enumerate(chosen):
            url = f"{ORIGIN}/{number}"
            sent = submission(rng.randrange(CASES_A_PAGE) + at % 2 * CASES_A_PAGE, url)
            with Session(database.engine.execution_options(**WRITES)) as session:
                session.connection()
                began, before = time.perf_counter(), count[0]
                page = pages.hold(session, site_id=1, url=url, facts=PageFacts(), now=NOW)
                grouping.place(session, page, sent, now=NOW)
                session.flush()
                took.append((time.perf_counter() - began) * 1000)
                queries += count[0] - before
                session.rollback()
    quarters = statistics.quantiles(took, n=4)
    return quarters[0], quarters[1], queries / LOOKUPS


@contextmanager
def counted(database: Database) -> Iterator[list[int]]:
    """How many statements have run since the beginning, in a list of one."""
    count = [0]

    def note(*_: object) -> None:
        count[0] += 1

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield count
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def run(name: str, url: str, most: int) -> None:
    """Print one row for each size."""
    database = Database(url)
    seed_first_page(database)
    cases, last, base = 1_000, 1, 0.0
    while cases <= most:
        wanted = cases // CASES_A_PAGE
        began = time.monotonic()
        grow(database, last + 1, wanted)
        seeding, last = time.monotonic() - began, wanted
        quick, median, queries = measure(database, last)
        base = base or quick
        print(
            f"| {name} | {cases:,} | {queries:.1f} | {quick:.2f} | {median:.2f} "
            f"| {quick / base:.2f} | {seeding:.0f} |",
            flush=True,
        )
        cases *= 10
    database.close()


def main() -> None:
    """Measure both databases."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--most", type=int, default=1_000_000)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    chosen = parser.parse_args()
    print("| database | cases | queries | quarter ms | median ms | beside 1,000 | seeded in s |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        if chosen.only != "postgresql":
            (Path(folder) / "made").mkdir()
            with SqliteDatabases(Path(folder) / "made").fresh(Path(folder)) as url:
                run("SQLite", url, chosen.most)
        if chosen.only != "sqlite":
            with postgresql_databases() as databases, databases.fresh(Path(folder)) as url:
                run("PostgreSQL", url, chosen.most)


if __name__ == "__main__":
    main()
