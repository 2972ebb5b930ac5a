"""Several editors at one desk: who is on a case is seen, and nobody loses work."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.services.people import NOW, People, add_people
from tests.services.queue_of import add_case, add_page
from tests.web.browsing import Browser
from typo_reports.clock import utc_now
from typo_reports.services import leases
from typo_reports.services.actors import Actor
from typo_reports.storage.engine import Database
from typo_reports.storage.models import CaseLease

SINCE = "2026-11-23T00:00:00+00:00"


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        return add_people(session)


@pytest.fixture
def case_ids(database: Database, people: People) -> list[str]:
    with database.writing() as session:
        page = add_page(session, people.planet)
        return [
            add_case(session, page, f"word{number}", at=NOW - timedelta(hours=number)).id
            for number in range(3)
        ]


@pytest.fixture
def bob(client: FlaskClient, people: People) -> Browser:
    return Browser(client, "Bob")


@pytest.fixture
def ann(app: Flask, people: People) -> Browser:
    return Browser(app.test_client(), "Ann")


def on(browser: Browser, case_id: str) -> dict[str, Any] | None:
    found: dict[str, Any] | None = browser.client.get(f"/cases/{case_id}/news").get_json()["on"]
    return found


def lease(browser: Browser, case_id: str, **fields: str) -> None:
    assert browser.post(f"/cases/{case_id}/lease", **fields).status_code == 303


def test_a_colleague_sees_who_is_on_a_case(bob: Browser, ann: Browser, case_ids: list[str]) -> None:
    lease(ann, case_ids[0])
    assert "<bdi>Ann</bdi> is on it" in bob.get("/queue")
    assert "<bdi>Ann</bdi> is on it." in bob.get(f"/cases/{case_ids[0]}")
    assert "You are on this case." in ann.get(f"/cases/{case_ids[0]}")
    assert on(bob, case_ids[0]) == {"name": "Ann", "mine": False}
    news = bob.client.get("/queue/news", query_string={"since": SINCE}).get_json()
    assert news["on"] == {case_ids[0]: {"name": "Ann", "mine": False}}


def test_looking_at_a_case_changes_nothing(bob: Browser, ann: Browser, case_ids: list[str]) -> None:
    bob.get(f"/cases/{case_ids[0]}")
    assert on(ann, case_ids[0]) is None


def test_the_second_stays_off_unless_they_insist(
    bob: Browser, ann: Browser, case_ids: list[str]
) -> None:
    lease(ann, case_ids[0])
    lease(bob, case_ids[0])
    assert on(bob, case_ids[0]) == {"name": "Ann", "mine": False}
    lease(bob, case_ids[0], insists="yes")
    assert on(bob, case_ids[0]) == {"name": "Bob", "mine": True}


def test_nobody_is_on_a_case_that_was_left_or_resolved(
    bob: Browser, ann: Browser, case_ids: list[str]
) -> None:
    lease(bob, case_ids[0])
    ann.post(f"/cases/{case_ids[0]}/leave")
    assert on(bob, case_ids[0]) is not None, "only who is on it can leave it"
    assert bob.post(f"/cases/{case_ids[0]}/leave", silently="yes").status_code == 204
    assert on(bob, case_ids[0]) is None
    lease(bob, case_ids[0])
    ann.post(f"/cases/{case_ids[0]}/resolve", resolution="fixed")
    news = bob.client.get(f"/cases/{case_ids[0]}/news").get_json()
    assert (news["on"], news["status"], news["version"]) == (None, "resolved", 2)


def test_who_takes_a_case_is_on_it_and_undo_ends_that(
    bob: Browser, database: Database, people: People, case_ids: list[str]
) -> None:
    bob.client.environ_base["HTTP_ACCEPT"] = "application/json"
    done = bob.post(f"/cases/{case_ids[0]}/assign", editor=str(people.bob)).get_json()
    assert on(bob, case_ids[0]) == {"name": "Bob", "mine": True}
    assert bob.post(done["undo"]).status_code == 200
    assert on(bob, case_ids[0]) is None


def test_a_lease_is_over_after_a_quarter_of_an_hour(
    database: Database, people: People, case_ids: list[str]
) -> None:
    actor = Actor(people.bob, "Bob", frozenset({people.planet}))
    with database.writing() as session:
        begun = leases.begin(session, actor, case_ids[0], now=NOW)
        assert begun is not None
        assert begun.until == NOW + timedelta(minutes=15)
        later = NOW + timedelta(minutes=14)
        assert [one.name for one in leases.on_sites(session, actor, site=None, now=later)] == [
            "Bob"
        ]
        over = NOW + timedelta(minutes=15)
        assert leases.on_sites(session, actor, site=None, now=over) == []
        again = leases.begin(session, Actor(people.ann, "Ann", None), case_ids[0], now=over)
        assert again is not None
        assert again.is_me


def test_two_who_ask_for_the_next_case_get_two_cases(
    bob: Browser, ann: Browser, case_ids: list[str]
) -> None:
    first = bob.post("/queue/next").headers["Location"]
    second = ann.post("/queue/next").headers["Location"]
    assert [first, second] == [f"/cases/{case_id}" for case_id in case_ids[:2]]
    third = bob.post("/queue/next", **{"not": case_ids[0]}).headers["Location"]
    assert third == f"/cases/{case_ids[2]}"
    assert bob.post("/queue/next", **{"not": case_ids[0]}).headers["Location"] == third


def test_when_colleagues_are_on_all_of_them_that_is_said(
    bob: Browser, ann: Browser, case_ids: list[str]
) -> None:
    for case_id in case_ids:
        lease(ann, case_id)
    assert bob.post("/queue/next").headers["Location"] == "/queue"
    assert "nobody else is on" in bob.get("/queue")
    assert "Nothing matches" in bob.get("/queue?free=yes")
    assert "word0" in ann.get("/queue?free=yes")


def test_after_a_decision_comes_a_case_that_nobody_else_is_on(
    bob: Browser, ann: Browser, case_ids: list[str]
) -> None:
    lease(ann, case_ids[1])
    answer = bob.post(f"/cases/{case_ids[0]}/resolve", resolution="fixed", then="next")
    assert answer.headers["Location"] == f"/cases/{case_ids[2]}"
    assert on(ann, case_ids[2]) == {"name": "Bob", "mine": False}


def test_news_that_are_known_are_not_sent_again(
    bob: Browser, ann: Browser, case_ids: list[str]
) -> None:
    for address in (f"/queue/news?since={SINCE.replace('+', '%2B')}", f"/cases/{case_ids[0]}/news"):
        first = bob.client.get(address)
        tag = {"If-None-Match": first.headers["ETag"]}
        again = bob.client.get(address, headers=tag)
        assert (again.status_code, again.data) == (304, b"")
        lease(ann, case_ids[0])
        assert bob.client.get(address, headers=tag).status_code == 200
        ann.post(f"/cases/{case_ids[0]}/leave")


def test_editors_of_another_site_neither_see_nor_take(
    app: Flask, ann: Browser, database: Database, case_ids: list[str]
) -> None:
    eve = Browser(app.test_client(), "Eve")
    lease(ann, case_ids[0])
    news = eve.client.get("/queue/news", query_string={"since": SINCE}).get_json()
    assert news == {"new": 0, "on": {}}
    eve.get(f"/cases/{case_ids[0]}/news", status=404)
    for deed in ("lease", "leave"):
        assert eve.post(f"/cases/{case_ids[1]}/{deed}", insists="yes").status_code == 404
    assert eve.post("/queue/next").headers["Location"] == "/queue"
    with database.reading() as session:
        assert session.get(CaseLease, case_ids[1]) is None


def test_leases_that_are_over_are_thrown_away(
    database: Database, people: People, case_ids: list[str]
) -> None:
    from typo_reports.services.tidying import tidy

    actor = Actor(people.bob, "Bob", None)
    with database.writing() as session:
        leases.begin(session, actor, case_ids[0], now=utc_now() - timedelta(minutes=16))
        tidy(session, now=utc_now())
    with database.reading() as session:
        assert session.get(CaseLease, case_ids[0]) is None
