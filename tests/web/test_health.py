"""Monitoring: is it well, and the figures, for those who may see them."""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from tests.web.reporting import add_site, body, send
from typo_reports.app import create_app
from typo_reports.settings import Settings
from typo_reports.storage.engine import Database


def test_a_well_installation_says_ok(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.get_json()["status"] == "ok"


def test_a_database_without_tables_is_unwell_and_says_what_to_do(tmp_path: Path) -> None:
    settings = Settings.from_environment({"TYPO_REPORTS_DATA_DIR": str(tmp_path)})
    answer = create_app(settings).test_client().get("/healthz")
    assert answer.status_code == 503
    assert "typo-reports migrate" in answer.get_json()["schema"]


def test_a_database_that_is_away_is_503_with_retry_after_and_never_500(tmp_path: Path) -> None:
    settings = Settings.from_environment(
        {
            "TYPO_REPORTS_DATA_DIR": str(tmp_path),
            "TYPO_REPORTS_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x?connect_timeout=2",
        }
    )
    client = create_app(settings).test_client()
    assert client.get("/healthz").status_code == 503
    sent = send(client, body())
    assert sent.status_code == 503
    assert int(sent.headers["Retry-After"]) > 0
    assert sent.headers["Access-Control-Allow-Origin"] == "https://planet.example"
    assert client.get("/queue").status_code in {302, 503}


def test_metrics_count_cases_and_reports(client: FlaskClient, database: Database) -> None:
    add_site(database)
    send(client, body())
    text = client.get("/metrics").text
    assert 'typo_reports_cases{resolution="",site="daily-planet",status="open"} 1.0' in text
    assert "typo_reports_reports 1.0" in text


def test_metrics_are_only_for_the_configured_addresses(client: FlaskClient) -> None:
    answer = client.get("/metrics", environ_base={"REMOTE_ADDR": "198.51.100.1"})
    assert answer.status_code == 403
    forged = client.get(
        "/metrics",
        headers={"X-Forwarded-For": "127.0.0.1"},
        environ_base={"REMOTE_ADDR": "198.51.100.1"},
    )
    assert forged.status_code == 403
