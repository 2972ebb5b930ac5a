"""Splitting a case, and parting addresses, in a browser without JavaScript and by the API."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.services.people import NOW, People, add_people
from tests.web.browsing import Browser
from typo_reports.domain.report import PageFacts, Submission
from typo_reports.domain.selector import Selector
from typo_reports.services import intake, page_joining, tokens
from typo_reports.services.quotas import Quotas
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Case, Page

TEXT = "Yesterday he recieved a letter from there ministry, and he read it aloud to all."
ORIGIN = "https://planet.example"
_KEY = "k" * 32


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        return add_people(session)


def send(database: Database, number: int, exact: str, suggestion: str | None, path: str) -> str:
    at = TEXT.index(exact)
    with database.writing() as session:
        return intake.accept(
            session,
            Submission(
                id=f"0198f0c2-7a10-7cc3-9d1e-1c2b3a4d5e{number:02x}",
                site="planet",
                source=ORIGIN + path,
                selector=Selector.from_text(TEXT, at, at + len(exact)),
                page=PageFacts(title="The letter"),
                suggestion=suggestion,
            ),
            origin=None,
            network_key="10.0.0.1",
            per_minute=1000,
            secret_key=_KEY,
            quotas=Quotas(_KEY),
            now=NOW,
        ).case_id


@pytest.fixture
def case_id(database: Database, people: People) -> str:
    send(database, 1, "there", "the", "/a")
    return send(database, 2, "there", "their", "/a")


def readers(database: Database) -> list[int]:
    with database.reading() as session:
        return sorted(case.readers for case in session.query(Case).filter_by(status="open"))


def test_an_editor_splits_a_case_and_takes_it_back(
    client: FlaskClient, database: Database, case_id: str
) -> None:
    bob = Browser(client, "Bob")
    page = bob.get(f"/cases/{case_id}")
    assert "Two errors in one case" in page
    answer = bob.post(f"/cases/{case_id}/split", suggestion="their")
    assert answer.status_code == 303
    new_page = bob.get(answer.location)
    assert "took it out of the case of" in new_page
    assert readers(database) == [1, 1]
    page = bob.get(f"/cases/{case_id}")
    event = re.search(r'name="event" value="([0-9a-f-]{36})"', page)
    assert event is not None
    bob.post(f"/cases/{case_id}/undo", event=event[1])
    assert readers(database) == [2]


def test_choosing_nothing_is_said_in_words(
    client: FlaskClient, database: Database, case_id: str
) -> None:
    bob = Browser(client, "Bob")
    answer = bob.post(f"/cases/{case_id}/split")
    assert "Choose some of the reports" in bob.get(answer.location)
    assert readers(database) == [2]


def test_a_program_splits_a_case(client: FlaskClient, database: Database, case_id: str) -> None:
    with database.writing() as session:
        token = tokens.add_token(session, site_key="planet", name="robot", now=NOW)
    headers = {"Authorization": f"Bearer {token}"}
    answer = client.post(
        f"/api/v1/cases/{case_id}/split", json={"suggestions": ["their"]}, headers=headers
    )
    assert answer.status_code == 200
    assert answer.json["id"] != case_id
    assert [one["text"] for one in answer.json["suggestions"]] == ["their"]
    refused = client.post(f"/api/v1/cases/{case_id}/split", json={}, headers=headers)
    assert refused.status_code == 422


def test_an_editor_says_that_an_address_is_another_page(
    client: FlaskClient, database: Database, case_id: str
) -> None:
    there = send(database, 3, "recieved", "received", "/lite")
    with database.writing() as session:
        page_id = session.get_one(Case, there).page_id
        assert page_joining.join(session, page_id, f"{ORIGIN}/a", now=NOW)
    bob = Browser(client, "Bob")
    assert "It is another page" in bob.get(f"/cases/{case_id}")
    answer = bob.post(f"/cases/{case_id}/part", page=str(page_id))
    assert "1 case went along" in bob.get(answer.location)
    with database.reading() as session:
        assert session.get_one(Page, page_id).joined_to_id is None
        assert session.get_one(Case, there).page_id == page_id
