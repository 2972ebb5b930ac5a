"""Taking back many at once, by one editor or by two at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.services.people import NOW, People, add_people
from tests.services.queue_of import add_case, add_page
from typo_reports.domain.errors import NotFoundError
from typo_reports.services import bulk, review, taking_back
from typo_reports.services.actors import Actor
from typo_reports.services.taking_back import HowFar
from typo_reports.storage import batches
from typo_reports.storage.engine import Database
from typo_reports.storage.ids import new_id
from typo_reports.storage.models import Case, CaseEvent

LATER = NOW + timedelta(minutes=5)
BASE = "http://desk.example"
CASES = 40
EVERYWHERE = Actor(editor_id=None, name="test", site_ids=None)


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        return add_people(session)


@pytest.fixture
def batch_id(database: Database, people: People) -> str:
    """So many cases of one site, closed together."""
    with database.writing() as session:
        page = add_page(session, people.planet)
        ids = [add_case(session, page, f"word{number}").id for number in range(CASES)]
    batch_id = bulk.new_batch_id(LATER)
    with database.writing() as session:
        on_case = bulk.resolving(EVERYWHERE, "spam", note=None, now=LATER)
        bulk.do_chunk(
            session, EVERYWHERE, ids, on_case, batch_id=batch_id, now=LATER, base_url=BASE
        )
    return batch_id


def undo_all(database: Database, batch_id: str) -> tuple[int, int]:
    """Undo until nothing is left; how many this one took back, and how many it was refused."""
    done = refused = 0
    while True:
        with database.writing() as session:
            chunk = taking_back.undo_chunk(session, EVERYWHERE, batch_id, now=LATER, base_url=BASE)
            left = taking_back.how_far(session, EVERYWHERE, batch_id).left
        done, refused = done + chunk.done, refused + chunk.refused
        if not left:
            return done, refused


def how_far(database: Database, batch_id: str, actor: Actor = EVERYWHERE) -> HowFar:
    with database.reading() as session:
        return taking_back.how_far(session, actor, batch_id)


def test_three_undos_at_the_same_moment_take_each_case_back_once(
    database: Database, batch_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_back, "CHUNK", 3)
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda _: undo_all(database, batch_id), range(3)))
    assert sum(done for done, _ in found) == CASES
    assert [refused for _, refused in found] == [0, 0, 0], "nobody else had changed them"
    assert how_far(database, batch_id) == HowFar(size=CASES, undone=CASES)
    with database.reading() as session:
        assert set(session.scalars(select(Case.status))) == {"open"}
        undone = select(func.count()).where(CaseEvent.kind == "undone")
        assert session.scalar(undone) == CASES


def test_it_says_how_far_it_is_and_leaves_out_what_can_not_be_taken_back(
    database: Database, batch_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_back, "CHUNK", 10)
    assert how_far(database, batch_id) == HowFar(size=CASES, undone=0)
    with database.writing() as session:
        (first,) = batches.to_undo(session, batch_id, limit=1)
        review.reopen(session, EVERYWHERE, first.case_id, now=LATER)
    with database.writing() as session:
        chunk = taking_back.undo_chunk(session, EVERYWHERE, batch_id, now=LATER, base_url=BASE)
    assert (chunk.done, chunk.refused) == (9, 1)
    found = how_far(database, batch_id)
    assert (found.size, found.undone, found.left) == (CASES - 1, 9, CASES - 10)


def test_how_far_a_batch_of_another_desk_is_can_not_be_known(
    database: Database, people: People, batch_id: str
) -> None:
    with pytest.raises(NotFoundError):
        how_far(database, batch_id, Actor(people.eve, "Eve", frozenset({people.gazette})))


def test_a_batch_that_never_was_holds_nothing_and_has_no_name(
    database: Database, people: People
) -> None:
    nothing = new_id(NOW)
    assert how_far(database, nothing) == HowFar(size=0, undone=0)
    with database.reading() as session, pytest.raises(NotFoundError):
        taking_back.last_deed(session, nothing)
