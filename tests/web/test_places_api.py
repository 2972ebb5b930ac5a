"""The place of a passage is told to pages of its own site, and to no other."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.reporting import ORIGIN, PAGE, add_site, body, send
from typo_reports.services.places import PER_MINUTE
from typo_reports.storage.engine import Database


@pytest.fixture
def case_id(client: FlaskClient, database: Database) -> str:
    add_site(database)
    send(client, body(suggestion="annotated"))
    for _ in range(2):
        answer = send(client, body(comment="not for others"))
    return str(answer.get_json()["case"])


def ask(client: FlaskClient, case_id: str, origin: str | None = ORIGIN) -> TestResponse:
    headers = {"Origin": origin} if origin else {}
    return client.get(f"/api/v1/places/{case_id}", headers=headers)


def test_a_page_of_the_site_is_told_the_place_and_nothing_else(
    client: FlaskClient, case_id: str
) -> None:
    answer = ask(client, case_id)
    assert answer.status_code == 200
    assert answer.get_json() == {
        "exact": "anotation",
        "prefix": "selects a typo ('",
        "suffix": "') in a web page and reads on",
        "start": None,
        "end": None,
        "suggestion": "annotation",
        "target": {"start": 17, "end": 26, "right": "annotation", "notes": False},
        "certain": ["selects a typo ('", "anotation", "') in a web page and reads on"],
    }
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Origin" in answer.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_a_page_of_our_own_origin_sends_no_origin(client: FlaskClient, case_id: str) -> None:
    assert ask(client, case_id, origin=None).status_code == 200


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "http://planet.example", "https://planet.example.", "null", "x\x7fy"],
)
def test_other_origins_are_refused(client: FlaskClient, case_id: str, origin: str) -> None:
    answer = ask(client, case_id, origin)
    assert (answer.status_code, answer.get_json()["code"]) == (403, "origin-not-allowed")
    assert "anotation" not in answer.text


def test_the_origin_of_another_site_is_refused(
    client: FlaskClient, case_id: str, database: Database
) -> None:
    add_site(database, "gazette", "https://gazette.example")
    assert ask(client, case_id, "https://gazette.example").status_code == 403


@pytest.mark.parametrize("unknown", ["c82deccb-360a-45c7-991d-1d2420b1abce", "nothing", "1"])
def test_an_unknown_case_is_not_found(client: FlaskClient, case_id: str, unknown: str) -> None:
    assert ask(client, unknown).status_code == 404


def test_a_withdrawn_case_has_no_place(client: FlaskClient, database: Database) -> None:
    add_site(database)
    answer = send(client, body()).get_json()
    token = answer["receipt"].rpartition("/")[2]
    client.delete(f"/api/v1/receipts/{token}")
    assert ask(client, answer["case"]).status_code == 404


def test_asking_is_limited(client: FlaskClient, case_id: str) -> None:
    for _ in range(PER_MINUTE):
        assert ask(client, case_id).status_code == 200
    answer = ask(client, case_id)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


def test_a_report_from_a_marked_address_belongs_to_the_same_page(
    client: FlaskClient, case_id: str
) -> None:
    marked = f"{PAGE}?typo-report={case_id}#:~:text=x"
    answer = send(client, body(source=marked, page=None)).get_json()
    assert (answer["case"], answer["readers"]) == (case_id, 4)
