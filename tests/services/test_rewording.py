"""A reader changes what was just sent; the cases are as if it had been sent so at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.services.second_thoughts import (
    NOW,
    SENTENCE,
    TEXT,
    WORD,
    accept,
    add_planet,
    cases,
    partition,
    reword,
    submission,
    withdraw,
)
from tests.web.plain_browser import contents
from typo_reports.domain.errors import InvalidFieldsError, TooLateError
from typo_reports.services import review
from typo_reports.services.actors import Actor
from typo_reports.storage.engine import Database
from typo_reports.storage.models import CaseEvent, PageCheck, Report

EVERYWHERE = Actor(editor_id=None, name="test", site_ids=None)


@pytest.fixture
def site(database: Database) -> int:
    return add_planet(database)


def one_report(database: Database) -> Report:
    with database.reading() as session:
        return session.scalars(select(Report)).one()


def test_a_comment_is_changed_and_the_correction_stays(database: Database, site: int) -> None:
    answer = accept(database, submission(suggestion="which", comment="first"))
    reword(database, answer, comment=" second ")
    stored = one_report(database)
    assert (stored.suggestion, stored.comment) == ("which", "second")
    reword(database, answer, comment=None)
    assert one_report(database).comment is None


def test_a_correction_is_changed_and_the_comment_stays(database: Database, site: int) -> None:
    answer = accept(database, submission(suggestion="witch", comment="a word"))
    reword(database, answer, suggestion="which")
    stored = one_report(database)
    assert (stored.suggestion, stored.comment) == ("which", "a word")
    with database.reading() as session:
        (case,) = cases(session)
        kinds = [event.kind for event in session.scalars(select(CaseEvent))]
    assert (case.id, case.readers, case.status) == (answer.case_id, 1, "open")
    assert sorted(kinds) == ["reported", "reworded"]
    assert "witch" not in repr(contents(database)["cases"])


def test_the_page_is_read_again_for_another_correction(database: Database, site: int) -> None:
    answer = accept(database, submission(suggestion="witch"))
    with database.writing() as session:
        check = session.query(PageCheck).one()
        check.looks, check.due_at = 4, NOW + timedelta(hours=6)
    reword(database, answer, comment="a word")
    with database.reading() as session:
        assert session.query(PageCheck).one().looks == 4
    reword(database, answer, suggestion="which")
    with database.reading() as session:
        check = session.query(PageCheck).one()
        assert check.looks == 0 and check.due_at < NOW + timedelta(hours=1)


@pytest.mark.parametrize("nothing", [None, "", "  ", "wich"])
def test_a_correction_that_says_nothing_is_none(
    database: Database, site: int, nothing: str | None
) -> None:
    answer = accept(database, submission(suggestion="which"))
    reword(database, answer, suggestion=nothing)
    assert one_report(database).suggestion is None


def test_the_cases_are_as_if_it_had_been_sent_so_at_once(database: Database, site: int) -> None:
    sentence = TEXT[slice(*SENTENCE)]
    accept(database, submission(suggestion="which"))
    answer = accept(database, submission(SENTENCE, sentence.replace("bridge", "brigde")))
    assert len(partition(database)) == 2
    reword(database, answer, suggestion=sentence.replace("wich", "which"))
    with database.reading() as session:
        is_open = [case for case in cases(session) if case.status == "open"]
        assert [case.readers for case in is_open] == [2]
        (ended,) = [case for case in cases(session) if case.status != "open"]
        assert (ended.resolution, ended.duplicate_of_id) == ("duplicate", is_open[0].id)


def test_a_report_leaves_a_case_that_it_does_not_belong_to_any_more(
    database: Database, site: int
) -> None:
    sentence = TEXT[slice(*SENTENCE)]
    accept(database, submission(suggestion="which"))
    answer = accept(database, submission(SENTENCE, sentence.replace("wich", "which")))
    assert len(partition(database)) == 1
    reword(database, answer, suggestion=sentence.replace("bridge", "brigde"))
    with database.reading() as session:
        found = [(case.readers, case.exact) for case in cases(session)]
    assert sorted(found) == sorted([(1, "wich"), (1, sentence)])


def test_a_change_that_changes_nothing_writes_nothing(database: Database, site: int) -> None:
    answer = accept(database, submission(suggestion="which", comment="a"))
    before = contents(database)
    reword(database, answer, suggestion="which", comment=" a ")
    reword(database, answer)
    assert contents(database) == before


def test_the_first_text_sent_again_changes_nothing_back(database: Database, site: int) -> None:
    sent = submission(suggestion="witch")
    answer = accept(database, sent)
    reword(database, answer, suggestion="which")
    again = accept(database, sent)
    assert not again.is_new
    assert one_report(database).suggestion == "which"


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("suggestion", "x" * 1001, "too-long"),
        ("comment", "x" * 2001, "too-long"),
        ("suggestion", "a\0b", "nul-character"),
        ("comment", "\ud800", "lone-surrogate"),
    ],
)
def test_the_rules_of_a_new_report_hold(
    database: Database, site: int, field: str, text: str, code: str
) -> None:
    answer = accept(database, submission(suggestion="which"))
    before = contents(database)
    with pytest.raises(InvalidFieldsError) as refused:
        reword(database, answer, **{field: text})  # type: ignore[arg-type]
    assert [(error.field, error.code) for error in refused.value.errors] == [(field, code)]
    assert contents(database) == before


def test_after_ten_minutes_or_a_decision_or_a_withdrawal_it_is_too_late(
    database: Database, site: int
) -> None:
    old = accept(database, submission())
    with pytest.raises(TooLateError, match="10 minutes"):
        reword(database, old, suggestion="which", now=NOW + timedelta(minutes=10))
    with database.writing() as session:
        review.resolve(session, EVERYWHERE, old.case_id, resolution="wont-fix", now=NOW)
    with pytest.raises(TooLateError, match="decided"):
        reword(database, old, suggestion="which")
    gone = accept(database, submission((4, 11)))
    withdraw(database, gone)
    with pytest.raises(TooLateError, match="taken this report back"):
        reword(database, gone, suggestion="which")


def test_changing_and_taking_back_at_the_same_moment_ends_withdrawn(
    database: Database, site: int
) -> None:
    def change(number: int) -> None:
        try:
            reword(database, answer, suggestion=f"which{number}")
        except TooLateError:
            return

    answer = accept(database, submission(suggestion="witch"))
    with ThreadPoolExecutor(4) as pool:
        changes = [pool.submit(change, number) for number in range(3)]
        gone = pool.submit(withdraw, database, answer)
        for done in [*changes, gone]:
            done.result()
    with database.reading() as session:
        assert session.scalars(select(Report)).all() == []
        assert all(case.status != "open" and case.exact == "" for case in cases(session))
    assert WORD
