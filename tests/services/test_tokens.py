"""Bearer tokens: shown once, kept as a hash, for one site, until revoked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.services.people import NOW, People, add_people
from typo_reports.domain.errors import InvalidFieldsError, NotFoundError
from typo_reports.services import tokens
from typo_reports.storage.models import Token


@pytest.fixture
def people(session: Session) -> People:
    return add_people(session)


def test_a_token_opens_its_own_site(session: Session, people: People) -> None:
    token = tokens.add_token(session, site_key="planet", name="CMS", now=NOW)
    assert token.startswith("typo_")
    found = tokens.site_of_token(session, token, NOW)
    assert found is not None
    site, row = found
    assert (site.key, row.name) == ("planet", "CMS")


def test_the_token_itself_is_stored_nowhere(session: Session, people: People) -> None:
    token = tokens.add_token(session, site_key="planet", name="CMS", now=NOW)
    stored = session.scalars(select(Token)).one()
    assert len(stored.token_hash) == 32
    assert token[5:].encode() not in stored.token_hash


@pytest.mark.parametrize(
    "token", ["", "typo_", "x", "typo_" + "a" * 43, "typo_" + "a" * 42 + "\x00", "typo_" * 9999]
)
def test_an_unknown_token_opens_nothing(session: Session, people: People, token: str) -> None:
    tokens.add_token(session, site_key="planet", name="CMS", now=NOW)
    assert tokens.site_of_token(session, token, NOW) is None


def test_a_revoked_token_opens_nothing_and_twice_is_once(session: Session, people: People) -> None:
    token = tokens.add_token(session, site_key="planet", name="CMS", now=NOW)
    row = session.scalars(select(Token)).one()
    for later in (1, 2):
        tokens.revoke(
            session, site_id=people.planet, token_id=row.id, now=NOW + timedelta(hours=later)
        )
    assert row.revoked_at == NOW + timedelta(hours=1)
    assert tokens.site_of_token(session, token, NOW) is None


def test_a_token_of_another_site_is_not_found(session: Session, people: People) -> None:
    token = tokens.add_token(session, site_key="planet", name="CMS", now=NOW)
    row = session.scalars(select(Token)).one()
    with pytest.raises(NotFoundError):
        tokens.revoke(session, site_id=people.gazette, token_id=row.id, now=NOW)
    assert tokens.site_of_token(session, token, NOW) is not None


def test_a_token_needs_a_site_and_a_name(session: Session, people: People) -> None:
    with pytest.raises(NotFoundError):
        tokens.add_token(session, site_key="moon", name="CMS", now=NOW)
    with pytest.raises(InvalidFieldsError):
        tokens.add_token(session, site_key="planet", name=" ", now=NOW)


def test_use_is_noted_to_the_hour(session: Session, people: People) -> None:
    tokens.add_token(session, site_key="planet", name="CMS", now=NOW)
    row = session.scalars(select(Token)).one()
    for minutes in (0, 59, 60):
        tokens.note_use(session, row, NOW + timedelta(minutes=minutes))
        session.refresh(row)
        assert row.used_at == NOW + timedelta(minutes=minutes if minutes != 59 else 0)


def test_tokens_in_use_stand_before_revoked_ones(session: Session, people: People) -> None:
    for number, name in enumerate(["first", "second", "third"]):
        later = NOW + timedelta(minutes=number)
        tokens.add_token(session, site_key="planet", name=name, now=later)
    third = tokens.tokens_of(session, people.planet)[0]
    tokens.revoke(session, site_id=people.planet, token_id=third.id, now=NOW)
    session.expire_all()
    names = [token.name for token in tokens.tokens_of(session, people.planet)]
    assert names == ["second", "first", "third"]
