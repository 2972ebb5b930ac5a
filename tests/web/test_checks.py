"""“Check now” at the desk, the withheld view, and the call by which a CMS says it has published."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.pages.page_server import PageServer, serving_pages
from tests.services.people import NOW, People, add_people
from tests.services.queue_of import add_case, add_page
from tests.services.test_signatures import signed_with
from tests.services.test_verification import article
from tests.web.browsing import Browser
from typo_reports.app import create_app
from typo_reports.services import sites, tokens
from typo_reports.settings import Settings
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Case, Page, PageCheck, Site

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)


@pytest.fixture
def server() -> Iterator[PageServer]:
    with serving_pages() as server:
        server.pages["/a"] = article()
        yield server


@pytest.fixture
def people(database: Database, server: PageServer) -> People:
    with database.writing() as session:
        people = add_people(session)
        planet = session.get_one(Site, people.planet)
        sites.set_origins(session, planet, ["https://planet.example", server.origin])
        return people


@pytest.fixture
def case_id(database: Database, people: People, server: PageServer) -> str:
    with database.writing() as session:
        page = add_page(session, people.planet)
        page.url = server.origin + "/a"
        case = add_case(
            session,
            page,
            "recieved",
            suggestions=("received",),
            prefix="Yesterday he ",
            suffix=" a letter from the ministry, and he read it aloud",
        )
        return case.id


@pytest.fixture
def app(settings: Settings, people: People) -> Flask:
    return create_app(replace(settings, private_origins=LOOPBACK), now=lambda: NOW)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def bob(client: FlaskClient, people: People) -> Browser:
    return Browser(client, "Bob")


def test_check_now_says_what_became_of_the_passage(
    bob: Browser, case_id: str, server: PageServer
) -> None:
    assert "not checked yet" in bob.get(f"/cases/{case_id}")
    bob.post(f"/cases/{case_id}/check")
    page = bob.get(f"/cases/{case_id}")
    assert "the passage is still there" in page
    assert "still on the page" in page
    assert "Read by the server from the page itself" in page and "in 5 min" in page


def test_check_now_closes_what_is_corrected_and_the_history_says_so(
    bob: Browser, case_id: str, server: PageServer
) -> None:
    server.pages["/a"] = article("received")
    bob.post(f"/cases/{case_id}/check")
    page = bob.get(f"/cases/{case_id}")
    assert "resolved as fixed" in page
    assert "showed “received” for “recieved”: it is fixed" in page
    assert "Undo this" in page
    assert "corrected on the page" in page and "changed on the page" not in page
    bob.post(f"/cases/{case_id}/reopen")
    assert "changed on the page" in bob.get(f"/cases/{case_id}")


def test_check_now_says_that_the_page_gives_no_answer(
    bob: Browser, case_id: str, server: PageServer
) -> None:
    server.pages["/a"] = lambda handler: handler.answer(500)
    bob.post(f"/cases/{case_id}/check")
    said = bob.get(f"/cases/{case_id}")
    assert said.count("server answers 500") == 2, "at once, and with the place"
    assert "The page was looked at" not in said
    assert "Read by the server" not in said and "The server tries again" in said
    assert "in 5 min" in said


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (403, ["read this page as readers do.", "server answers 403."]),
        (404, ["The page is gone.", "server answers 404."]),
    ],
)
def test_check_now_says_why_the_page_cannot_be_read(
    bob: Browser, case_id: str, server: PageServer, answer: int, words: list[str]
) -> None:
    server.pages["/a"] = lambda handler: handler.answer(answer)
    bob.post(f"/cases/{case_id}/check")
    said = bob.get(f"/cases/{case_id}")
    assert f"{words[0]} The page&#39;s {words[1]}" in said


def test_check_now_says_that_robots_txt_forbids_it(
    bob: Browser, case_id: str, server: PageServer
) -> None:
    server.pages["/robots.txt"] = "User-agent: *\nDisallow: /"
    bob.post(f"/cases/{case_id}/check")
    said = bob.get(f"/cases/{case_id}")
    assert said.count("robots.txt doesn&#39;t allow it") == 2
    assert "The server tries again" in said


def test_nobody_checks_cases_of_other_desks(
    client: FlaskClient, people: People, case_id: str, server: PageServer
) -> None:
    eve = Browser(client, "Eve")
    assert eve.post(f"/cases/{case_id}/check").status_code == 404
    assert server.requests == []


def test_a_private_address_is_not_read_unless_the_operator_has_opened_it(
    settings: Settings, people: People, case_id: str, server: PageServer
) -> None:
    bob = Browser(create_app(settings, now=lambda: NOW).test_client(), "Bob")
    bob.post(f"/cases/{case_id}/check")
    assert "not a public one" in bob.get(f"/cases/{case_id}")
    assert server.requests == []


def test_a_site_that_is_switched_off_offers_no_check(
    bob: Browser, database: Database, people: People, case_id: str, server: PageServer
) -> None:
    with database.writing() as session:
        session.get_one(Site, people.planet).reads_pages = False
    assert "Check now" not in bob.get(f"/cases/{case_id}")
    bob.post(f"/cases/{case_id}/check")
    assert server.requests == []


def test_withheld_cases_have_a_view_of_their_own(
    bob: Browser, database: Database, case_id: str
) -> None:
    assert "Withheld" not in bob.get("/queue")
    with database.writing() as session:
        session.get_one(Case, case_id).withheld_at = NOW
    queue = bob.get("/queue")
    assert case_id not in queue
    assert "Withheld" in queue
    assert case_id in bob.get("/queue?status=withheld")
    assert "Kept out of the queue" in bob.get(f"/cases/{case_id}")
    bob.post(f"/cases/{case_id}/resolve", resolution="spam")
    bob.post(f"/cases/{case_id}/reopen")
    assert case_id in bob.get("/queue"), "what somebody has decided is withheld no more"


@pytest.fixture
def bearer(database: Database, people: People) -> dict[str, str]:
    with database.writing() as session:
        token = tokens.add_token(session, site_key="planet", name="CMS", now=NOW)
    return {"Authorization": f"Bearer {token}"}


PUBLISHED = "/api/v1/pages/published"


def test_a_published_page_is_due_at_once(
    client: FlaskClient, database: Database, case_id: str, bearer: dict[str, str]
) -> None:
    url = _settle(database, case_id)
    answer = client.post(PUBLISHED, json={"url": f"{url}?utm_source=cms#top"}, headers=bearer)
    assert answer.status_code == 200
    assert answer.get_json() == {"url": url, "known": True}
    with database.reading() as session:
        assert session.query(PageCheck).one().due_at == NOW


def test_a_published_page_that_nobody_reported_is_no_matter(
    client: FlaskClient, people: People, bearer: dict[str, str]
) -> None:
    url = "https://planet.example/new"
    answer = client.post(PUBLISHED, json={"url": url}, headers=bearer)
    assert answer.get_json() == {"url": url, "known": False}


@pytest.mark.parametrize(
    "url", ["https://elsewhere.example/a", "ftp://planet.example/", "", "\x00"]
)
def test_a_published_page_must_be_one_of_the_site(
    client: FlaskClient, people: People, bearer: dict[str, str], url: str
) -> None:
    answer = client.post(PUBLISHED, json={"url": url}, headers=bearer)
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"] == "url"


def test_only_a_token_of_the_site_says_that_a_page_was_published(
    client: FlaskClient, database: Database, people: People, case_id: str
) -> None:
    url = _settle(database, case_id)
    assert client.post(PUBLISHED, json={"url": url}).status_code == 401
    with database.writing() as session:
        other = tokens.add_token(session, site_key="gazette", name="CMS", now=NOW)
    answer = client.post(PUBLISHED, json={"url": url}, headers={"Authorization": f"Bearer {other}"})
    assert answer.status_code == 422
    with database.reading() as session:
        assert session.query(PageCheck).one().due_at == NOW + timedelta(hours=6)


def test_a_cms_may_sign_with_its_token_instead_of_sending_it(
    client: FlaskClient, database: Database, case_id: str
) -> None:
    url = _settle(database, case_id)
    with database.writing() as session:
        token = tokens.add_token(session, site_key="planet", name="CMS", now=NOW)
    body = json.dumps({"url": url}).encode()
    signed = signed_with(token, body=body)
    headers = {
        "webhook-id": signed.id,
        "webhook-timestamp": signed.timestamp,
        "webhook-signature": signed.signatures,
    }

    def send(body: bytes) -> TestResponse:
        address = f"{PUBLISHED}?site=planet"
        return client.post(address, data=body, headers=headers, content_type="application/json")

    changed = send(body + b" ")
    assert changed.status_code == 401
    assert changed.mimetype == "application/problem+json"
    with database.reading() as session:
        assert session.query(PageCheck).one().due_at == NOW + timedelta(hours=6)
    assert send(body).get_json() == {"url": url, "known": True}
    with database.reading() as session:
        assert session.query(PageCheck).one().due_at == NOW


def test_the_api_lists_withheld_cases_when_asked(
    client: FlaskClient, database: Database, case_id: str, bearer: dict[str, str]
) -> None:
    with database.writing() as session:
        session.get_one(Case, case_id).withheld_at = NOW

    def ids(status: str) -> list[str]:
        answer = client.get(f"/api/v1/cases?status={status}", headers=bearer).get_json()
        return [case["id"] for case in answer["cases"]]

    assert ids("open") == []
    assert ids("withheld") == ids("all") == [case_id]


def _settle(database: Database, case_id: str) -> str:
    """The case's page under its own hash, due in six hours; gives its address."""
    import hashlib

    with database.writing() as session:
        page = session.get_one(Page, session.get_one(Case, case_id).page_id)
        page.url_hash = hashlib.sha256(page.url.encode()).digest()
        session.query(PageCheck).one().due_at = NOW + timedelta(hours=6)
        return page.url


