"""Readers change their own report or take it back: by the reporter's script, and without one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.web.plain_browser import contents
from tests.web.reporting import ORIGIN, add_site, body, send
from typo_reports.app import create_app
from typo_reports.clock import utc_now
from typo_reports.settings import Settings
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Report

SEAL = re.compile(r'name="seal" value="([0-9a-f]{64})"')


@pytest.fixture
def token(client: FlaskClient, database: Database) -> str:
    add_site(database)
    answer = send(client, body(comment="a remark")).get_json()
    return str(answer["receipt"].rpartition("/")[2])


def call(
    client: FlaskClient, method: str, token: str, json: object = None, origin: str | None = ORIGIN
) -> TestResponse:
    headers = {"Origin": origin} if origin else {}
    return client.open(f"/api/v1/receipts/{token}", method=method, json=json, headers=headers)


def stored(database: Database) -> list[Report]:
    with database.reading() as session:
        return list(session.scalars(select(Report)))


def later(settings: Settings, database: Database, minutes: float) -> FlaskClient:
    """A browser so many minutes later."""
    moment = utc_now() + timedelta(minutes=minutes)

    def now() -> datetime:
        return moment

    return create_app(settings, database=database, now=now).test_client()


def test_the_answer_says_until_when_the_report_can_be_changed(
    client: FlaskClient, database: Database
) -> None:
    add_site(database)
    answer = send(client, body()).get_json()
    until = datetime.fromisoformat(answer["changeable_until"])
    assert timedelta(minutes=9) < until - utc_now() <= timedelta(minutes=10)
    assert answer["changeable_until"].endswith("+00:00")
    assert answer["reply"] is None


def test_a_declined_report_can_not_be_changed(client: FlaskClient, database: Database) -> None:
    from typo_reports.services import review
    from typo_reports.services.actors import Actor

    add_site(database)
    case_id = send(client, body()).get_json()["case"]
    with database.writing() as session:
        everywhere = Actor(editor_id=None, name="test", site_ids=None)
        review.resolve(session, everywhere, case_id, resolution="not-an-error", now=utc_now())
    answer = send(client, body()).get_json()
    assert (answer["outcome"], answer["changeable_until"]) == ("declined", None)


def test_a_change_answers_with_the_receipt(
    client: FlaskClient, token: str, database: Database
) -> None:
    answer = call(client, "PATCH", token, {"suggestion": "annotations"})
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.get_json() == call(client, "GET", token).get_json()
    (report,) = stored(database)
    assert (report.suggestion, report.comment) == ("annotations", "a remark")
    call(client, "PATCH", token, {"comment": None})
    assert stored(database)[0].comment is None


def test_taking_back_answers_twice_alike(
    client: FlaskClient, token: str, database: Database
) -> None:
    first, second = (call(client, "DELETE", token) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.get_json() == second.get_json()
    assert first.get_json()["status"] == "withdrawn"
    assert stored(database) == []
    assert call(client, "PATCH", token, {"comment": "x"}).get_json()["code"] == "too-late"


def test_after_ten_minutes_the_code_is_too_late(
    token: str, settings: Settings, database: Database
) -> None:
    reader = later(settings, database, 11)
    for method, json in (("PATCH", {"comment": "x"}), ("DELETE", None)):
        answer = call(reader, method, token, json)
        assert (answer.status_code, answer.get_json()["code"]) == (409, "too-late")
    assert call(reader, "GET", token).get_json()["changeable_until"] is None
    assert len(stored(database)) == 1


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "http://planet.example", "https://planet.example:8443", "null"],
)
@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_only_the_sites_own_origins_may(
    client: FlaskClient, token: str, database: Database, method: str, origin: str
) -> None:
    answer = call(client, method, token, {} if method == "PATCH" else None, origin=origin)
    assert (answer.status_code, answer.get_json()["code"]) == (403, "origin-not-allowed")
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert len(stored(database)) == 1


def test_the_origin_of_another_site_may_not(
    client: FlaskClient, token: str, database: Database
) -> None:
    add_site(database, "gazette", "https://gazette.example")
    answer = call(client, "DELETE", token, origin="https://gazette.example")
    assert answer.status_code == 403
    assert len(stored(database)) == 1


def test_a_preflight_allows_changing_and_taking_back(client: FlaskClient, token: str) -> None:
    answer = client.options(
        f"/api/v1/receipts/{token}",
        headers={"Origin": ORIGIN, "Access-Control-Request-Method": "DELETE"},
    )
    allowed = answer.headers["Access-Control-Allow-Methods"].split(", ")
    assert {"PATCH", "DELETE"} <= set(allowed)
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_guessing_is_limited(
    settings: Settings, database: Database, method: str, token: str
) -> None:
    reader = create_app(replace(settings, reports_per_minute=3)).test_client()
    json = {"comment": "x"} if method == "PATCH" else None
    for _ in range(3):
        assert call(reader, method, "unknown", json).status_code == 404
    answer = call(reader, method, "unknown", json)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    ("json", "status"),
    [
        ({"suggestion": "x" * 1001}, 422),
        ({"comment": "x" * 2001}, 422),
        ({"comment": 3}, 422),
        ([], 422),
        ({"comment": "a\0"}, 422),
        ({}, 200),
    ],
)
def test_the_limits_of_a_report_hold(
    client: FlaskClient, token: str, json: object, status: int
) -> None:
    assert call(client, "PATCH", token, json).status_code == status


ANYTHING = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=20)
    | st.sampled_from([1000, 1001, 2000, 2001]).map(lambda size: "ñ" * size)
)


@pytest.fixture
def unhurried(settings: Settings, database: Database) -> FlaskClient:
    """A browser that no limit stops."""
    return create_app(replace(settings, reports_per_minute=10_000)).test_client()


@example({"suggestion": "\ud800"})
@example({"suggestion": "a\0", "comment": "\x0b"})
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["suggestion", "comment", "id"]), ANYTHING))
def test_no_body_makes_an_error_of_ours(
    unhurried: FlaskClient, token: str, body: dict[str, object]
) -> None:
    assert call(unhurried, "PATCH", token, body).status_code in {200, 400, 422}


def test_looking_at_the_receipt_changes_nothing(
    client: FlaskClient, token: str, database: Database
) -> None:
    before = contents(database)
    for path in (f"/r/{token}", f"/api/v1/receipts/{token}"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
    for path in (f"/r/{token}/change", f"/r/{token}/withdraw"):
        assert client.get(path).status_code == 405
    assert contents(database) == before


def _post(client: FlaskClient, token: str, deed: str, **fields: str) -> TestResponse:
    found = SEAL.search(client.get(f"/r/{token}").text)
    assert found is not None
    return client.post(f"/r/{token}/{deed}", data={"seal": found[1]} | fields)


def test_a_reader_without_script_changes_the_report(
    client: FlaskClient, token: str, database: Database
) -> None:
    answer = _post(client, token, "change", suggestion="annotations", comment="one\r\ntwo")
    assert (answer.status_code, answer.location) == (303, f"/r/{token}")
    (report,) = stored(database)
    assert (report.suggestion, report.comment) == ("annotations", "one\ntwo")


def test_a_reader_without_script_takes_the_report_back(
    client: FlaskClient, token: str, database: Database
) -> None:
    seal = SEAL.search(client.get(f"/r/{token}").text)
    assert seal is not None
    for _ in range(2):
        answer = client.post(f"/r/{token}/withdraw", data={"seal": seal[1]})
        assert answer.status_code == 303
    assert stored(database) == []
    page = client.get(f"/r/{token}").text
    assert "taken this report back" in page
    assert "<form" not in page
    assert "anotation" not in page


@pytest.mark.parametrize("deed", ["change", "withdraw"])
@pytest.mark.parametrize("seal", [None, "", "0" * 64, "é"])
def test_a_form_without_its_seal_is_refused(
    client: FlaskClient, token: str, database: Database, deed: str, seal: str | None
) -> None:
    before = contents(database)
    data = {"suggestion": "forged"} | ({} if seal is None else {"seal": seal})
    assert client.post(f"/r/{token}/{deed}", data=data).status_code == 400
    assert contents(database) == before


def test_the_seal_of_another_receipt_does_not_count(
    client: FlaskClient, token: str, database: Database
) -> None:
    other = send(client, body()).get_json()["receipt"].rpartition("/")[2]
    seal = SEAL.search(client.get(f"/r/{other}").text)
    assert seal is not None
    assert client.post(f"/r/{token}/withdraw", data={"seal": seal[1]}).status_code == 400


def test_what_is_too_long_stands_in_the_form_again(client: FlaskClient, token: str) -> None:
    answer = _post(client, token, "change", suggestion="annotations", comment="y" * 2001)
    assert answer.status_code == 422
    assert "y" * 2001 in answer.text
    assert "at most 2,000" in answer.text


def test_too_late_is_said_on_the_page(
    token: str, settings: Settings, database: Database, client: FlaskClient
) -> None:
    seal = SEAL.search(client.get(f"/r/{token}").text)
    assert seal is not None
    reader = later(settings, database, 11)
    answer = reader.post(f"/r/{token}/withdraw", data={"seal": seal[1]})
    assert answer.status_code == 409
    assert "10 minutes" in answer.text
    assert "<form" not in reader.get(f"/r/{token}").text
