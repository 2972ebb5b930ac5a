"""The letters page: what was kept, what could not be sent, and nobody else's eyes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from tests.web.reporting import NOW, add_site
from typo_reports.app import create_app
from typo_reports.mail.transport import transport_from
from typo_reports.services import accounts, delivery
from typo_reports.settings import Settings
from typo_reports.storage import letters
from typo_reports.storage.engine import Database

PASSWORD = "correct horse battery"


def _sign_in(client: FlaskClient, database: Database, role: str) -> None:
    with database.writing() as session:
        accounts.add_editor(
            session,
            email=f"{role}@planet.example",
            name=role,
            role=role,
            site_keys=["daily-planet"],
            password=PASSWORD,
            now=NOW,
        )
    client.application.config["WTF_CSRF_ENABLED"] = False
    answer = client.post("/sign-in", data={"email": f"{role}@planet.example", "password": PASSWORD})
    assert answer.status_code == 303


@pytest.fixture
def site(database: Database) -> int:
    return add_site(database)


def _keep_one(database: Database, settings: Settings, site: int) -> None:
    with database.writing() as session:
        letters.add(
            session,
            topic="digest:1",
            kind="digest",
            site_id=site,
            recipient="ann@planet.example",
            subject="Planet: 1 open case <b>",
            body_text="Look at <script>alert(1)</script>",
            body_html='<html lang="fr"><p>Look</p></html>',
            host="desk.example",
            due_at=NOW,
            now=NOW,
        )
    done = delivery.deliver_due(database, transport_from(settings), now=lambda: datetime.now(UTC))
    assert done.sent == 1


def test_an_admin_reads_the_kept_letters_as_text(
    client: FlaskClient, database: Database, settings: Settings, site: int
) -> None:
    _sign_in(client, database, "admin")
    assert "No letter yet" in client.get("/letters").text
    _keep_one(database, settings, site)
    listed = client.get("/letters").text
    assert "Planet: 1 open case &lt;b&gt;" in listed
    (kept,) = settings.mail_folder.glob("*.eml")
    shown = client.get(f"/letters/{kept.name}")
    assert "&lt;script&gt;" in shown.text
    assert "<script>alert" not in shown.text
    html = client.get(f"/letters/{kept.name}/html")
    assert "sandbox" in html.headers["Content-Security-Policy"]
    assert html.headers["Content-Language"] == "fr", "the letter's language, not the desk's"


def test_an_editor_does_not_read_other_peoples_letters(
    client: FlaskClient, database: Database, settings: Settings, site: int
) -> None:
    _sign_in(client, database, "editor")
    _keep_one(database, settings, site)
    (kept,) = settings.mail_folder.glob("*.eml")
    for path in ("/letters", f"/letters/{kept.name}", f"/letters/{kept.name}/html"):
        assert client.get(path).status_code == 403


@pytest.mark.parametrize("name", ["..%2Fsecret-key", "secret-key", "x.eml", "%2E%2E"])
def test_no_other_file_is_shown(
    client: FlaskClient, database: Database, site: int, name: str
) -> None:
    _sign_in(client, database, "admin")
    assert client.get(f"/letters/{name}").status_code == 404


def test_with_a_mail_server_only_its_trouble_is_shown(
    database: Database, settings: Settings, site: int
) -> None:
    mailing = replace(settings, smtp_url="smtp://127.0.0.1:1")
    client = create_app(mailing, database=database).test_client()
    _sign_in(client, database, "admin")
    assert "All letters went out" in client.get("/letters").text
    with database.writing() as session:
        letters.add(
            session,
            topic="digest:1",
            kind="digest",
            site_id=site,
            recipient="ann@planet.example",
            subject="Planet",
            body_text="Look",
            body_html=None,
            host="desk.example",
            due_at=NOW,
            now=NOW,
        )
    delivery.deliver_due(database, transport_from(mailing), now=lambda: datetime.now(UTC))
    page = client.get("/letters").text
    assert "Not sent" in page
    assert "ann@planet.example" in page
