"""Many reports at once, and their bookkeeping."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from typo_reports.domain.errors import StorageUnavailableError
from typo_reports.domain.report import PageFacts, Submission
from typo_reports.domain.selector import Selector
from typo_reports.services import intake, sites
from typo_reports.services.intake import Answer
from typo_reports.services.quotas import Quotas
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Case, CaseEvent, Page, Report

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PAGE = "https://planet.example/a"
TEXT = (
    "The council met on Tuesday. It decided to repair the old bridge over the river, wich had been "
    "closed since spring. A second bridge, wich stands further down, stays open for bicycles."
)


@pytest.fixture
def site(database: Database) -> int:
    with database.writing() as session:
        return sites.add_site(
            session, name="Planet", origins=["https://planet.example"], key="planet", now=NOW
        ).id


def submission(start: int, end: int, suggestion: str | None = None) -> Submission:
    return Submission(
        id=str(uuid.uuid4()),
        site="planet",
        source=PAGE,
        selector=Selector.from_text(TEXT, start, end),
        page=PageFacts(title="The bridge"),
        suggestion=suggestion,
    )


def accept(database: Database, sent: Submission, network: str = "192.0.2.1") -> Answer:
    with database.writing() as session:
        return intake.accept(
            session,
            sent,
            origin="https://planet.example",
            network_key=network,
            per_minute=1_000,
            secret_key="k" * 32,
            quotas=Quotas("k" * 32),
            now=NOW,
        )


def test_forty_readers_at_the_same_moment_make_one_case(database: Database, site: int) -> None:
    at = TEXT.index("wich")
    sent = [submission(at, at + 4, "which") for _ in range(40)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda one: accept(database, one), sent))
    assert len({answer.case_id for answer in answers}) == 1
    with database.reading() as session:
        case = session.scalars(select(Case)).one()
        assert case.readers == 40
        assert session.scalar(select(func.count()).select_from(Report)) == 40
        assert session.scalar(select(func.count()).select_from(Page)) == 1
        assert session.scalar(select(func.count()).select_from(CaseEvent)) == 1


def test_the_same_report_from_two_tabs_at_once_is_stored_once(
    database: Database, site: int
) -> None:
    at = TEXT.index("wich")
    sent = submission(at, at + 4)

    def attempt(_: int) -> Answer:
        try:
            return accept(database, sent)
        except StorageUnavailableError:
            return accept(database, sent)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(attempt, range(4)))
    assert sum(answer.is_new for answer in answers) == 1
    assert len({answer.receipt_token for answer in answers}) == 1


def test_equal_words_in_two_sentences_stay_two_cases(database: Database, site: int) -> None:
    first, second = TEXT.index("wich"), TEXT.rindex("wich")
    one = accept(database, submission(first, first + 4, "which"))
    other = accept(database, submission(second, second + 4, "which"))
    assert one.case_id != other.case_id


def test_the_word_and_its_sentence_meet_in_one_case(database: Database, site: int) -> None:
    at = TEXT.index("wich")
    start, end = TEXT.index("It decided"), TEXT.index("A second")
    sentence = TEXT[start:end]
    whole = accept(database, submission(start, end, sentence.replace("wich", "which")))
    word = accept(database, submission(at, at + 4, "which"))
    assert whole.case_id == word.case_id


def test_every_report_is_counted_in_exactly_one_case(database: Database, site: int) -> None:
    at = TEXT.index("wich")
    start, end = TEXT.index("It decided"), TEXT.index("A second")
    for sent in (
        submission(start, end),
        submission(at, at + 4, "which"),
        submission(at - 6, at + 8),
        submission(TEXT.index("bridge"), TEXT.index("bridge") + 6, "brigde"),
        submission(start, start + 20),
    ):
        accept(database, sent)
    with database.reading() as session:
        counted = session.scalar(select(func.sum(Case.readers)))
        for case in session.scalars(select(Case)):
            held = session.scalar(
                select(func.count()).select_from(Report).where(Report.case_id == case.id)
            )
            assert held == case.readers
    assert counted == 5


def test_facts_of_the_page_follow_the_newest_report(database: Database, site: int) -> None:
    at = TEXT.index("wich")
    accept(database, submission(at, at + 4))
    newer = replace(submission(at, at + 4), page=PageFacts(title="The old bridge", author="Ann"))
    accept(database, newer)
    with database.reading() as session:
        page = session.scalars(select(Page)).one()
        assert (page.title, page.author) == ("The old bridge", "Ann")


def _partition(database: Database) -> set[frozenset[str]]:
    """The reports of each case that has any, by id."""
    with database.reading() as session:
        held: dict[str, set[str]] = {}
        for report in session.scalars(select(Report)):
            held.setdefault(report.case_id, set()).add(report.id)
        for case in session.scalars(select(Case)):
            assert case.readers == len(held.get(case.id, ())), case.exact
    return {frozenset(ids) for ids in held.values()}


def test_the_order_in_which_reports_arrive_does_not_matter(database: Database, site: int) -> None:
    first, second = TEXT.index("wich"), TEXT.rindex("wich")
    start, end = TEXT.index("It decided"), TEXT.index("A second")
    sent = [
        submission(start, end),
        submission(first, first + 4, "which"),
        submission(first - 6, first + 13),
        submission(TEXT.index("repair"), TEXT.index("repair") + 6, "mend"),
        submission(second, second + 4, "which"),
        submission(second - 7, len(TEXT)),
    ]
    found = set()
    for order in ([0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0], [3, 0, 4, 2, 5, 1], [2, 5, 0, 3, 1, 4]):
        for number in order:
            accept(database, sent[number])
        found.add(frozenset(_partition(database)))
        _forget(database)
    assert len(found) == 1


def _forget(database: Database) -> None:
    with database.writing() as session:
        for table in ("case_events", "case_keys", "reports", "page_checks", "cases", "pages"):
            session.connection().exec_driver_sql(f"DELETE FROM {table}")


def test_the_desk_shows_the_selection_that_points_most_exactly(
    database: Database, site: int
) -> None:
    at = TEXT.index("wich")
    accept(database, submission(TEXT.index("It decided"), TEXT.index("A second")))
    accept(database, submission(at, at + 4, "which"))
    with database.reading() as session:
        assert session.scalars(select(Case).where(Case.status == "open")).one().exact == "wich"
