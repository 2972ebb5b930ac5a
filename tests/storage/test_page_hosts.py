"""One host is asked by one process at a time, under whichever of its addresses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from typo_reports.storage import page_hosts
from typo_reports.storage.engine import Database

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SOON = NOW + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        ("https://paper.example", "https://paper.example", True),
        ("http://paper.example", "https://paper.example", True),
        ("https://paper.example", "http://paper.example", True),
        ("http://[2001:db8::1]", "https://[2001:db8::1]", True),
        ("https://paper.example", "https://www.paper.example", False),
        ("http://paper.example:8080", "https://paper.example:8080", False),
        ("http://paper.example:8080", "http://paper.example", False),
        ("http://[2001:db8::1]:8080", "http://[2001:db8::1]", False),
    ],
)
def test_http_and_https_of_one_name_are_one_host(
    database: Database, first: str, second: str, is_one: bool
) -> None:
    with database.writing() as session:
        assert page_hosts.claim(session, first, now=NOW, until=SOON)
    with database.writing() as session:
        assert page_hosts.claim(session, second, now=NOW, until=SOON) is not is_one
        page_hosts.free(session, first, at=NOW)
    with database.writing() as session:
        assert page_hosts.claim(session, first, now=NOW, until=SOON)


def test_each_origin_has_a_robots_txt_of_its_own(database: Database) -> None:
    plain, safe = "http://paper.example", "https://paper.example"
    with database.writing() as session:
        page_hosts.keep_robots(session, plain, "old", read_at=NOW)
        page_hosts.keep_robots(session, plain, "plain", read_at=NOW)
        page_hosts.claim(session, safe, now=NOW, until=SOON)
    with database.reading() as session:
        assert page_hosts.robots(session, [plain, safe]) == {plain: ("plain", NOW)}


def test_who_has_a_host_keeps_it_though_another_spares_it(database: Database) -> None:
    origin = "https://paper.example"
    with database.writing() as session:
        assert page_hosts.free_at(session, origin) is None
        page_hosts.spare(session, origin, until=NOW)
        assert page_hosts.free_at(session, origin) == NOW
        assert page_hosts.claim(session, origin, now=NOW, until=SOON)
        page_hosts.spare(session, origin, until=NOW + timedelta(seconds=2))
        assert page_hosts.free_at(session, origin) == SOON
