"""Looking at pages: a case closes when its error is gone, comes back with it, and is never lost."""

from __future__ import annotations

import ipaddress
import itertools
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.pages.page_server import Handler, PageServer, serving_pages
from typo_reports.domain.report import PageFacts, Submission
from typo_reports.domain.selector import Selector
from typo_reports.domain.verification import Pace
from typo_reports.pages.text import page_text
from typo_reports.services import (
    case_document,
    intake,
    page_reading,
    receipts,
    review,
    sites,
    verification_schedule,
)
from typo_reports.services.actors import Actor
from typo_reports.services.page_reading import Reader
from typo_reports.services.quotas import Quotas
from typo_reports.services.verification import Look, Verifier
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Case, CaseEvent, PageCheck, PageHost, Report, Site

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
KEY = "a-secret-key-for-tests-only-0123456789abcdef"
LOOPBACK = (ipaddress.ip_network("127.0.0.1/32"),)
PACE = Pace(between_requests=timedelta(0))
EDITOR = Actor(editor_id=None, name="api:test", site_ids=None)
ARTICLE = (
    "<html><body><h1>The harbour</h1><p>The ferry leaves at nine every morning, and the harbour "
    "master writes down who has come aboard. He has done so for thirty years, in the same hand.</p>"
    "<p>Yesterday he {word} a letter from the ministry, and he read it aloud to the whole crew "
    "before the boat cast off. Nobody said anything for a while, then somebody laughed.</p>"
    "<p>{more}</p></body></html>"
)
TEXT = "Yesterday he recieved a letter from the ministry, and he read it aloud"


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **amount: float) -> None:
        self.at += timedelta(**amount)


def article(word: str = "recieved", more: str = "The ferry was late by an hour.") -> str:
    return ARTICLE.format(word=word, more=more)


class Desk:
    """One site whose pages stand on a real server of this machine."""

    def __init__(self, database: Database, server: PageServer) -> None:
        self.database, self.server, self.clock = database, server, Clock()
        self.reader = Reader(version="1.0", base_url="https://desk.example", private=LOOPBACK)
        with database.writing() as session:
            sites.add_site(session, name="Paper", origins=[server.origin], key="paper", now=NOW)

    @property
    def verifier(self) -> Verifier:
        return Verifier(self.database, self.reader, self.clock, PACE)

    def report(
        self,
        exact: str = "recieved",
        suggestion: str | None = "received",
        *,
        text: str = TEXT,
        path: str = "/a",
        canonical: str | None = None,
        reply_to: str | None = None,
        start: int | None = None,
    ) -> str:
        """Send one report and give the case's id."""
        at = text.index(exact)
        selector = Selector.from_text(text, at, at + len(exact))
        selector = replace(selector, start=start, end=None if start is None else start + len(exact))
        submission = Submission(
            id=str(uuid.uuid4()),
            site="paper",
            source=self.server.origin + path,
            selector=selector,
            page=PageFacts(
                title="The harbour", canonical=canonical and self.server.origin + canonical
            ),
            suggestion=suggestion,
            comment=None,
            reply_to=reply_to,
        )
        with self.database.writing() as session:
            return intake.accept(
                session,
                submission,
                origin=None,
                network_key="10.0.0.1",
                per_minute=1000,
                secret_key=KEY,
                quotas=Quotas(KEY),
                now=self.clock(),
            ).case_id

    def look(self, **forward: float) -> int:
        """Let time pass and look at what is due then."""
        self.clock.forward(**(forward or {"minutes": 2}))
        return self.verifier.look_at_due()

    def case(self, case_id: str) -> Case:
        with self.database.reading() as session:
            return session.get_one(Case, case_id)

    def check(self) -> PageCheck:
        with self.database.reading() as session:
            return session.query(PageCheck).one()

    def check_of(self, case_id: str) -> PageCheck:
        with self.database.reading() as session:
            return session.get_one(PageCheck, session.get_one(Case, case_id).page_id)

    def events(self, case_id: str) -> list[CaseEvent]:
        with self.database.reading() as session:
            return list(reversed(review.case(session, EDITOR, case_id).events))

    def undo(self, case_id: str, kind: str) -> None:
        event = next(event for event in self.events(case_id) if event.kind == kind)
        with self.database.writing() as session:
            review.undo(session, EDITOR, case_id, event_id=event.id, now=self.clock())


