"""The page of numbers, its chart and its CSV."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.services.people import People, add_people
from tests.services.queue_of import add_case, add_page
from tests.web.browsing import Browser
from typo_reports.domain.numbers import Day
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Site
from typo_reports.web import stats


@pytest.fixture
def people(database: Database) -> People:
    now = datetime.now(UTC)
    with database.writing() as session:
        people = add_people(session)
        page = add_page(session, people.planet, section="City", author="Mara <b>")
        for hours in (1, 2, 3):
            add_case(
                session,
                page,
                suggestions=("a", "b"),
                at=now - timedelta(hours=hours),
                status="resolved",
                resolution="fixed",
                resolved_at=now,
            )
        add_case(session, page, at=now - timedelta(days=40))
        return people


@pytest.fixture
def bob(client: FlaskClient, people: People) -> Browser:
    return Browser(client, "Bob")


def test_the_numbers_are_of_the_days_that_were_asked_for(bob: Browser) -> None:
    page = bob.get("/stats")
    assert '<dd>3</dd><dd class="hint">from 6 reports</dd>' in page
    assert "100 %" in page
    assert "seperate" in page
    assert "<dd>4</dd>" in bob.get("/stats?days=90")


def test_editors_do_not_see_authors_and_admins_do(app: Flask, bob: Browser) -> None:
    assert "Mara" not in bob.get("/stats")
    ann = Browser(app.test_client(), "Ann")
    assert "Mara &lt;b&gt;" in ann.get("/stats")


def test_a_site_can_open_the_numbers_by_author_to_its_desk(
    app: Flask, bob: Browser, people: People, database: Database
) -> None:
    with database.writing() as session:
        session.get_one(Site, people.planet).shows_authors = True
        add_case(
            session, add_page(session, people.gazette, "/g", author="Otto"), at=datetime.now(UTC)
        )
    assert "Mara &lt;b&gt;" in bob.get("/stats")
    assert "Otto" not in bob.get("/stats")


def test_each_site_has_its_line_where_there_are_several(
    app: Flask, bob: Browser, people: People, database: Database
) -> None:
    with database.writing() as session:
        add_case(session, add_page(session, people.gazette, "/g"), at=datetime.now(UTC))
    assert 'id="site-title"' not in bob.get("/stats")
    assert 'id="site-title"' in Browser(app.test_client(), "Ann").get("/stats")


def test_every_table_can_be_had_as_csv_and_no_cell_is_a_formula(
    bob: Browser, people: People, database: Database
) -> None:
    with database.writing() as session:
        for _ in range(2):
            page = add_page(session, people.planet, f"/{_}", section="=1+1")
            add_case(session, page, "@evil", at=datetime.now(UTC))
    assert "section,cases,fixed,declined" in bob.get("/stats.csv?table=sections")
    assert "'=1+1,2,0,0" in bob.get("/stats.csv?table=sections")
    assert "'@evil,2,0,0" in bob.get("/stats.csv?table=words")
    assert bob.get("/stats.csv?table=hours").count("\n") == 25
    assert "Mara" not in bob.get("/stats.csv?table=authors")
    bob.get("/stats.csv?table=passwords", status=422)


def test_another_site_has_its_own_numbers(app: Flask, bob: Browser) -> None:
    eve = Browser(app.test_client(), "Eve")
    assert "seperate" not in eve.get("/stats")
    eve.get("/stats?site=planet", status=404)
    eve.get("/stats.csv?site=planet", status=404)


@pytest.mark.parametrize("days", ["31", "x", "-7", "99999", "٧"])
def test_a_time_that_is_not_offered_is_refused_in_words(bob: Browser, days: str) -> None:
    assert "The days must be" in bob.get(f"/stats?days={days}", status=422)


def test_the_days_can_be_had_as_csv(bob: Browser) -> None:
    rows = list(csv.reader(io.StringIO(bob.get("/stats.csv?days=7"))))
    assert rows[0] == ["date", "opened", "closed"]
    assert len(rows) == 8
    assert sum(int(row[1]) for row in rows[1:]) == 3


def test_many_days_are_put_together_so_that_the_bars_can_be_seen() -> None:
    first = date(2026, 1, 1)
    days = [Day(first + timedelta(days=number), 1, 2) for number in range(365)]
    drawn = stats.bars(days)
    assert len(drawn) <= 60
    assert sum(bar.opened for bar in drawn) == 365
    assert drawn[0].label == "1 Jan to 7 Jan 2026"
    assert drawn[0].closed_height == 2 * drawn[0].opened_height
    assert stats.bars([]) == []


def test_dates_choose_the_days_and_their_limits_are_said(bob: Browser) -> None:
    page = bob.get("/stats?from=2026-11-20&to=2026-11-23")
    assert "from 20 Nov 2026 to 23 Nov 2026" in page
    assert bob.get("/stats.csv?from=2026-11-20&to=2026-11-23").count("2026-11-2") == 4
    for query in ("from=2026-11-20", "from=x&to=y", "from=2026-11-20&to=2026-11-19"):
        bob.get(f"/stats?{query}", status=422)
    bob.get("/stats?from=0001-01-01&to=9999-12-31", status=422)


def test_weekdays_hours_and_the_accuracy_of_readers_are_shown(bob: Browser) -> None:
    page = bob.get("/stats?days=365")
    for words in ("Readers were right", "By weekday", "By hour", "Monday", "23:00"):
        assert words in page
