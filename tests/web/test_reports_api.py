"""The readers' door: what comes in, what is refused, and in which words."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.web.reporting import NOW, ORIGIN, PAGE, add_site, body, send
from typo_reports.services import review
from typo_reports.services.actors import Actor
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Case, CaseEvent, Page, Report

EVERYWHERE = Actor(editor_id=None, name="test", site_ids=None)


@pytest.fixture
def site(database: Database) -> int:
    return add_site(database)


def _one_case(database: Database) -> Case:
    with database.reading() as session:
        return session.scalars(select(Case)).one()


def test_a_new_report_is_answered_with_its_case_and_a_receipt(
    client: FlaskClient, site: int
) -> None:
    report = body()
    answer = send(client, report)
    assert answer.status_code == 201
    document = answer.get_json()
    assert document["id"] == report["id"]
    assert document["outcome"] == "received"
    assert document["readers"] == 1
    assert document["receipt"].startswith("http://desk.example/r/")
    assert uuid.UUID(document["case"])


def test_the_readers_text_is_stored_exactly(
    client: FlaskClient, site: int, database: Database
) -> None:
    exact = "naïve \u202e<b>&amp;</b> \u200b\ufb01n 🦉e\u0301"
    send(client, body(exact=exact, suggestion="  two  spaces ", comment="\u2028 line"))
    with database.reading() as session:
        stored = session.scalars(select(Report)).one()
        assert stored.exact == exact
        assert stored.suggestion == "  two  spaces "
        assert stored.comment == "line"


def test_the_same_report_again_is_answered_alike_and_stored_once(
    client: FlaskClient, site: int, database: Database
) -> None:
    report = body()
    first, second = send(client, report), send(client, report)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.get_json() == second.get_json()
    assert _one_case(database).readers == 1


def test_an_id_that_comes_with_another_text_is_a_conflict(client: FlaskClient, site: int) -> None:
    report = body()
    send(client, report)
    answer = send(client, report | {"suggestion": "something else"})
    assert answer.status_code == 409
    assert answer.get_json()["code"] == "id-reused"


def test_three_readers_of_one_error_make_one_case(
    client: FlaskClient, site: int, database: Database
) -> None:
    answers = [send(client, body()).get_json() for _ in range(3)]
    assert [answer["outcome"] for answer in answers] == ["received", "known", "known"]
    assert [answer["readers"] for answer in answers] == [1, 2, 3]
    assert len({answer["case"] for answer in answers}) == 1
    assert _one_case(database).readers == 3


def test_the_same_word_elsewhere_on_the_page_is_another_case(
    client: FlaskClient, site: int
) -> None:
    here = send(client, body(suggestion=None)).get_json()
    there = send(
        client,
        body(
            suggestion=None,
            prefix="quite another sentence of the page speaks of an ",
            suffix=" which a later paragraph takes up once more",
        ),
    ).get_json()
    assert here["case"] != there["case"]


def test_tracking_and_fragments_do_not_make_another_page(
    client: FlaskClient, site: int, database: Database
) -> None:
    send(client, body(source=f"{PAGE}?utm_source=x&fbclid=1#top", page=None))
    send(client, body(source=PAGE, page=None))
    with database.reading() as session:
        assert [page.url for page in session.scalars(select(Page))] == [PAGE]
    assert _one_case(database).readers == 2


def test_secrets_in_a_pages_address_are_not_stored(
    client: FlaskClient, site: int, database: Database
) -> None:
    send(client, body(source=f"{PAGE}?id=3&access_token=hunter2#secret", page=None))
    with database.reading() as session:
        stored = session.scalars(select(Report)).one()
        assert stored.source_url == f"{PAGE}?id=3"


def test_a_fixed_case_that_is_reported_again_opens_as_a_regression(
    client: FlaskClient, site: int, database: Database
) -> None:
    case_id = send(client, body()).get_json()["case"]
    with database.writing() as session:
        review.resolve(session, EVERYWHERE, case_id, resolution="fixed", now=NOW)
    answer = send(client, body()).get_json()
    case = _one_case(database)
    assert answer["case"] == case_id
    assert (case.status, case.resolution, case.regressions) == ("open", None, 1)
    with database.reading() as session:
        kinds = [event.kind for event in session.scalars(select(CaseEvent))]
    assert sorted(kinds) == ["regression", "reported", "resolved"]


@pytest.mark.parametrize("resolution", ["not-an-error", "wont-fix", "spam"])
def test_a_case_that_the_editors_keep_answers_declined_and_stays_closed(
    client: FlaskClient, site: int, database: Database, resolution: str
) -> None:
    case_id = send(client, body()).get_json()["case"]
    with database.writing() as session:
        review.resolve(session, EVERYWHERE, case_id, resolution=resolution, now=NOW)
    assert send(client, body()).get_json()["outcome"] == "declined"
    assert _one_case(database).status == "resolved"


def test_a_report_of_a_merged_case_goes_to_the_one_that_took_it_over(
    client: FlaskClient, site: int
) -> None:
    first = send(client, body()).get_json()["case"]
    other = send(
        client,
        body(exact="teh", prefix="far away from it ", suffix=" end of all", suggestion="the"),
    ).get_json()["case"]
    with client.application.extensions["typo_reports"].database.writing() as session:
        review.merge(session, EVERYWHERE, other, into=first, now=NOW)
    again = send(
        client,
        body(exact="teh", prefix="far away from it ", suffix=" end of all", suggestion="the"),
    ).get_json()
    assert again["case"] == first
    assert again["outcome"] == "known"


def _without(path: str) -> dict[str, Any]:
    report = body()
    *parents, name = path.split(".")
    inner = report
    for parent in parents:
        inner = inner[parent]
    del inner[name]
    return report


@pytest.mark.parametrize("path", ["id", "site", "target.source", "target.selector.exact"])
def test_a_missing_field_is_named(client: FlaskClient, site: int, path: str) -> None:
    answer = send(client, _without(path))
    assert answer.status_code == 422
    assert [error["field"] for error in answer.get_json()["errors"]] == [path]


def _with(path: str, value: Any) -> dict[str, Any]:
    report = body()
    *parents, name = path.split(".")
    inner = report
    for parent in parents:
        inner = inner[parent]
    inner[name] = value
    return report


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("target.selector.exact", 1000),
        ("target.selector.prefix", 200),
        ("target.selector.suffix", 200),
        ("suggestion", 1000),
        ("comment", 2000),
    ],
)
def test_each_text_is_taken_at_its_limit_and_refused_beyond(
    client: FlaskClient, site: int, path: str, most: int
) -> None:
    # An owl is one code point, two UTF-16 units and four bytes.
    assert send(client, _with(path, "🦉" * most)).status_code == 201
    answer = send(client, _with(path, "🦉" * (most + 1)))
    assert answer.status_code == 422
    (error,) = answer.get_json()["errors"]
    assert (error["field"], error["code"]) == (path, "too-long")
    assert f"{most:,}" in error["message"]


TEXTS = ["target.selector.exact", "suggestion", "comment", "page.title", "target.source"]


@pytest.mark.parametrize("path", TEXTS)
def test_a_nul_is_refused_in_words(client: FlaskClient, site: int, path: str) -> None:
    answer = send(client, _with(path, "a\0b"))
    assert answer.status_code == 422
    errors = answer.get_json()["errors"]
    assert (path, "nul-character") in [(error["field"], error["code"]) for error in errors]


def test_a_lone_surrogate_is_refused_in_words(client: FlaskClient, site: int) -> None:
    text = json.dumps(body()).replace("anotation", "\\ud800 half")
    answer = client.post(
        "/api/v1/reports",
        data=text,
        content_type="application/json",
        headers={"Origin": ORIGIN},
    )
    assert answer.status_code == 400
    assert "half a character" in answer.get_json()["detail"]


def test_an_empty_selection_is_refused_in_words(client: FlaskClient, site: int) -> None:
    answer = send(client, body(exact="  \n "))
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["message"] == (
        "The selection is empty: select the error first."
    )


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("id", "not-a-uuid"),
        ("id", 7),
        ("target", "x"),
        ("target.selector.start", -1),
        ("target.selector.start", 2**40),
        ("target.selector.start", 1.5),
        ("target.source", "javascript:alert(1)"),
        ("target.source", "https://planet.example.evil.example/a"),
        ("target.source", "/a"),
        ("site", "nobody"),
        ("site", "x" * 5000),
        ("reply_to", "not an address"),
        ("reply_to", "a@b.example\nBcc: c@d.example"),
    ],
)
def test_a_field_that_breaks_a_rule_is_named(
    client: FlaskClient, site: int, path: str, value: Any
) -> None:
    answer = send(client, _with(path, value))
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"] == path


@pytest.mark.parametrize(
    ("data", "headers", "status"),
    [
        (b"{", {}, 400),
        (b"", {}, 400),
        (b"\xff\xfe{}", {}, 400),
        (b"[" * 10_000, {}, 400),
        (b'{"a":' * 10_000, {}, 400),
        (b"[]", {}, 422),
        (b"null", {}, 422),
        (b'{"id": NaN}', {}, 400),
        (b"{}", {"Content-Type": "text/plain"}, 415),
        (b"{}", {"Content-Encoding": "gzip"}, 415),
        (b'{"comment": "' + b"x" * 65_536 + b'"}', {}, 413),
    ],
)
def test_what_cannot_be_read_is_a_problem_document(
    client: FlaskClient, site: int, data: bytes, headers: dict[str, str], status: int
) -> None:
    headers = {"Content-Type": "application/json", "Origin": ORIGIN} | headers
    answer = client.post("/api/v1/reports", data=data, headers=headers)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    document = answer.get_json()
    assert set(document) == {"type", "title", "status", "detail", "code", "errors"}
    assert document["status"] == status


def test_brackets_within_a_text_do_not_count_as_depth(client: FlaskClient, site: int) -> None:
    assert send(client, body(comment='[[[[[[[[[{{{"}]\\"[[[')).status_code == 201


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "https://planet.example.evil.example",
        "https://evilplanet.example",
        "http://planet.example",
        "https://planet.example:8443",
        "https://PLANET.example",
        "https://planet.example.",
        "https://xn--plnet-kra.example",
        "https://planet.example/",
    ],
)
def test_an_origin_that_only_resembles_is_refused(
    client: FlaskClient, site: int, origin: str
) -> None:
    answer = send(client, body(), origin=origin)
    assert answer.status_code == 403
    assert answer.get_json()["code"] == "origin-not-allowed"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_another_sites_origin_is_refused_but_can_read_why(
    client: FlaskClient, site: int, database: Database
) -> None:
    add_site(database, "other", "https://other.example")
    answer = send(client, body(), origin="https://other.example")
    assert answer.status_code == 403
    assert answer.headers["Access-Control-Allow-Origin"] == "https://other.example"


def test_the_registered_origin_may_read_the_answer_without_credentials(
    client: FlaskClient, site: int
) -> None:
    answer = send(client, body())
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "Origin" in answer.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Set-Cookie" not in answer.headers


def test_a_preflight_allows_the_registered_origin_only(client: FlaskClient, site: int) -> None:
    asked = {"Access-Control-Request-Method": "POST"}
    good = client.options("/api/v1/reports", headers=asked | {"Origin": ORIGIN})
    bad = client.options("/api/v1/reports", headers=asked | {"Origin": "https://evil.example"})
    assert good.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert good.headers["Access-Control-Allow-Headers"] == "Content-Type"
    assert "Access-Control-Allow-Origin" not in bad.headers


@pytest.mark.slow
def test_too_many_reports_are_told_when_to_try_again(
    client: FlaskClient, site: int, database: Database
) -> None:
    answers = [send(client, body()) for _ in range(121)]
    assert {answer.status_code for answer in answers[:120]} == {201}
    last = answers[-1]
    assert last.status_code == 429
    assert 1 <= int(last.headers["Retry-After"]) <= 60
    assert last.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "Retry-After" in last.headers["Access-Control-Expose-Headers"]
    assert _one_case(database).readers == 120


@pytest.mark.slow
def test_a_forged_forwarded_address_does_not_escape_the_limit(
    client: FlaskClient, site: int
) -> None:
    statuses = {
        client.post(
            "/api/v1/reports",
            json=body(),
            headers={"Origin": ORIGIN, "X-Forwarded-For": f"203.0.113.{number}"},
        ).status_code
        for number in range(125)
    }
    assert statuses == {201, 429}


def test_no_address_of_a_reader_is_stored(
    client: FlaskClient, site: int, database: Database
) -> None:
    client.post(
        "/api/v1/reports",
        json=body(),
        headers={"Origin": ORIGIN, "User-Agent": "Telltale/1.0"},
        environ_base={"REMOTE_ADDR": "198.51.100.77"},
    )
    with database.engine.connect() as connection:
        for table in Report.metadata.sorted_tables:
            for row in connection.execute(table.select()):
                assert "198.51.100.77" not in repr(row)
                assert "Telltale" not in repr(row)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


@pytest.mark.slow
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    path=st.sampled_from(["id", "site", "target", "target.selector", "page", "reply_to", *TEXTS]),
    value=JSON,
)
def test_no_value_in_any_field_is_an_internal_error(
    client: FlaskClient, site: int, path: str, value: Any
) -> None:
    assert send(client, _with(path, value)).status_code in {201, 422, 429}


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.binary(max_size=200))
def test_no_bytes_are_an_internal_error(client: FlaskClient, site: int, data: bytes) -> None:
    answer = client.post("/api/v1/reports", data=data, content_type="application/json")
    assert answer.status_code in {400, 422}
