"""What the house holds right is answered at once and never stands in the queue."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine, event, func, select

from tests.services.second_thoughts import (
    NOW,
    SENTENCE,
    TEXT,
    accept,
    add_planet,
    cases,
    submission,
)
from typo_reports.domain.errors import InvalidFieldsError, NotFoundError
from typo_reports.domain.house_style import Entry
from typo_reports.domain.queue import Question
from typo_reports.services import house_style, receipts, review
from typo_reports.services.actors import Actor
from typo_reports.storage.engine import Database
from typo_reports.storage.house_style import known_words
from typo_reports.storage.models import HouseStyle, PageCheck

EVERYWHERE = Actor(editor_id=None, name="test", site_ids=None)
NOTE = "We write it so."


@pytest.fixture
def site(database: Database) -> int:
    return add_planet(database)


def add(database: Database, site: int, text: str, **facts: str) -> int:
    with database.writing() as session:
        entry = Entry(
            text, facts.get("kind", "word"), facts.get("lang", ""), facts.get("note", NOTE)
        )
        house_style.add(session, EVERYWHERE, site, entry, now=NOW)
        return session.scalars(select(HouseStyle.id).order_by(HouseStyle.id.desc())).first() or 0


def open_cases(database: Database) -> int:
    with database.reading() as session:
        return review.queue(session, EVERYWHERE, Question(), now=NOW).counts["open"]


def test_a_report_of_it_is_declined_with_the_note(database: Database, site: int) -> None:
    entry_id = add(database, site, "wich")
    answer = accept(database, submission(suggestion="which"))
    assert (answer.outcome, answer.reply, answer.changeable_until) == ("declined", NOTE, None)
    assert answer.message.endswith(f"keep it as it is: {NOTE}")
    assert open_cases(database) == 0
    with database.reading() as session:
        (case,) = cases(session)
        assert (case.status, case.resolution) == ("resolved", "not-an-error")
        assert [
            one.id for one in house_style.folded(session, session.get_one(HouseStyle, entry_id))
        ] == [case.id]
        assert receipts.receipt(session, answer.receipt_token, now=NOW).reply == NOTE
        assert session.scalar(select(func.count()).select_from(PageCheck)) == 0


def test_a_second_reader_of_it_is_declined_too(database: Database, site: int) -> None:
    add(database, site, "wich")
    first = accept(database, submission(suggestion="which"))
    second = accept(database, submission())
    assert (second.case_id, second.outcome, second.reply) == (first.case_id, "declined", NOTE)


def test_another_error_of_the_sentence_comes_into_the_queue(database: Database, site: int) -> None:
    add(database, site, "wich")
    sentence = TEXT[slice(*SENTENCE)]
    answer = accept(database, submission(SENTENCE, sentence.replace("bridge", "brigde")))
    assert answer.outcome == "received"
    assert open_cases(database) == 1


def test_an_open_case_takes_its_readers_still(database: Database, site: int) -> None:
    first = accept(database, submission(suggestion="which"))
    add(database, site, "wich")
    second = accept(database, submission(suggestion="which"))
    assert (second.case_id, second.outcome) == (first.case_id, "known")


def test_another_site_is_not_concerned(database: Database, site: int) -> None:
    from tests.web.reporting import add_site

    add(database, add_site(database, "other", "https://other.example"), "wich")
    assert accept(database, submission()).outcome == "received"


def test_one_answer_of_the_house_can_be_undone(database: Database, site: int) -> None:
    add(database, site, "wich")
    answer = accept(database, submission())
    with database.writing() as session:
        events = review.case(session, EVERYWHERE, answer.case_id).events
        (deed,) = [event for event in events if event.kind == "house-style"]
        review.undo(session, EVERYWHERE, answer.case_id, event_id=deed.id, now=NOW)
    assert open_cases(database) == 1


@pytest.mark.parametrize("and_open_cases", [True, False])
def test_removing_an_entry_opens_its_cases_if_wished(
    database: Database, site: int, and_open_cases: bool
) -> None:
    entry_id = add(database, site, "wich")
    accept(database, submission())
    with database.writing() as session:
        opened = house_style.remove(
            session, EVERYWHERE, site, entry_id, and_open_cases=and_open_cases, now=NOW
        )
    assert opened == open_cases(database) == int(and_open_cases)
    with database.reading() as session:
        assert cases(session)[0].house_style_id is None
        with pytest.raises(NotFoundError):
            house_style.entry(session, site, entry_id)


def test_the_list_goes_to_a_file_and_comes_back(database: Database, site: int) -> None:
    add(database, site, "=SUM(A1)", kind="passage", note="@home")
    add(database, site, "wich", lang="en")
    with database.writing() as session:
        text = house_style.to_csv(session, site)
        assert "'=SUM(A1)" in text
        for row in list(session.scalars(select(HouseStyle))):
            house_style.remove(session, EVERYWHERE, site, row.id, and_open_cases=False, now=NOW)
        assert house_style.from_csv(session, EVERYWHERE, site, text, now=NOW) == 2
        assert house_style.to_csv(session, site) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [("wrong\n", "first line"), ("text,kind\nok,word\nx,odd\n", "Line 3"), ("", "first line")],
)
def test_a_bad_file_adds_nothing(database: Database, site: int, text: str, words: str) -> None:
    with pytest.raises(InvalidFieldsError, match=words), database.writing() as session:
        house_style.from_csv(session, EVERYWHERE, site, text, now=NOW)
    with database.reading() as session:
        assert house_style.entries(session, site) == []


def test_spelling_learns_the_words(database: Database, site: int) -> None:
    add(database, site, "wich", lang="en")
    add(database, site, "E-Mail")
    add(database, site, "Zoo", lang="de")
    add(database, site, "a passage", kind="passage")
    with database.reading() as session:
        assert known_words(session, site, "en-GB") == {"wich", "E-Mail"}
        assert known_words(session, site, None) == {"E-Mail"}


def test_the_same_entry_twice_is_once_with_the_newer_note(database: Database, site: int) -> None:
    add(database, site, "wich")
    add(database, site, " wich. ", note="Newer.")
    with database.reading() as session:
        ((entry, _),) = house_style.entries(session, site)
        assert entry.note == "Newer."


def test_intake_asks_once_however_long_the_list_is(database: Database, site: int) -> None:
    asked: list[str] = []

    def note(_c: object, _u: object, statement: str, *_: object) -> None:
        if "FROM house_style" in statement:
            asked.append(statement)

    for number in range(30):
        add(database, site, f"word{number}")
    event.listen(Engine, "before_cursor_execute", note)
    accept(database, submission(), NOW + timedelta(minutes=1))
    event.remove(Engine, "before_cursor_execute", note)
    assert len(asked) == 1
