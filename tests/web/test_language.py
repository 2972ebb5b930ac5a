"""In which language a page speaks."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.services.people import People, add_people
from tests.web.plain_browser import sign_in, submit
from typo_reports.domain.languages import LANGUAGES, PSEUDO, PSEUDO_MIRRORED
from typo_reports.storage.engine import Database

MIRRORED = f'<html lang="{PSEUDO_MIRRORED}" dir="rtl">'
LONGER = f'<html lang="{PSEUDO}" dir="ltr">'
ENGLISH = '<html lang="en" dir="ltr">'


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        return add_people(session)


def test_a_stranger_is_answered_in_english(client: FlaskClient) -> None:
    assert ENGLISH in client.get("/sign-in").text


def test_the_address_chooses_the_language(client: FlaskClient) -> None:
    page = client.get(f"/sign-in?language={PSEUDO}").text
    assert LONGER in page
    assert "[Sígń íń·" in page


def test_the_form_carries_the_language_on(client: FlaskClient, people: People) -> None:
    page = client.get(f"/sign-in?language={PSEUDO_MIRRORED}").text
    assert f'name="language" value="{PSEUDO_MIRRORED}"' in page


@pytest.mark.parametrize("unknown", ["xx", "", "qps-ploc/../..", "\ud83d", "a" * 5000])
def test_an_unknown_language_is_overlooked(client: FlaskClient, unknown: str) -> None:
    response = client.get("/sign-in", query_string={"language": unknown.encode("utf-8", "replace")})
    assert response.status_code == 200
    assert ENGLISH in response.text


@pytest.mark.parametrize("asked", ["xx-YY, tlh;q=0.5", "*", ";;;q=,", "en-GB"])
def test_a_browser_that_asks_for_what_is_not_there_gets_english(
    client: FlaskClient, asked: str
) -> None:
    response = client.get("/sign-in", headers={"Accept-Language": asked})
    assert (response.status_code, ENGLISH in response.text) == (200, True)


def test_the_editors_own_choice_comes_before_the_address(
    client: FlaskClient, people: People
) -> None:
    sign_in(client, "bob")
    submit(
        client,
        "/settings/profile",
        page="/settings",
        name="Bob",
        time_zone="UTC",
        language=PSEUDO_MIRRORED,
    )
    assert MIRRORED in client.get("/queue").text
    assert MIRRORED in client.get(f"/settings?language={PSEUDO}").text


def test_an_unknown_language_is_not_saved(client: FlaskClient, people: People) -> None:
    sign_in(client, "bob")
    fields = {"name": "Bob", "time_zone": "UTC", "language": "xx"}
    assert submit(client, "/settings/profile", page="/settings", **fields).status_code == 422
    assert ENGLISH in client.get("/settings").text


def test_programs_are_answered_in_english(client: FlaskClient) -> None:
    address = "/api/v1/receipts/none"
    plain = client.get(address)
    assert plain.status_code == 404
    assert client.get(f"{address}?language={PSEUDO}").json == plain.json


def test_a_browser_that_asks_for_german_gets_it(client: FlaskClient) -> None:
    page = client.get("/sign-in", headers={"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}).text
    assert '<html lang="de" dir="ltr">' in page


def test_the_address_comes_before_what_the_browser_asks(client: FlaskClient) -> None:
    page = client.get("/sign-in?language=ru", headers={"Accept-Language": "de"}).text
    assert '<html lang="ru" dir="ltr">' in page


def test_every_offered_language_has_a_link_on_the_sign_in_page(client: FlaskClient) -> None:
    page = client.get("/sign-in").text
    assert [code for code in LANGUAGES if f'hreflang="{code}"' not in page] == []


def test_what_is_not_there_is_said_in_the_language_of_the_page(client: FlaskClient) -> None:
    for refused in (client.get("/nowhere?language=de"), client.delete("/sign-in?language=de")):
        assert "The " not in refused.text.split("<main")[1]
    assert "Unter dieser Adresse gibt es nichts." in client.get("/nowhere?language=de").text
    assert "was not found" in client.get("/api/v1/nowhere?language=de").get_json()["detail"]
