"""Reviewing: the queue in pages, deeds with their events, and undo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from tests.services.people import NOW, People, add_people
from tests.services.queue_of import add_case, add_page
from typo_reports.domain.errors import ConflictError, InvalidFieldsError, NotFoundError
from typo_reports.domain.queue import SORTS, Question
from typo_reports.services import review
from typo_reports.services.review import Actor
from typo_reports.storage.models import Case, CaseEvent, Page

LATER = NOW + timedelta(minutes=5)


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
    return add_page(session, people.planet, author="Mara", section="City")


@contextmanager
def counted_statements(engine: Engine) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def walk(session: Session, actor: Actor, question: Question, *, limit: int) -> list[Case]:
    """All cases, page by page."""
    found: list[Case] = []
    cursor = None
    while True:
        answer = review.queue(session, actor, question, cursor=cursor, limit=limit)
        found += [view.case for view in answer.cases]
        cursor = answer.next_cursor
        if cursor is None:
            return found


@pytest.mark.parametrize("sort", SORTS)
def test_page_by_page_every_case_comes_once_and_in_order(
    session: Session, people: People, page: Page, ann: Actor, sort: str
) -> None:
    other = add_page(session, people.gazette, "/b")
    for number in range(23):
        # Equal readers and equal times: only the id tells them apart.
        add_case(
            session,
            (page, other)[number % 2],
            suggestions=("x",) * (1 + number % 3),
            at=NOW + timedelta(minutes=number // 4),
        )
    keys = {
        "urgent": lambda case: -case.urgency,
        "readers": lambda case: (-case.readers, -case.created_at.timestamp()),
        "newest": lambda case: -case.created_at.timestamp(),
        "oldest": lambda case: case.created_at.timestamp(),
        "changed": lambda case: -case.updated_at.timestamp(),
    }
    found = walk(session, ann, Question(sort=sort), limit=5)
    assert len({case.id for case in found}) == len(found) == 23
    assert [keys[sort](case) for case in found] == sorted(keys[sort](case) for case in found)
    assert found == walk(session, ann, Question(sort=sort), limit=200)


def test_the_number_of_statements_does_not_grow_with_the_cases(
    session: Session, engine: Engine, page: Page, ann: Actor
) -> None:
    add_case(session, page)
    with counted_statements(engine) as for_one:
        review.queue(session, ann, Question())
    for number in range(49):
        add_case(session, page, suggestions=("a", "b", None), at=NOW + timedelta(seconds=number))
    with counted_statements(engine) as for_fifty:
        assert len(review.queue(session, ann, Question()).cases) == 50
    assert len(for_one) == len(for_fifty) <= 8


def test_an_editor_sees_the_cases_of_their_own_sites_only(
    session: Session, people: People, page: Page, bob: Actor
) -> None:
    mine = add_case(session, page)
    foreign = add_case(session, add_page(session, people.gazette, "/b"))
    assert [view.case.id for view in review.queue(session, bob, Question()).cases] == [mine.id]
    with pytest.raises(NotFoundError):
        review.queue(session, bob, Question(site="gazette"))
    with pytest.raises(NotFoundError):
        review.case(session, bob, foreign.id)
    for deed in (
        lambda: review.resolve(session, bob, foreign.id, resolution="fixed", now=LATER),
        lambda: review.reopen(session, bob, foreign.id, now=LATER),
        lambda: review.assign(session, bob, foreign.id, editor_id=people.bob, now=LATER),
        lambda: review.merge(session, bob, foreign.id, into=mine.id, now=LATER),
        lambda: review.undo(session, bob, foreign.id, event_id=foreign.id, now=LATER),
    ):
        with pytest.raises(NotFoundError):
            deed()
    with pytest.raises(InvalidFieldsError):
        review.merge(session, bob, mine.id, into=foreign.id, now=LATER)
    assert (foreign.status, foreign.version, foreign.readers) == ("open", 1, 1)


def test_someone_without_sites_has_an_empty_queue(session: Session, page: Page) -> None:
    add_case(session, page)
    nobody = Actor(None, "nobody", frozenset())
    answer = review.queue(session, nobody, Question())
    assert (answer.cases, answer.next_cursor) == ([], None)
    assert set(answer.counts.values()) == {0}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"section": "City"}, ["seperate"]),
        ({"author": "Mara"}, ["seperate"]),
        ({"lang": "ru"}, ["карова", "100%"]),
        ({"has_correction": True}, ["seperate"]),
        ({"assignee": "me"}, ["карова"]),
        ({"assignee": "none"}, ["seperate", "100%"]),
        ({"assignee": "1"}, ["карова"]),
        ({"assignee": "999999999"}, []),
        ({"q": "SEPER"}, ["seperate"]),
        ({"q": "КАРОВА"}, ["карова"]),
        ({"q": "separate"}, ["seperate"]),
        ({"q": "молоко"}, ["карова"]),
        ({"q": "0%"}, ["100%"]),
        ({"q": "%"}, ["100%"]),
        ({"q": "_"}, []),
        ({"place": "gone"}, ["100%"]),
        ({"position": "body"}, ["100%"]),
        ({"status": "resolved"}, []),
        ({"status": None}, ["seperate", "карова", "100%"]),
    ],
)
def test_filters_and_search(
    session: Session,
    people: People,
    page: Page,
    ann: Actor,
    asked: dict[str, Any],
    expected: list[str],
) -> None:
    russian = add_page(session, people.planet, "/ru", lang="ru", title="Новости")
    add_case(session, page, "seperate", at=NOW + timedelta(minutes=2))
    add_case(
        session,
        russian,
        "карова",
        suggestions=(None,),
        comment="даёт Молоко молоко",
        assignee_id=people.ann,
        at=NOW + timedelta(minutes=1),
    )
    add_case(session, russian, "100%", suggestions=(None,), place_state="gone", position="body")
    found = review.queue(session, ann, Question(**asked)).cases
    assert [view.case.exact for view in found] == expected


def test_resolving_closes_the_case_and_writes_the_event(
    session: Session, page: Page, ann: Actor
) -> None:
    case = add_case(session, page)
    deed = review.resolve(
        session, ann, case.id, resolution="fixed", note=" done ", expected_version=1, now=LATER
    )
    assert (case.status, case.resolution, case.resolved_at) == ("resolved", "fixed", LATER)
    assert case.version == 2
    written = session.get_one(CaseEvent, deed.event_id)
    assert (written.kind, written.note, written.editor_id) == ("resolved", "done", ann.editor_id)


def test_a_program_is_named_in_the_event(session: Session, people: People, page: Page) -> None:
    case = add_case(session, page)
    program = Actor(None, "api:cms", frozenset({people.planet}))
    deed = review.resolve(session, program, case.id, resolution="spam", now=LATER)
    written = session.get_one(CaseEvent, deed.event_id)
    assert (written.actor, written.editor_id) == ("api:cms", None)


def test_the_second_of_two_editors_is_told_and_changes_nothing(
    session: Session, page: Page, ann: Actor, bob: Actor
) -> None:
    case = add_case(session, page)
    review.resolve(session, bob, case.id, resolution="fixed", expected_version=1, now=NOW)
    review.reopen(session, bob, case.id, now=NOW)
    with pytest.raises(ConflictError, match=r"Bob was faster: the case is open now"):
        review.resolve(session, ann, case.id, resolution="spam", expected_version=1, now=LATER)
    assert (case.status, case.resolution) == ("open", None)


def test_one_more_reader_is_no_reason_to_refuse_an_editor(
    session: Session, page: Page, ann: Actor
) -> None:
    case = add_case(session, page)
    case.version += 1
    review.resolve(session, ann, case.id, resolution="fixed", expected_version=1, now=LATER)
    assert case.status == "resolved"


def test_undo_brings_everything_back(session: Session, page: Page, ann: Actor) -> None:
    case = add_case(session, page)
    deed = review.resolve(session, ann, case.id, resolution="fixed", now=LATER)
    review.undo(session, ann, case.id, event_id=deed.event_id, now=LATER)
    assert (case.status, case.resolution, case.resolved_at) == ("open", None, None)
    with pytest.raises(ConflictError, match="undone already"):
        review.undo(session, ann, case.id, event_id=deed.event_id, now=LATER)


def test_undoing_a_reopening_restores_the_time_of_the_resolution(
    session: Session, page: Page, ann: Actor
) -> None:
    case = add_case(session, page)
    review.resolve(session, ann, case.id, resolution="wont-fix", now=NOW)
    deed = review.reopen(session, ann, case.id, now=LATER)
    review.undo(session, ann, case.id, event_id=deed.event_id, now=LATER)
    assert (case.resolution, case.resolved_at) == ("wont-fix", NOW)


def test_what_has_changed_since_is_not_overwritten_by_an_undo(
    session: Session, page: Page, ann: Actor
) -> None:
    case = add_case(session, page)
    deed = review.resolve(session, ann, case.id, resolution="fixed", now=NOW)
    review.reopen(session, ann, case.id, now=NOW)
    review.resolve(session, ann, case.id, resolution="spam", now=NOW)
    with pytest.raises(ConflictError, match="resolved as spam now"):
        review.undo(session, ann, case.id, event_id=deed.event_id, now=LATER)
    assert case.resolution == "spam"


def test_what_is_no_deed_can_not_be_undone(session: Session, page: Page, ann: Actor) -> None:
    case, other = add_case(session, page), add_case(session, page)
    deed = review.resolve(session, ann, other.id, resolution="fixed", now=NOW)
    reported = review.case(session, ann, case.id).events[0]
    for event_id in (reported.id, deed.event_id, "nonsense"):
        with pytest.raises(NotFoundError):
            review.undo(session, ann, case.id, event_id=event_id, now=LATER)


def test_merging_moves_the_readers_and_undo_moves_them_back(
    session: Session, page: Page, ann: Actor
) -> None:
    original = add_case(session, page, suggestions=("a",))
    repeated = add_case(session, page, suggestions=("b", "b"))
    deed = review.merge(session, ann, repeated.id, into=original.id, now=LATER)
    assert (repeated.status, repeated.resolution) == ("resolved", "duplicate")
    assert repeated.duplicate_of_id == original.id
    assert original.readers == 3
    view = review.case(session, ann, original.id)
    assert [(said.text, said.readers) for said in view.suggestions] == [("b", 2), ("a", 1)]
    review.undo(session, ann, repeated.id, event_id=deed.event_id, now=LATER)
    assert (original.readers, repeated.readers, repeated.duplicate_of_id) == (1, 2, None)


def test_reopening_a_merged_case_takes_its_reports_back(
    session: Session, page: Page, ann: Actor
) -> None:
    original, repeated = add_case(session, page), add_case(session, page)
    review.merge(session, ann, repeated.id, into=original.id, now=LATER)
    review.reopen(session, ann, repeated.id, now=LATER)
    assert (original.readers, repeated.readers, repeated.status) == (1, 1, "open")


def test_a_chain_of_duplicates_is_refused(session: Session, page: Page, ann: Actor) -> None:
    first, second, third = (add_case(session, page) for _ in range(3))
    review.merge(session, ann, second.id, into=first.id, now=LATER)
    with pytest.raises(ConflictError):
        review.merge(session, ann, third.id, into=second.id, now=LATER)
    with pytest.raises(InvalidFieldsError):
        review.resolve(session, ann, third.id, resolution="duplicate", now=LATER)


def test_a_case_is_given_to_people_of_its_desk_only(
    session: Session, people: People, page: Page, ann: Actor
) -> None:
    case = add_case(session, page)
    review.assign(session, ann, case.id, editor_id=people.bob, now=LATER)
    assert case.assignee_id == people.bob
    with pytest.raises(InvalidFieldsError):
        review.assign(session, ann, case.id, editor_id=people.eve, now=LATER)
    deed = review.assign(session, ann, case.id, editor_id=None, now=LATER)
    review.undo(session, ann, case.id, event_id=deed.event_id, now=LATER)
    assert case.assignee_id == people.bob


def test_after_a_case_comes_the_next_of_the_same_queue_then_the_first(
    session: Session, page: Page, ann: Actor
) -> None:
    cases = [add_case(session, page, suggestions=("x",) * number) for number in (3, 2, 1)]
    question = Question()
    following = [review.next_after(session, ann, question, case, now=LATER) for case in cases]
    assert [case.id if case else None for case in following] == [
        cases[1].id,
        cases[2].id,
        cases[0].id,
    ]
    for case in cases[1:]:
        review.resolve(session, ann, case.id, resolution="fixed", now=LATER)
    assert review.next_after(session, ann, question, cases[0], now=LATER) is None


def test_the_page_of_a_case_names_the_others_that_are_open_there(
    session: Session, page: Page, ann: Actor
) -> None:
    case = add_case(session, page, start=1)
    later = add_case(session, page, start=90)
    sooner = add_case(session, page, start=20)
    closed = add_case(session, page)
    review.resolve(session, ann, closed.id, resolution="fixed", now=NOW)
    view = review.case(session, ann, case.id)
    assert [other.id for other in view.neighbours] == [sooner.id, later.id]


@pytest.mark.parametrize("case_id", ["", "x", "0" * 500, "\0", "../queue"])
def test_an_id_that_is_none_is_not_found(session: Session, ann: Actor, case_id: str) -> None:
    with pytest.raises(NotFoundError):
        review.case(session, ann, case_id)
