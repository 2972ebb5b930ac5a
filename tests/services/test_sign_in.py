"""Signing in: one answer for every failure, limits that hold, sessions that end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, text

from tests.services.people import NOW, PASSWORD, SECRET_KEY, People, add_people
from typo_reports.domain.errors import NotSignedInError, TooManyError
from typo_reports.services import accounts, passwords, sign_in
from typo_reports.services.sign_in import SignedIn
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Editor, EditorSession, Quota


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        return add_people(session)


@pytest.fixture
def verified(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The hashes that passwords were verified against."""
    seen: list[str] = []
    original = PasswordHasher.verify

    def verify(self: PasswordHasher, hash: str, password: str) -> bool:
        seen.append(hash)
        return original(self, hash, password)

    monkeypatch.setattr(PasswordHasher, "verify", verify)
    return seen  # type: ignore[return-value]


def attempt(
    database: Database,
    *,
    email: str = "bob@planet.example",
    password: str = PASSWORD,
    network_key: str = "192.0.2.7",
    now: datetime = NOW,
) -> str:
    return sign_in.sign_in(
        database,
        email=email,
        password=password,
        network_key=network_key,
        secret_key=SECRET_KEY,
        now=now,
    )


def who(database: Database, token: str | None, now: datetime = NOW) -> SignedIn | None:
    with database.reading() as session:
        return sign_in.editor_of_session(session, token, now)


def test_the_right_password_starts_a_session(database: Database, people: People) -> None:
    token = attempt(database, email=" BOB@Planet.Example ")
    editor = who(database, token)
    assert editor == SignedIn(
        people.bob, "Bob", "bob@planet.example", "editor", "UTC", frozenset({people.planet})
    )


def test_an_admin_reaches_every_site(database: Database, people: People) -> None:
    editor = who(database, attempt(database, email="ann@planet.example"))
    assert editor is not None
    assert editor.is_admin
    assert editor.site_ids == {people.planet, people.gazette}


def test_the_token_itself_is_stored_nowhere(database: Database, people: People) -> None:
    token = attempt(database)
    with database.reading() as session:
        (stored,) = session.scalars(select(EditorSession.token_hash))
    assert stored == sign_in.token_hash(token)
    assert token.encode() not in stored


@pytest.mark.parametrize("token", [None, "", "unknown", "\x00", "x" * 5000])
def test_an_unknown_token_is_nobody(database: Database, people: People, token: str | None) -> None:
    assert who(database, token) is None


def test_every_failure_says_the_same_and_verifies_once(
    database: Database, people: People, verified: list[str]
) -> None:
    with database.writing() as session:
        session.execute(
            text("UPDATE editors SET is_active = false WHERE id = :id"), {"id": people.eve}
        )
        accounts.add_editor(
            session,
            email="new@planet.example",
            name="New",
            role="editor",
            site_keys=[],
            password=None,
            now=NOW,
        )
    words = set()
    failures = {
        "bob@planet.example": "a wrong password",
        "nobody@planet.example": PASSWORD,
        "eve@planet.example": PASSWORD,
        "new@planet.example": PASSWORD,
        "no address": PASSWORD,
        "nul\x00@planet.example": PASSWORD,
    }
    for email, password in failures.items():
        verified.clear()
        with pytest.raises(NotSignedInError) as refusal:
            attempt(database, email=email, password=password)
        words.add(refusal.value.message)
        assert len(verified) == 1, email
    assert words == {"The e-mail or the password is not right."}


@pytest.mark.parametrize("password", ["", "short", "x" * 1025, "x" * 500_000])
def test_a_password_of_impossible_length_is_never_hashed(
    database: Database, people: People, verified: list[str], password: str
) -> None:
    with pytest.raises(NotSignedInError):
        attempt(database, password=password)
    assert verified == []


def test_after_ten_failures_even_the_right_password_waits(
    database: Database, people: People
) -> None:
    for number in range(10):
        with pytest.raises(NotSignedInError):
            attempt(database, password="a wrong password", network_key=f"192.0.2.{number}")
    with pytest.raises(TooManyError) as refusal:
        attempt(database, network_key="198.51.100.1", now=NOW + timedelta(minutes=5))
    assert refusal.value.retry_after_seconds == 600
    assert "10 minutes" in refusal.value.message
    assert attempt(database, now=NOW + timedelta(minutes=15))


