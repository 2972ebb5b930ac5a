"""Passkeys: what a browser answers counts once, here, for its owner, and only if it is right."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.services.people import NOW, SECRET_KEY, People, add_people
from tests.services.soft_authenticator import PRESENT, VERIFIED, Authenticator
from typo_reports.domain.errors import (
    ConflictError,
    InvalidFieldsError,
    NotFoundError,
    NotSignedInError,
    TooManyError,
)
from typo_reports.domain.relying_party import RelyingParty
from typo_reports.services import accounts, passkey_sign_in, passkeys, sign_in
from typo_reports.services.attempts import FAILURES_PER_ACCOUNT, FAILURES_PER_NETWORK, Attempt
from typo_reports.services.sign_in import SignedIn
from typo_reports.storage.engine import Database
from typo_reports.storage.models import AuditEvent, EditorSession, OneTimeStep, Passkey

PARTY = RelyingParty("desk.example", "https://desk.example")


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        return add_people(session)


def device() -> Authenticator:
    return Authenticator(origin=PARTY.origin, rp_id=PARTY.id)


def begun(database: Database, editor_id: int) -> tuple[str, dict[str, Any]]:
    with database.writing() as session:
        token, options = passkeys.begin_adding(session, party=PARTY, editor_id=editor_id, now=NOW)
    return token, json.loads(options)


def finished(
    database: Database, editor_id: int, token: str, answer: str, *, seconds: int = 1
) -> None:
    passkeys.finish_adding(
        database,
        party=PARTY,
        editor_id=editor_id,
        token=token,
        name="Phone",
        answer=answer,
        now=NOW + timedelta(seconds=seconds),
    )


def added(database: Database, editor_id: int, own: Authenticator | None = None) -> Authenticator:
    own = own or device()
    token, options = begun(database, editor_id)
    finished(database, editor_id, token, own.create(options))
    return own


def attempt(network_key: str = "192.0.2.7") -> Attempt:
    return Attempt(network_key=network_key, secret_key=SECRET_KEY, now=NOW)


def asked(database: Database) -> tuple[str, dict[str, Any]]:
    token, options = passkey_sign_in.begin(
        database, party=PARTY, attempt=attempt(), ticket=None, now=NOW
    )
    return token, json.loads(options)


def entered(
    database: Database,
    token: str,
    answer: str,
    *,
    seconds: int = 1,
    party: RelyingParty = PARTY,
    network_key: str = "192.0.2.7",
) -> str:
    return passkey_sign_in.finish(
        database,
        party=party,
        attempt=attempt(network_key),
        token=token,
        answer=answer,
        ticket=None,
        browser="Firefox on Linux",
        now=NOW + timedelta(seconds=seconds),
    )


def who(database: Database, token: str) -> SignedIn | None:
    with database.reading() as session:
        return sign_in.editor_of_session(session, token, NOW)


def deeds(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(AuditEvent.deed).order_by(AuditEvent.id)))


def test_a_passkey_alone_signs_its_owner_in(database: Database, people: People) -> None:
    own = added(database, people.bob)
    token, options = asked(database)
    assert options["userVerification"] == "required"
    assert options["allowCredentials"] == []
    editor = who(database, entered(database, token, own.get(options)))
    assert editor is not None
    assert editor.id == people.bob
    with database.reading() as session:
        (passkey,) = passkeys.of_editor(session, people.bob)
        (browser,) = session.scalars(select(EditorSession))
    assert passkey.used_at == NOW + timedelta(seconds=1)
    assert (browser.way, browser.browser) == ("passkey", "Firefox on Linux")
    assert deeds(database) == ["passkey-added"]


def test_what_is_asked_of_a_browser_is_a_key_that_can_be_found_and_knows_its_owner(
    database: Database, people: People
) -> None:
    _, options = begun(database, people.bob)
    assert options["rp"] == {"name": "Typo Reports", "id": "desk.example"}
    assert options["user"]["name"] == "bob@planet.example"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert len(options["challenge"]) >= 43


def test_several_passkeys_of_one_editor_share_the_handle_and_exclude_each_other(
    database: Database, people: People
) -> None:
    first, second = added(database, people.bob), added(database, people.bob)
    assert first.handle == second.handle
    _, options = begun(database, people.bob)
    assert len(options["excludeCredentials"]) == 2
    assert added(database, people.eve).handle != first.handle


def test_the_same_key_is_not_added_twice_not_even_by_somebody_else(
    database: Database, people: People
) -> None:
    own = added(database, people.bob)
    for editor_id in (people.bob, people.eve):
        with pytest.raises(ConflictError):
            added(database, editor_id, own)


def wrong_origin(own: Authenticator) -> None:
    own.origin = "https://desk.example.evil.example"


def wrong_port(own: Authenticator) -> None:
    own.origin = "https://desk.example:8443"


def plain_http(own: Authenticator) -> None:
    own.origin = "http://desk.example"


def wrong_host(own: Authenticator) -> None:
    own.rp_id = "example"


def owner_not_verified(own: Authenticator) -> None:
    own.flags = PRESENT


def nobody_present(own: Authenticator) -> None:
    own.flags = VERIFIED


WRONG_WAYS = [
    wrong_origin,
    wrong_port,
    plain_http,
    wrong_host,
    owner_not_verified,
    nobody_present,
]


@pytest.mark.parametrize("spoil", WRONG_WAYS)
def test_a_key_that_was_made_elsewhere_or_without_its_owner_is_not_added(
    database: Database, people: People, spoil: Callable[[Authenticator], None]
) -> None:
    own = device()
    spoil(own)
    with pytest.raises(InvalidFieldsError):
        added(database, people.bob, own)
    with database.reading() as session:
        assert passkeys.of_editor(session, people.bob) == []


@pytest.mark.parametrize("spoil", WRONG_WAYS)
def test_an_answer_that_was_made_elsewhere_or_without_the_owner_signs_nobody_in(
    database: Database, people: People, spoil: Callable[[Authenticator], None]
) -> None:
    own = added(database, people.bob)
    spoil(own)
    token, options = asked(database)
    with pytest.raises(NotSignedInError):
        entered(database, token, own.get(options))


def test_an_answer_to_another_challenge_signs_nobody_in(database: Database, people: People) -> None:
    own = added(database, people.bob)
    _, others = asked(database)
    token, _ = asked(database)
    with pytest.raises(NotSignedInError):
        entered(database, token, own.get(others))


def test_a_challenge_counts_once_also_when_it_was_answered_wrongly(
    database: Database, people: People
) -> None:
    own = added(database, people.bob)
    token, options = asked(database)
    answer = own.get(options)
    entered(database, token, answer)
    with pytest.raises(NotSignedInError):
        entered(database, token, answer)
    token, options = asked(database)
    with pytest.raises(NotSignedInError):
        entered(database, token, "{}")
    with pytest.raises(NotSignedInError):
        entered(database, token, own.get(options))


def test_a_challenge_is_worth_nothing_after_five_minutes(
    database: Database, people: People
) -> None:
    own = added(database, people.bob)
    token, options = asked(database)
    with pytest.raises(NotSignedInError):
        entered(database, token, own.get(options), seconds=5 * 60)
    token, options = begun(database, people.bob)
    with pytest.raises(InvalidFieldsError):
        finished(database, people.bob, token, device().create(options), seconds=5 * 60)


def test_a_challenge_for_adding_neither_signs_in_nor_serves_another_editor(
    database: Database, people: People
) -> None:
    own = added(database, people.bob)
    token, options = begun(database, people.bob)
    with pytest.raises(NotSignedInError):
        entered(database, token, own.get(options))
    with pytest.raises(InvalidFieldsError):
        finished(database, people.eve, token, device().create(options))


def test_a_key_signs_in_nobody_but_its_owner(database: Database, people: People) -> None:
    bobs, eves = added(database, people.bob), added(database, people.eve)
    token, options = asked(database)
    eves.handle = bobs.handle
    with pytest.raises(NotSignedInError):
        entered(database, token, eves.get(options))
    token, options = asked(database)
    eves.id = bobs.id
    with pytest.raises(NotSignedInError):
        entered(database, token, eves.get(options))


def test_without_a_name_of_its_owner_a_passkey_alone_signs_nobody_in(
    database: Database, people: People
) -> None:
    own = added(database, people.bob)
    own.handle = None
    token, options = asked(database)
    with pytest.raises(NotSignedInError):
        entered(database, token, own.get(options))


def test_a_count_that_goes_back_is_refused_and_noted(database: Database, people: People) -> None:
    own = added(database, people.bob)
    token, options = asked(database)
    entered(database, token, own.get(options))
    for count in (0, -1):
        own.count = max(count, 0)
        own.step = 1 if count == 0 else 0
        token, options = asked(database)
        with pytest.raises(NotSignedInError):
            entered(database, token, own.get(options))
    assert deeds(database) == ["passkey-added", "passkey-copied", "passkey-copied"]


def test_synced_passkeys_which_never_count_sign_in_again_and_again(
    database: Database, people: People
) -> None:
    own = device()
    own.step = 0
    added(database, people.bob, own)
    for _ in range(3):
        token, options = asked(database)
        assert who(database, entered(database, token, own.get(options))) is not None


def test_an_account_that_is_switched_off_stays_out(database: Database, people: People) -> None:
    own = added(database, people.bob)
    admin = SignedIn(people.ann, "Ann", "ann@planet.example", "admin", "UTC", frozenset())
    with database.writing() as session:
        accounts.set_active(session, by=admin, editor_id=people.bob, is_active=False)
    token, options = asked(database)
    with pytest.raises(NotSignedInError):
        entered(database, token, own.get(options))


def test_a_passkey_that_was_taken_off_signs_nobody_in(database: Database, people: People) -> None:
    own = added(database, people.bob)
    with database.writing() as session:
        (one,) = passkeys.of_editor(session, people.bob)
        assert passkeys.remove(session, editor_id=people.bob, passkey_id=one.id, now=NOW) == "Phone"
    token, options = asked(database)
    with pytest.raises(NotSignedInError):
        entered(database, token, own.get(options))
    assert deeds(database) == ["passkey-added", "passkey-removed"]


def test_nobody_renames_or_takes_off_what_is_somebody_elses(
    database: Database, people: People
) -> None:
    added(database, people.bob)
    with database.writing() as session:
        (one,) = passkeys.of_editor(session, people.bob)
        for passkey_id in (one.id, one.id + 1, 2**40):
            with pytest.raises(NotFoundError):
                passkeys.rename(session, editor_id=people.eve, passkey_id=passkey_id, name="Mine")
            with pytest.raises(NotFoundError):
                passkeys.remove(session, editor_id=people.eve, passkey_id=passkey_id, now=NOW)
    with database.reading() as session:
        assert [one.name for one in passkeys.of_editor(session, people.bob)] == ["Phone"]


def test_failures_are_limited_for_the_passkeys_of_an_account(
    database: Database, people: People
) -> None:
    own = added(database, people.bob)
    own.origin = "https://evil.example"
    for number in range(FAILURES_PER_ACCOUNT):
        token, options = asked(database)
        with pytest.raises(NotSignedInError):
            entered(database, token, own.get(options), network_key=f"192.0.2.{number}")
    own.origin = PARTY.origin
    token, options = asked(database)
    with pytest.raises(TooManyError):
        entered(database, token, own.get(options), network_key="192.0.2.99")


def test_failures_are_limited_for_a_network(database: Database, people: People) -> None:
    for _ in range(FAILURES_PER_NETWORK):
        with pytest.raises(NotSignedInError):
            entered(database, "nothing", "{}")
    with pytest.raises(TooManyError):
        entered(database, "nothing", "{}")


def test_signing_in_rightly_uses_nothing_of_the_limits_up(
    database: Database, people: People
) -> None:
    own = added(database, people.bob)
    for _ in range(FAILURES_PER_ACCOUNT + 2):
        token, options = asked(database)
        entered(database, token, own.get(options))


HOSTILE = [
    "",
    "null",
    "[]",
    "7",
    '{"id": 7}',
    '{"id": "\\ud800"}',
    '{"id": "AAAA", "rawId": "AAAA", "type": "public-key"}',
    '{"id": "====", "rawId": "AAAA", "type": "public-key", "response": []}',
    '{"id": "é", "response": {"userHandle": {}}}',
    "[" * 15_000,
    '{"a":' * 3_000,
    '{"id": "' + "A" * 20_000 + '"}',
]


@pytest.mark.parametrize("answer", HOSTILE)
def test_nonsense_is_refused_in_words_whatever_it_is(
    database: Database, people: People, answer: str
) -> None:
    token, _ = asked(database)
    with pytest.raises(NotSignedInError):
        entered(database, token, answer)
    token, _ = begun(database, people.bob)
    with pytest.raises(InvalidFieldsError):
        finished(database, people.bob, token, answer)


@pytest.mark.slow
@pytest.mark.parametrize("part", ["clientDataJSON", "authenticatorData", "signature", "userHandle"])
@pytest.mark.parametrize("value", [None, 7, "", "AAAA", "é", "oWFh" * 100, {}, "n" * 5_000])
def test_a_right_answer_with_one_part_spoilt_is_refused(
    database: Database, people: People, part: str, value: object
) -> None:
    own = added(database, people.bob)
    token, options = asked(database)
    answer = json.loads(own.get(options))
    answer["response"][part] = value
    with pytest.raises(NotSignedInError):
        entered(database, token, json.dumps(answer))


def test_the_challenge_is_kept_under_the_hash_of_its_token_only(
    database: Database, people: People
) -> None:
    token, _ = asked(database)
    with database.reading() as session:
        (step,) = session.scalars(select(OneTimeStep))
    assert token.encode() not in step.token_hash
    assert token not in json.dumps(step.content)


def test_there_is_an_end_to_the_number_of_passkeys(
    database: Database, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passkeys, "MOST_PER_EDITOR", 2)
    added(database, people.bob)
    added(database, people.bob)
    with pytest.raises(ConflictError):
        begun(database, people.bob)
    with database.reading() as session:
        assert len(session.scalars(select(Passkey)).all()) == 2