@pytest.fixture
def server() -> Iterator[PageServer]:
    with serving_pages() as server:
        server.pages["/a"] = article()
        yield server


@pytest.fixture
def desk(database: Database, server: PageServer) -> Desk:
    return Desk(database, server)


def test_the_look_says_in_which_part_of_the_page_a_case_stands_and_its_urgency_follows(
    desk: Desk, server: PageServer
) -> None:
    in_body = desk.report()
    lead = "The ferry leaves at nine every morning, and the harbour master writes down"
    in_lead = desk.report("leaves", "departs", text=lead)
    in_headline = desk.report("harbour", "Harbour", text="The harbour")
    server.pages["/a"] = article().replace(
        "<html>", "<html><head><meta property='article:published_time' content='2026-11-22'></head>"
    )
    before = desk.case(in_headline).urgency
    assert (desk.case(in_headline).position, desk.case(in_headline).is_fresh) == (None, False)
    desk.look()
    positions = [desk.case(one).position for one in (in_body, in_lead, in_headline)]
    assert positions == ["body", "lead", "headline"]
    assert desk.case(in_headline).is_fresh
    assert desk.case(in_headline).urgency == pytest.approx(before + 4)
    # The page has told its day: the next case of it knows at once.
    assert desk.case(desk.report("somebody", "anybody", text="then somebody laughed")).is_fresh


def test_the_look_learns_under_what_the_cms_keeps_the_page_and_the_edit_link_follows(
    desk: Desk, server: PageServer
) -> None:
    case_id = desk.report()
    template = "https://cms.example/wp-admin/post.php?post={id}&action=edit"

    def edit_link() -> str | None:
        with desk.database.writing() as session:
            case = session.get_one(Case, case_id)
            case.site.edit_url_template = template
            return case_document.edit_address(case)

    assert edit_link() is None
    server.pages["/a"] = article().replace("<body>", "<body class='single postid-4711'>")
    desk.look()
    assert edit_link() == "https://cms.example/wp-admin/post.php?post=4711&action=edit"
    server.pages["/a"] = article()
    desk.look(minutes=6)
    assert edit_link(), "a page that does not say it once is not forgotten"


def test_a_passage_that_is_not_on_the_page_any_more_keeps_its_position(
    desk: Desk, server: PageServer
) -> None:
    case_id = desk.report()
    desk.look()
    server.pages["/a"] = "<h1>Else</h1><p>" + "Nothing of it is left here. " * 20
    desk.look(minutes=6)
    assert (desk.case(case_id).place_state, desk.case(case_id).position) == ("gone", "body")


def test_a_case_closes_when_its_page_is_corrected_and_comes_back_with_the_error(
    desk: Desk, server: PageServer
) -> None:
    case_id = desk.report()
    assert desk.look() == 1
    assert desk.case(case_id).place_state == "present"
    assert desk.case(case_id).status == "open"
    server.pages["/a"] = article("received")
    assert desk.look(minutes=6) == 1
    closed = desk.case(case_id)
    assert (closed.status, closed.resolution, closed.place_state) == (
        "resolved",
        "fixed",
        "changed",
    )
    event = desk.events(case_id)[-1]
    assert (event.kind, event.actor) == ("seen-fixed", "page")
    assert event.data["seen"] == {"before": "recieved", "after": "received"}
    server.pages["/a"] = article()
    desk.look(minutes=31)
    assert desk.case(case_id).status == "resolved", "one sighting may be an old copy"
    desk.look(minutes=3)
    back = desk.case(case_id)
    assert (back.status, back.resolution, back.regressions) == ("open", None, 1)
    assert desk.events(case_id)[-1].kind == "regression"


def test_an_editor_who_takes_the_closing_back_has_the_last_word(
    desk: Desk, server: PageServer
) -> None:
    case_id = desk.report()
    desk.look()
    server.pages["/a"] = article("received")
    desk.look(minutes=6)
    desk.undo(case_id, "seen-fixed")
    assert desk.case(case_id).status == "open"
    for _ in range(4):
        desk.look(hours=25)
    assert desk.case(case_id).status == "open"


def test_without_a_known_correction_a_second_sighting_is_waited_for(
    desk: Desk, server: PageServer
) -> None:
    case_id = desk.report(suggestion=None)
    desk.look()
    server.pages["/a"] = article("received")
    desk.look(minutes=6)
    assert (desk.case(case_id).status, desk.case(case_id).place_state) == ("open", "changed")
    desk.look(minutes=3)
    assert desk.case(case_id).resolution == "fixed"