def test_an_admin_switches_looking_at_pages_off_and_on(
    app: Flask, bob: Browser, database: Database, people: People, case_id: str
) -> None:
    bob.post(f"/cases/{case_id}/check")
    assert "1 page read." in bob.get("/sites/planet")
    assert "Switch it off" not in bob.get("/sites/planet")
    assert bob.post("/sites/planet/reading", reads_pages="no").status_code == 403
    assert bob.post("/sites/gazette/reading", reads_pages="no").status_code == 404
    ann = Browser(app.test_client(), "Ann")
    for words, is_on in (("no", False), ("yes", True)):
        ann.post("/sites/planet/reading", reads_pages=words)
        with database.reading() as session:
            assert session.get_one(Site, people.planet).reads_pages is is_on
        assert ("Switch it off" in ann.get("/sites/planet")) is is_on


def test_a_withheld_case_is_let_into_the_queue_by_hand(
    bob: Browser, client: FlaskClient, database: Database, case_id: str
) -> None:
    with database.writing() as session:
        session.get_one(Case, case_id).withheld_at = NOW
    bob.post(f"/cases/{case_id}/release")
    page = bob.get(f"/cases/{case_id}")
    assert "let it into the queue" in page
    assert "Kept out of the queue" not in page
    assert case_id in bob.get("/queue")
    bob.post(f"/cases/{case_id}/release")
    assert "This case is not withheld." in bob.get(f"/cases/{case_id}")
    event = page.split('name="event" value="')[1].split('"')[0]
    bob.post(f"/cases/{case_id}/undo", event=event)
    assert case_id in bob.get("/queue?status=withheld")
