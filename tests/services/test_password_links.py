"""Links by which a password is chosen: once, for a while, and telling nobody who has an account."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.services.people import NOW, PASSWORD, SECRET_KEY, People, add_people
from typo_reports.domain.errors import (
    ConflictError,
    InvalidFieldsError,
    NotFoundError,
    NotSignedInError,
    TooManyError,
)
from typo_reports.services import accounts, audit, password_links, sign_in
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Letter, PasswordLink

BASE = "https://desk.example"
NEW = "a password of Bob's choice"


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        return add_people(session)


def letters(database: Database) -> list[Letter]:
    with database.reading() as session:
        return list(session.scalars(select(Letter).order_by(Letter.created_at, Letter.id)))


def token_in(letter: Letter) -> str:
    found = re.search(rf"{BASE}/password/(\S+)", letter.body_text)
    assert found is not None
    return found[1]


def invited(database: Database, people: People, now: datetime = NOW) -> str:
    before = {letter.id for letter in letters(database)}
    with database.writing() as session:
        password_links.invite(
            session,
            editor_id=people.bob,
            by_id=people.ann,
            by_name="Ann",
            base_url=BASE,
            now=now,
        )
    (letter,) = [one for one in letters(database) if one.id not in before]
    return token_in(letter)


def asked(database: Database, email: str, now: datetime = NOW) -> None:
    password_links.ask(
        database,
        email=email,
        network_key="192.0.2.7",
        secret_key=SECRET_KEY,
        base_url=BASE,
        now=now,
    )


def chosen(database: Database, token: str, password: str = NEW, now: datetime = NOW) -> None:
    password_links.choose_password(database, token=token, password=password, now=now)


def signed_in(database: Database, password: str) -> str:
    return sign_in.sign_in(
        database,
        email="bob@planet.example",
        password=password,
        network_key="192.0.2.7",
        secret_key=SECRET_KEY,
        now=NOW,
    )


def test_an_invitation_leads_to_a_password_of_ones_own(database: Database, people: People) -> None:
    old = signed_in(database, PASSWORD)
    chosen(database, invited(database, people))
    assert signed_in(database, NEW)
    with database.reading() as session:
        assert sign_in.editor_of_session(session, old, NOW) is None
    with pytest.raises(NotSignedInError):
        signed_in(database, PASSWORD)


def test_the_invitation_names_inviter_site_and_hours(database: Database, people: People) -> None:
    invited(database, people)
    (letter,) = letters(database)
    assert letter.recipient == "bob@planet.example"
    assert letter.subject == "Ann invites you to the desk of Daily Planet"
    assert "within 72 hours" in letter.body_text


def test_a_link_works_once(database: Database, people: People) -> None:
    token = invited(database, people)
    chosen(database, token)
    with pytest.raises(NotFoundError):
        chosen(database, token, "yet another password")
    assert signed_in(database, NEW)


def test_a_refused_password_does_not_use_the_link_up(database: Database, people: People) -> None:
    token = invited(database, people)
    with pytest.raises(InvalidFieldsError):
        chosen(database, token, "short")
    chosen(database, token)


def test_a_second_invitation_ends_the_first(database: Database, people: People) -> None:
    first = invited(database, people)
    second = invited(database, people, NOW + timedelta(minutes=1))
    with pytest.raises(NotFoundError):
        chosen(database, first)
    chosen(database, second)


@pytest.mark.parametrize(
    ("after", "works"),
    [(timedelta(hours=71), True), (timedelta(hours=72), False), (timedelta(hours=-1), True)],
)
def test_a_link_lives_for_three_days_and_outlives_a_clock_set_back(
    database: Database, people: People, after: timedelta, works: bool
) -> None:
    token = invited(database, people)
    if works:
        chosen(database, token, now=NOW + after)
    else:
        with pytest.raises(NotFoundError):
            chosen(database, token, now=NOW + after)


def test_the_token_itself_is_kept_only_in_the_letter(database: Database, people: People) -> None:
    token = invited(database, people)
    with database.reading() as session:
        (link,) = session.scalars(select(PasswordLink))
    assert token.encode() not in link.token_hash


def test_an_account_that_is_off_is_not_invited_and_its_links_are_dead(
    database: Database, people: People
) -> None:
    token = invited(database, people)
    with database.writing() as session:
        ann = sign_in.SignedIn(people.ann, "Ann", "ann@planet.example", "admin", "UTC", frozenset())
        accounts.set_active(session, by=ann, editor_id=people.bob, is_active=False)
    with pytest.raises(NotFoundError):
        chosen(database, token)
    with pytest.raises(ConflictError):
        invited(database, people)


def test_whoever_forgot_gets_a_letter_for_two_hours(database: Database, people: People) -> None:
    asked(database, " BOB@planet.example ")
    (letter,) = letters(database)
    assert letter.recipient == "bob@planet.example"
    assert "within 2 hours" in letter.body_text
    token = token_in(letter)
    with pytest.raises(NotFoundError):
        chosen(database, token, now=NOW + timedelta(hours=2))
    chosen(database, token, now=NOW + timedelta(hours=1))
    assert signed_in(database, NEW)


@pytest.mark.parametrize("email", ["nobody@planet.example", "", "no address", "x" * 100_000])
def test_for_an_unknown_address_nothing_is_sent_and_nothing_is_said(
    database: Database, people: People, email: str
) -> None:
    asked(database, email)
    assert letters(database) == []


@pytest.mark.parametrize("email", ["bob@planet.example", "nobody@planet.example"])
def test_known_or_not_an_address_may_be_asked_for_so_often(
    database: Database, people: People, email: str
) -> None:
    for _ in range(password_links.ASKED_PER_ACCOUNT):
        asked(database, email)
    with pytest.raises(TooManyError):
        asked(database, email)


@pytest.mark.parametrize("token", ["", "nonsense", "x" * 5000, "\ud800", "é"])
def test_a_token_that_never_was_opens_nothing(
    database: Database, people: People, token: str
) -> None:
    with pytest.raises(NotFoundError):
        chosen(database, token)


def test_what_was_done_is_in_the_audit_log(database: Database, people: People) -> None:
    chosen(database, invited(database, people))
    with database.reading() as session:
        lines, older = audit.lines(session)
    assert [(line.deed, line.editor_id) for line in lines] == [
        ("password-chosen", people.bob),
        ("link-sent", people.ann),
    ]
    assert older is None


def test_a_long_audit_log_is_read_page_by_page(database: Database, people: People) -> None:
    count = audit.LINES_ON_A_PAGE + 7
    with database.writing() as session:
        for number in range(count):
            # Pairs stand at one moment: their order must hold all the same.
            at = NOW + timedelta(seconds=number // 2)
            audit.note(session, people.ann, "site-changed", f"{number}", now=at)
    with database.reading() as session:
        first, older = audit.lines(session)
        second, oldest = audit.lines(session, before=older)
        assert audit.lines(session, before=2**62) == ([], None)
    assert [int(line.about) for line in [*first, *second]] == list(range(count))[::-1]
    assert oldest is None
