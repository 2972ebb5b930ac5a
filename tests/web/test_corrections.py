"""What a site has corrected, for everybody: only what was seen on the page, only if wanted."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.pages.page_server import PageServer, serving_pages
from tests.services.people import NOW, PASSWORD, People, add_people
from tests.services.queue_of import add_case, add_page
from tests.services.test_verification import Desk, article
from tests.web.browsing import Browser, skeleton
from tests.web.test_checks import LOOPBACK
from tests.web.test_payloads import PAYLOADS
from typo_reports.app import create_app
from typo_reports.services import accounts
from typo_reports.settings import Settings
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Case, Correction, Site

ADDRESS = "/corrections/paper"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def server() -> Iterator[PageServer]:
    with serving_pages() as server:
        server.pages["/a"] = article()
        yield server


@pytest.fixture
def desk(database: Database, server: PageServer) -> Desk:
    return Desk(database, server)


@pytest.fixture
def people(desk: Desk, database: Database) -> People:
    with database.writing() as session:
        people = add_people(session)
        for name, role in (("Kim", "site-admin"), ("Vera", "viewer")):
            accounts.add_editor(
                session,
                email=f"{name.lower()}@planet.example",
                name=name,
                role=role,
                site_keys=["paper"],
                password=PASSWORD,
                now=NOW,
            )
        return people


@pytest.fixture
def app(settings: Settings, people: People) -> Flask:
    return create_app(replace(settings, private_origins=LOOPBACK), now=lambda: NOW)


@pytest.fixture
def kim(app: Flask) -> Browser:
    return Browser(app.test_client(), "Kim")


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    return app.test_client()


def fixed(desk: Desk, server: PageServer, exact: str = "recieved", right: str = "received") -> str:
    case_id = desk.report(exact, right)
    desk.look()
    server.pages["/a"] = article(right)
    desk.look(minutes=6)
    assert desk.case(case_id).resolution == "fixed"
    return case_id


def switch(kim: Browser, **fields: str) -> None:
    assert kim.post("/sites/paper/openness", **fields).status_code == 303


def test_it_is_off_until_the_site_wants_it_and_looks_as_if_it_were_not_there(
    kim: Browser, stranger: FlaskClient
) -> None:
    for address in (ADDRESS, ADDRESS + "/feed.atom", "/corrections/nothing"):
        assert stranger.get(address).status_code == 404
    switch(kim, shows_corrections="yes")
    assert "Nothing yet" in stranger.get(ADDRESS).text
    switch(kim)
    assert stranger.get(ADDRESS).status_code == 404


def test_it_shows_what_the_page_showed_before_and_after_and_no_reader(
    kim: Browser, stranger: FlaskClient, desk: Desk, server: PageServer
) -> None:
    fixed(desk, server)
    switch(kim, shows_corrections="yes")
    answer = stranger.get(ADDRESS)
    assert "<del>recieved</del><ins>received</ins>" in answer.text
    assert f'href="{server.origin}/a"' in answer.text
    assert ":~:text" not in answer.text and "aloud" not in answer.text
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in answer.headers and "Cookie" not in answer.headers.get("Vary", "")
    tag = answer.headers["ETag"]
    assert stranger.get(ADDRESS, headers={"If-None-Match": tag}).status_code == 304


def test_a_report_whose_words_never_stood_on_the_page_is_not_shown(
    kim: Browser, stranger: FlaskClient, desk: Desk, server: PageServer
) -> None:
    text = "Yesterday he insulted a letter from the ministry, and he read it aloud"
    server.pages["/a"] = article("received")
    case_id = desk.report("insulted", "received", text=text)
    desk.look()
    assert desk.case(case_id).resolution == "fixed"
    switch(kim, shows_corrections="yes")
    assert "insulted" not in stranger.get(ADDRESS).text


def test_what_an_editor_fixed_is_shown_once_the_page_was_read_again(
    kim: Browser, stranger: FlaskClient, desk: Desk, server: PageServer
) -> None:
    case_id = desk.report()
    desk.look()
    switch(kim, shows_corrections="yes")
    kim.post(f"/cases/{case_id}/resolve", resolution="fixed", version="1")
    assert "recieved" not in stranger.get(ADDRESS).text
    server.pages["/a"] = article("received")
    desk.look(minutes=31)
    assert "recieved" in stranger.get(ADDRESS).text
    kim.post(f"/cases/{case_id}/reopen")
    assert "recieved" not in stranger.get(ADDRESS).text


def test_an_editor_leaves_a_case_out_and_puts_it_back_and_the_history_says_so(
    kim: Browser, stranger: FlaskClient, desk: Desk, server: PageServer
) -> None:
    case_id = fixed(desk, server)
    switch(kim, shows_corrections="yes")
    assert "Leave it out" in kim.get(f"/cases/{case_id}")
    kim.post(f"/cases/{case_id}/correction", left_out="yes")
    assert "recieved" not in stranger.get(ADDRESS).text
    page = kim.get(f"/cases/{case_id}")
    assert "left it out of the corrections page" in page and "Left out: put it back" in page
    kim.post(f"/cases/{case_id}/correction", left_out="no")
    assert "recieved" in stranger.get(ADDRESS).text


def test_a_case_without_anything_to_show_is_answered_in_words(kim: Browser, desk: Desk) -> None:
    case_id = desk.report()
    kim.post(f"/cases/{case_id}/correction", left_out="yes")
    assert "has nothing on the corrections page" in kim.get(f"/cases/{case_id}")


def test_only_who_manages_the_site_switches_it_and_others_sites_are_not_there(
    app: Flask, desk: Desk, server: PageServer
) -> None:
    case_id = fixed(desk, server)
    bob, vera = Browser(app.test_client(), "Bob"), Browser(app.test_client(), "Vera")
    assert bob.post("/sites/paper/openness", shows_corrections="yes").status_code == 404
    assert bob.post("/sites/planet/openness", shows_corrections="yes").status_code == 403
    assert bob.post(f"/cases/{case_id}/correction", left_out="yes").status_code == 404
    assert vera.post("/sites/paper/openness", shows_corrections="yes").status_code == 403
    assert vera.post(f"/cases/{case_id}/correction", left_out="yes").status_code == 403


def many(database: Database, count: int) -> None:
    with database.writing() as session:
        site = session.query(Site).filter_by(key="paper").one()
        site.shows_corrections = True
        page = add_page(session, site.id)
        for number in range(count):
            at = NOW - timedelta(hours=number // 2)
            case = add_case(
                session, page, at=at, status="resolved", resolution="fixed", resolved_at=at
            )
            session.add(
                Correction(
                    case_id=case.id,
                    site_id=site.id,
                    title="T",
                    before=f"wrong{number}",
                    after=f"right{number}",
                    corrected_at=at,
                )
            )


def test_many_come_in_pages_the_newest_first_each_once(
    kim: Browser, stranger: FlaskClient, database: Database
) -> None:
    many(database, 103)
    address, seen, sizes = ADDRESS, [], []
    while address:
        page = stranger.get(address).text
        found = [number for number in range(103) if f"<del>wrong{number}</del>" in page]
        seen += found
        sizes.append(len(found))
        _, _, rest = page.partition('rel="next" href="')
        address = rest.partition('"')[0].replace("&amp;", "&")
    assert sizes == [50, 50, 3]
    assert sorted(seen) == list(range(103))
    assert stranger.get(ADDRESS + "?cursor=nonsense").status_code == 422


def test_the_feed_is_atom_with_the_same_corrections(
    kim: Browser, stranger: FlaskClient, desk: Desk, server: PageServer, database: Database
) -> None:
    case_id = fixed(desk, server)
    switch(kim, shows_corrections="yes")
    with database.writing() as session:
        session.get_one(Correction, case_id).title = "Bell \x07 and <b> & more"
    answer = stranger.get(ADDRESS + "/feed.atom")
    assert answer.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(answer.text)
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "“recieved” → “received”"
    assert entry.findtext(f"{ATOM}summary") == "Bell \ufffd and <b> & more"
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{case_id}"
    link = entry.find(f"{ATOM}link")
    assert link is not None and link.get("href") == server.origin + "/a"


def test_no_payload_adds_an_element_or_an_attribute(
    kim: Browser, stranger: FlaskClient, desk: Desk, server: PageServer, database: Database
) -> None:
    case_id = fixed(desk, server)
    switch(kim, shows_corrections="yes")
    addresses = (ADDRESS, ADDRESS + "/feed.atom", f"/cases/{case_id}")
    kim.get(addresses[2])  # the notice of the switch is shown once
    client = {ADDRESS: stranger, ADDRESS + "/feed.atom": stranger, addresses[2]: kim.client}
    plain = {address: skeleton(client[address].get(address).text) for address in addresses}
    for payload in PAYLOADS:
        with database.writing() as session:
            found = session.get_one(Correction, case_id)
            found.before, found.after, found.title = "x " + payload, "y " + payload, payload
            found.case.page.title = payload
            session.get_one(Case, case_id)
        for address in addresses:
            page = client[address].get(address).text
            assert skeleton(page) == plain[address], (address, payload)
            if address.endswith("atom"):
                ElementTree.fromstring(page)
