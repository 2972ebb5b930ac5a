"""A desk with as many cases as wanted, generated and put in by plain SQL: nothing of it is real."""

from __future__ import annotations

import hashlib
import random
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, text

from typo_reports.domain.urgency import urgency
from typo_reports.services import accounts
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Case, Page, Report, Site, SiteOrigin

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
ORIGIN = "https://planet.example"
EMAIL, PASSWORD = "ann@planet.example", "a long password for the bench"
_CHUNK = 5_000
_SECTIONS = ("City", "Sport", "Science", "Culture", "World", "Economy", "Opinion", "Travel")
_SYLLABLES = [a + b for a in "bcdfghklmnprstvz" for b in "aeiou"]


def seed(database: Database, cases: int) -> None:
    """One site, an editor, `cases` cases (nine of ten open) on a tenth as many pages."""
    with database.writing() as session:
        site = Site(key="planet", name="Daily Planet", created_at=NOW)
        site.origins = [SiteOrigin(origin=ORIGIN)]
        session.add(site)
        session.flush()
        site_id = site.id
        accounts.add_editor(
            session,
            email=EMAIL,
            name="Ann",
            role="admin",
            site_keys=(),
            password=PASSWORD,
            now=NOW,
        )
    engine = database.engine.execution_options(typo_reports_writes=True)
    pages = max(1, cases // 10)
    for first in range(0, pages, _CHUNK):
        with engine.begin() as connection:
            rows = [_page(number, site_id) for number in range(first, min(pages, first + _CHUNK))]
            connection.execute(insert(Page), rows)
    for first in range(0, cases, _CHUNK):
        with engine.begin() as connection:
            some = list(_cases(first, min(cases, first + _CHUNK), site_id, pages))
            connection.execute(insert(Case), [case for case, _ in some])
            connection.execute(insert(Report), [report for _, report in some])
    with engine.begin() as connection:
        _gather_statistics(connection)


def words(number: int, count: int) -> str:
    """So many made-up words, the same for the same number; short ones are frequent."""
    chance = random.Random(number)
    return " ".join(
        "".join(chance.choices(_SYLLABLES, k=1 + int(3 * chance.random()))) for _ in range(count)
    )


def rare_word(number: int) -> str:
    """A word that stands in this case and no other."""
    return f"xq{number:07d}"


def _page(number: int, site_id: int) -> dict[str, Any]:
    url = f"{ORIGIN}/{words(number, 2).replace(' ', '-')}-{number}"
    # Every thousandth page is of a section of its own: the rare one of the bench.
    section = "Chess" if number % 1000 == 7 else _SECTIONS[number % len(_SECTIONS)]
    return {
        "id": number + 1,
        "site_id": site_id,
        "url": url,
        "url_hash": hashlib.sha256(url.encode()).digest(),
        "title": words(number + 1, 6),
        "lang": ("en", "de", "fr")[number % 3],
        "author": words(number % 400, 2),
        "section": section,
        "stays_apart": False,
        "created_at": NOW,
    }


def _cases(
    first: int, end: int, site_id: int, pages: int
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for number in range(first, end):
        created = NOW - timedelta(days=900) + timedelta(seconds=number * 70)
        chance = random.Random(number)
        readers = 1 + int(chance.random() < 0.2) * chance.randrange(8)
        is_resolved = number % 10 == 3
        case_id = _id(number, created)
        facts = {
            "id": case_id,
            "site_id": site_id,
            "page_id": 1 + number % pages,
            "status": "resolved" if is_resolved else "open",
            "resolution": "fixed" if is_resolved else None,
            "resolved_at": created + timedelta(hours=5) if is_resolved else None,
            "exact": f"{words(number, 2)} {rare_word(number)}",
            "prefix": words(number + 7, 5) + " ",
            "suffix": " " + words(number + 13, 5),
            "start": None,
            "end": None,
            "core": {"pieces": []},
            "readers": readers,
            "place_state": "present" if number % 50 else "gone",
            "hinted_at": created,
            "urgency": urgency(
                created_at=created, readers=readers, is_corrected=True, regressions=0
            ),
            "created_at": created,
            "updated_at": created,
        }
        report = {
            "id": _id(number, created + timedelta(seconds=1)),
            "site_id": site_id,
            "case_id": case_id,
            "exact": facts["exact"],
            "prefix": facts["prefix"],
            "suffix": facts["suffix"],
            "suggestion": words(number, 2) + " better",
            "comment": words(number + 3, 8) if number % 20 == 0 else None,
            "source_url": ORIGIN,
            "piece_key": "00000000",
            "fingerprint": b"0" * 32,
            "outcome": "received",
            "receipt_token": f"t{number}",
            "created_at": created,
        }
        yield facts, report


def _id(number: int, at: datetime) -> str:
    return str(uuid.UUID(int=(int(at.timestamp() * 1000) << 80) | (7 << 76) | (2 << 62) | number))


def _gather_statistics(connection: Connection) -> None:
    # What autovacuum does on PostgreSQL by itself; SQLite keeps none in this product.
    if connection.dialect.name == "postgresql":
        connection.execute(text("ANALYZE"))


def sizes(database: Database) -> Sequence[str]:
    """What the database and its index of search weigh, in words."""
    with database.reading() as session:
        if database.is_sqlite:
            whole = session.scalar(
                text("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
            )
            grams = session.scalar(text("SELECT sum(length(block)) FROM case_grams_data"))
        else:
            whole = session.scalar(text("SELECT pg_database_size(current_database())"))
            grams = session.scalar(text("SELECT pg_total_relation_size('case_grams')"))
        kept = session.scalar(text("SELECT sum(length(text)) FROM case_texts"))
    return [f"{int(size or 0) / 1e6:,.0f} MB" for size in (whole, grams, kept)]