def test_a_site_that_serves_variants_is_not_believed_at_once(
    desk: Desk, server: PageServer
) -> None:
    case_id = desk.report()
    for word in ("recieved", "received", "recieved", "recieved"):
        server.pages["/a"] = article(word)
        desk.look(hours=25)
    assert desk.case(case_id).regressions == 1
    server.pages["/a"] = article("received")
    for sighting, status in ((1, "open"), (2, "open"), (3, "resolved")):
        desk.look(hours=25)
        assert desk.case(case_id).status == status, sighting


def test_a_case_stays_open_where_error_and_correction_are_served_by_turns(
    desk: Desk, server: PageServer
) -> None:
    case_id = desk.report()
    served = itertools.cycle(["recieved", "received"])
    server.pages["/a"] = lambda handler: handler.answer(200, article(next(served)).encode())
    opened = [desk.clock()]
    for _ in range(40):
        desk.clock.at = desk.check().due_at
        desk.verifier.look_at_due()
        if desk.case(case_id).status == "resolved":
            opened.append(desk.clock())
    assert opened[-1] - opened[1] < timedelta(hours=1), "so long it was closed"
    assert (desk.case(case_id).status, desk.case(case_id).regressions) == ("open", 1)
    assert desk.clock() - opened[0] > timedelta(days=10), "and no close watch goes on"
    closings = [event for event in desk.events(case_id) if event.kind == "seen-fixed"]
    assert len(closings) == 1, "the page is not believed a second time"


def test_an_editor_who_resolves_before_publishing_is_not_contradicted(
    desk: Desk, server: PageServer
) -> None:
    case_id = desk.report()
    desk.look()
    with desk.database.writing() as session:
        review.resolve(session, EDITOR, case_id, resolution="fixed", now=desk.clock())
    for _ in range(3):
        desk.look(hours=25)
    assert desk.case(case_id).resolution == "fixed"
    assert desk.case(case_id).place_state == "present"


def test_an_unclear_change_is_shown_and_closes_nothing(desk: Desk, server: PageServer) -> None:
    case_id = desk.report(exact="recieved a letter", suggestion=None)
    desk.look()
    server.pages["/a"] = article("got").replace("a letter", "a short letter")
    for _ in range(3):
        desk.look(hours=25)
    assert desk.case(case_id).status == "open"
    assert desk.case(case_id).place_state in {"changed", "gone"}


def test_a_page_that_is_gone_is_shown_and_closes_nothing(desk: Desk, server: PageServer) -> None:
    case_id = desk.report()
    desk.look()
    del server.pages["/a"]
    desk.look(minutes=6)
    assert (desk.case(case_id).status, desk.case(case_id).place_state) == ("open", "page-gone")
    server.pages["/a"] = article()
    desk.look(hours=25)
    assert desk.case(case_id).place_state == "present"


def test_a_server_in_trouble_is_asked_less_and_less_often(desk: Desk, server: PageServer) -> None:
    server.pages["/a"] = lambda handler: handler.answer(500)
    case_id = desk.report()
    waits = []
    for _ in range(3):
        desk.look(hours=25)
        waits.append(desk.check().due_at - desk.clock())
    assert waits == [timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=20)]
    assert desk.check().outcome == "unreachable"
    assert desk.case(case_id).place_state == "unchecked"


def test_retry_after_is_honoured_for_every_page_of_the_host(desk: Desk, server: PageServer) -> None:
    server.pages["/a"] = lambda handler: handler.answer(503, retry_after="3600")
    server.pages["/b"] = article()
    desk.report()
    desk.look()
    desk.report(path="/b")
    asked = len(server.requests)
    desk.look(minutes=30)
    assert len(server.requests) == asked
    desk.look(minutes=40)
    assert "/b" in server.paths()


def test_robots_txt_is_read_once_a_day_and_obeyed(desk: Desk, server: PageServer) -> None:
    server.pages["/robots.txt"] = "User-agent: *\nAllow: /\n\nUser-agent: TypoReports\nDisallow: /a"
    case_id = desk.report()
    desk.look()
    assert server.paths() == ["/robots.txt"]
    assert desk.check().outcome == "not-allowed"
    assert desk.case(case_id).place_state == "unchecked"
    server.pages["/robots.txt"] = ""
    desk.look(hours=25)
    assert server.paths() == ["/robots.txt", "/robots.txt", "/a"]


