"""Search finds what stands in a case, through the worker's index and before it; and forgets."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, text, update

from tests.services.people import NOW, People, add_people
from tests.services.queue_of import add_case, add_page
from typo_reports.domain.queue import Question
from typo_reports.services import bulk, review, search_index
from typo_reports.services.actors import Actor
from typo_reports.storage import queue, search
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Case, CaseText, Page, Report

ALL = Actor(None, "a program", None)


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        return add_people(session)


def hits(database: Database, q: str, **asked: str) -> list[str]:
    with database.reading() as session:
        found = review.queue(session, ALL, Question(q=q, **asked), now=NOW)  # type: ignore[arg-type]
    return [view.case.exact for view in found.cases]


def indexed(database: Database, number: int) -> bool:
    """Whether the index has this many texts and nothing waits."""
    search_index.refresh(database)
    with database.reading() as session:
        return search_index.progress(session) == search_index.Progress(number, 0)


@pytest.mark.parametrize("is_indexed", [True, False])
def test_search_finds_passage_page_corrections_and_comments(
    database: Database, people: People, is_indexed: bool
) -> None:
    with database.writing() as session:
        page = add_page(session, people.planet, "/Harbour-News", title="Ein Gruß aus Köln")
        add_case(session, page, "seperate", suggestions=("desunite",), comment="See LINE four")
        add_case(session, add_page(session, people.planet, "/other"), "freind", suggestions=("x",))
    if is_indexed:
        assert indexed(database, 2)
    for query in ("epera", "SEPERATE", "harbour-n", "gruß", "KÖLN", "unit", "line FOUR", "se"):
        assert hits(database, query) == ["seperate"], query
    assert hits(database, "zebra") == []
    assert hits(database, "100%") == []


@pytest.mark.parametrize(
    ("exact", "query"),
    [
        ("彼は漢字を間違えた", "漢字"),
        ("彼は漢字を間違えた", "漢"),
        ("오타가 있습니다", "오타"),
        ("ОШИПКА в слове", "ошипка"),
        ("العربية خطاء", "خطاء"),
        ("ΛΑΘΟΣ", "λαθοσ"),
        ("caf\u0065\u0301s", "CAFÉ"),
        ("คำผิดในหน้า", "ผิด"),
        ("two\nlines", "two lines"),
    ],
)
def test_any_script_is_found_by_any_part(
    database: Database, people: People, exact: str, query: str
) -> None:
    with database.writing() as session:
        add_case(session, add_page(session, people.planet), exact)
    assert indexed(database, 1)
    assert hits(database, query) == [exact]


def test_text_that_is_erased_or_changed_leaves_the_index(
    database: Database, people: People
) -> None:
    with database.writing() as session:
        page = add_page(session, people.planet, title="Old title")
        case = add_case(session, page, comment="my secret remark")
        page_id, case_id = page.id, case.id
    assert indexed(database, 1)
    assert hits(database, "secret rem") == ["seperate"]
    with database.writing() as session:
        session.execute(update(Report).values(comment=None))
        session.execute(update(Page).where(Page.id == page_id).values(title="New title"))
    assert hits(database, "secret rem") == [], "not even before the worker has been there"
    assert indexed(database, 1)
    assert hits(database, "secret rem") == hits(database, "old ti") == []
    assert hits(database, "new ti") == ["seperate"]
    with database.reading() as session:
        assert "secret" not in session.query(CaseText.text).one()[0]
        assert search.candidates(session, "secret rem", most=9) == []
        assert search._numbers(session, search.wanted_grams("secret rem"), 9) == []
    with database.writing() as session:
        for table in ("case_events", "case_keys", "reports"):
            session.execute(text(f"DELETE FROM {table}"))
        session.execute(delete(Case).where(Case.id == case_id))
    assert indexed(database, 0)
    with database.reading() as session:
        assert search._numbers(session, search.wanted_grams("new title"), 9) == []


def test_a_further_report_is_found_by_its_words(database: Database, people: People) -> None:
    with database.writing() as session:
        page = add_page(session, people.planet)
        first = add_case(session, page, "teh")
        other = add_case(session, page, "adn", suggestions=("andromeda",))
        first_id, other_id = first.id, other.id
    assert indexed(database, 2)
    with database.writing() as session:
        session.execute(update(Report).where(Report.case_id == other_id).values(case_id=first_id))
    assert indexed(database, 2)
    assert hits(database, "andromeda") == ["teh"]


def test_what_changes_while_it_is_indexed_stays_stale(database: Database, people: People) -> None:
    from typo_reports.storage import search_index as storage

    with database.writing() as session:
        add_case(session, add_page(session, people.planet), comment="before")
    with database.reading() as session:
        marks = storage.stale(session, limit=9)
        texts = storage.texts(session, list(marks))
    with database.writing() as session:
        session.execute(update(Report).values(comment="after"))
    with database.writing() as session:
        storage.put(session, marks, texts)
    with database.reading() as session:
        assert search_index.progress(session).waiting == 1
    assert indexed(database, 1)
    assert hits(database, "after") == ["seperate"]
    assert hits(database, "before") == []


@pytest.fixture
def long_queue(database: Database, people: People, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A queue that is long beside looks of ten and forty cases; the oldest is of a rare section."""
    monkeypatch.setattr(queue, "_FIRST_LOOK", 10)
    monkeypatch.setattr(queue, "_LONG_LOOK", 110)
    monkeypatch.setattr(queue, "_CANDIDATES_MOST", 20)
    with database.writing() as session:
        usual = add_page(session, people.planet, section="City")
        rare = add_page(session, people.planet, "/chess", section="Chess")
        for number in range(250):
            page = rare if number in {240, 249} else usual
            add_case(
                session,
                page,
                f"word{number:03d}",
                at=NOW - timedelta(minutes=number),
                place_state="gone" if number >= 230 else "present",
                suggestions=("common",),
            )
    assert not search_index.refresh(database, most_seconds=0)
    return [f"word{number:03d}" for number in range(250)]


