"""The pages of sites: list, new, one site with snippet, origins and tokens."""

from __future__ import annotations

import html
import re

import pytest
from flask.testing import FlaskClient

from tests.services.people import NOW, People, add_people
from tests.web.plain_browser import Skeleton, contents, errors_of, sign_in, submit
from typo_reports.services import sites, tokens
from typo_reports.storage.engine import Database

NEW = {"name": "The Star", "origins": "https://star.example\r\nhttps://www.star.example:443/\r\n"}


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        return add_people(session)


@pytest.fixture
def ann(client: FlaskClient, people: People) -> FlaskClient:
    sign_in(client, "ann")
    return client


@pytest.fixture
def bob(client: FlaskClient, people: People) -> FlaskClient:
    sign_in(client, "bob")
    return client


def test_an_admin_sees_every_site_and_an_editor_their_own(
    client: FlaskClient, people: People
) -> None:
    sign_in(client, "ann")
    page = client.get("/sites").text
    assert "Daily Planet" in page
    assert "Gazette" in page
    submit(client, "/sign-out", page="/sites")
    sign_in(client, "bob")
    page = client.get("/sites").text
    assert "Daily Planet" in page
    assert "Gazette" not in page
    assert "Add a site" not in page


def test_a_site_is_added_and_its_snippet_shown(ann: FlaskClient) -> None:
    response = submit(ann, "/sites/new", **NEW)
    assert (response.status_code, response.location) == (303, "/sites/the-star")
    page = ann.get("/sites/the-star").text
    shown = re.search(r'<pre class="snippet" id="snippet">(.*?)</pre>', page, re.DOTALL)
    assert shown is not None
    assert html.unescape(shown[1]) == (
        '<script async src="http://desk.example/static/js/typo-reports.js"'
        ' data-site="the-star"></script>'
    )
    assert "https://star.example\nhttps://www.star.example</textarea>" in page
    assert "The Star is ready." in page


def test_whoever_adds_a_site_is_on_its_desk(ann: FlaskClient, database: Database) -> None:
    submit(ann, "/sites/new", **NEW)
    with database.reading() as session:
        site = sites.site_by_key(session, "the-star")
        assert site is not None
        members = [m.editor.name for m in sites.members_of(session, site.id)]
    assert members == ["Ann"]


def test_a_refused_site_keeps_what_was_typed_and_says_where_it_is_wrong(
    ann: FlaskClient, database: Database
) -> None:
    before = contents(database)["sites"]
    typed = {"name": " ", "origins": "https://fine.example\r\nhttps://a.example/b", "key": "A B"}
    response = submit(ann, "/sites/new", **typed)
    assert response.status_code == 422
    assert len(errors_of(response.text)) == 3
    assert 'aria-invalid="true"' in response.text
    assert 'value="A B"' in response.text
    assert "https://a.example/b</textarea>" in response.text
    assert contents(database)["sites"] == before


def test_a_key_that_is_taken_is_said_beside_its_field(ann: FlaskClient) -> None:
    response = submit(ann, "/sites/new", **NEW, key="planet")
    assert errors_of(response.text) == ["There is already a site with the key “planet”."]


def test_a_site_is_changed(ann: FlaskClient, database: Database) -> None:
    changes = {
        "name": "The Planet",
        "origins": "https://planet.example\r\nhttps://m.planet.example",
        "edit_url_template": "https://cms.example/{slug}",
    }
    assert submit(ann, "/sites/planet", **changes).location == "/sites/planet"
    with database.reading() as session:
        site = sites.site_by_key(session, "planet")
        assert site is not None
        assert site.name == "The Planet"
        assert [known.origin for known in site.origins] == [
            "https://m.planet.example",
            "https://planet.example",
        ]
        assert site.edit_url_template == "https://cms.example/{slug}"


def test_a_refused_change_changes_nothing(ann: FlaskClient, database: Database) -> None:
    before = contents(database)
    changes = {"name": "Other", "origins": "null", "edit_url_template": "javascript:alert(1)"}
    response = submit(ann, "/sites/planet", **changes)
    assert response.status_code == 422
    assert len(errors_of(response.text)) == 2
    assert 'value="Other"' in response.text
    assert contents(database) == before