def test_retry_after_of_robots_txt_is_honoured(desk: Desk, server: PageServer) -> None:
    server.pages["/robots.txt"] = lambda handler: handler.answer(503, retry_after="7200")
    desk.report()
    desk.look()
    assert desk.check().due_at - desk.clock() == timedelta(hours=2, minutes=5)
    desk.report(exact="aloud", suggestion="alowd")
    desk.look(minutes=90)
    assert server.paths() == ["/robots.txt"]


@pytest.mark.parametrize("kind", ["text/plain", "application/json", ""])
def test_a_robots_txt_without_end_is_obeyed_as_far_as_it_was_read(
    desk: Desk, server: PageServer, kind: str
) -> None:
    text = b"User-agent: *\nDisallow: /a\n" + b"# nothing here\n" * 300_000
    server.pages["/robots.txt"] = lambda handler: handler.answer(200, text, content_type=kind)
    desk.report()
    desk.look()
    assert desk.check().outcome == "not-allowed"
    assert server.paths() == ["/robots.txt"]


def test_a_redirect_does_not_lead_past_robots_txt(desk: Desk, server: PageServer) -> None:
    server.pages["/robots.txt"] = "User-agent: *\nDisallow: /closed/"
    server.pages["/a"] = lambda handler: handler.answer(301, location="/closed/a")
    desk.report()
    desk.look()
    assert desk.check().outcome == "not-allowed"
    assert server.paths() == ["/robots.txt", "/a"]


def test_a_redirect_to_another_origin_of_the_site_obeys_its_robots_txt_and_pause(
    desk: Desk, server: PageServer
) -> None:
    with serving_pages() as new:
        new.pages |= {"/robots.txt": "User-agent: *\nDisallow: /a", "/b": article()}
        with desk.database.writing() as session:
            site = session.query(Site).one()
            sites.set_origins(session, site, [server.origin, new.origin])
        for path in ("/a", "/b"):
            server.pages[path] = lambda handler: handler.answer(
                301, location=new.origin + handler.path
            )
        desk.report()
        moved = desk.report(path="/b")
        desk.look()
        assert desk.case(moved).place_state == "present"
        assert new.paths() == ["/robots.txt", "/b"], "robots.txt is read once"
        with desk.database.reading() as session:
            host = session.get_one(PageHost, new.origin)
        assert host.robots_read_at == host.free_at == desk.clock()


def test_a_site_that_is_switched_off_is_left_alone(desk: Desk, server: PageServer) -> None:
    with desk.database.writing() as session:
        session.query(Site).one().reads_pages = False
    desk.report()
    assert desk.look(hours=25) == 0
    assert server.requests == []


def test_an_unchanged_page_is_asked_for_with_its_validators(desk: Desk, server: PageServer) -> None:
    def page(handler: Handler) -> None:
        if handler.headers.get("If-None-Match") == '"v1"':
            handler.answer(304, etag='"v1"')
        else:
            handler.answer(200, article().encode(), etag='"v1"')

    server.pages["/a"] = page
    case_id = desk.report()
    desk.look()
    first_checked = desk.case(case_id).place_checked_at
    desk.look(minutes=6)
    assert server.requests[-1][1]["if-none-match"] == '"v1"'
    assert desk.case(case_id).place_state == "present"
    assert desk.case(case_id).place_checked_at > first_checked
    desk.report(exact="aloud", suggestion="alowd")
    desk.look(minutes=2)
    assert "if-none-match" not in server.requests[-1][1], "a new case needs the text"


@pytest.fixture
def lying(server: PageServer) -> PageServer:
    """A server that calls its page unchanged whatever has become of it."""

    def page(handler: Handler) -> None:
        if handler.headers.get("If-None-Match") or handler.headers.get("If-Modified-Since"):
            handler.answer(304, etag='"same"')
        else:
            handler.answer(200, server.pages["/real"].encode(), etag='"same"')

    server.pages |= {"/a": page, "/real": article()}
    return server


def test_a_case_closes_though_its_server_calls_every_page_unchanged(
    desk: Desk, lying: PageServer
) -> None:
    case_id = desk.report()
    desk.look()
    lying.pages["/real"] = article("received")
    for _ in range(3):
        desk.look(hours=25)
    assert desk.case(case_id).resolution == "fixed"
    assert sum("if-none-match" in headers for _, headers in lying.requests) == 2


