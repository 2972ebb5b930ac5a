"""The identity provider over real HTTP: what is believed of its answers, and what it may cost."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.environment.identity_provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    Claims,
    IdentityProvider,
    SigningKey,
    hmac_token,
    running_provider,
    text,
    unsigned,
)
from tests.services.people import NOW
from typo_reports.sso import provider as provider_module
from typo_reports.sso.id_token import Identity
from typo_reports.sso.provider import AT_ONCE, KEPT_SECONDS, REST_SECONDS, Client, Provider
from typo_reports.sso.provider_error import ProviderError

BACK = "https://desk.example/sign-in/sso/callback"
DISCOVERY = "/.well-known/openid-configuration"
VERIFIER = "v" * 64


class Clock:
    """A monotonic clock that tests move."""

    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def server() -> Iterator[IdentityProvider]:
    with running_provider(BACK, clock=NOW.timestamp) as server:
        yield server


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def provider(server: IdentityProvider, clock: Clock) -> Provider:
    client = Client(issuer=server.issuer, id=CLIENT_ID, secret=CLIENT_SECRET, redirect_uri=BACK)
    return Provider(client, name="Paper Login", clock=clock)


def came_back(
    server: IdentityProvider, provider: Provider, *, verifier: str = VERIFIER
) -> Identity:
    """Whom the provider names after the person has agreed."""
    address = provider.authorization_url(state="s", nonce="n", verifier=VERIFIER)
    back = server.approve(dict(parse_qsl(urlsplit(address).query)))
    code = dict(parse_qsl(urlsplit(back).query))["code"]
    return provider.identity(code=code, verifier=verifier, nonce="n", now=NOW)


def test_whoever_agreed_is_named(server: IdentityProvider, provider: Provider) -> None:
    assert came_back(server, provider) == Identity("person-1", "bob@planet.example", "Bob Provided")


def test_a_code_is_worth_nothing_without_its_verifier(
    server: IdentityProvider, provider: Provider
) -> None:
    with pytest.raises(ProviderError, match="it answers 400"):
        came_back(server, provider, verifier="w" * 64)


def minutes(count: int) -> int:
    return int((NOW + timedelta(minutes=count)).timestamp())


WRONG_CLAIMS: dict[str, Claims] = {
    "another nonce": {"nonce": "stolen"},
    "no nonce": {"nonce": None},
    "another audience": {"aud": "another program"},
    "no audience": {"aud": None},
    "another audience first": {"aud": [CLIENT_ID, "other"], "azp": "other"},
    "two audiences and nobody named": {"aud": [CLIENT_ID, "other"]},
    "made for another party": {"azp": "other"},
    "another issuer": {"iss": "https://evil.example"},
    "an issuer with a slash": {"iss": "http://127.0.0.1/"},
    "no issuer": {"iss": None},
    "expired": {"exp": minutes(-2), "iat": minutes(-7)},
    "never expiring": {"exp": None},
    "expiring in words": {"exp": "tomorrow"},
    "from the future": {"iat": minutes(5), "exp": minutes(10)},
    "not valid yet": {"nbf": minutes(5)},
    "no subject": {"sub": None},
    "an empty subject": {"sub": ""},
    "a subject that is no text": {"sub": 7},
    "a subject that is too long": {"sub": "s" * 256},
    "a subject with a NUL": {"sub": "a\0b"},
}


@pytest.mark.parametrize("claims", WRONG_CLAIMS.values(), ids=list(WRONG_CLAIMS))
def test_a_token_with_wrong_claims_is_not_believed(
    server: IdentityProvider, provider: Provider, claims: Claims
) -> None:
    server.misdeeds.claims = claims
    with pytest.raises(ProviderError):
        came_back(server, provider)


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": minutes(0) - 50, "iat": minutes(-5)},
        {"iat": minutes(0) + 50, "nbf": minutes(0) + 50},
        {"aud": [CLIENT_ID]},
        {"aud": [CLIENT_ID, "other"], "azp": CLIENT_ID},
        {"azp": CLIENT_ID},
        {"name": 7, "unknown": {}},
    ],
)
def test_clocks_may_be_a_minute_apart_and_odd_but_right_tokens_are_believed(
    server: IdentityProvider, provider: Provider, claims: Claims
) -> None:
    server.misdeeds.claims = claims
    assert came_back(server, provider).subject == "person-1"


def no_signature(provider: IdentityProvider, claims: Claims) -> str:
    return unsigned({"alg": "none", "typ": "JWT"}, claims) + "."


def none_in_capitals(provider: IdentityProvider, claims: Claims) -> str:
    return unsigned({"alg": "NONE", "kid": provider.keys[0].kid}, claims) + "."


def signed_with_the_public_key_as_a_secret(provider: IdentityProvider, claims: Claims) -> str:
    key = provider.keys[0]
    header = {"alg": "HS256", "kid": key.kid}
    return hmac_token(header, claims, json.dumps(key.published()).encode())


def signed_with_the_secret_of_the_client(provider: IdentityProvider, claims: Claims) -> str:
    return hmac_token({"alg": "HS256"}, claims, CLIENT_SECRET.encode())


def signed_by_a_stranger(provider: IdentityProvider, claims: Claims) -> str:
    stranger = SigningKey()
    return stranger.token(claims, kid=provider.keys[0].kid)


def brings_its_own_key(provider: IdentityProvider, claims: Claims) -> str:
    stranger = SigningKey()
    return stranger.token(claims, jwk=stranger.published())


def another_algorithm_than_its_key(provider: IdentityProvider, claims: Claims) -> str:
    return provider.keys[0].token(claims, alg="ES256")


def an_algorithm_that_was_not_announced(provider: IdentityProvider, claims: Claims) -> str:
    return provider.keys[0].token(claims, alg="RS512")


def changed_after_signing(provider: IdentityProvider, claims: Claims) -> str:
    head, _, signature = provider.keys[0].token(claims).split(".")
    return f"{head}.{text(json.dumps(claims | {'sub': 'boss'}).encode())}.{signature}"


def something_critical(provider: IdentityProvider, claims: Claims) -> str:
    return provider.keys[0].token(claims, crit=["odd"], odd=True)


def no_token_at_all(provider: IdentityProvider, claims: Claims) -> str:
    return "é.…"


def far_too_long(provider: IdentityProvider, claims: Claims) -> str:
    return provider.keys[0].token(claims | {"more": "x" * 40_000})


def not_an_object(provider: IdentityProvider, claims: Claims) -> str:
    return provider.keys[0].token([1])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "make_token",
    [
        no_signature,
        none_in_capitals,
        signed_with_the_public_key_as_a_secret,
        signed_with_the_secret_of_the_client,
        signed_by_a_stranger,
        brings_its_own_key,
        another_algorithm_than_its_key,
        an_algorithm_that_was_not_announced,
        changed_after_signing,
        something_critical,
        no_token_at_all,
        far_too_long,
        not_an_object,
    ],
    ids=lambda make: make.__name__,
)
def test_a_token_that_the_provider_did_not_sign_is_not_believed(
    server: IdentityProvider, provider: Provider, make_token: object
) -> None:
    server.misdeeds.make_token = make_token  # type: ignore[assignment]
    with pytest.raises(ProviderError):
        came_back(server, provider)


def test_a_token_without_the_name_of_its_key_needs_one_that_fits(
    server: IdentityProvider, provider: Provider
) -> None:
    server.misdeeds.make_token = lambda server, claims: server.keys[0].token(claims, kid=None)
    assert came_back(server, provider).subject == "person-1"
    server.keys.append(SigningKey("RS256"))
    provider = Provider(provider.client, name="Paper Login")
    with pytest.raises(ProviderError):
        came_back(server, provider)


BROKEN = {
    "an error": (500, b"{}"),
    "not found": (404, b"{}"),
    "no JSON": (200, b"<html>"),
    "not an object": (200, b"[]"),
    "empty": (200, b""),
    "deep": (200, b"[" * 100_000),
    "not UTF-8": (200, b'{"issuer": "\xff"}'),
    "too large": (200, b" " * 300_000),
}


@pytest.mark.parametrize("path", [DISCOVERY, "/token", "/keys"])
@pytest.mark.parametrize("answer", BROKEN.values(), ids=list(BROKEN))
def test_a_broken_answer_names_nobody(
    server: IdentityProvider, provider: Provider, path: str, answer: tuple[int, bytes]
) -> None:
    server.misdeeds.answers[path] = answer
    with pytest.raises(ProviderError):
        came_back(server, provider)


@pytest.mark.parametrize("path", [DISCOVERY, "/token", "/keys"])
def test_a_slow_answer_is_not_waited_for(
    server: IdentityProvider, provider: Provider, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(provider_module, "SECONDS", 0.1)
    server.misdeeds.waits[path] = 0.6
    with pytest.raises(ProviderError, match=r"no answer within 0\.1 seconds"):
        came_back(server, provider)


@pytest.mark.parametrize("path", [DISCOVERY, "/token", "/keys"])
def test_redirects_are_not_followed(
    server: IdentityProvider, provider: Provider, path: str
) -> None:
    server.misdeeds.redirects[path] = f"{server.issuer}/elsewhere"
    with pytest.raises(ProviderError):
        came_back(server, provider)
    assert "/elsewhere" not in server.asked


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example"},
        {"issuer": "http://127.0.0.1:1/"},
        {"token_endpoint": "http://evil.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "https://user@evil.example/"},
        {"id_token_signing_alg_values_supported": ["none", "HS256"]},
        {"code_challenge_methods_supported": ["plain"]},
        {"token_endpoint": None},
    ],
    ids=json.dumps,
)
def test_a_provider_that_says_odd_things_about_itself_is_not_used(
    server: IdentityProvider, provider: Provider, metadata: Claims
) -> None:
    server.misdeeds.metadata = metadata
    with pytest.raises(ProviderError):
        provider.prepare()


def test_what_it_publishes_is_asked_for_once_an_hour(
    server: IdentityProvider, provider: Provider, clock: Clock
) -> None:
    for _ in range(3):
        came_back(server, provider)
    assert (server.asked.count(DISCOVERY), server.asked.count("/keys")) == (1, 1)
    clock.seconds += KEPT_SECONDS + 1
    came_back(server, provider)
    assert (server.asked.count(DISCOVERY), server.asked.count("/keys")) == (2, 2)


def test_after_a_failure_it_is_left_alone_for_some_seconds(
    server: IdentityProvider, provider: Provider, clock: Clock
) -> None:
    server.misdeeds.answers[DISCOVERY] = (500, b"")
    for _ in range(3):
        with pytest.raises(ProviderError):
            provider.prepare()
    assert server.asked == [DISCOVERY]
    server.misdeeds.answers.clear()
    clock.seconds += REST_SECONDS
    provider.prepare()


def test_a_slow_provider_holds_up_only_some_at_once(
    server: IdentityProvider, provider: Provider
) -> None:
    server.misdeeds.waits[DISCOVERY] = 0.5
    outcomes: list[str] = []

    def prepare() -> None:
        try:
            provider.prepare()
            outcomes.append("prepared")
        except ProviderError as error:
            outcomes.append(error.message)

    threads = [threading.Thread(target=prepare) for _ in range(AT_ONCE + 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("prepared") == AT_ONCE
    assert len([words for words in outcomes if "others wait for it" in words]) == 3


def test_an_answer_of_another_provider_is_told_apart(
    server: IdentityProvider, provider: Provider
) -> None:
    provider.check_issuer(server.issuer)
    for said in ("https://evil.example", server.issuer + "/", "", None):
        with pytest.raises(ProviderError):
            provider.check_issuer(said)
    server.misdeeds.metadata = {"authorization_response_iss_parameter_supported": False}
    Provider(provider.client, name="Paper Login").check_issuer(None)
