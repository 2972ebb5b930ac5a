"""Changing one's own password."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.services.people import NOW, PASSWORD, SECRET_KEY, People, add_people
from typo_reports.domain.errors import InvalidFieldsError, NotSignedInError, TooManyError
from typo_reports.services import sign_in
from typo_reports.services.password_change import change_password
from typo_reports.storage.engine import Database

NEW = "an even better one"


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        return add_people(session)


def enter(database: Database, password: str = PASSWORD) -> str:
    return sign_in.sign_in(
        database,
        email="bob@planet.example",
        password=password,
        network_key="192.0.2.7",
        secret_key=SECRET_KEY,
        now=NOW,
    )


def change(
    database: Database,
    people: People,
    token: str,
    *,
    present: str = PASSWORD,
    new: str = NEW,
    now: datetime = NOW,
) -> int:
    return change_password(
        database,
        editor_id=people.bob,
        token=token,
        present=present,
        new=new,
        secret_key=SECRET_KEY,
        now=now,
    )


def test_the_new_password_counts_and_the_old_one_does_not(
    database: Database, people: People
) -> None:
    change(database, people, enter(database))
    assert enter(database, NEW)
    with pytest.raises(NotSignedInError):
        enter(database, PASSWORD)


def test_every_other_session_ends_and_this_one_stays(database: Database, people: People) -> None:
    here, phone, library = (enter(database) for _ in range(3))
    assert change(database, people, here) == 2
    with database.reading() as session:
        alive = [
            sign_in.editor_of_session(session, token, NOW) is not None
            for token in (here, phone, library)
        ]
    assert alive == [True, False, False]


def test_a_wrong_present_password_changes_nothing(database: Database, people: People) -> None:
    here, phone = enter(database), enter(database)
    with pytest.raises(InvalidFieldsError) as refusal:
        change(database, people, here, present="not this one")
    assert [(e.field, e.code) for e in refusal.value.errors] == [("present", "wrong")]
    assert enter(database, PASSWORD)
    with database.reading() as session:
        assert sign_in.editor_of_session(session, phone, NOW) is not None


def test_a_new_password_that_breaks_a_rule_changes_nothing(
    database: Database, people: People
) -> None:
    with pytest.raises(InvalidFieldsError) as refusal:
        change(database, people, enter(database), new="short")
    assert [error.field for error in refusal.value.errors] == ["new"]
    assert enter(database, PASSWORD)


def test_an_open_browser_is_no_place_to_try_passwords(database: Database, people: People) -> None:
    token = enter(database)
    for _ in range(10):
        with pytest.raises(InvalidFieldsError):
            change(database, people, token, present="not this one")
    with pytest.raises(TooManyError):
        change(database, people, token)
    assert change(database, people, token, now=NOW + timedelta(minutes=15)) == 0
