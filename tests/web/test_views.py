"""Saved views, cases together by page, and the keys of an editor."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.services.people import NOW, People, add_people
from tests.services.queue_of import add_case, add_page
from tests.web.browsing import Browser
from typo_reports.clock import utc_now
from typo_reports.storage.engine import Database


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        people = add_people(session)
        first, second = (
            add_page(session, people.planet, f"/{name}", title=f"Page {name}", section=name)
            for name in ("City", "Sport")
        )
        for number, page in enumerate((first, second, first)):
            add_case(session, page, f"word{number}", at=NOW - timedelta(hours=number))
        return people


@pytest.fixture
def bob(client: FlaskClient, people: People) -> Browser:
    return Browser(client, "Bob")


def save(browser: Browser, name: str, queue: str, **fields: str) -> None:
    assert browser.post("/views", name=name, queue=queue, **fields).status_code == 303


def view_ids(page: str) -> list[str]:
    return re.findall(r'action="/views/([^"]+)/delete"', page)


def test_a_view_is_saved_counted_used_and_deleted(bob: Browser) -> None:
    save(bob, "  City   only ", "section=City&sort=oldest")
    assert 'href="/queue?section=City&amp;sort=oldest"' in bob.get("/queue")
    (view_id,) = view_ids(bob.get("/views"))
    assert bob.client.get("/views/counts").get_json() == {view_id: "2"}
    assert "City only" in bob.get("/views")
    assert bob.post(f"/views/{view_id}/delete").status_code == 303
    assert "No views yet" in bob.get("/views")


def test_a_private_view_is_nobody_elses_and_a_shared_one_the_desks(
    app: Flask, bob: Browser
) -> None:
    save(bob, "Mine", "section=City")
    save(bob, "Ours", "section=Sport&site=planet", shared="yes")
    ann, eve = Browser(app.test_client(), "Ann"), Browser(app.test_client(), "Eve")
    seen = ann.get("/views")
    assert "Ours" in seen
    assert "Mine" not in seen
    assert "Ours" not in eve.get("/views")
    for view_id in view_ids(bob.get("/views")):
        assert eve.post(f"/views/{view_id}/delete").status_code == 404
    assert len(view_ids(bob.get("/views"))) == 2


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": " "}, "needs a name"),
        ({"name": "x" * 81}, "needs a name"),
        ({"name": "All", "shared": "yes"}, "Choose one site first"),
    ],
)
def test_a_view_that_can_not_be_saved_is_refused_in_words(
    app: Flask, people: People, fields: dict[str, str], words: str
) -> None:
    ann = Browser(app.test_client(), "Ann")
    ann.post("/views", **{"queue": "section=City", **fields})
    assert words in ann.get("/queue")
    assert view_ids(ann.get("/views")) == []


def test_nobody_saves_a_view_of_anothers_site(app: Flask, people: People) -> None:
    eve = Browser(app.test_client(), "Eve")
    answer = eve.post("/views", name="x", queue="site=planet", shared="yes")
    assert answer.status_code == 404


def test_cases_stand_together_by_page_where_that_is_wanted(bob: Browser) -> None:
    usual, grouped = bob.get("/queue"), bob.get("/queue?group=page")
    assert re.findall(r"<mark>(word\d)</mark>", usual) == ["word0", "word1", "word2"]
    assert re.findall(r"<mark>(word\d)</mark>", grouped) == ["word0", "word2", "word1"]
    assert re.findall(r"<h2><bdi>(Page \w+)</bdi>", grouped) == ["Page City", "Page Sport"]


def test_age_is_a_filter(bob: Browser, database: Database, people: People) -> None:
    with database.writing() as session:
        page = add_page(session, people.planet, "/new")
        add_case(session, page, "fresh", at=utc_now() - timedelta(hours=1))
        add_case(session, page, "stale", at=utc_now() - timedelta(days=40))
    young, old = bob.get("/queue?age=day&page=3"), bob.get("/queue?age=over-month&page=3")
    assert ("fresh" in young, "stale" in young) == (True, False)
    assert ("fresh" in old, "stale" in old) == (False, True)
    assert "can&#39;t be accepted" in bob.get("/queue?age=x", status=422)


def test_keys_are_kept_with_the_account(app: Flask, bob: Browser) -> None:
    page = bob.get("/settings/keys")
    fields = dict(re.findall(r'id="key-[^"]+" name="([^"]+)" value="([^"]*)"', page))
    assert fields["fixed"] == "e 1"
    bob.post("/settings/keys", **{**fields, "fixed": "f", "on": "yes"})
    assert "&#34;fixed&#34;: [&#34;f&#34;]" in bob.get("/queue")
    other = Browser(app.test_client(), "Bob")
    assert "&#34;fixed&#34;: [&#34;f&#34;]" in other.get("/queue")
    assert "data-off>" not in other.get("/queue")
    bob.post("/settings/keys", **{**fields, "fixed": "f"})
    assert "data-off>" in bob.get("/queue")
    bob.post("/settings/keys", usual="yes")
    assert "&#34;fixed&#34;: [&#34;e&#34;, &#34;1&#34;]" in bob.get("/queue")


def test_keys_that_two_actions_want_are_refused_and_what_was_written_stays(bob: Browser) -> None:
    answer = bob.post("/settings/keys", fixed="q", spam="q", on="yes")
    assert answer.status_code == 422
    assert "“q” is the key of “Fixed” and of “Spam”." in answer.text
    assert 'name="spam" value="q"' in answer.text
