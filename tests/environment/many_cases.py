"""Thousands of cases for the desk's scenarios, and what the tables say of them afterwards.

`python -m tests.environment.many_cases FOLDER seed 3200` fills the database in this folder;
`... state` prints as JSON what became of it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

from sqlalchemy import text

from bench import desk_seed
from tests.services.queue_of import add_case, add_page
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Site, SiteOrigin

OTHER_CASES = 40
# Of the cases that are put in, nine of ten are open.
_OPEN_OF_TEN = 9


def seed(database: Database, open_cases: int) -> None:
    """So many open cases of one site, a ninth as many resolved ones, and a site beside it."""
    desk_seed.seed(database, -(-open_cases * 10 // _OPEN_OF_TEN))
    with database.writing() as session:
        other = Site(key="other", name="The Other Paper", created_at=desk_seed.NOW)
        other.origins = [SiteOrigin(origin="https://other.example")]
        session.add(other)
        session.flush()
        page = add_page(session, other.id, "/other")
        for number in range(OTHER_CASES):
            add_case(session, page, f"word{number}", at=desk_seed.NOW)


def state(database: Database) -> dict[str, object]:
    """How many cases stand how, whether a deed was done twice, and a digest of what must stay."""
    with database.reading() as session:
        standing = session.execute(
            text(
                "SELECT s.key, c.status, coalesce(c.resolution, ''), count(*) FROM cases c"
                " JOIN sites s ON s.id = c.site_id GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
            )
        )
        twice = session.scalar(
            text(
                "SELECT count(*) FROM (SELECT case_id FROM case_events WHERE batch_id IS NOT NULL"
                " AND kind = 'resolved' GROUP BY case_id, batch_id HAVING count(*) > 1) t"
            )
        )
        deeds = session.execute(
            text(
                "SELECT kind, count(*), count(undone_at) FROM case_events"
                " WHERE case_id IN (SELECT c.id FROM cases c JOIN sites s ON s.id = c.site_id"
                " WHERE s.key = 'planet') GROUP BY kind ORDER BY kind"
            )
        )
        kept = session.execute(
            text(
                "SELECT c.id, c.status, c.resolution, c.version, c.updated_at FROM cases c"
                " JOIN sites s ON s.id = c.site_id WHERE s.key = 'other' OR c.id NOT IN"
                " (SELECT case_id FROM case_events WHERE batch_id IS NOT NULL) AND"
                " c.status = 'resolved' ORDER BY c.id"
            )
        ).all()
        return {
            "standing": {"/".join(row[:3]): row[3] for row in standing},
            "twice": twice,
            "deeds": {kind: [count, undone] for kind, count, undone in deeds},
            "reports": session.scalar(text("SELECT count(*) FROM reports")),
            "kept": [len(kept), hashlib.sha256(repr(kept).encode()).hexdigest()],
        }


def main() -> None:
    """The two commands."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("command", choices=["seed", "state"])
    parser.add_argument("count", nargs="?", type=int, default=0)
    given = parser.parse_args()
    database = Database(f"sqlite:///{given.folder.resolve() / 'typo-reports.sqlite3'}")
    if given.command == "seed":
        seed(database, given.count)
    else:
        print(json.dumps(state(database)))


if __name__ == "__main__":
    main()
