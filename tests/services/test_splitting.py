"""An editor takes reports about another error out of a case; later reports follow; and back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.pages.page_server import PageServer, serving_pages
from tests.services.test_verification import EDITOR, Desk
from typo_reports.domain.errors import ConflictError, InvalidFieldsError, NotFoundError
from typo_reports.services import review, splitting
from typo_reports.services.actors import Actor
from typo_reports.services.splitting import Split
from typo_reports.storage import reports
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Case

TEXT = "Yesterday he recieved a letter from there ministry, and he read it aloud to all."
SENTENCE = "he recieved a letter from there ministry"


@pytest.fixture
def server() -> Iterator[PageServer]:
    with serving_pages() as server:
        yield server


@pytest.fixture
def desk(database: Database, server: PageServer) -> Desk:
    return Desk(database, server)


def split(desk: Desk, case_id: str, **chosen: object) -> Split:
    with desk.database.writing() as session:
        return splitting.split(session, EDITOR, case_id, now=desk.clock(), **chosen)  # type: ignore[arg-type]


def report_ids(desk: Desk, case_id: str) -> list[str]:
    with desk.database.reading() as session:
        return [one.id for one in reports.of_case(session, case_id)]


def word_and_sentence(desk: Desk) -> str:
    case_id = desk.report("recieved", None, text=TEXT)
    desk.clock.forward(seconds=1)
    assert desk.report(SENTENCE, None, text=TEXT) == case_id
    return case_id


def test_chosen_reports_make_a_case_of_their_own_and_later_ones_follow(desk: Desk) -> None:
    case_id = word_and_sentence(desk)
    new_id = split(desk, case_id, report_ids=report_ids(desk, case_id)[1:]).new_case.id
    assert (desk.case(case_id).readers, desk.case(new_id).readers) == (1, 1)
    assert desk.case(new_id).exact == SENTENCE
    assert desk.report(SENTENCE, None, text=TEXT) == new_id
    assert desk.report("recieved", None, text=TEXT) == case_id
    assert desk.report("he recieved a", None, text=TEXT) == case_id
    # A report that would have taken the sentence to itself leaves it where the editor put it.
    desk.report("there", "the", text=TEXT)
    assert len(report_ids(desk, new_id)) >= 2


def test_two_corrections_of_one_word_are_told_apart_by_what_they_propose(desk: Desk) -> None:
    case_id = desk.report("there", "the", text=TEXT)
    assert desk.report("there", "their", text=TEXT) == case_id
    new_id = split(desk, case_id, suggestions=["their"]).new_case.id
    assert desk.report("from there", "from their", text=TEXT) == new_id
    assert desk.report("there ministry", "the ministry", text=TEXT) == case_id


def test_undoing_gives_everything_back_even_a_day_later(desk: Desk) -> None:
    case_id = word_and_sentence(desk)
    done = split(desk, case_id, report_ids=report_ids(desk, case_id)[1:])
    assert desk.report(SENTENCE, None, text=TEXT) == done.new_case.id
    desk.clock.forward(hours=25)
    with desk.database.writing() as session:
        review.undo(session, EDITOR, case_id, event_id=done.deed.event_id, now=desk.clock())
    assert desk.case(case_id).readers == 3
    ended = desk.case(done.new_case.id)
    assert (ended.status, ended.duplicate_of_id, ended.readers) == ("resolved", case_id, 0)
    assert not desk.case(case_id).is_arranged
    assert desk.report(SENTENCE, None, text=TEXT) == case_id


def test_a_split_is_not_undone_once_the_new_case_was_decided(desk: Desk) -> None:
    case_id = word_and_sentence(desk)
    done = split(desk, case_id, report_ids=report_ids(desk, case_id)[1:])
    now = desk.clock() + timedelta(minutes=1)
    with desk.database.writing() as session:
        review.resolve(session, EDITOR, done.new_case.id, resolution="not-an-error", now=now)
    with desk.database.writing() as session, pytest.raises(ConflictError, match="decided"):
        review.undo(session, EDITOR, case_id, event_id=done.deed.event_id, now=now)
    assert desk.case(case_id).readers == 1


@pytest.mark.parametrize("chosen", [{}, {"suggestions": ["nobody said so"]}])
def test_nothing_chosen_is_refused_in_words(desk: Desk, chosen: dict[str, object]) -> None:
    case_id = word_and_sentence(desk)
    with pytest.raises(InvalidFieldsError, match="some of the reports"):
        split(desk, case_id, **chosen)


def test_all_reports_and_reports_of_another_case_are_refused(desk: Desk) -> None:
    case_id = word_and_sentence(desk)
    with pytest.raises(InvalidFieldsError):
        split(desk, case_id, report_ids=report_ids(desk, case_id))
    other = desk.report("aloud", None, text=TEXT)
    with pytest.raises(InvalidFieldsError):
        split(desk, case_id, report_ids=report_ids(desk, other))
    stranger = Actor(editor_id=None, name="api:other", site_ids=frozenset({999}))
    with desk.database.writing() as session, pytest.raises(NotFoundError):
        splitting.split(
            session, stranger, case_id, report_ids=report_ids(desk, case_id)[:1], now=desk.clock()
        )


def test_what_an_editor_merged_leads_its_look_alikes_to_the_other_case(desk: Desk) -> None:
    first = desk.report("recieved", "received", text=TEXT)
    second = desk.report("there", "the", text=TEXT)
    with desk.database.writing() as session:
        review.merge(session, EDITOR, second, into=first, now=desk.clock())
    assert desk.report("from there", None, text=TEXT) == first
    with desk.database.reading() as session:
        assert session.query(Case).filter_by(status="open").count() == 1
