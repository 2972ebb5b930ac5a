"""The API for programs: a token opens one site, and the cases have the contract's shape."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.web.reporting import NOW, add_site, body, send
from typo_reports.services import accounts, tokens
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Letter
from typo_reports.web.documents import CaseDocument, CasesDocument, Problem


@pytest.fixture
def token(database: Database) -> str:
    add_site(database)
    with database.writing() as session:
        return tokens.add_token(session, site_key="daily-planet", name="cms", now=NOW)


@pytest.fixture
def foreign_token(database: Database, token: str) -> str:
    add_site(database, "other", "https://other.example")
    with database.writing() as session:
        return tokens.add_token(session, site_key="other", name="cms", now=NOW)


@pytest.fixture
def case_id(client: FlaskClient, token: str) -> str:
    made: str = send(client, body(comment="Look here.")).get_json()["case"]
    return made


class Api:
    """A program that holds a token."""

    def __init__(self, client: FlaskClient, token: str) -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {token}"}

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/v1{path}", headers=self.headers)

    def post(self, path: str, document: Any = None) -> Any:
        return self.client.post(f"/api/v1{path}", json=document or {}, headers=self.headers)


@pytest.fixture
def api(client: FlaskClient, token: str) -> Api:
    return Api(client, token)


def test_a_case_has_the_shape_of_the_contract(api: Api, case_id: str) -> None:
    answer = api.get(f"/cases/{case_id}")
    assert answer.status_code == 200
    msgspec.json.decode(answer.data, type=CaseDocument)
    case = answer.get_json()
    assert case["selector"]["exact"] == "anotation"
    assert case["suggestions"] == [{"text": "annotation", "readers": 1}]
    assert case["place"] == {"state": "unchecked", "checked_at": None}
    assert case["links"]["page"].startswith(
        f"https://planet.example/a?typo-report={case['id']}#:~:text="
    )
    assert case["links"]["desk"] == f"http://desk.example/cases/{case_id}"


def test_the_list_goes_on_until_every_case_was_seen_once(
    api: Api, client: FlaskClient, case_id: str
) -> None:
    made = {case_id}
    for number in range(6):
        report = body(
            exact=f"wrng{number}", suggestion=None, prefix=f"{number} says it ", suffix=" here"
        )
        made.add(send(client, report).get_json()["case"])
    seen: list[str] = []
    cursor = ""
    while True:
        answer = api.get(f"/cases?limit=2&cursor={cursor}")
        msgspec.json.decode(answer.data, type=CasesDocument)
        page = answer.get_json()
        seen += [case["id"] for case in page["cases"]]
        if page["next"] is None:
            break
        cursor = page["next"]
    assert sorted(seen) == sorted(made)


def test_resolve_and_reopen_answer_with_the_case_after_the_deed(api: Api, case_id: str) -> None:
    resolved = api.post(f"/cases/{case_id}/resolve", {"resolution": "fixed", "note": "done"})
    assert resolved.get_json()["status"] == "resolved"
    assert resolved.get_json()["resolution"] == "fixed"
    assert resolved.get_json()["resolved_at"] is not None
    assert [case["id"] for case in api.get("/cases?status=open").get_json()["cases"]] == []
    reopened = api.post(f"/cases/{case_id}/reopen").get_json()
    assert (reopened["status"], reopened["resolution"]) == ("open", None)


def test_a_case_is_given_to_an_editor_of_the_site_by_e_mail(
    api: Api, case_id: str, database: Database
) -> None:
    with database.writing() as session:
        accounts.add_editor(
            session,
            email="ann@planet.example",
            name="Ann",
            role="editor",
            site_keys=["daily-planet"],
            password="correct horse battery",
            now=NOW,
        )
    given = api.post(f"/cases/{case_id}/assign", {"assignee": "Ann@planet.example"})
    assert given.status_code == 200
    assert given.get_json()["assignee"] is not None
    unknown = api.post(f"/cases/{case_id}/assign", {"assignee": "bob@planet.example"})
    assert unknown.status_code == 422
    assert api.post(f"/cases/{case_id}/assign").get_json()["assignee"] is None


def test_two_cases_are_merged_and_keep_all_readers(
    api: Api, client: FlaskClient, case_id: str
) -> None:
    other = send(client, body(exact="teh", prefix="over there ", suffix=" end", suggestion="the"))
    merged = api.post(f"/cases/{other.get_json()['case']}/merge", {"into": case_id}).get_json()
    assert (merged["resolution"], merged["duplicate_of"]) == ("duplicate", case_id)
    assert api.get(f"/cases/{case_id}").get_json()["readers"] == 2


@pytest.mark.parametrize(
    ("deed", "document", "status"),
    [
        ("resolve", {}, 422),
        ("resolve", {"resolution": "perfect"}, 422),
        ("resolve", {"resolution": "duplicate"}, 422),
        ("resolve", {"resolution": 5}, 422),
        ("resolve", {"resolution": "fixed", "note": "x" * 50_000}, 422),
        ("resolve", {"resolution": "fixed", "note": "a\0b"}, 422),
        ("merge", {"into": "nothing"}, 422),
        ("merge", {"into": str(uuid.uuid4())}, 422),
        ("reopen", {}, 409),
    ],
)
def test_a_deed_that_does_not_fit_is_refused_in_words(
    api: Api, case_id: str, deed: str, document: dict[str, Any], status: int
) -> None:
    answer = api.post(f"/cases/{case_id}/{deed}", document)
    assert answer.status_code == status
    msgspec.json.decode(answer.data, type=Problem)
    assert api.get(f"/cases/{case_id}").get_json()["status"] == "open"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer typo_wrong", "Basic dXNlcjpwYXNz"])
def test_without_a_valid_token_nothing_is_shown(
    client: FlaskClient, case_id: str, header: str
) -> None:
    for path in ("/cases", f"/cases/{case_id}", "/annotations"):
        answer = client.get(f"/api/v1{path}", headers={"Authorization": header})
        assert answer.status_code == 401
        assert answer.get_json()["code"] == "not-signed-in"


def _deeds(case_id: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield f"/cases/{case_id}/resolve", {"resolution": "fixed"}
    yield f"/cases/{case_id}/reopen", {}
    yield f"/cases/{case_id}/assign", {}
    yield f"/cases/{case_id}/merge", {"into": case_id}


def test_a_token_of_another_site_finds_nothing_and_changes_nothing(
    client: FlaskClient, api: Api, case_id: str, foreign_token: str
) -> None:
    foreign = Api(client, foreign_token)
    before = api.get(f"/cases/{case_id}").get_json()
    assert foreign.get(f"/cases/{case_id}").status_code == 404
    assert foreign.get("/cases?site=daily-planet").status_code == 404
    assert foreign.get("/cases").get_json()["cases"] == []
    assert foreign.get("/annotations").get_json()["items"] == []
    for path, document in _deeds(case_id):
        assert foreign.post(path, document).status_code == 404
    assert api.get(f"/cases/{case_id}").get_json() == before


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=x", "limit=201", "sort=loudest", "cursor=abc", "status=maybe"]
)
def test_a_question_that_cannot_be_asked_names_its_field(
    api: Api, case_id: str, query: str
) -> None:
    answer = api.get(f"/cases?{query}")
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"] == query.partition("=")[0]


def test_annotations_are_w3c_web_annotations_of_motivation_editing(api: Api, case_id: str) -> None:
    answer = api.get("/annotations?site=daily-planet")
    assert answer.mimetype == "application/ld+json"
    page = answer.get_json()
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    (item,) = page["items"]
    assert (item["type"], item["motivation"]) == ("Annotation", "editing")
    assert {"editing", "commenting"} == {made["purpose"] for made in item["body"]}
    quote = item["target"]["selector"][0]
    assert (quote["type"], quote["exact"]) == ("TextQuoteSelector", "anotation")


def test_no_cross_origin_header_is_sent_to_publishers_pages(api: Api, case_id: str) -> None:
    answer = api.client.get(
        "/api/v1/cases", headers=api.headers | {"Origin": "https://planet.example"}
    )
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_the_api_describes_itself(client: FlaskClient, token: str) -> None:
    document = client.get("/api/v1/openapi.json").get_json()
    assert document["openapi"].startswith("3.1")
    rules = {
        (rule.rule.replace("<uuid:case_id>", "{id}").replace("<token>", "{token}"), method.lower())
        for rule in client.application.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/")
    }
    described = {(path, method) for path, calls in document["paths"].items() for method in calls}
    assert rules == {pair for pair in described if pair[0].startswith("/api/")}
    exact = document["components"]["schemas"]["SelectorBody"]["properties"]["exact"]
    assert (exact["minLength"], exact["maxLength"]) == (1, 1000)


def test_a_reader_who_asked_is_thanked_once_fixed_and_not_if_it_is_reopened(
    api: Api, client: FlaskClient, database: Database
) -> None:
    made = send(client, body(reply_to="reader@mail.example")).get_json()["case"]
    api.post(f"/cases/{made}/resolve", {"resolution": "fixed"})
    with database.reading() as session:
        letter = session.scalars(select(Letter)).one()
        assert letter.recipient == "reader@mail.example"
        # The letter carries nothing that a reader typed.
        assert "anotation" not in letter.subject + letter.body_text + (letter.body_html or "")
    api.post(f"/cases/{made}/reopen")
    with database.reading() as session:
        assert session.scalars(select(Letter)).all() == []