def test_a_look_that_an_editor_asks_for_is_never_answered_from_memory(
    desk: Desk, lying: PageServer
) -> None:
    case_id = desk.report()
    desk.look()
    lying.pages["/real"] = article("received")
    look = desk.verifier.look_at(desk.check().page_id)
    assert look is not None and look.words_of == {case_id: "fixed"}


def test_a_page_that_is_called_unchanged_unasked_was_not_read(
    desk: Desk, server: PageServer
) -> None:
    server.pages["/a"] = lambda handler: handler.answer(304)
    desk.report()
    desk.look()
    assert desk.check().outcome == "unreachable"


def test_a_page_that_readers_see_more_of_gives_no_gone(desk: Desk, server: PageServer) -> None:
    server.pages["/a"] = "<p>Subscribe to read on.</p>"
    case_id = desk.report()
    desk.look()
    case = desk.case(case_id)
    assert (case.place_state, case.withheld_at) == ("unreadable", None)
    assert desk.check().outcome == "unreadable"


@pytest.mark.parametrize("status", [401, 402, 403])
def test_a_page_behind_a_login_is_unreadable(desk: Desk, server: PageServer, status: int) -> None:
    server.pages["/a"] = lambda handler: handler.answer(status)
    case_id = desk.report()
    desk.look()
    assert desk.case(case_id).place_state == "unreadable"


def test_a_teaser_is_no_page(desk: Desk, server: PageServer) -> None:
    other = desk.report()
    desk.look()
    assert desk.case(other).found_at is not None
    case_id = desk.report(
        exact="wierd", text="and in the end the sea was wierd and calm", start=9000
    )
    desk.look()
    assert desk.case(case_id).place_state == "unreadable"
    assert desk.case(case_id).withheld_at is None


NOWHERE = "buy cheap watches of the finest sort at our shop in the big city"


def test_a_passage_that_is_not_on_the_page_is_withheld_and_released_when_found(
    desk: Desk, server: PageServer
) -> None:
    found = desk.report()
    doubtful = desk.report(exact="watches", suggestion=None, text=NOWHERE)
    desk.look()
    assert desk.case(found).withheld_at is None
    case = desk.case(doubtful)
    assert case.withheld_at is not None
    assert case.status == "open"
    assert desk.events(doubtful)[-1].kind == "withheld"
    server.pages["/a"] = article(more=NOWHERE)
    desk.look(minutes=6)
    assert desk.case(doubtful).withheld_at is None
    assert desk.events(doubtful)[-1].kind == "released"


def test_nothing_is_withheld_where_nothing_was_ever_found(desk: Desk, server: PageServer) -> None:
    doubtful = desk.report(exact="watches", suggestion=None, text=NOWHERE)
    desk.look()
    case = desk.case(doubtful)
    assert (case.place_state, case.withheld_at) == ("gone", None)


@pytest.fixture
def known(desk: Desk, server: PageServer) -> Desk:
    """A desk that has found three cases of the site, and so knows that its pages can be read."""
    for number in range(3):
        server.pages[f"/known{number}"] = article()
        desk.report(path=f"/known{number}")
    desk.look()
    return desk


FREE_FOR_SOME = '<script type="application/ld+json">{"@type":"Article","isAccessibleForFree":false}'


def teaser(*, behind: str) -> str:
    """The beginning of the article, for subscribers, and much else behind it."""
    begun, _, _ = article().partition("Yesterday he")
    return begun.replace("<body>", FREE_FOR_SOME + "</script><body>") + behind


def test_a_passage_of_a_page_for_subscribers_is_not_withheld(
    known: Desk, server: PageServer
) -> None:
    server.pages["/paid"] = teaser(behind="Read about walks around the lake. " * 40)
    case_id = known.report(path="/paid", start=220)
    known.look()
    case = known.case(case_id)
    assert (case.place_state, case.withheld_at) == ("unreadable", None)
    with known.database.reading() as session:
        check = session.query(PageCheck).filter_by(page_id=case.page_id).one()
    assert check.outcome == "unreadable"
    assert check.words is not None and "for subscribers" in check.words


def test_where_a_teaser_ends_nothing_is_changed(known: Desk, server: PageServer) -> None:
    text = "He has done so for thirty years, in the same hand.\nYesterday he recieved a"
    server.pages["/paid"] = teaser(behind="<p>Subscribe now, and read on for a year.</p>")
    case_id = known.report(path="/paid", text=text, start=190)
    known.look()
    assert known.case(case_id).place_state == "unreadable"