def test_a_rare_section_is_found_at_the_end_of_a_long_queue(
    database: Database, long_queue: list[str]
) -> None:
    with database.reading() as session:
        page = review.queue(session, ALL, Question(section="Chess"), now=NOW)
    assert [view.case.exact for view in page.cases] == ["word240", "word249"]
    assert not page.is_partial


def test_a_rare_search_is_found_at_the_end_of_a_long_queue(
    database: Database, long_queue: list[str]
) -> None:
    assert indexed(database, 250)
    assert hits(database, "word249") == ["word249"]
    assert hits(database, "word249", sort="oldest") == ["word249"]
    assert hits(database, "word249", section="City") == []
    assert hits(database, "word24") == long_queue[240:]
    assert hits(database, "common") == long_queue[:50]


def test_what_no_index_knows_is_looked_for_page_by_page(
    database: Database, long_queue: list[str]
) -> None:
    found, cursor, pages = [], None, 0
    question = Question(place="gone")
    while True:
        with database.reading() as session:
            page = review.queue(session, ALL, question, cursor=cursor, now=NOW)
        found += [view.case.exact for view in page.cases]
        cursor, pages = page.next_cursor, pages + 1
        if cursor is None:
            break
        assert page.is_partial
    assert found == long_queue[230:]
    assert pages > 1
    with database.reading() as session:
        ids = bulk.matching(session, ALL, question, now=NOW, limit=1000)
    assert len(ids) == 20


def test_all_statuses_stand_in_one_order(database: Database, people: People) -> None:
    with database.writing() as session:
        page = add_page(session, people.planet)
        for number in range(6):
            add_case(
                session,
                page,
                f"word{number}",
                at=NOW - timedelta(hours=number),
                status="resolved" if number % 2 else "open",
            )
    with database.reading() as session:
        page_of_all = review.queue(session, ALL, Question(status=None, sort="newest"), now=NOW)
    assert [view.case.exact for view in page_of_all.cases] == [f"word{n}" for n in range(6)]


def test_precedents_are_decisions_about_the_same_words(database: Database, people: People) -> None:
    with database.writing() as session:
        page = add_page(session, people.planet)
        case_id = add_case(session, page, "Seperate").id
        add_case(session, page, "seperate", status="resolved", resolution="not-an-error")
        add_case(session, page, "seperately", status="resolved", resolution="fixed")
        add_case(session, page, "seperate", status="resolved", resolution="duplicate")
        gazette = add_page(session, people.gazette)
        add_case(session, gazette, "seperate", status="resolved", resolution="fixed")
    assert indexed(database, 5)
    with database.reading() as session:
        view = review.case(session, ALL, case_id)
    assert [other.resolution for other in view.precedents] == ["not-an-error"]
