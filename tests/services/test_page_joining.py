"""Two addresses of one page become one when the server has read both, and only then."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.pages.page_server import PageServer, serving_pages
from tests.services.test_verification import EDITOR, Desk, article
from typo_reports.services import page_joining, review
from typo_reports.storage import pages
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Case, CaseEvent, CaseKey, Page


@pytest.fixture
def server() -> Iterator[PageServer]:
    with serving_pages() as server:
        server.pages["/a"] = article()
        yield server


@pytest.fixture
def desk(database: Database, server: PageServer) -> Desk:
    return Desk(database, server)


def naming(url: str, page: str | None = None) -> str:
    link = f'<head><link rel="canonical" href="{url}"></head>'
    return (page or article()).replace("<html>", f"<html>{link}")


def looked(desk: Desk) -> None:
    for _ in range(3):
        desk.look(minutes=2)


def two_reports(desk: Desk) -> tuple[str, str]:
    """Of one error, at two addresses; of two cases the older one is kept."""
    here = desk.report()
    desk.clock.forward(seconds=1)
    return here, desk.report(path="/story-7", canonical="/a")


def page_of(desk: Desk, case_id: str) -> str:
    with desk.database.reading() as session:
        return session.get_one(Case, case_id).page.url


def test_a_page_that_names_another_is_joined_once_both_were_read(
    desk: Desk, server: PageServer
) -> None:
    server.pages["/story-7"] = naming("/a")
    here, there = two_reports(desk)
    assert here != there
    looked(desk)
    ended = desk.case(there)
    assert (ended.status, ended.resolution) == ("resolved", "duplicate")
    assert ended.duplicate_of_id == here
    assert desk.case(here).readers == 2
    assert desk.report(path="/story-7") == here
    assert page_of(desk, there) == f"{server.origin}/a"


def test_an_open_case_without_a_twin_goes_over_and_keeps_its_id(
    desk: Desk, server: PageServer
) -> None:
    server.pages["/story-7"] = naming("/a")
    case_id = desk.report(path="/story-7")
    looked(desk)
    assert page_of(desk, case_id) == f"{server.origin}/a"
    assert desk.case(case_id).status == "open"
    assert desk.report(path="/a") == case_id
    with desk.database.reading() as session:
        kinds = [event.kind for event in session.query(CaseEvent).filter_by(case_id=case_id)]
    assert "page-joined" in kinds


@pytest.mark.parametrize(
    "canonical",
    ["https://elsewhere.example/a", "/front", "/missing", "/chain"],
)
def test_a_name_that_the_server_can_not_confirm_joins_nothing(
    desk: Desk, server: PageServer, canonical: str
) -> None:
    server.pages["/front"] = "<html><body><h1>News</h1><p>" + "All the news. " * 60 + "</p></body>"
    server.pages["/chain"] = naming("/a")
    server.pages["/story-7"] = naming(canonical)
    case_id = desk.report(path="/story-7", canonical="/a")
    looked(desk)
    assert page_of(desk, case_id) == f"{server.origin}/story-7"


def test_a_later_page_of_an_article_that_names_the_first_stays_apart(
    desk: Desk, server: PageServer
) -> None:
    text = "The second part tells how the crew recieved the guests in the old customs house."
    second = f"<html><body><p>{text}</p><p>{'And so the evening went on for long. ' * 9}</p></body>"
    server.pages["/a?page=2"] = naming("/a", second)
    case_id = desk.report(path="/a?page=2", text=text)
    looked(desk)
    assert page_of(desk, case_id) == f"{server.origin}/a?page=2"
    # And the other address is not asked for at every look.
    assert server.paths().count("/a") == 1


def test_a_page_that_names_its_amp_view_takes_it_in(desk: Desk, server: PageServer) -> None:
    amp = '<head><link rel="amphtml" href="/lite/7"></head>'
    server.pages["/a"] = article().replace("<html>", f"<html>{amp}")
    server.pages["/lite/7"] = article()
    here = desk.report()
    desk.clock.forward(seconds=1)
    there = desk.report(path="/lite/7")
    looked(desk)
    assert desk.case(there).duplicate_of_id == here


def test_undoing_the_end_of_a_joined_case_parts_the_two_for_good(
    desk: Desk, server: PageServer
) -> None:
    server.pages["/story-7"] = naming("/a")
    here, there = two_reports(desk)
    looked(desk)
    with desk.database.writing() as session:
        events = session.query(CaseEvent).filter_by(case_id=there, kind="resolved").all()
        review.undo(session, EDITOR, there, event_id=events[0].id, now=desk.clock())
    assert desk.case(there).status == "open"
    assert (desk.case(here).readers, desk.case(there).readers) == (1, 1)
    looked(desk)
    assert desk.case(there).status == "open"
    with desk.database.reading() as session:
        assert session.query(CaseKey).filter_by(case_id=there).count() > 0


def test_an_editor_parts_the_addresses_and_they_stay_apart(desk: Desk, server: PageServer) -> None:
    server.pages["/story-7"] = naming("/a")
    here, there = two_reports(desk)
    looked(desk)
    with desk.database.writing() as session:
        view = pages.other_addresses(session, session.get_one(Case, here).page_id)[0]
        assert page_joining.part(session, EDITOR, here, view.id, now=desk.clock()) == 1
    assert page_of(desk, there) == f"{server.origin}/story-7"
    assert (desk.case(here).status, desk.case(there).status) == ("open", "open")
    looked(desk)
    assert page_of(desk, there) == f"{server.origin}/story-7"
    assert desk.report(path="/story-7") == there
    assert desk.report() == here


def test_reports_that_come_in_during_the_join_end_in_one_case(
    desk: Desk, server: PageServer
) -> None:
    desk.report()
    there = desk.report(path="/story-7")
    page_id = desk.case(there).page_id

    def join() -> str:
        with desk.database.writing() as session:
            page_joining.join(session, page_id, f"{server.origin}/a", now=desk.clock())
        return ""

    with ThreadPoolExecutor(6) as pool:
        sent = [
            pool.submit(join) if number == 8 else pool.submit(desk.report, path=path)
            for number, path in enumerate(["/a", "/story-7"] * 10)
        ]
        for one in sent:
            one.result()
    with desk.database.reading() as session:
        open_cases = session.query(Case).filter_by(status="open").all()
        assert [case.readers for case in open_cases] == [21]
        joined = session.query(Page).filter(Page.joined_to_id.is_not(None)).all()
        assert [page.url for page in joined] == [f"{server.origin}/story-7"]
