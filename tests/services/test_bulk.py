"""Many cases at once: done in chunks, within one's own sites, undone together."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.services.people import NOW, People, add_people
from tests.services.queue_of import add_case, add_page
from typo_reports.domain.errors import InvalidFieldsError, NotFoundError
from typo_reports.domain.queue import Question
from typo_reports.services import bulk, own_deeds, review, taking_back
from typo_reports.services.bulk import Chunk, OnCase
from typo_reports.services.review import Actor
from typo_reports.storage.models import Case, Page

LATER = NOW + timedelta(minutes=5)
BASE = "http://desk.example"


@pytest.fixture
def people(session: Session) -> People:
    return add_people(session)


@pytest.fixture
def ann(people: People) -> Actor:
    return Actor(people.ann, "Ann", None)


@pytest.fixture
def bob(people: People) -> Actor:
    return Actor(people.bob, "Bob", frozenset({people.planet}))


@pytest.fixture
def page(session: Session, people: People) -> Page:
    return add_page(session, people.planet)


def do(session: Session, actor: Actor, cases: list[Case], on_case: OnCase) -> tuple[str, Chunk]:
    batch_id = bulk.new_batch_id(LATER)
    chunk = bulk.do_chunk(
        session,
        actor,
        [case.id for case in cases],
        on_case,
        batch_id=batch_id,
        now=LATER,
        base_url=BASE,
    )
    return batch_id, chunk


def take_back(session: Session, actor: Actor, batch_id: str) -> Chunk:
    return taking_back.undo_chunk(session, actor, batch_id, now=LATER, base_url=BASE)


def test_a_batch_is_done_and_undone_together(session: Session, page: Page, bob: Actor) -> None:
    cases = [add_case(session, page) for _ in range(5)]
    on_case = bulk.resolving(bob, "spam", note=None, now=LATER)
    batch_id, chunk = do(session, bob, cases, on_case)
    assert chunk == Chunk(done=5, refused=0)
    assert {case.resolution for case in cases} == {"spam"}
    assert take_back(session, bob, batch_id) == Chunk(done=5, refused=0)
    assert {case.status for case in cases} == {"open"}
    assert take_back(session, bob, batch_id) == Chunk(done=0, refused=0)


def test_a_case_that_somebody_else_decided_is_left_as_it_is(
    session: Session, page: Page, ann: Actor, bob: Actor
) -> None:
    cases = [add_case(session, page) for _ in range(3)]
    review.resolve(session, ann, cases[1].id, resolution="fixed", now=NOW)
    _, chunk = do(session, bob, cases, bulk.resolving(bob, "wont-fix", note=None, now=LATER))
    assert chunk == Chunk(done=2, refused=1)
    assert cases[1].resolution == "fixed"


def test_what_changed_after_the_batch_is_not_undone(
    session: Session, page: Page, bob: Actor
) -> None:
    cases = [add_case(session, page) for _ in range(3)]
    batch_id, _ = do(session, bob, cases, bulk.resolving(bob, "fixed", note=None, now=LATER))
    review.reopen(session, bob, cases[0].id, now=LATER)
    assert take_back(session, bob, batch_id) == Chunk(done=2, refused=1)
    assert take_back(session, bob, batch_id) == Chunk(done=0, refused=0)


def test_one_foreign_case_stops_the_batch(
    session: Session, people: People, page: Page, bob: Actor
) -> None:
    mine = add_case(session, page)
    foreign = add_case(session, add_page(session, people.gazette, "/b"))
    with pytest.raises(NotFoundError):
        do(session, bob, [mine, foreign], bulk.resolving(bob, "spam", note=None, now=LATER))
    assert (mine.status, foreign.status) == ("open", "open")


def test_a_batch_of_another_desk_can_not_be_undone(
    session: Session, people: People, ann: Actor, bob: Actor
) -> None:
    foreign = add_case(session, add_page(session, people.gazette, "/b"))
    batch_id, _ = do(session, ann, [foreign], bulk.resolving(ann, "spam", note=None, now=LATER))
    with pytest.raises(NotFoundError):
        take_back(session, bob, batch_id)
    assert foreign.status == "resolved"


def test_duplicates_need_an_original_each_and_are_refused(
    session: Session, page: Page, bob: Actor
) -> None:
    case = add_case(session, page)
    _, chunk = do(session, bob, [case], bulk.resolving(bob, "duplicate", note=None, now=LATER))
    assert (chunk, case.status) == (Chunk(done=0, refused=1), "open")
    with pytest.raises(InvalidFieldsError):
        bulk.resolving(bob, "nonsense", note=None, now=LATER)


def test_all_that_match_are_found_in_their_order(session: Session, page: Page, bob: Actor) -> None:
    few, many = add_case(session, page), add_case(session, page, suggestions=("x",) * 4)
    found = bulk.matching(session, bob, Question(sort="readers"), now=LATER, limit=10)
    assert found == [many.id, few.id]


def test_sleeping_cases_stay_out_of_the_queue_until_their_time(
    session: Session, page: Page, bob: Actor
) -> None:
    case = add_case(session, page)
    until = LATER + timedelta(hours=3)
    do(session, bob, [case], bulk.snoozing(bob, until, now=LATER))

    def queue(question: Question, at_hours: int) -> list[str]:
        now = LATER + timedelta(hours=at_hours)
        answer = review.queue(session, bob, question, now=now)
        return [view.case.id for view in answer.cases]

    assert queue(Question(), 1) == []
    assert queue(Question(is_snoozed=True), 1) == [case.id]
    assert queue(Question(), 4) == [case.id]
    assert queue(Question(is_snoozed=True), 4) == []
    counts = review.queue(session, bob, Question(), now=LATER).counts
    assert counts == {"open": 0, "snoozed": 1, "withheld": 0, "resolved": 0, "folded": 0}


def test_resolving_wakes_and_undo_lets_sleep_again(
    session: Session, page: Page, bob: Actor
) -> None:
    case = add_case(session, page)
    until = LATER + timedelta(hours=3)
    review.snooze(session, bob, case.id, until=until, now=LATER)
    deed = review.resolve(session, bob, case.id, resolution="fixed", now=LATER)
    assert case.snoozed_until is None
    review.undo(session, bob, case.id, event_id=deed.event_id, now=LATER)
    assert case.snoozed_until == until


def test_own_deeds_show_a_batch_as_one_line(
    session: Session, people: People, page: Page, ann: Actor, bob: Actor
) -> None:
    cases = [add_case(session, page) for _ in range(4)]
    single = review.assign(session, bob, cases[0].id, editor_id=people.bob, now=NOW)
    batch_id, _ = do(session, bob, cases, bulk.assigning(bob, None, now=LATER))
    review.resolve(session, ann, cases[1].id, resolution="fixed", now=LATER)
    take_back(session, bob, batch_id)
    lines = own_deeds.lately(session, bob, now=LATER)
    assert [(line.event.batch_id, line.batch_size, line.undone) for line in lines] == [
        (batch_id, 4, 4),
        (None, 0, 0),
    ]
    assert lines[1].event.id == single.event_id
    long_after = LATER + timedelta(days=8)
    assert own_deeds.lately(session, bob, now=long_after) == []
