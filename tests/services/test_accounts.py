"""Accounts of editors: adding, roles, switching off, own settings."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.services.people import NOW, PASSWORD, SECRET_KEY, People, add_people
from typo_reports.domain.errors import ConflictError, InvalidFieldsError, NotFoundError
from typo_reports.services import accounts, sign_in
from typo_reports.services.sign_in import SignedIn, signed_in_as
from typo_reports.storage import editors
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Editor, EditorSession, Membership


@pytest.fixture
def people(session: Session) -> People:
    return add_people(session)


def as_editor(session: Session, editor_id: int) -> SignedIn:
    return signed_in_as(session, accounts.editor_of_id(session, editor_id))


def add(session: Session, **changes: Any) -> Editor:
    fields: dict[str, Any] = {
        "email": "new@planet.example",
        "name": "New",
        "role": "editor",
        "site_keys": ["planet"],
        "password": PASSWORD,
    }
    return accounts.add_editor(session, now=NOW, **(fields | changes))


def hours(session: Session, editor_id: int) -> dict[int, int | None]:
    rows = session.scalars(select(Membership).where(Membership.editor_id == editor_id))
    return {row.site_id: row.digest_hour for row in rows}


def test_a_new_editor_is_on_their_sites_with_a_morning_digest(
    session: Session, people: People
) -> None:
    assert hours(session, add(session).id) == {people.planet: 8}


def test_an_admin_without_sites_is_put_on_every_site(session: Session, people: People) -> None:
    assert hours(session, people.ann) == {people.planet: 8, people.gazette: 8}


def test_an_editor_may_have_no_site(session: Session, people: People) -> None:
    assert hours(session, add(session, site_keys=[]).id) == {}


def test_without_a_name_the_address_gives_one(session: Session, people: People) -> None:
    assert add(session, name=None).name == "new"


def test_the_password_is_kept_as_a_hash_only(session: Session, people: People) -> None:
    kept = add(session).password_hash
    assert kept is not None
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept


def test_one_address_is_one_account(session: Session, people: People) -> None:
    with pytest.raises(ConflictError, match="already an account"):
        add(session, email="BOB@Planet.Example")


def test_two_processes_that_add_the_same_address_make_one_account(
    session: Session, people: People
) -> None:
    with pytest.raises(ConflictError):
        editors.add(
            session,
            email="bob@planet.example",
            email_key="bob@planet.example",
            name="Bob",
            role="editor",
            password_hash=None,
            now=NOW,
        )
    # The rest of the transaction is still good.
    assert add(session).id


def test_everything_that_is_wrong_is_named_at_once(session: Session, people: People) -> None:
    with pytest.raises(InvalidFieldsError) as refusal:
        add(session, email="no", name="\x00", role="boss", site_keys=["moon"], password="short")
    assert {(error.field, error.code) for error in refusal.value.errors} == {
        ("email", "malformed"),
        ("name", "malformed"),
        ("role", "unknown"),
        ("sites", "unknown"),
        ("password", "too-short"),
    }


def test_a_role_and_sites_can_be_changed_and_digest_hours_stay(
    session: Session, people: People
) -> None:
    bob = as_editor(session, people.bob)
    accounts.set_digest_hours(session, editor=bob, hours={"planet": 17})
    keys = ["planet", "gazette"]
    accounts.change_role(session, editor_id=people.bob, role="admin", site_keys=keys)
    assert as_editor(session, people.bob).is_admin
    assert hours(session, people.bob) == {people.planet: 17, people.gazette: 8}
    accounts.change_role(session, editor_id=people.bob, role="editor", site_keys=["gazette"])
    assert as_editor(session, people.bob).site_ids == {people.gazette}


def test_the_last_admin_keeps_the_role(session: Session, people: People) -> None:
    with pytest.raises(ConflictError, match="only active admin"):
        accounts.change_role(session, editor_id=people.ann, role="editor", site_keys=["planet"])
    accounts.change_role(session, editor_id=people.bob, role="admin", site_keys=[])
    accounts.change_role(session, editor_id=people.ann, role="editor", site_keys=["planet"])
    with pytest.raises(ConflictError, match="only active admin"):
        accounts.change_role(session, editor_id=people.bob, role="editor", site_keys=[])


def test_an_admin_who_is_switched_off_does_not_count(session: Session, people: People) -> None:
    accounts.change_role(session, editor_id=people.bob, role="admin", site_keys=[])
    ann = as_editor(session, people.ann)
    accounts.set_active(session, by=ann, editor_id=people.bob, is_active=False)
    with pytest.raises(ConflictError, match="only active admin"):
        accounts.change_role(session, editor_id=people.ann, role="editor", site_keys=[])


def test_nobody_switches_off_their_own_account(session: Session, people: People) -> None:
    accounts.change_role(session, editor_id=people.bob, role="admin", site_keys=[])
    ann = as_editor(session, people.ann)
    with pytest.raises(ConflictError, match="your own account"):
        accounts.set_active(session, by=ann, editor_id=people.ann, is_active=False)
    assert accounts.editor_of_id(session, people.ann).is_active


def test_what_does_not_exist_is_not_found(session: Session, people: People) -> None:
    with pytest.raises(NotFoundError):
        accounts.change_role(session, editor_id=999, role="editor", site_keys=[])
    with pytest.raises(NotFoundError):
        accounts.set_password(session, editor_id=999, password=PASSWORD)


def test_hours_are_kept_for_the_sites_that_are_named(session: Session, people: People) -> None:
    ann = as_editor(session, people.ann)
    accounts.set_digest_hours(session, editor=ann, hours={"planet": None})
    accounts.set_digest_hours(session, editor=ann, hours={"gazette": 23})
    assert hours(session, people.ann) == {people.planet: None, people.gazette: 23}


def test_an_admin_gets_a_digest_of_a_site_by_choosing_an_hour(
    session: Session, people: People
) -> None:
    accounts.change_role(session, editor_id=people.ann, role="admin", site_keys=["planet"])
    ann = as_editor(session, people.ann)
    accounts.set_digest_hours(session, editor=ann, hours={"gazette": None})
    assert hours(session, people.ann) == {people.planet: 8}
    accounts.set_digest_hours(session, editor=ann, hours={"gazette": 0})
    assert hours(session, people.ann) == {people.planet: 8, people.gazette: 0}
    assert {site.key: hour for site, hour in accounts.digest_hours(session, ann)} == {
        "planet": 8,
        "gazette": 0,
    }


def test_digests_of_other_peoples_sites_cannot_be_had(session: Session, people: People) -> None:
    bob = as_editor(session, people.bob)
    with pytest.raises(NotFoundError):
        accounts.set_digest_hours(session, editor=bob, hours={"gazette": 8})
    assert hours(session, people.bob) == {people.planet: 8}


@pytest.mark.parametrize("hour", [-1, 24, 10**9])
def test_an_hour_that_is_none_is_refused(session: Session, people: People, hour: int) -> None:
    bob = as_editor(session, people.bob)
    with pytest.raises(InvalidFieldsError):
        accounts.set_digest_hours(session, editor=bob, hours={"planet": hour})


def test_name_and_time_zone_are_ones_own_to_set(session: Session, people: People) -> None:
    accounts.set_profile(session, editor_id=people.bob, name=" Bob  B. ", time_zone="Europe/Vienna")
    bob = as_editor(session, people.bob)
    assert (bob.name, bob.time_zone) == ("Bob B.", "Europe/Vienna")
    with pytest.raises(InvalidFieldsError) as refusal:
        accounts.set_profile(session, editor_id=people.bob, name="", time_zone="Mars/Base")
    assert [error.field for error in refusal.value.errors] == ["name", "time_zone"]


def signed_in_token(database: Database, email: str) -> str:
    return sign_in.sign_in(
        database,
        email=email,
        password=PASSWORD,
        network_key="192.0.2.7",
        secret_key=SECRET_KEY,
        now=NOW,
    )


def test_switching_an_account_off_ends_its_sessions_at_once(database: Database) -> None:
    with database.writing() as session:
        people = add_people(session)
    bob, eve = (signed_in_token(database, f"{name}@planet.example") for name in ("bob", "eve"))
    with database.writing() as session:
        ann = as_editor(session, people.ann)
        accounts.set_active(session, by=ann, editor_id=people.bob, is_active=False)
    with database.reading() as session:
        assert sign_in.editor_of_session(session, bob, NOW) is None
        assert sign_in.editor_of_session(session, eve, NOW) is not None
    with database.writing() as session:
        accounts.set_active(session, by=ann, editor_id=people.bob, is_active=True)
    with database.reading() as session:
        assert sign_in.editor_of_session(session, bob, NOW) is None


def test_a_password_set_by_an_admin_ends_all_sessions(database: Database) -> None:
    with database.writing() as session:
        people = add_people(session)
    signed_in_token(database, "bob@planet.example")
    with database.writing() as session:
        accounts.set_password(session, editor_id=people.bob, password="another good one")
    with database.reading() as session:
        assert session.scalars(select(EditorSession)).all() == []


def test_two_admins_who_demote_each_other_at_once_leave_one(
    database: Database, database_url: str
) -> None:
    with database.writing() as session:
        people = add_people(session)
        accounts.change_role(session, editor_id=people.bob, role="admin", site_keys=[])
    doors = [Database(database_url), Database(database_url)]

    def demote(index: int, editor_id: int) -> bool:
        try:
            with doors[index].writing() as session:
                accounts.change_role(session, editor_id=editor_id, role="editor", site_keys=[])
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(demote, (0, 1), (people.ann, people.bob)))
    for door in doors:
        door.close()
    assert sorted(done) == [False, True]
    with database.reading() as session:
        assert editors.has_admin(session)
