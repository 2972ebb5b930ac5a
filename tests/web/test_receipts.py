"""The receipt tells the reader the truth, and nobody anything else."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.reporting import NOW, ORIGIN, add_site, body, send
from typo_reports.services import review
from typo_reports.services.actors import Actor
from typo_reports.storage.engine import Database


@pytest.fixture
def answer(client: FlaskClient, database: Database) -> dict[str, str]:
    add_site(database)
    document: dict[str, str] = send(client, body()).get_json()
    return document


def _receipt(client: FlaskClient, answer: dict[str, str]) -> dict[str, object]:
    token = answer["receipt"].rpartition("/")[2]
    found = client.get(f"/api/v1/receipts/{token}", headers={"Origin": ORIGIN})
    assert found.headers["Access-Control-Allow-Origin"] == ORIGIN
    document: dict[str, object] = found.get_json()
    return document


def test_an_open_case_says_that_nothing_is_decided(
    client: FlaskClient, answer: dict[str, str]
) -> None:
    receipt = _receipt(client, answer)
    assert set(receipt) == {
        "status", "resolution", "message", "readers", "reply", "changeable_until",
    }  # fmt: skip
    assert (receipt["status"], receipt["resolution"], receipt["readers"]) == ("open", None, 1)


def test_a_fixed_case_says_so(
    client: FlaskClient, answer: dict[str, str], database: Database
) -> None:
    everywhere = Actor(editor_id=None, name="test", site_ids=None)
    with database.writing() as session:
        review.resolve(session, everywhere, answer["case"], resolution="fixed", now=NOW)
    receipt = _receipt(client, answer)
    assert (receipt["status"], receipt["resolution"]) == ("resolved", "fixed")
    assert "corrected" in str(receipt["message"])


def test_the_page_for_people_shows_the_readers_words_as_text(
    client: FlaskClient, database: Database
) -> None:
    add_site(database)
    sent = send(client, body(exact="<img src=x onerror=alert(1)>")).get_json()
    page = client.get(f"/r/{sent['receipt'].rpartition('/')[2]}")
    assert page.status_code == 200
    assert "&lt;img src=x" in page.text
    assert "<img src=x" not in page.text


@pytest.mark.parametrize("token", ["nothing", "x" * 500, "é", "a.b"])
def test_an_unknown_receipt_is_not_found(client: FlaskClient, token: str) -> None:
    assert client.get(f"/api/v1/receipts/{token}").status_code == 404
    assert client.get(f"/r/{token}").status_code == 404


def test_a_nul_in_an_address_is_refused_in_words(client: FlaskClient) -> None:
    answer = client.get("/api/v1/receipts/%00")
    assert answer.status_code == 400
    assert "NUL" in answer.get_json()["detail"]
