"""Codes of an authenticator app: each counts once, for its half minute and the next to it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pyotp
import pytest

from tests.services.people import NOW, PASSWORD, SECRET_KEY, People, add_people
from typo_reports.domain.errors import (
    ConflictError,
    InvalidFieldsError,
    NotSignedInError,
    TooManyError,
)
from typo_reports.services import password_change, second_factor, sign_in
from typo_reports.services.sign_in import SecondStepNeededError, Ticket
from typo_reports.storage.engine import Database

STEP = timedelta(seconds=30)


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        return add_people(session)


def begun(database: Database, editor_id: int) -> pyotp.TOTP:
    with database.writing() as session:
        second_factor.begin(session, editor_id)
    with database.reading() as session:
        found = second_factor.pending(session, editor_id=editor_id, email="bob@planet.example")
    assert found is not None
    return pyotp.TOTP(found[0])


def confirmed(
    database: Database, editor_id: int, app: pyotp.TOTP, *, code: str | None = None
) -> list[str]:
    return second_factor.confirm(
        database,
        editor_id=editor_id,
        code=app.at(NOW) if code is None else code,
        secret_key=SECRET_KEY,
        now=NOW,
    )


def checked(database: Database, editor_id: int, code: str, now: datetime) -> str | None:
    return second_factor.check(
        database, editor_id=editor_id, code=code, secret_key=SECRET_KEY, now=now
    )


def is_on(database: Database, editor_id: int) -> bool:
    with database.reading() as session:
        return second_factor.is_on(session, editor_id)


def password_given(database: Database, now: datetime = NOW) -> str:
    return sign_in.sign_in(
        database,
        email="bob@planet.example",
        password=PASSWORD,
        network_key="192.0.2.7",
        secret_key=SECRET_KEY,
        now=now,
    )


def ticket_of(database: Database, now: datetime = NOW) -> Ticket:
    with pytest.raises(SecondStepNeededError) as caught:
        password_given(database, now)
    return caught.value.ticket


def finished(database: Database, ticket: Ticket, code: str, now: datetime) -> str:
    return sign_in.finish_sign_in(
        database, ticket=ticket, code=code, secret_key=SECRET_KEY, now=now
    )


def test_an_app_is_asked_for_only_after_its_first_right_code(
    database: Database, people: People
) -> None:
    app = begun(database, people.bob)
    assert not is_on(database, people.bob)
    assert password_given(database)
    with pytest.raises(InvalidFieldsError):
        confirmed(database, people.bob, app, code="000000")
    assert not is_on(database, people.bob)
    assert len(set(confirmed(database, people.bob, app))) == second_factor.RECOVERY_CODES
    assert is_on(database, people.bob)


def test_an_app_in_use_is_not_replaced_unasked(database: Database, people: People) -> None:
    confirmed(database, people.bob, begun(database, people.bob))
    with database.writing() as session, pytest.raises(ConflictError):
        second_factor.begin(session, people.bob)


@pytest.mark.parametrize(("steps", "counts"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_phone_may_be_half_a_minute_off(
    database: Database, people: People, steps: int, counts: bool
) -> None:
    app = begun(database, people.bob)
    confirmed(database, people.bob, app)
    later = NOW + 10 * STEP
    code = app.at(later + steps * STEP)
    assert checked(database, people.bob, code, later) == ("app" if counts else None)


def test_no_code_counts_twice(database: Database, people: People) -> None:
    app = begun(database, people.bob)
    confirmed(database, people.bob, app)
    assert checked(database, people.bob, app.at(NOW), NOW) is None
    later = NOW + 5 * STEP
    assert checked(database, people.bob, app.at(later), later) == "app"
    assert checked(database, people.bob, app.at(later), later) is None
    assert checked(database, people.bob, app.at(later - STEP), later) is None


def test_a_clock_set_back_an_hour_locks_nobody_out(database: Database, people: People) -> None:
    app = begun(database, people.bob)
    confirmed(database, people.bob, app)
    back = NOW - timedelta(hours=1)
    assert checked(database, people.bob, app.at(back), back) == "app"


def test_a_recovery_code_counts_once_however_it_is_typed(
    database: Database, people: People
) -> None:
    codes = confirmed(database, people.bob, begun(database, people.bob))
    typed = f" {codes[0].replace('-', ' ').upper()} "
    assert checked(database, people.bob, typed, NOW) == "recovery"
    assert checked(database, people.bob, codes[0], NOW) is None
    with database.reading() as session:
        left = second_factor.recovery_codes_left(session, people.bob)
    assert left == second_factor.RECOVERY_CODES - 1


@pytest.mark.parametrize("code", ["", " ", "000000", "٠٠٠٠٠٠", "x" * 5000, "\ud800"])
def test_anything_else_is_a_wrong_code(database: Database, people: People, code: str) -> None:
    confirmed(database, people.bob, begun(database, people.bob))
    assert checked(database, people.bob, code, NOW) is None


def test_codes_of_another_editor_open_nothing(database: Database, people: People) -> None:
    codes = confirmed(database, people.bob, begun(database, people.bob))
    confirmed(database, people.eve, begun(database, people.eve))
    assert checked(database, people.eve, codes[0], NOW) is None


def test_too_many_wrong_codes_make_also_the_right_one_wait(
    database: Database, people: People
) -> None:
    app = begun(database, people.bob)
    confirmed(database, people.bob, app)
    later = NOW + 5 * STEP
    for _ in range(second_factor.CODES_PER_WINDOW):
        assert checked(database, people.bob, "000000", later) is None
    with pytest.raises(TooManyError):
        checked(database, people.bob, app.at(later), later)


def test_the_password_alone_starts_no_session_any_more(database: Database, people: People) -> None:
    app = begun(database, people.bob)
    confirmed(database, people.bob, app)
    later = NOW + 5 * STEP
    ticket = ticket_of(database, later)
    with pytest.raises(InvalidFieldsError):
        finished(database, ticket, "000000", later)
    token = finished(database, ticket, app.at(later), later)
    with database.reading() as session:
        editor = sign_in.editor_of_session(session, token, later)
    assert editor is not None
    assert editor.id == people.bob


def test_a_ticket_is_too_old_after_ten_minutes(database: Database, people: People) -> None:
    app = begun(database, people.bob)
    confirmed(database, people.bob, app)
    ticket = ticket_of(database)
    late = NOW + timedelta(minutes=11)
    with pytest.raises(NotSignedInError):
        finished(database, ticket, app.at(late), late)


def test_a_ticket_dies_with_the_password_that_it_stands_for(
    database: Database, people: People
) -> None:
    app = begun(database, people.bob)
    confirmed(database, people.bob, app)
    ticket = ticket_of(database)
    password_change.change_password(
        database,
        editor_id=people.bob,
        token="",
        present=PASSWORD,
        new="another long password",
        secret_key=SECRET_KEY,
        now=NOW,
    )
    later = NOW + 5 * STEP
    with pytest.raises(NotSignedInError):
        finished(database, ticket, app.at(later), later)


def test_taken_off_the_password_is_enough_again(database: Database, people: People) -> None:
    codes = confirmed(database, people.bob, begun(database, people.bob))
    with database.writing() as session:
        second_factor.switch_off(session, people.bob)
    assert password_given(database)
    assert checked(database, people.bob, codes[0], NOW) is None