def test_a_token_is_shown_once(ann: FlaskClient, database: Database) -> None:
    response = submit(ann, "/sites/planet/tokens", page="/sites/planet", token_name="CMS")
    found = re.search(r"typo_[\w-]{43}", response.text)
    assert found is not None
    assert response.headers["Cache-Control"] == "no-store"
    assert found[0] not in ann.get("/sites/planet").text
    with database.reading() as session:
        opened = tokens.site_of_token(session, found[0], NOW)
        assert opened is not None
        assert opened[0].key == "planet"
    assert found[0] not in str(contents(database))


def test_a_token_without_a_name_is_refused(ann: FlaskClient, database: Database) -> None:
    response = submit(ann, "/sites/planet/tokens", page="/sites/planet", token_name=" ")
    assert response.status_code == 422
    assert errors_of(response.text) == ["Please enter a name."]
    assert contents(database)["tokens"] == []


def test_a_token_is_revoked(ann: FlaskClient, database: Database) -> None:
    with database.writing() as session:
        token = tokens.add_token(session, site_key="planet", name="CMS", now=NOW)
        row, _ = tokens.tokens_of(session, 1), None
    response = submit(ann, f"/sites/planet/tokens/{row[0].id}/revoke", page="/sites/planet")
    assert response.location == "/sites/planet#tokens"
    assert '<span class="tag">revoked</span>' in ann.get("/sites/planet").text
    with database.reading() as session:
        assert tokens.site_of_token(session, token, NOW) is None


def test_an_editor_sees_snippet_and_origins_but_no_form_and_no_token(bob: FlaskClient) -> None:
    page = bob.get("/sites/planet").text
    assert "data-site=" in page
    assert "https://planet.example" in page
    assert "Tokens" not in page
    assert 'action="/sites/' not in page
    assert "/settings/editors" not in page


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/sites/new", NEW),
        ("/sites/planet", {"name": "Mine", "origins": "https://evil.example"}),
        ("/sites/planet/tokens", {"token_name": "mine"}),
        ("/sites/planet/tokens/1/revoke", {}),
    ],
)
def test_an_editor_changes_no_site(
    bob: FlaskClient, database: Database, path: str, data: dict[str, str]
) -> None:
    with database.writing() as session:
        tokens.add_token(session, site_key="planet", name="CMS", now=NOW)
    before = contents(database)
    response = submit(bob, path, page="/settings", **data)
    assert response.status_code == 403
    assert "Only an admin" in response.text
    assert contents(database) == before
    assert bob.get("/sites/new").status_code == 403


def test_a_name_never_becomes_markup(ann: FlaskClient) -> None:
    payload = "\"'><img src=x onerror=alert(1)></pre></textarea>{{7*7}}"
    shapes = []
    for name in ("Harmless", payload):
        submit(ann, "/sites/planet", name=name, origins="https://planet.example")
        submit(ann, "/sites/planet/tokens", page="/sites/planet", token_name=name)
        pages = [ann.get(path).text for path in ("/sites", "/sites/planet", "/settings")]
        shapes.append([set(Skeleton(page).shape) for page in pages])
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("key", ["nope", "x" * 3000, "пл", "planet%2F..", "PLANET", "999"])
def test_an_unknown_site_is_not_found(ann: FlaskClient, key: str) -> None:
    assert ann.get(f"/sites/{key}").status_code == 404
    assert submit(ann, f"/sites/{key}", page="/settings", name="x").status_code == 404


def test_a_nul_in_the_address_is_no_error_of_ours(ann: FlaskClient) -> None:
    assert ann.get("/sites/%00").status_code in {400, 404}


@pytest.mark.parametrize("token_id", ["0", "999", "2147483647", "2147483648", "9" * 30, "-1", "a"])
def test_an_unknown_token_is_not_found(ann: FlaskClient, token_id: str) -> None:
    path = f"/sites/planet/tokens/{token_id}/revoke"
    assert submit(ann, path, page="/settings").status_code == 404
