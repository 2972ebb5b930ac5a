"""Requests signed with a token: the right signature opens the site, for five minutes."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.services.people import NOW, People, add_people
from typo_reports.domain.errors import NotSignedInError
from typo_reports.services import signatures, tokens
from typo_reports.services.signatures import Signed, site_of_signature

BODY = b'{"url": "https://planet.example/a"}'


def signed_with(token: str, *, body: bytes = BODY, seconds: int = 0) -> Signed:
    """What a CMS that signs sends so many seconds after NOW, made as docs/verification.md says."""
    timestamp = str(int(NOW.timestamp()) + seconds)
    key = hashlib.sha256(token.encode()).digest()
    mac = hmac.digest(key, b"msg_1." + timestamp.encode() + b"." + body, "sha256")
    return Signed("msg_1", timestamp, "v1," + base64.b64encode(mac).decode(), body)


@pytest.fixture
def people(session: Session) -> People:
    return add_people(session)


@pytest.fixture
def token(session: Session, people: People) -> str:
    return tokens.add_token(session, site_key="planet", name="CMS", now=NOW)


def test_a_signature_opens_the_tokens_site(session: Session, token: str) -> None:
    site, row = site_of_signature(session, signed_with(token), site_key="planet", now=NOW)
    assert (site.key, row.name) == ("planet", "CMS")


def test_the_signature_is_that_of_standard_webhooks() -> None:
    # The example of the specification's own documentation (svix, "Verifying payloads manually").
    key = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    signed = Signed("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "", b'{"test": 2432232314}')
    mac = base64.b64encode(hmac.digest(key, signed.content, "sha256")).decode()
    assert mac == "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_one_right_signature_among_several_is_enough(session: Session, token: str) -> None:
    signed = signed_with(token)
    several = replace(signed, signatures=f"v1a,AAAA v1,no-base64 v1,AAAA {signed.signatures}")
    assert site_of_signature(session, several, site_key="planet", now=NOW)


@pytest.mark.parametrize("seconds", [-301, 301, 10**9])
def test_an_old_signature_or_one_of_the_future_is_refused(
    session: Session, token: str, seconds: int
) -> None:
    signed = signed_with(token, seconds=seconds)
    with pytest.raises(NotSignedInError, match="five minutes"):
        site_of_signature(session, signed, site_key="planet", now=NOW)


def test_a_clock_that_is_five_minutes_off_will_do(session: Session, token: str) -> None:
    assert site_of_signature(session, signed_with(token, seconds=300), site_key="planet", now=NOW)
    later = NOW + signatures.TOLERANCE
    assert site_of_signature(session, signed_with(token), site_key="planet", now=later)


def test_a_revoked_token_and_another_sites_sign_nothing(
    session: Session, people: People, token: str
) -> None:
    row = tokens.tokens_of(session, people.planet)[0]
    with pytest.raises(NotSignedInError):
        site_of_signature(session, signed_with(token), site_key="gazette", now=NOW)
    tokens.revoke(session, site_id=people.planet, token_id=row.id, now=NOW + timedelta(seconds=1))
    with pytest.raises(NotSignedInError):
        site_of_signature(session, signed_with(token), site_key="planet", now=NOW)


@pytest.mark.parametrize("key", ["", "unknown", "a\x00b", "x" * 999])
def test_without_a_known_site_it_says_how_to_name_one(
    session: Session, token: str, key: str
) -> None:
    with pytest.raises(NotSignedInError, match="site="):
        site_of_signature(session, signed_with(token), site_key=key, now=NOW)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["id", "timestamp", "signatures", "body"]),
    text=st.text(st.characters(max_codepoint=255), max_size=80),
)
def test_anything_changed_in_it_is_refused(
    session: Session, token: str, name: str, text: str
) -> None:
    signed = signed_with(token)
    value: str | bytes = text.encode() if name == "body" else text
    if value == getattr(signed, name):
        return
    with pytest.raises(NotSignedInError):
        site_of_signature(session, replace(signed, **{name: value}), site_key="planet", now=NOW)
