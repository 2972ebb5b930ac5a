"""The API answers as its own description says, whatever is sent to it (schemathesis)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.parameters import ParameterLocation

from tests.web.reporting import ORIGIN, PAGE, add_site, body, send
from typo_reports.app import create_app
from typo_reports.clock import utc_now
from typo_reports.services import tokens
from typo_reports.settings import Settings
from typo_reports.storage.engine import Database

ADDRESS = "/api/v1/openapi.json"
# Rules that a schema can't say (the site exists, its origin fits, ids differ) refuse valid bodies.
UNSAYABLE = ["positive_data_acceptance"]

settings_of_search = hypothesis_settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def open_app(settings: Settings, database: Database) -> Flask:
    """An application with one site and one case, whose limits are out of the way."""
    add_site(database)
    app = create_app(replace(settings, reports_per_minute=1_000_000))
    assert send(app.test_client(), body()).status_code == 201
    return app


@pytest.fixture
def api(open_app: Flask) -> Any:
    """The API as its own description has it."""
    return schemathesis.openapi.from_wsgi(ADDRESS, open_app)


@pytest.fixture
def token(database: Database) -> str:
    """A token of the site."""
    with database.writing() as session:
        return tokens.add_token(session, site_key="daily-planet", name="CMS", now=utc_now())


def test_every_call_answers_as_described(api: Any, token: str) -> None:
    # One loop and not schemathesis' own pytest plugin, which can't vary the database.
    calls = 0
    for operation in (found.ok() for found in api.get_all_operations()):
        _try_out(operation, GenerationMode.POSITIVE, token)
        # Where every text is a right one (a token in a path) there is nothing wrong to send.
        with suppress(Unsatisfiable):
            _try_out(operation, GenerationMode.NEGATIVE, token)
        calls += 1
    assert calls >= 10


def _try_out(operation: Any, mode: GenerationMode, token: str) -> None:
    @given(case=operation.as_strategy(generation_mode=mode))
    @settings_of_search
    def search(case: Any) -> None:
        headers = {**(case.headers or {}), "Authorization": f"Bearer {token}", "Origin": ORIGIN}
        if mode is GenerationMode.POSITIVE and operation.path.endswith("/reports"):
            _speak_of_our_page(case.body)
        case.call_and_validate(headers=headers, excluded_checks=_excluded(case))

    search()


def test_the_document_describes_every_call_of_the_api(open_app: Flask) -> None:
    described = set(open_app.test_client().get(ADDRESS).get_json()["paths"])
    served = {
        rule.rule.replace("<uuid:case_id>", "{id}").replace("<token>", "{token}")
        for rule in open_app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
    }
    assert served - described == set()


def test_the_example_of_the_contract_is_accepted(open_app: Flask) -> None:
    client: FlaskClient = open_app.test_client()
    answer = send(client, body(exact="an other", suggestion=None))
    assert answer.status_code == 201
    assert set(answer.get_json()) >= {"id", "case", "outcome", "readers", "message", "receipt"}


def _speak_of_our_page(report: dict[str, Any]) -> None:
    """Let a generated report through to where it is stored: a known site and a page of it."""
    if isinstance(report.get("site"), str):
        report["site"] = "daily-planet"
    target = report.get("target")
    if isinstance(target, dict) and isinstance(target.get("source"), str):
        target["source"] = PAGE


def _excluded(case: Any) -> list[Any]:
    names = [*UNSAYABLE]
    # Only what is wrong in a body must be refused: an unknown or empty query parameter is what a
    # form with an empty field sends, and the token that was taken away is given back above.
    part = case.meta.components.get(ParameterLocation.BODY)
    if part is None or part.mode is not GenerationMode.NEGATIVE:
        names.append("negative_data_rejection")
    return [schemathesis.checks.CHECKS.get_one(name) for name in names]