def test_a_page_for_subscribers_that_the_server_is_shown_withholds_as_others_do(
    known: Desk, server: PageServer
) -> None:
    server.pages["/paid"] = article().replace("<body>", FREE_FOR_SOME + "</script><body>")
    known.report(path="/paid", exact="aloud", suggestion="alowd", start=260)
    doubtful = known.report(path="/paid", exact="watches", suggestion=None, text=NOWHERE, start=200)
    known.look()
    assert known.case(doubtful).withheld_at is not None


@pytest.mark.parametrize(("title", "is_withheld"), [("The harbour", True), ("Consent", False)])
def test_a_report_is_not_withheld_for_a_page_of_another_title(
    known: Desk, server: PageServer, title: str, is_withheld: bool
) -> None:
    wall = "<p>We and our partners keep small files on your device, if you agree.</p>" * 9
    server.pages["/walled"] = f"<title>{title}</title>{wall}"
    case_id = known.report(path="/walled")
    known.look()
    assert known.case(case_id).place_state == "gone"
    assert (known.case(case_id).withheld_at is not None) is is_withheld


def test_what_may_be_the_end_of_a_teaser_is_no_proof_that_pages_can_be_read(
    desk: Desk, server: PageServer
) -> None:
    text = "He has done so for thirty years, in the same hand.\nYesterday he recieved a"
    for number in range(4):
        server.pages[f"/{number}"] = article().partition("Yesterday he")[0] + "Subscribe now! " * 9
        case_id = desk.report(path=f"/{number}", text=text)
        desk.look()
        assert desk.case(case_id).place_state == "changed"
    doubtful = desk.report(path="/3", exact="watches", suggestion=None, text=NOWHERE)
    desk.look()
    assert (desk.case(doubtful).place_state, desk.case(doubtful).withheld_at) == ("gone", None)


@pytest.mark.parametrize("way", ["hidden", "style='display:none'"])
def test_what_readers_unfold_is_found_and_closes(desk: Desk, server: PageServer, way: str) -> None:
    def folded(word: str) -> str:
        opened, _, rest = article(word).partition("<p>Yesterday")
        return f"{opened}<div {way}><p>Yesterday{rest}</div>"

    server.pages["/a"] = folded("recieved")
    case_id = desk.report()
    desk.look()
    assert desk.case(case_id).place_state == "present"
    server.pages["/a"] = folded("received")
    desk.look(minutes=6)
    assert desk.case(case_id).resolution == "fixed"


def test_what_is_folded_away_does_not_outweigh_what_is_shown(
    desk: Desk, server: PageServer
) -> None:
    case_id = desk.report()
    desk.look()
    server.pages["/a"] = article("received") + f"<div hidden>{article()}</div>"
    desk.look(minutes=6)
    assert desk.case(case_id).resolution == "fixed"


def test_an_address_that_leads_to_another_page_says_so(desk: Desk, server: PageServer) -> None:
    desk.report()
    server.pages["/a"] = lambda handler: handler.answer(301, location="/")
    server.pages["/"] = "<p>Short words about many articles of the day.</p>" * 20
    desk.look()
    check = desk.check()
    assert check.outcome == "unreadable"
    assert check.words is not None and "leads to another page" in check.words


def test_what_an_editor_has_released_stays_released(desk: Desk, server: PageServer) -> None:
    desk.report()
    doubtful = desk.report(exact="watches", suggestion=None, text=NOWHERE)
    desk.look()
    desk.undo(doubtful, "withheld")
    assert desk.case(doubtful).withheld_at is None
    desk.look(hours=25)
    assert desk.case(doubtful).withheld_at is None


def test_a_case_that_comes_in_during_the_look_is_not_forgotten(
    desk: Desk, server: PageServer
) -> None:
    def page(handler: Handler) -> None:
        desk.report(exact="aloud", suggestion="alowd")
        handler.answer(200, article().encode())

    first = desk.report()
    server.pages["/a"] = page
    desk.look()
    assert desk.case(first).place_state == "present"
    with desk.database.reading() as session:
        assert {case.place_state for case in session.query(Case)} == {"present"}


