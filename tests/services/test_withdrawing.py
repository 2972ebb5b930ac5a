"""A report that is taken back leaves nothing of what its reader wrote."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.services.second_thoughts import (
    DESK,
    NOW,
    ORIGIN,
    SENTENCE,
    SOON,
    TEXT,
    WORD,
    accept,
    add_planet,
    cases,
    partition,
    submission,
    withdraw,
)
from tests.web.plain_browser import contents
from typo_reports.domain.errors import (
    ConflictError,
    NotFoundError,
    OriginNotAllowedError,
    TooLateError,
)
from typo_reports.domain.queue import Question
from typo_reports.services import digests, intake, receipts, review, tidying, withdrawing
from typo_reports.services.actors import Actor
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Case, CaseEvent, CaseKey, Letter, Report

EVERYWHERE = Actor(editor_id=None, name="test", site_ids=None)


@pytest.fixture
def site(database: Database) -> int:
    return add_planet(database)


def test_the_only_report_of_a_case_takes_its_case_out_of_the_queue(
    database: Database, site: int
) -> None:
    answer = accept(database, submission(suggestion="which"))
    withdraw(database, answer)
    with database.reading() as session:
        page = review.queue(session, EVERYWHERE, Question(), now=SOON)
        (case,) = cases(session)
        kinds = [event.kind for event in session.scalars(select(CaseEvent))]
        assert session.scalar(select(func.count()).select_from(CaseKey)) == 0
    assert page.cases == []
    assert page.counts["open"] == 0
    assert (case.status, case.resolution, case.readers) == ("withdrawn", None, 0)
    assert sorted(kinds) == ["reported", "withdrawn"]


def test_a_withdrawn_case_is_not_listed_among_the_resolved(database: Database, site: int) -> None:
    withdraw(database, accept(database, submission()))
    with database.reading() as session:
        for status in ("resolved", None):
            question = Question(status=status)
            page = review.queue(session, EVERYWHERE, question, now=SOON)
            assert (page.cases, page.counts["resolved"]) == ([], 0)


def test_no_text_of_the_reader_stays_in_any_table(database: Database, site: int) -> None:
    # Between hyphens no letter is folded away.
    sent = submission(suggestion="whichever", comment="my-own-remark", reply_to="me@mail.example")
    withdraw(database, accept(database, sent))
    with database.reading() as session:
        rows = contents(database)
        assert session.scalar(select(func.count()).select_from(Report)) == 0
    for table, found in rows.items():
        if table in {"case_texts", "case_grams"}:
            # The worker brings the index of search up to date.
            continue
        text = "\n".join(found)
        for word in ("wich", "whichever", "my-own-remark", "mail.example"):
            assert word not in text, table


def test_the_other_readers_stay_and_are_counted(database: Database, site: int) -> None:
    first = accept(database, submission(suggestion="which", comment="one"))
    second = accept(database, submission(suggestion="which", comment="two"))
    withdraw(database, first)
    with database.reading() as session:
        found = review.case(session, EVERYWHERE, second.case_id)
        assert (found.case.status, found.case.readers) == ("open", 1)
        assert [said.text for said in found.comments] == ["two"]
        assert [(said.text, said.readers) for said in found.suggestions] == [("which", 1)]


def test_the_desk_shows_a_selection_of_those_who_stay(database: Database, site: int) -> None:
    longer = (WORD[0] - 11, WORD[1] + 9)
    exact = TEXT[slice(*longer)]
    first = accept(database, submission(longer, exact.replace("wich", "which")))
    second = accept(database, submission(suggestion="which"))
    assert first.case_id == second.case_id
    withdraw(database, first)
    with database.reading() as session:
        (case,) = cases(session)
        assert (case.exact, case.start) == ("wich", WORD[0])
        assert case.hinted_at is None


def test_taking_back_twice_is_once(database: Database, site: int) -> None:
    first = accept(database, submission(suggestion="which"))
    accept(database, submission(suggestion="which"))
    withdraw(database, first)
    before = contents(database)
    withdraw(database, first, SOON + timedelta(days=1))
    assert contents(database) == before


def test_the_receipt_says_that_it_was_taken_back(database: Database, site: int) -> None:
    answer = accept(database, submission())
    withdraw(database, answer)
    with database.reading() as session:
        receipt = receipts.receipt(session, answer.receipt_token, now=SOON)
    assert (receipt.status, receipt.resolution, receipt.readers) == ("withdrawn", None, 0)
    assert receipt.exact == ""
    assert receipt.changeable_until is None


def test_a_late_replay_does_not_bring_it_back(database: Database, site: int) -> None:
    sent = submission(suggestion="which")
    answer = accept(database, sent)
    withdraw(database, answer)
    again = accept(database, sent, SOON)
    assert (again.is_new, again.receipt_token) == (False, answer.receipt_token)
    assert "taken this report back" in again.message
    assert partition(database) == set()


def test_after_ten_minutes_it_is_too_late(database: Database, site: int) -> None:
    answer = accept(database, submission())
    with pytest.raises(TooLateError, match="10 minutes"):
        withdraw(database, answer, NOW + timedelta(minutes=10))
    assert len(partition(database)) == 1


def test_what_editors_have_decided_stays(database: Database, site: int) -> None:
    answer = accept(database, submission())
    with database.writing() as session:
        review.resolve(session, EVERYWHERE, answer.case_id, resolution="not-an-error", now=NOW)
    with pytest.raises(TooLateError, match="decided"):
        withdraw(database, answer)


def test_another_sites_page_may_not_take_it_back(database: Database, site: int) -> None:
    answer = accept(database, submission())
    with pytest.raises(OriginNotAllowedError), database.writing() as session:
        withdrawing.withdraw(
            session,
            answer.receipt_token,
            origin="https://planet.example.evil.example",
            now=SOON,
            base_url=DESK,
        )
    assert len(partition(database)) == 1


@pytest.mark.parametrize("token", ["", "nothing", "x" * 500, "\0", "é", "\ud800"])
def test_an_unknown_receipt_is_not_found(database: Database, site: int, token: str) -> None:
    with pytest.raises(NotFoundError), database.writing() as session:
        withdrawing.withdraw(session, token, origin=ORIGIN, now=SOON, base_url=DESK)


def test_a_withdrawn_case_can_be_neither_opened_nor_resolved_nor_merged_into(
    database: Database, site: int
) -> None:
    gone = accept(database, submission())
    other = accept(database, submission((4, 11), "Council"))
    withdraw(database, gone)
    with database.writing() as session:
        for deed in (
            lambda: review.reopen(session, EVERYWHERE, gone.case_id, now=SOON),
            lambda: review.resolve(session, EVERYWHERE, gone.case_id, resolution="fixed", now=SOON),
            lambda: review.merge(session, EVERYWHERE, other.case_id, into=gone.case_id, now=SOON),
        ):
            with pytest.raises(ConflictError, match="was taken back"):
                deed()


def test_a_case_that_was_merged_keeps_no_copy(database: Database, site: int) -> None:
    merged = accept(database, submission((4, 11), "Council"))
    into = accept(database, submission(suggestion="which"))
    with database.writing() as session:
        deed = review.merge(session, EVERYWHERE, merged.case_id, into=into.case_id, now=NOW)
    withdraw(database, merged)
    assert "council" not in repr(contents(database)["cases"]).lower()
    assert "council" not in repr(contents(database)["case_events"]).lower()
    with database.writing() as session:
        with pytest.raises(ConflictError):
            review.undo(session, EVERYWHERE, merged.case_id, event_id=deed.event_id, now=SOON)
        assert session.get_one(Case, into.case_id).readers == 1


def test_the_other_reports_of_a_merged_case_come_back_with_an_undo(
    database: Database, site: int
) -> None:
    first = accept(database, submission((4, 11), "Council"))
    accept(database, submission((0, 11), "The Council"))
    into = accept(database, submission(suggestion="which"))
    with database.writing() as session:
        deed = review.merge(session, EVERYWHERE, first.case_id, into=into.case_id, now=NOW)
        assert session.get_one(Case, into.case_id).readers == 3
    withdraw(database, first)
    with database.writing() as session:
        review.undo(session, EVERYWHERE, first.case_id, event_id=deed.event_id, now=SOON)
        assert session.get_one(Case, first.case_id).readers == 1
        assert session.get_one(Case, into.case_id).readers == 1


def test_a_digest_that_waits_does_not_tell_it(database: Database, site: int) -> None:
    from tests.services.newsroom import add_editor
    from typo_reports.storage.models import Site

    gone = accept(database, submission(suggestion="which"))
    with database.writing() as session:
        add_editor(session, session.get_one(Site, site))
        assert digests.compose_due(session, now=NOW, base_url=DESK) == 1
        assert "wich" in session.scalars(select(Letter)).one().body_text
    accept(database, submission((4, 11), "Council"))
    withdraw(database, gone)
    with database.reading() as session:
        letter = session.scalars(select(Letter)).one()
        for part in (letter.subject, letter.body_text, letter.body_html or ""):
            assert "wich" not in part
            assert gone.case_id not in part
        assert "Council" in letter.body_text
        assert letter.state == "waiting"


def test_a_digest_that_has_nothing_left_to_tell_is_dropped(database: Database, site: int) -> None:
    from tests.services.newsroom import add_editor
    from typo_reports.storage.models import Site

    gone = accept(database, submission())
    with database.writing() as session:
        add_editor(session, session.get_one(Site, site))
        digests.compose_due(session, now=NOW, base_url=DESK)
    withdraw(database, gone)
    with database.reading() as session:
        assert session.scalars(select(Letter)).all() == []


def test_what_a_withdrawn_word_held_together_comes_apart_again(
    database: Database, site: int
) -> None:
    spans = [(WORD, "which"), ((WORD[0] - 8, WORD[1]), None), ((WORD[0], WORD[1] + 9), None)]
    kept = [accept(database, submission(*spans[at])) for at in (1, 2)]
    apart = partition(database)
    word = accept(database, submission(*spans[0]))
    assert partition(database) != apart
    withdraw(database, word)
    assert {(exact, readers) for exact, readers, _ in partition(database)} == {
        (exact, readers) for exact, readers, _ in apart
    }
    assert len(kept) == 2


@pytest.mark.parametrize("seed", range(4))
def test_withdrawing_leaves_the_cases_of_those_who_stay(
    database: Database, site: int, seed: int
) -> None:
    draw = random.Random(seed)
    spans = [WORD, SENTENCE, (WORD[0] - 6, WORD[1] + 8), (4, 11), (0, 26), (61, 71)]
    sent = [submission(draw.choice(spans), draw.choice([None, "which"])) for _ in range(8)]
    answers = [accept(database, one) for one in sent]
    leaving = draw.sample(range(8), 4)
    for at in leaving:
        withdraw(database, answers[at])
    with database.reading() as session:
        for case in cases(session):
            held = session.scalars(select(Report).where(Report.case_id == case.id)).all()
            assert case.readers == len(held)
            if case.status == "open":
                assert case.exact in {report.exact for report in held}
        assert session.scalar(select(func.count()).select_from(Report)) == 4


def test_many_readers_take_back_at_the_same_moment(database: Database, site: int) -> None:
    answers = [accept(database, submission(suggestion="which")) for _ in range(12)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda one: withdraw(database, one), answers[:11] + answers[:3]))
    with database.reading() as session:
        (case,) = cases(session)
        assert (case.status, case.readers) == ("open", 1)
        kinds = [event.kind for event in session.scalars(select(CaseEvent))]
        assert kinds.count("withdrawn") == 11


def test_withdrawing_while_the_same_error_is_reported_loses_nobody(
    database: Database, site: int
) -> None:
    answers = [accept(database, submission(suggestion="which")) for _ in range(6)]
    coming = [submission(suggestion="which") for _ in range(6)]
    with ThreadPoolExecutor(4) as pool:
        going = [pool.submit(withdraw, database, answer) for answer in answers]
        came = [pool.submit(accept, database, one) for one in coming]
        for done in [*going, *came]:
            done.result()
    with database.reading() as session:
        is_open = [case for case in cases(session) if case.status == "open"]
        assert sum(case.readers for case in is_open) == 6
        assert session.scalar(select(func.count()).select_from(Report)) == 6


def test_an_editor_and_the_reader_at_the_same_moment_agree_on_one_end(
    database: Database, site: int
) -> None:
    def decide(case_id: str) -> bool:
        try:
            with database.writing() as session:
                review.resolve(session, EVERYWHERE, case_id, resolution="fixed", now=SOON)
        except ConflictError:
            return False
        return True

    def leave(answer: intake.Answer) -> bool:
        try:
            withdraw(database, answer)
        except TooLateError:
            return False
        return True

    for _ in range(5):
        answer = accept(database, submission(suggestion="which"))
        with ThreadPoolExecutor(2) as pool:
            decided = pool.submit(decide, answer.case_id)
            left = pool.submit(leave, answer)
        assert decided.result() != left.result()
        with database.reading() as session:
            case = session.get_one(Case, answer.case_id)
            assert case.readers == (0 if left.result() else 1)
        if decided.result():
            with database.writing() as session:
                review.reopen(session, EVERYWHERE, answer.case_id, now=SOON)
            withdraw(database, answer)


def test_names_of_withdrawn_reports_are_forgotten_in_the_end(database: Database, site: int) -> None:
    answer = accept(database, submission())
    withdraw(database, answer)
    with database.writing() as session:
        tidying.tidy(session, now=SOON + timedelta(days=100))
    with pytest.raises(NotFoundError), database.reading() as session:
        receipts.receipt(session, answer.receipt_token, now=SOON)
