"""Single sign-on against a provider on loopback: the walk, and everything that may be wrong."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.environment.identity_provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    Claims,
    IdentityProvider,
    SigningKey,
    running_provider,
    unsigned,
)
from tests.moving_clock import Clock
from tests.services.people import PASSWORD, People, add_people
from tests.web.plain_browser import contents, form_token, sign_in, submit
from tests.web.test_passkeys import app_in_use
from typo_reports.app import create_app
from typo_reports.domain.sso_settings import checked_admissions
from typo_reports.services import accounts, diagnosis
from typo_reports.services.identity_provider import provider_of
from typo_reports.services.sign_in import SignedIn
from typo_reports.settings import Settings
from typo_reports.storage.engine import Database
from typo_reports.storage.models import AuditEvent, Editor, EditorSession, OneTimeStep

BACK = "http://desk.example/sign-in/sso/callback"
START = "/sign-in/sso"


@pytest.fixture
def provider(clock: Clock) -> Iterator[IdentityProvider]:
    with running_provider(BACK, clock=lambda: clock.now.timestamp()) as provider:
        yield provider


@pytest.fixture
def sso_settings(settings: Settings, provider: IdentityProvider) -> Settings:
    return replace(
        settings,
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT_ID,
        oidc_client_secret=CLIENT_SECRET,
        oidc_name="Paper Login",
    )


@pytest.fixture
def app(sso_settings: Settings, database: Database, clock: Clock) -> Flask:
    return create_app(sso_settings, database=database, now=clock)


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        return add_people(session)


def begun(client: FlaskClient, **fields: str) -> dict[str, str]:
    """What the desk asks of the provider."""
    answer = submit(client, START, page="/sign-in", **fields)
    assert answer.status_code == 200, answer.text
    found = re.search(r'content="0; url=([^"]+)"', answer.text)
    assert found is not None
    return dict(parse_qsl(urlsplit(html.unescape(found[1])).query))


def come_back(client: FlaskClient, address: str) -> TestResponse:
    parts = urlsplit(address)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == BACK
    return client.get(f"{parts.path}?{parts.query}")


def walked(client: FlaskClient, provider: IdentityProvider, **fields: str) -> TestResponse:
    return come_back(client, provider.approve(begun(client, **fields)))


def is_in(client: FlaskClient) -> bool:
    return client.get("/queue").status_code == 200


def deeds(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(AuditEvent.deed).order_by(AuditEvent.id)))


def test_an_editor_signs_in_by_their_verified_address_and_is_bound(
    client: FlaskClient, people: People, provider: IdentityProvider, database: Database
) -> None:
    assert "Sign in with <bdi>Paper Login</bdi>" in client.get("/sign-in").text
    answer = walked(client, provider, next="/stats")
    assert (answer.status_code, answer.location) == (303, "/stats")
    assert is_in(client)
    assert "bob@planet.example" in client.get("/settings").text
    assert deeds(database) == ["sso-bound"]
    with database.reading() as session:
        (browser,) = session.scalars(select(EditorSession))
        assert session.scalars(select(OneTimeStep)).all() == []
    assert browser.way == "sso"


def test_whoever_is_bound_is_known_by_the_subject_whatever_the_address_becomes(
    app: Flask, client: FlaskClient, people: People, provider: IdentityProvider, database: Database
) -> None:
    walked(client, provider)
    provider.person.email, provider.person.email_verified = "eve@planet.example", False
    other = app.test_client()
    walked(other, provider)
    assert "bob@planet.example" in other.get("/settings").text
    assert deeds(database) == ["sso-bound"]


def test_the_same_address_with_another_subject_gets_nobodys_account(
    app: Flask, client: FlaskClient, people: People, provider: IdentityProvider, database: Database
) -> None:
    walked(client, provider)
    provider.person.sub = "person-2"
    other = app.test_client()
    answer = walked(other, provider)
    assert answer.status_code == 422
    assert "belongs to somebody else at Paper Login" in answer.text
    assert not is_in(other)
    ann = app.test_client()
    sign_in(ann, "ann")
    page = f"/settings/editors/{people.bob}"
    assert submit(ann, f"{page}/sso", page=page).status_code == 303
    assert walked(other, provider).location == "/queue"
    assert deeds(database) == ["sso-bound", "sso-released", "sso-bound"]


def test_what_is_asked_of_the_provider_is_bound_to_this_sign_in(
    app: Flask, people: People, provider: IdentityProvider
) -> None:
    first, second = begun(app.test_client()), begun(app.test_client())
    assert first["redirect_uri"] == BACK
    assert first["code_challenge_method"] == "S256"
    assert first["response_type"] == "code"
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 43
        assert first[name] != second[name]


def test_the_page_that_leads_on_sends_no_form_elsewhere_and_no_referrer(
    client: FlaskClient, people: People
) -> None:
    answer = submit(client, START, page="/sign-in")
    assert "form-action 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "<form" not in answer.text


def test_a_way_back_counts_once(
    app: Flask, client: FlaskClient, people: People, provider: IdentityProvider
) -> None:
    address = provider.approve(begun(client))
    copied = app.test_client()
    cookie = client.get_cookie("typo_reports")
    assert cookie is not None
    copied.set_cookie("typo_reports", cookie.value)
    assert come_back(client, address).location == "/queue"
    assert come_back(client, address).status_code == 422
    assert come_back(copied, address).status_code == 422
    assert not is_in(copied)


def test_a_way_back_counts_only_in_the_browser_that_began_it(
    app: Flask, client: FlaskClient, people: People, provider: IdentityProvider
) -> None:
    address = provider.approve(begun(client))
    for other in (app.test_client(), app.test_client()):
        begun(other)
        assert come_back(other, address).status_code == 422
        assert not is_in(other)
    assert come_back(client, address).location == "/queue"


def test_a_way_back_counts_for_ten_minutes(
    client: FlaskClient, people: People, provider: IdentityProvider, clock: Clock
) -> None:
    address = provider.approve(begun(client))
    clock.now += timedelta(minutes=10)
    answer = come_back(client, address)
    assert answer.status_code == 422
    assert "took too long" in answer.text


def test_a_session_that_the_browser_had_ends(
    app: Flask, client: FlaskClient, people: People, provider: IdentityProvider
) -> None:
    sign_in(client, "eve")
    cookie = client.get_cookie("typo_reports")
    assert cookie is not None
    copied = app.test_client()
    copied.set_cookie("typo_reports", cookie.value)
    token = form_token(client, "/settings")
    answer = client.post(START, data={"csrf_token": token})
    found = re.search(r'content="0; url=([^"]+)"', answer.text)
    assert found is not None
    asked = dict(parse_qsl(urlsplit(html.unescape(found[1])).query))
    assert come_back(client, provider.approve(asked)).location == "/queue"
    assert "bob@planet.example" in client.get("/settings").text
    assert not is_in(copied)


@pytest.mark.parametrize("evil", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_the_way_on_never_leaves_the_desk(
    client: FlaskClient, people: People, provider: IdentityProvider, evil: str
) -> None:
    assert walked(client, provider, next=evil).location == "/queue"


def test_an_app_is_still_asked_for_its_code(
    client: FlaskClient,
    people: People,
    provider: IdentityProvider,
    database: Database,
    clock: Clock,
) -> None:
    phone = app_in_use(database, people.bob, clock)
    answer = walked(client, provider, next="/stats")
    assert answer.location == "/sign-in/code?next=/stats"
    assert not is_in(client)
    answer = submit(client, "/sign-in/code", code=phone.at(clock.now), next="/stats")
    assert answer.location == "/stats"


@pytest.mark.parametrize(
    "claims",
    [{"nonce": "stolen"}, {"aud": "another program"}, {"iss": "https://evil.example"}],
    ids=json.dumps,
)
def test_a_token_that_is_not_for_this_sign_in_signs_nobody_in_and_the_password_does(
    client: FlaskClient, people: People, provider: IdentityProvider, claims: Claims
) -> None:
    provider.misdeeds.claims = claims
    answer = walked(client, provider)
    assert answer.status_code == 502
    assert "does not work just now" in answer.text
    assert not is_in(client)
    assert sign_in(client, "bob").location == "/queue"


def test_a_token_that_nobody_signed_signs_nobody_in(
    client: FlaskClient, people: People, provider: IdentityProvider
) -> None:
    provider.misdeeds.make_token = lambda _, claims: unsigned({"alg": "none"}, claims) + "."
    assert walked(client, provider).status_code == 502
    assert not is_in(client)


@pytest.mark.parametrize("alg", ["RS256", "ES256"])
def test_the_provider_may_change_its_keys(
    app: Flask, client: FlaskClient, people: People, provider: IdentityProvider, alg: str
) -> None:
    assert walked(client, provider).location == "/queue"
    assert walked(app.test_client(), provider).location == "/queue"
    assert provider.asked.count("/keys") == 1
    provider.keys.insert(0, SigningKey(alg))
    assert walked(app.test_client(), provider).location == "/queue"
    assert walked(app.test_client(), provider).location == "/queue"
    assert provider.asked.count("/keys") == 2
    assert provider.asked.count("/.well-known/openid-configuration") == 1


# Who it is


def test_an_address_that_the_provider_does_not_vouch_for_is_nobodys(
    app: Flask, people: People, provider: IdentityProvider
) -> None:
    for said in (False, None, "false", 0, "yes"):
        provider.person.email_verified = said
        client = app.test_client()
        answer = walked(client, provider)
        assert answer.status_code == 422, said
        assert "does not vouch for an e-mail address" in answer.text
        assert not is_in(client)


@pytest.mark.parametrize("email", ["no address", "", "a@b@c", "x" * 400 + "@planet.example"])
def test_an_address_that_is_none_is_nobodys(
    client: FlaskClient, people: People, provider: IdentityProvider, email: str
) -> None:
    provider.person.email = email
    assert walked(client, provider).status_code == 422


def test_an_unknown_person_gets_no_account_unless_the_domain_is_admitted(
    sso_settings: Settings,
    client: FlaskClient,
    people: People,
    provider: IdentityProvider,
    database: Database,
    clock: Clock,
) -> None:
    provider.person.email = "new@agency.example"
    answer = walked(client, provider)
    assert answer.status_code == 422
    assert "There is no account for new@agency.example" in answer.text
    admits = checked_admissions("paper.example=editor, agency.example=viewer")
    admitting = create_app(
        replace(sso_settings, oidc_admits=admits), database=database, now=clock
    ).test_client()
    for email in ("new@evil-agency.example", "new@sub.agency.example", "new@agency.example.evil"):
        provider.person.email = email
        assert walked(admitting, provider).status_code == 422
    provider.person.email = "New@Agency.example"
    assert walked(admitting, provider).location == "/queue"
    with database.reading() as session:
        (added,) = session.scalars(select(Editor).where(Editor.email_key == "new@agency.example"))
        site_ids = [member.site_id for member in added.memberships]
    assert (added.role, added.name, added.password_hash) == ("viewer", "Bob Provided", None)
    assert site_ids == []
    assert deeds(database) == ["sso-added", "sso-bound"]


def test_an_account_that_is_switched_off_stays_out(
    app: Flask, client: FlaskClient, people: People, provider: IdentityProvider, database: Database
) -> None:
    walked(client, provider)
    admin = SignedIn(people.ann, "Ann", "ann@planet.example", "admin", "UTC", frozenset())
    with database.writing() as session:
        accounts.set_active(session, by=admin, editor_id=people.bob, is_active=False)
    answer = walked(app.test_client(), provider)
    assert answer.status_code == 422
    assert "switched off" in answer.text


# The provider's trouble


def test_a_refusal_at_the_provider_is_said_in_words(
    client: FlaskClient, people: People, provider: IdentityProvider
) -> None:
    for code, words in (
        ("access_denied", "You did not sign in at Paper Login"),
        ("server_error", "did not sign you in (server_error)"),
        ("<script>alert(1)</script>", "did not sign you in."),
        ("", "did not sign you in."),
    ):
        asked = begun(client)
        back = {"error": code, "error_description": "call 555 now", "state": asked["state"]}
        answer = client.get(f"{START}/callback?{urlencode(back)}")
        assert answer.status_code == 422
        assert words in answer.text
        assert "<script>alert" not in answer.text
        assert "555" not in answer.text


def test_an_answer_of_another_provider_is_refused(
    client: FlaskClient, people: People, provider: IdentityProvider
) -> None:
    address = provider.approve(begun(client))
    mixed = address.replace(urlencode({"iss": provider.issuer}), "iss=https%3A%2F%2Fevil.example")
    assert come_back(client, mixed).status_code == 502
    address = provider.approve(begun(client))
    left_out = address.replace("&" + urlencode({"iss": provider.issuer}), "")
    assert come_back(client, left_out).status_code == 502
    assert not is_in(client)


def test_a_broken_provider_is_said_in_words_and_the_password_remains(
    client: FlaskClient, people: People, provider: IdentityProvider, database: Database
) -> None:
    provider.misdeeds.answers["/.well-known/openid-configuration"] = (500, b"")
    refused = submit(client, START, page="/sign-in", next="/stats")
    assert refused.status_code == 502
    assert "Signing in by Paper Login does not work just now" in refused.text
    assert 'value="/stats"' in refused.text
    with database.reading() as session:
        assert session.scalars(select(OneTimeStep)).all() == []
    assert sign_in(client, "bob").location == "/queue"


@pytest.mark.parametrize("path", ["/token", "/keys"])
def test_a_provider_that_breaks_on_the_way_back_signs_nobody_in(
    client: FlaskClient, people: People, provider: IdentityProvider, path: str
) -> None:
    provider.misdeeds.answers[path] = (200, b"[]")
    assert walked(client, provider).status_code == 502
    assert not is_in(client)


def test_a_provider_that_is_away_is_said_in_words(
    client: FlaskClient, people: People, provider: IdentityProvider
) -> None:
    provider.server_close()
    assert submit(client, START, page="/sign-in").status_code == 502


def test_proxies_of_the_environment_are_not_used(
    client: FlaskClient,
    people: People,
    provider: IdentityProvider,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert walked(client, provider).location == "/queue"


def test_the_client_proves_itself_in_the_way_that_the_provider_knows(
    client: FlaskClient, people: People, provider: IdentityProvider
) -> None:
    seen: list[dict[str, str]] = []
    provider.misdeeds.metadata = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    original = provider.exchange

    def exchange(fields: dict[str, str], authorization: str) -> tuple[int, Claims]:
        seen.append({"authorization": authorization} | fields)
        return original(fields, "Basic dHlwbytyZXBvcnRzOmElM0FzZWNyZXQlMkZvZit0aGUrY2xpZW50")

    provider.exchange = exchange  # type: ignore[method-assign]
    assert walked(client, provider).location == "/queue"
    assert seen[0]["authorization"] == ""
    assert (seen[0]["client_id"], seen[0]["client_secret"]) == (CLIENT_ID, CLIENT_SECRET)


# Around it


def test_without_single_sign_on_there_is_none(
    settings: Settings, database: Database, people: People
) -> None:
    client = create_app(settings, database=database).test_client()
    assert "sso" not in client.get("/sign-in").text
    assert submit(client, START, page="/sign-in").status_code == 404
    assert client.get(f"{START}/callback?state=x&code=y").location == "/sign-in"


def test_a_way_back_that_nobody_began_changes_nothing(
    client: FlaskClient, people: People, database: Database
) -> None:
    before = contents(database)
    for query in ("", "?state=", "?state=x&code=y", "?error=access_denied", "?state=%ff"):
        assert client.get(f"{START}/callback{query}").status_code == 422
    assert contents(database) == before


def test_only_single_sign_on_closes_every_other_way(
    sso_settings: Settings,
    people: People,
    provider: IdentityProvider,
    database: Database,
    clock: Clock,
) -> None:
    only = create_app(replace(sso_settings, oidc_only=True), database=database, now=clock)
    client = only.test_client()
    page = client.get("/sign-in").text
    assert "Paper Login" in page
    for hidden in ('name="password"', "passkey", "Forgotten"):
        assert hidden not in page
    assert sign_in(client, "bob", PASSWORD).status_code == 403
    for path, fields in (
        ("/sign-in/passkey", {"passkey": "{}"}),
        ("/sign-in/passkey/options", {}),
        ("/forgotten", {"email": "bob@planet.example"}),
        ("/password/x", {"new": "a new password", "again": "a new password"}),
    ):
        answer = submit(client, path, page="/sign-in", **fields)
        assert answer.status_code == 403, path
        assert "Paper Login only" in answer.text
    assert not is_in(client)
    assert walked(client, provider).location == "/queue"
    assert "Change the password" not in client.get("/settings").text


def test_the_doctor_says_whether_the_provider_can_be_used(
    sso_settings: Settings, people: People, provider: IdentityProvider
) -> None:
    (finding,) = diagnosis.single_sign_on(sso_settings)
    assert finding.is_well
    assert BACK in finding.words
    provider.misdeeds.metadata = {"issuer": "https://evil.example"}
    (finding,) = diagnosis.single_sign_on(sso_settings)
    assert not finding.is_well
    assert "letter by letter" in finding.words
    provider.server_close()
    (finding,) = diagnosis.single_sign_on(sso_settings)
    assert not finding.is_well


def test_the_secret_is_shown_nowhere(sso_settings: Settings) -> None:
    assert CLIENT_SECRET not in repr(sso_settings)
    found = provider_of(sso_settings)
    assert found is not None
    assert CLIENT_SECRET not in repr(found.client)