def test_two_workers_never_look_at_one_page_or_one_host_together(
    desk: Desk, server: PageServer
) -> None:
    desk.report()
    desk.report(path="/b")
    server.pages["/b"] = article()
    looks: list[int] = []

    def page(handler: Handler) -> None:
        # Another worker comes while this one waits for the page.
        looks.append(desk.verifier.look_at_due())
        handler.answer(200, article().encode())

    server.pages["/a"] = page
    desk.look()
    assert looks == [0]
    assert server.paths().count("/a") == 1


def test_a_worker_that_died_gives_its_page_back(desk: Desk, server: PageServer) -> None:
    case_id = desk.report()
    desk.clock.forward(minutes=2)
    with pytest.raises(KeyboardInterrupt):
        _dying(desk).look_at_due()
    assert desk.verifier.look_at_due() == 0
    assert desk.look(minutes=2) == 1
    assert desk.case(case_id).place_state == "present"


def _dying(desk: Desk) -> Verifier:
    def interrupt(_host: str, _port: int) -> Any:
        raise AssertionError("an address needs no look-up")

    moments = iter([desk.clock(), desk.clock()])

    def now() -> datetime:
        try:
            return next(moments)
        except StopIteration:
            raise KeyboardInterrupt from None

    return Verifier(desk.database, replace(desk.reader, resolve=interrupt), now, PACE)


def test_readers_who_asked_are_thanked_when_the_page_is_corrected(
    desk: Desk, server: PageServer
) -> None:
    from typo_reports.storage.models import Letter

    case_id = desk.report(reply_to="reader@example.org")
    desk.look()
    server.pages["/a"] = article("received")
    desk.look(minutes=6)
    with desk.database.reading() as session:
        letter = session.query(Letter).one()
    assert letter.recipient == "reader@example.org"
    desk.undo(case_id, "seen-fixed")


def test_the_leading_correction_decides_and_a_strange_one_closes_nothing(
    desk: Desk, server: PageServer
) -> None:
    whole = "he recieved a letter"
    first = desk.report(exact=whole, suggestion="he received a letter")
    with desk.database.writing() as session:
        report = session.query(Report).one()
        strange = {
            name: getattr(report, name)
            for name in Report.__table__.columns.keys()  # noqa: SIM118
        }
        strange |= {"id": str(uuid.uuid4()), "suggestion": "he recieved the letter"}
        session.add(Report(**(strange | {"receipt_token": "other"})))
    server.pages["/a"] = article().replace("a letter", "the letter")
    for _ in range(3):
        desk.look(hours=25)
    assert desk.case(first).status == "open"