def test_accounts_that_do_not_exist_are_limited_alike(database: Database, people: People) -> None:
    for _ in range(10):
        with pytest.raises(NotSignedInError):
            attempt(database, email="nobody@planet.example")
    with pytest.raises(TooManyError):
        attempt(database, email="Nobody@planet.example")


def test_one_network_may_not_try_many_accounts(
    database: Database, people: People, verified: list[str]
) -> None:
    for number in range(50):
        with pytest.raises(NotSignedInError):
            attempt(database, email=f"nobody{number}@planet.example", password="x")
    with pytest.raises(TooManyError):
        attempt(database)
    assert attempt(database, network_key="198.51.100.1")


def test_signing_in_rightly_is_never_limited(database: Database, people: People) -> None:
    for _ in range(12):
        attempt(database)


def test_an_own_account_does_not_clear_the_count_of_a_network(
    database: Database, people: People
) -> None:
    for number in range(25):
        attempt(database, email="eve@planet.example")
        for which in "ab":
            with pytest.raises(NotSignedInError):
                attempt(database, email=f"{which}{number}@planet.example", password="x")
    with pytest.raises(TooManyError):
        attempt(database, email="eve@planet.example")


def test_neither_address_nor_account_stands_in_the_counts(
    database: Database, people: People
) -> None:
    with pytest.raises(NotSignedInError):
        attempt(database, password="a wrong password")
    with database.reading() as session:
        keys = session.scalars(select(Quota.key)).all()
    assert len(keys) == 2
    assert all(len(key) == 32 for key in keys)


def test_a_session_ends_after_thirty_days_of_use(database: Database, people: People) -> None:
    token = attempt(database)
    for day in range(1, 30):
        with database.writing() as session:
            sign_in.note_seen(session, token, NOW + timedelta(days=day))
    assert who(database, token, NOW + timedelta(days=29, hours=23)) is not None
    assert who(database, token, NOW + timedelta(days=30)) is None


def test_a_session_ends_after_fourteen_days_without_use(database: Database, people: People) -> None:
    token = attempt(database)
    assert who(database, token, NOW + timedelta(days=13)) is not None
    assert who(database, token, NOW + timedelta(days=14)) is None


def test_use_is_noted_at_most_every_five_minutes(database: Database, people: People) -> None:
    token = attempt(database)
    with database.reading() as session:
        assert not sign_in.is_seen_worth_noting(session, token, NOW + timedelta(minutes=4))
        assert sign_in.is_seen_worth_noting(session, token, NOW + timedelta(minutes=5))
        assert not sign_in.is_seen_worth_noting(session, "unknown", NOW + timedelta(minutes=5))


def test_signing_out_ends_this_session_only(database: Database, people: People) -> None:
    here, there = attempt(database), attempt(database)
    with database.writing() as session:
        sign_in.sign_out(session, here)
    assert who(database, here) is None
    assert who(database, there) is not None


def test_signing_out_elsewhere_keeps_this_session_and_other_people(
    database: Database, people: People
) -> None:
    here, there, eve = (
        attempt(database),
        attempt(database),
        attempt(database, email="eve@planet.example"),
    )
    with database.writing() as session:
        assert sign_in.sign_out_elsewhere(session, people.bob, here) == 1
    assert [who(database, token) is None for token in (here, there, eve)] == [False, True, False]


def test_a_hash_of_old_parameters_is_renewed(database: Database, people: People) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=128, parallelism=1).hash(PASSWORD)
    with database.writing() as session:
        session.get_one(Editor, people.bob).password_hash = weak
    attempt(database)
    with database.reading() as session:
        renewed = session.get_one(Editor, people.bob).password_hash
    assert renewed is not None
    assert renewed != weak
    assert not passwords.is_outdated(renewed)
    assert attempt(database)


def test_a_password_changed_while_it_was_verified_starts_no_session(
    database: Database, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = PasswordHasher.verify

    def verify(self: PasswordHasher, hash: str, password: str) -> bool:
        with database.writing() as session:
            accounts.set_password(session, editor_id=people.bob, password="quite another one")
        return original(self, hash, password)

    monkeypatch.setattr(PasswordHasher, "verify", verify)
    with pytest.raises(NotSignedInError):
        attempt(database)
    with database.reading() as session:
        assert session.scalars(select(EditorSession)).all() == []


def test_a_damaged_hash_is_a_wrong_password(database: Database, people: People) -> None:
    with database.writing() as session:
        session.get_one(Editor, people.bob).password_hash = "damaged"
    with pytest.raises(NotSignedInError):
        attempt(database)
