"""The same error elsewhere, at the desk: the card of the case, the page of a search, the switch."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.services.people import NOW, People, add_people
from tests.services.queue_of import add_case, add_page
from tests.web.browsing import Browser
from typo_reports.clock import utc_now
from typo_reports.storage.engine import Database
from typo_reports.storage.ids import new_id
from typo_reports.storage.models import Case, ElsewherePlace, ElsewhereSearch, Site


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        found = add_people(session)
        for site in session.query(Site):
            site.looks_elsewhere = True
        return found


@pytest.fixture
def bob(client: FlaskClient, people: People) -> Browser:
    return Browser(client, "Bob")


@pytest.fixture
def ann(app: Flask, people: People) -> Browser:
    return Browser(app.test_client(), "Ann")


@pytest.fixture
def case_id(database: Database, people: People) -> str:
    with database.writing() as session:
        return add_case(session, add_page(session, people.planet)).id


def begin(browser: Browser, case_id: str, wrong: str = "seperate", right: str = "separate") -> str:
    answer = browser.post(f"/cases/{case_id}/elsewhere", wrong=wrong, right=right)
    assert answer.status_code == 303
    return answer.location


def add_places(database: Database, search_id: str, number: int = 2, **values: object) -> list[str]:
    """What a worker would have found: places on as many pages."""
    with database.writing() as session:
        search = session.get_one(ElsewhereSearch, search_id)
        search.status, search.read, search.pages = "done", 10, 10
        search.found_pages = number
        ids = []
        for at in range(number):
            place = ElsewherePlace(
                id=new_id(NOW),
                search_id=search_id,
                number=at,
                url=f"https://planet.example/page{at}",
                title=f"Page {at} <b>",
                lang="en",
                exact="seperate",
                prefix=f"There were {at} ",
                suffix=" rooms <i>in</i> it",
                start=20,
                end=28,
                right="separate",
                is_sure=True,
            )
            for name, value in values.items():
                setattr(place, name, value)
            session.add(place)
            ids.append(place.id)
        return ids


def test_an_editor_begins_a_search_from_the_case(bob: Browser, case_id: str) -> None:
    page = bob.get(f"/cases/{case_id}")
    assert "The same error elsewhere" in page
    assert 'name="wrong"' in page and 'value="seperate"' in page and 'value="separate"' in page
    address = begin(bob, case_id)
    assert "Waiting for its turn" in bob.get(address)
    assert f'data-address="{address}/news"' in bob.get(f"/cases/{case_id}")
    assert begin(bob, case_id) == address, "a second one for the same words is the first"


def test_where_it_is_switched_off_nothing_is_shown_or_begun(
    bob: Browser, case_id: str, database: Database
) -> None:
    with database.writing() as session:
        session.query(Site).update({"looks_elsewhere": False})
    assert "The same error elsewhere" not in bob.get(f"/cases/{case_id}")
    assert begin(bob, case_id) == f"/cases/{case_id}"
    assert "switched off" in bob.get(f"/cases/{case_id}")


def test_words_that_cannot_be_looked_for_are_refused_in_words(bob: Browser, case_id: str) -> None:
    assert begin(bob, case_id, right="seperate") == f"/cases/{case_id}"
    assert "Right and wrong are the same." in bob.get(f"/cases/{case_id}")


def test_progress_is_polled_and_costs_nothing_when_nothing_has_changed(
    bob: Browser, case_id: str, database: Database
) -> None:
    address = begin(bob, case_id)
    with database.writing() as session:
        search = session.get_one(ElsewhereSearch, address.rpartition("/")[2])
        search.status, search.read, search.pages, search.found_pages = "reading", 3, 40, 1
    answer = bob.client.get(f"{address}/news")
    assert answer.get_json() == {
        "text": "3 of 40 pages read. Found on 1 page.",
        "running": True,
        "read": 3,
        "pages": 40,
        "found": 1,
    }
    again = bob.client.get(f"{address}/news", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_progress_says_for_how_long_a_server_is_left_alone(
    bob: Browser, case_id: str, database: Database
) -> None:
    address = begin(bob, case_id)
    for pause, words in (
        (timedelta(seconds=2), ""),
        (timedelta(minutes=9, seconds=30), " The site’s server is left alone for 10 minutes."),
    ):
        with database.writing() as session:
            search = session.get_one(ElsewhereSearch, address.rpartition("/")[2])
            search.status, search.read, search.pages = "reading", 3, 40
            search.due_at = utc_now() + pause
        told = bob.client.get(f"{address}/news").get_json()["text"]
        assert told == f"3 of 40 pages read. Found on 0 pages.{words}"


def test_a_search_can_be_ended(bob: Browser, case_id: str) -> None:
    address = begin(bob, case_id)
    assert bob.post(f"{address}/cancel").status_code == 303
    page = bob.get(address)
    assert "Ended early" in page and "End it here" not in page


def test_the_places_are_shown_with_their_correction_and_made_cases_of(
    bob: Browser, case_id: str, database: Database
) -> None:
    address = begin(bob, case_id)
    search_id = address.rpartition("/")[2]
    first, _ = add_places(database, search_id)
    page = bob.get(address)
    assert "Page 0 &lt;b&gt;" in page and "rooms &lt;i&gt;" in page
    assert "on 2 other pages" in bob.get(f"/cases/{case_id}")
    assert bob.post(f"{address}/cases").status_code == 303
    assert "Choose at least one place" in bob.get(address)
    bob.post(f"{address}/cases", place=first)
    page = bob.get(address)
    assert "1 case stands in the queue." in page and "Its case" in page
    bob.post(f"{address}/cases", all="yes")
    with database.reading() as session:
        made = session.query(Case).filter(Case.search_id == search_id).all()
        assert len(made) == 2
    queue = bob.get(f"/queue?elsewhere={search_id}")
    assert all(case.id in queue for case in made) and case_id not in queue
    assert "found by the desk" in queue
    assert "reported by nobody" in bob.get(f"/cases/{made[0].id}")
    assert case_id not in bob.get("/queue?found=desk")
    assert made[0].id not in bob.get("/queue?found=readers")


def test_they_are_taken_back_together_from_what_i_did(
    bob: Browser, case_id: str, database: Database
) -> None:
    address = begin(bob, case_id)
    add_places(database, address.rpartition("/")[2])
    bob.post(f"{address}/cases", all="yes")
    history = bob.get("/history")
    assert "2 cases" in history
    undo = history.partition('action="/batches/')[2].partition('"')[0]
    assert bob.post(f"/batches/{undo}").status_code == 303
    with database.reading() as session:
        made = session.query(Case).filter(Case.search_id.is_not(None)).all()
        assert {case.status for case in made} == {"withdrawn"}
    assert made[0].id not in bob.get("/queue")
    assert "that was taken back" in bob.get(f"/cases/{made[0].id}")


def test_a_case_that_stands_there_already_is_shown_as_such(
    bob: Browser, case_id: str, database: Database
) -> None:
    address = begin(bob, case_id)
    add_places(database, address.rpartition("/")[2], 1, case_id=case_id)
    page = bob.get(address)
    assert "A case stands here already" in page and "Make cases of all" not in page


def test_nobody_reaches_the_searches_of_another_site(
    bob: Browser, app: Flask, people: People, database: Database
) -> None:
    with database.writing() as session:
        other = add_case(session, add_page(session, people.gazette, "/other")).id
    eve = Browser(app.test_client(), "Eve")
    address = begin(eve, other)
    add_places(database, address.rpartition("/")[2])
    bob.get(address, status=404)
    bob.get(f"{address}/news", status=404)
    for deed, fields in (("cancel", {}), ("cases", {"all": "yes"})):
        assert bob.post(f"{address}/{deed}", **fields).status_code == 404
    assert bob.post(f"/cases/{other}/elsewhere", wrong="a", right="b").status_code == 404
    assert bob.post("/sites/gazette/elsewhere", looks_elsewhere="yes").status_code == 404
    assert str(other) not in bob.get(f"/queue?elsewhere={address.rpartition('/')[2]}")
    with database.reading() as session:
        assert session.query(Case).filter(Case.search_id.is_not(None)).count() == 0


def test_every_change_needs_its_token(bob: Browser, case_id: str) -> None:
    address = begin(bob, case_id)
    for path in (
        f"/cases/{case_id}/elsewhere",
        f"{address}/cancel",
        f"{address}/cases",
        "/sites/planet/elsewhere",
    ):
        assert bob.client.post(path, data={"all": "yes"}).status_code == 400


def test_managers_switch_it_on_and_say_where_the_sitemap_is(
    ann: Browser, database: Database
) -> None:
    fields = {
        "looks_elsewhere": "yes",
        "listing_url": "https://planet.example/news-sitemap.xml",
        "pages_most": "50",
    }
    assert ann.post("/sites/planet/elsewhere", **fields).status_code == 303
    with database.reading() as session:
        site = session.query(Site).filter_by(key="planet").one()
    assert (site.looks_elsewhere, site.pages_most) == (True, 50)
    assert site.listing_url == "https://planet.example/news-sitemap.xml"
    assert "https://planet.example/news-sitemap.xml" in ann.get("/sites/planet")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"listing_url": "https://evil.example/x"}, "one of the site&#39;s origins"),
        ({"listing_url": "file:///etc/passwd"}, "one of the site&#39;s origins"),
        ({"pages_most": "0"}, "from 1 to 1,000"),
        ({"pages_most": "many"}, "from 1 to 1,000"),
    ],
)
def test_settings_that_cannot_be_are_refused(
    ann: Browser, fields: dict[str, str], words: str
) -> None:
    ann.post("/sites/planet/elsewhere", **{"listing_url": "", "pages_most": "5", **fields})
    assert words in ann.get("/sites/planet")


def test_an_editor_may_not_switch_it(bob: Browser) -> None:
    assert bob.post("/sites/planet/elsewhere", pages_most="5").status_code == 403


@pytest.mark.parametrize("query", ["elsewhere=1", "found=nobody", "elsewhere=%27x"])
def test_odd_filters_are_refused_in_words(bob: Browser, query: str) -> None:
    bob.get(f"/queue?{query}", status=422)