def test_a_page_that_we_fail_at_is_put_off_and_keeps_no_other_waiting(
    desk: Desk,
    server: PageServer,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def breaking(source: str, **more: Any) -> Any:
        if "boom" in source:
            raise ZeroDivisionError
        return page_text(source, **more)

    monkeypatch.setattr(page_reading, "page_text", breaking)
    server.pages |= {"/a": "boom", "/b": article()}
    broken, whole = desk.report(), desk.report(path="/b")
    desk.look()
    due_at = desk.check_of(broken).due_at
    assert due_at - desk.clock() == timedelta(minutes=5)
    desk.look(seconds=61)
    assert desk.case(whole).place_state == "present"
    desk.look(minutes=5)
    assert desk.check_of(broken).due_at - desk.clock() == timedelta(minutes=10)
    assert "put off" in caplog.text
    server.pages["/a"] = article("received")
    desk.look(hours=1)
    assert desk.case(broken).resolution == "fixed"


def test_a_page_with_null_bytes_is_read_as_browsers_show_it(desk: Desk, server: PageServer) -> None:
    server.pages["/robots.txt"] = "User-agent: *\n# \0\n"
    case_id = desk.report()
    desk.look()
    assert desk.case(case_id).place_state == "present"
    server.pages["/a"] = "<title>The \0 harbour</title>" + article("rece\0ived")
    desk.look(minutes=6)
    assert desk.case(case_id).resolution == "fixed"
    assert desk.events(case_id)[-1].data["seen"]["after"] == "received"


def test_the_page_says_who_asks(desk: Desk, server: PageServer) -> None:
    desk.report()
    desk.look()
    headers = server.requests[-1][1]
    assert headers["user-agent"] == "TypoReports/1.0 (+https://desk.example)"
    assert "cookie" not in headers


def test_every_page_can_be_looked_at_at_once_with_progress(desk: Desk, server: PageServer) -> None:
    desk.report()
    desk.report(path="/b")
    looks = list(desk.verifier.look_at_all(site_key="paper"))
    assert [(number, of) for number, of, _ in looks] == [(1, 2), (2, 2)]
    outcomes = {look.url.rpartition("/")[2]: look.outcome for _, _, look in looks if look}
    assert outcomes == {"a": "read", "b": "page-gone"}
    assert list(desk.verifier.look_at_all(site_key="other")) == []


def test_the_pause_between_requests_is_kept(desk: Desk, server: PageServer) -> None:
    desk.report()
    desk.look()
    with desk.database.reading() as session:
        host = session.query(PageHost).one()
    assert host.origin == server.origin
    slow = Pace(between_requests=timedelta(seconds=2))
    verifier = Verifier(desk.database, desk.reader, desk.clock, slow)
    page_id = desk.check().page_id
    look: Callable[[], Look | None] = lambda: verifier.look_at(page_id)  # noqa: E731
    assert look() is not None
    assert look() is None
    desk.clock.forward(seconds=3)
    assert look() is not None


def test_what_the_canonical_page_lacks_is_looked_for_where_the_reader_was(
    desk: Desk, server: PageServer
) -> None:
    server.pages["/a/print"] = article(more=NOWHERE)
    found = desk.report()
    case_id = desk.report(
        exact="watches", suggestion=None, text=NOWHERE, path="/a/print", canonical="/a"
    )
    with desk.database.reading() as session:
        assert session.get_one(Case, case_id).page_id == session.get_one(Case, found).page_id
    desk.look()
    assert desk.case(case_id).place_state == "present"
    server.pages["/a/print"] = lambda handler: handler.answer(403)
    desk.look(hours=25)
    assert desk.case(case_id).place_state == "unreadable"
    assert desk.case(case_id).withheld_at is None


@pytest.mark.parametrize(("delay", "state"), [("0.5", "present"), ("30", "unreadable")])
def test_between_two_addresses_of_a_page_lies_the_pause_that_robots_txt_asks_for(
    desk: Desk, server: PageServer, delay: str, state: str
) -> None:
    server.pages["/robots.txt"] = f"User-agent: *\nCrawl-delay: {delay}"
    server.pages["/a/print"] = article(more=NOWHERE)
    case_id = desk.report(
        exact="watches", suggestion=None, text=NOWHERE, path="/a/print", canonical="/a"
    )
    begun = time.monotonic()
    desk.look()
    assert desk.case(case_id).place_state == state
    is_read = "/a/print" in server.paths()
    assert is_read is (state == "present")
    assert not is_read or time.monotonic() - begun >= 0.5


def test_what_is_published_during_a_look_is_looked_at_next(desk: Desk, server: PageServer) -> None:
    def page(handler: Handler) -> None:
        # Before the answer, else the look may end before the server's thread has written.
        with desk.database.writing() as session:
            site = session.query(Site).one()
            url = server.origin + "/a"
            verification_schedule.published(session, site, url, now=desk.clock())
        handler.answer(200, article().encode())

    case_id = desk.report()
    server.pages["/a"] = page
    desk.clock.forward(minutes=2)
    desk.verifier.look_at(desk.check().page_id)
    assert desk.check().due_at == desk.clock()
    server.pages["/a"] = article("received")
    desk.look(seconds=1)
    assert desk.case(case_id).resolution == "fixed"


def test_readers_of_a_withheld_report_are_told_the_truth(desk: Desk, server: PageServer) -> None:
    desk.report()
    case_id = desk.report(exact="watches", suggestion=None, text=NOWHERE)
    desk.look()
    assert desk.report(exact="watches", suggestion=None, text=NOWHERE) == case_id
    with desk.database.reading() as session:
        outcomes = {
            report.outcome: report.receipt_token
            for report in session.query(Report).filter_by(case_id=case_id)
        }
        assert set(outcomes) == {"received", "withheld"}
        told = receipts.receipt(session, outcomes["received"], now=desk.clock())
    assert told.status == "open"
    assert "not found on the page" in told.message


def test_two_processes_share_the_pages_and_look_at_each_once(
    desk: Desk, server: PageServer
) -> None:
    for number in range(6):
        server.pages[f"/{number}"] = article()
        desk.report(path=f"/{number}")
    desk.clock.forward(minutes=2)
    threads = [threading.Thread(target=desk.verifier.look_at_due) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    desk.look(minutes=0)
    asked = Counter(path for path in server.paths() if path != "/robots.txt")
    assert asked == Counter(f"/{number}" for number in range(6))
