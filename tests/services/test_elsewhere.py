"""Looking for the same error on other pages, on a real server: politely, once, and to be undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.pages.page_server import PageServer, serving_pages
from tests.services.test_verification import EDITOR, NOW, PACE, Desk, article
from tests.spelling.small_pack import add_small_english
from typo_reports.catalogues import catalogue
from typo_reports.domain.errors import ConflictError, NotFoundError
from typo_reports.domain.house_style import Entry
from typo_reports.domain.kept_words import sentences_of
from typo_reports.services import (
    bulk,
    elsewhere,
    elsewhere_cases,
    elsewhere_listing,
    elsewhere_reading,
    house_style,
    page_reading,
    receipts,
    review,
    taking_back,
    withdrawing,
)
from typo_reports.services.actors import Actor
from typo_reports.services.elsewhere import Found
from typo_reports.services.elsewhere_reading import LEASE, Searcher
from typo_reports.spelling.shelf import Shelf
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Case, ElsewhereSearch, Report, Site

STRANGER = Actor(editor_id=None, name="api:other", site_ids=frozenset({999}))


def page(text: str, lang: str = "en", title: str = "A page") -> str:
    return (
        f"<html lang={lang}><head><title>{title}</title></head><body><h1>{title}</h1>"
        f"<p>{text}</p></body></html>"
    )


class Newsroom(Desk):
    """A desk whose site looks for confirmed errors on its other pages."""

    def __init__(self, database: Database, server: PageServer, shelf: Shelf) -> None:
        super().__init__(database, server)
        self.shelf = shelf
        server.pages["/a"] = article()
        self.list_pages("/a", "/b", "/c")
        server.pages["/b"] = page("She recieved a prize. It was well recieved.", title="The prize")
        server.pages["/c"] = page("Nothing is wrong on this page at all.")
        self.set_site(looks_elsewhere=True)

    def list_pages(self, *paths: str) -> None:
        found = "".join(f"<url><loc>{self.server.origin}{path}</loc></url>" for path in paths)
        self.server.pages["/sitemap.xml"] = f"<urlset>{found}</urlset>"
        self.server.pages["/robots.txt"] = f"Sitemap: {self.server.origin}/sitemap.xml"

    def report_in(self, lang: str, *said: str, **more: str) -> str:
        """The same as `report`, from a page in that language."""
        case_id = self.report(*said, **more)  # type: ignore[arg-type]
        with self.database.writing() as session:
            session.get_one(Case, case_id).page.lang = lang
        return case_id

    def set_site(self, **values: object) -> None:
        with self.database.writing() as session:
            site = session.query(Site).one()
            for name, value in values.items():
                setattr(site, name, value)

    @property
    def searcher(self) -> Searcher:
        return Searcher(self.database, self.reader, self.shelf, self.clock, PACE)

    def fix(self, case_id: str) -> str:
        with self.database.writing() as session:
            deed = review.resolve(session, EDITOR, case_id, resolution="fixed", now=self.clock())
            return deed.event_id

    def begin(self, case_id: str, wrong: str = "recieved", right: str = "received") -> str:
        with self.database.writing() as session:
            return elsewhere.begin(
                session, EDITOR, case_id, wrong=wrong, right=right, now=self.clock()
            ).id

    def searches(self) -> list[ElsewhereSearch]:
        with self.database.reading() as session:
            return session.query(ElsewhereSearch).order_by(ElsewhereSearch.id).all()

    def found(self, search_id: str | None = None) -> Found:
        with self.database.reading() as session:
            return elsewhere.show(session, EDITOR, search_id or self.searches()[-1].id)

    def places(self) -> list[tuple[str, str]]:
        return [
            (place.url.removeprefix(self.server.origin), place.exact)
            for place, _ in self.found().places
        ]

    def look_elsewhere(self) -> None:
        self.clock.forward(seconds=1)
        self.searcher.go_on()

    def make(self, place_ids: list[str] | None = None) -> tuple[elsewhere_cases.Made, str]:
        batch_id = bulk.new_batch_id(self.clock())
        with self.database.writing() as session:
            search_id = self.searches()[-1].id
            made = elsewhere_cases.make(
                session, EDITOR, search_id, place_ids, batch_id=batch_id, now=self.clock()
            )
        return made, batch_id

    def cases(self) -> list[Case]:
        with self.database.reading() as session:
            return (
                session.query(Case).filter(Case.search_id.is_not(None)).order_by(Case.start).all()
            )

    def undo(self, batch_id: str) -> bulk.Chunk:
        with self.database.writing() as session:
            return taking_back.undo_chunk(
                session, EDITOR, batch_id, now=self.clock(), base_url="https://desk.example"
            )


@pytest.fixture
def server() -> Iterator[PageServer]:
    with serving_pages() as pages:
        yield pages


@pytest.fixture
def desk(database: Database, server: PageServer, tmp_path: Path) -> Newsroom:
    return Newsroom(database, server, Shelf(add_small_english(tmp_path)))


@pytest.fixture
def little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that hardly waits for a host: here its pause ends when the clock is told to go."""
    for module in (elsewhere_listing, elsewhere_reading):
        monkeypatch.setattr(module, "_PATIENCE_SECONDS", 0.2)


def test_a_confirmed_error_is_looked_for_on_the_pages_that_the_site_lists(desk: Newsroom) -> None:
    desk.fix(desk.report_in("en"))
    desk.look_elsewhere()
    search = desk.found().search
    assert (search.status, search.pages, search.read, search.found_pages) == ("done", 2, 2, 1)
    assert search.kind == "misspelling"
    assert desk.places() == [("/b", "recieved"), ("/b", "recieved")]
    assert [place.is_sure for place, _ in desk.found().places] == [True, True]


def test_nothing_is_looked_for_where_it_is_switched_off(desk: Newsroom) -> None:
    desk.set_site(looks_elsewhere=False)
    case_id = desk.report()
    desk.fix(case_id)
    assert desk.searches() == []
    with pytest.raises(ConflictError, match="switched off"):
        desk.begin(case_id)


def test_an_error_that_is_none_is_not_looked_for(desk: Newsroom) -> None:
    case_id = desk.report()
    with desk.database.writing() as session:
        review.resolve(session, EDITOR, case_id, resolution="not-an-error", now=NOW)
    assert desk.searches() == []


def test_a_fix_that_was_seen_on_the_page_begins_a_search(desk: Newsroom) -> None:
    desk.report()
    desk.look()
    desk.server.pages["/a"] = article("received")
    desk.look(minutes=6)
    assert [search.wrong for search in desk.searches()] == ["recieved"]


def test_pages_reported_before_are_read_without_any_sitemap(desk: Newsroom) -> None:
    desk.server.pages.pop("/robots.txt")
    desk.server.pages.pop("/sitemap.xml")
    desk.report("harbour", "port", path="/b", text="the harbour was closed for a whole long day")
    desk.fix(desk.report())
    desk.look_elsewhere()
    assert desk.places()[0] == ("/b", "recieved")
    assert "Only reported pages" in (desk.found().search.words or "")


def test_the_feed_of_the_page_serves_where_there_is_no_sitemap(desk: Newsroom) -> None:
    desk.server.pages.pop("/robots.txt")
    desk.server.pages.pop("/sitemap.xml")
    link = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    desk.server.pages["/a"] = f"<html><head>{link}</head>{article()}"
    desk.server.pages["/feed"] = (
        f"<rss><channel><item><link>{desk.server.origin}/b</link></item></channel></rss>"
    )
    desk.fix(desk.report())
    desk.look_elsewhere()
    assert desk.places()[0] == ("/b", "recieved")


def test_an_index_is_followed_but_not_in_a_circle(desk: Newsroom) -> None:
    origin = desk.server.origin
    loop = "".join(
        f"<sitemap><loc>{origin}/{name}.xml</loc></sitemap>" for name in ("sitemap", "deep")
    )
    desk.server.pages["/sitemap.xml"] = f"<sitemapindex>{loop}</sitemapindex>"
    desk.server.pages["/deep.xml"] = f"<urlset><url><loc>{origin}/b</loc></url></urlset>"
    desk.fix(desk.report())
    desk.look_elsewhere()
    assert desk.places()[0] == ("/b", "recieved")
    assert desk.server.paths().count("/sitemap.xml") == 1


def test_what_is_wrong_with_a_list_is_kept_for_every_language(desk: Newsroom) -> None:
    desk.server.pages["/sitemap.xml"] = "<html>not found</html>"
    desk.fix(desk.report())
    desk.look_elsewhere()
    trouble = sentences_of(desk.found().search.words)[0]
    assert trouble.endswith("/sitemap.xml: The file is neither a sitemap nor a feed.")
    assert catalogue("de").said(trouble).endswith("Die Datei ist weder eine Sitemap noch ein Feed.")


def test_addresses_of_other_hosts_are_never_asked(desk: Newsroom) -> None:
    with serving_pages() as other:
        other.pages["/b"] = page("They recieved it.")
        desk.server.pages["/sitemap.xml"] = (
            f"<urlset><url><loc>{other.origin}/b</loc></url><url><loc>file:///etc/passwd</loc>"
            f"</url><url><loc>{desk.server.origin}/b</loc></url></urlset>"
        )
        desk.server.pages["/robots.txt"] += f"\nSitemap: {other.origin}/more.xml"
        desk.fix(desk.report())
        desk.look_elsewhere()
        assert other.requests == []
    assert {url for url, _ in desk.places()} == {"/b"}


def test_what_robots_txt_forbids_is_not_read(desk: Newsroom) -> None:
    desk.server.pages["/robots.txt"] = (
        f"User-agent: *\nDisallow: /b\nSitemap: {desk.server.origin}/sitemap.xml"
    )
    desk.fix(desk.report())
    desk.look_elsewhere()
    search = desk.found().search
    assert desk.places() == [] and "/b" not in desk.server.paths()
    assert (search.read, search.unread) == (2, 1)


def test_no_more_pages_are_read_than_the_site_allows(desk: Newsroom) -> None:
    desk.set_site(pages_most=1)
    desk.list_pages("/c", "/b")
    desk.fix(desk.report())
    desk.look_elsewhere()
    assert desk.found().search.pages == 1
    words = sentences_of(desk.found().search.words)
    assert words == ["The site lists 2 pages.", "The newest is read."]


def test_a_page_that_held_no_such_word_is_not_asked_again_at_once(desk: Newsroom) -> None:
    desk.fix(desk.report())
    desk.look_elsewhere()
    asked = desk.server.paths().count("/c")
    desk.fix(desk.report("ministry", "ministery"))
    desk.look_elsewhere()
    assert desk.found().search.status == "done"
    assert desk.server.paths().count("/c") == asked == 1


def test_later_it_is_asked_whether_it_has_changed(desk: Newsroom) -> None:
    desk.server.headers["etag"] = '"1"'
    desk.fix(desk.report())
    desk.look_elsewhere()
    desk.clock.forward(days=1)
    desk.fix(desk.report("ministry", "ministery"))
    desk.look_elsewhere()
    sent = [headers for path, headers in desk.server.requests if path == "/c"]
    assert [headers.get("if-none-match") for headers in sent] == [None, '"1"']


def test_a_worker_that_died_leaves_its_search_to_the_next(desk: Newsroom) -> None:
    desk.fix(desk.report())
    search_id = desk.searches()[0].id
    searcher = desk.searcher
    with desk.database.writing() as session:
        from typo_reports.storage import elsewhere as rows

        at = desk.clock()
        assert rows.claim_next(session, now=at, until=at + LEASE) == search_id
    assert searcher._step(search_id) and searcher._step(search_id)
    assert desk.found().search.read == 1
    desk.look_elsewhere()
    assert desk.found().search.status == "reading", "it is leased"
    desk.clock.forward(seconds=LEASE.total_seconds())
    desk.look_elsewhere()
    search = desk.found().search
    assert (search.status, search.read, search.found_pages) == ("done", 2, 1)
    assert desk.server.paths().count("/b") == 1


@pytest.mark.usefixtures("little_patience")
def test_a_host_that_asks_for_patience_gets_it(desk: Newsroom) -> None:
    desk.server.pages["/b"] = lambda handler: handler.answer(503, retry_after="600")
    desk.server.pages["/d"] = page("Here they recieved it, too.")
    desk.list_pages("/b", "/d")
    desk.fix(desk.report())
    desk.look_elsewhere()
    assert desk.found().search.status == "reading"
    assert "/d" not in desk.server.paths()
    desk.clock.forward(minutes=11)
    desk.look_elsewhere()
    assert desk.found().search.status == "done"
    assert desk.places() == [("/d", "recieved")]


def test_a_server_in_trouble_is_asked_less_and_less_often(desk: Newsroom) -> None:
    paths = [f"/{number}" for number in range(30)]
    desk.list_pages(*paths)
    desk.server.pages.update(dict.fromkeys(paths, lambda handler: handler.answer(500)))
    desk.fix(desk.report())
    asked = []
    for _ in range(25):
        before = len(desk.server.requests)
        desk.look_elsewhere()
        asked.append(sum(path in paths for path in desk.server.paths()[before:]))
        desk.clock.forward(minutes=10)
    assert desk.found().search.status == "done"
    assert asked[:4] == [2, 1, 1, 0], "two at once, then after 5, 10 and 20 minutes"
    assert sum(asked) < 10
    assert "It took too long" in (desk.found().search.words or "")


def test_a_broken_page_between_others_costs_no_time(desk: Newsroom) -> None:
    desk.list_pages("/c", "/x", "/b")
    desk.server.pages["/x"] = lambda handler: handler.answer(500)
    desk.fix(desk.report())
    desk.look_elsewhere()
    search = desk.found().search
    assert (search.status, search.read, search.unread) == ("done", 3, 1)


def test_pages_that_all_name_the_front_page_keep_their_places(desk: Newsroom) -> None:
    front = f'<link rel="canonical" href="{desk.server.origin}/">'
    desk.server.pages |= {
        "/": page("Short words about much."),
        "/b": page("She recieved a prize.").replace("<title>", front + "<title>"),
        "/d": page("He recieved none.").replace("<title>", front + "<title>"),
    }
    desk.list_pages("/", "/b", "/d")
    desk.fix(desk.report())
    desk.look_elsewhere()
    assert sorted(desk.places()) == [("/b", "recieved"), ("/d", "recieved")]


def test_what_a_page_names_without_its_query_is_believed(desk: Newsroom) -> None:
    named = f'<link rel="canonical" href="{desk.server.origin}/b">'
    desk.server.pages["/b?from=feed"] = page("She recieved a prize.").replace(
        "<title>", named + "<title>"
    )
    desk.list_pages("/b?from=feed")
    desk.fix(desk.report())
    desk.look_elsewhere()
    assert desk.places() == [("/b", "recieved")]


@pytest.mark.parametrize("broken", ["urlset", "boom"])
def test_a_search_that_we_fail_at_has_an_end(
    desk: Newsroom,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    broken: str,
) -> None:
    def breaking(text: str | bytes, **more: object) -> object:
        if broken in str(text):
            raise ZeroDivisionError
        return whole(text, **more)  # type: ignore[arg-type]

    module, name = {
        "urlset": (page_reading.listing, "read_listing"),
        "boom": (page_reading, "page_text"),
    }[broken]
    whole = getattr(module, name)
    monkeypatch.setattr(module, name, breaking)
    desk.server.pages["/c"] = page("boom")
    desk.fix(desk.report())
    desk.look_elsewhere()
    search = desk.found().search
    assert search.status == "done"
    assert sentences_of(search.words)[-1] == "Something went wrong: the rest was not read."
    assert "is ended" in caplog.text


def test_a_page_that_moved_is_found_once(desk: Newsroom) -> None:
    desk.server.pages["/old"] = lambda handler: handler.answer(301, location="/b")
    desk.server.pages["/older"] = lambda handler: handler.answer(301, location="/d")
    desk.server.pages["/d"] = page("He recieved none.")
    desk.list_pages("/old", "/b", "/older")
    desk.fix(desk.report())
    desk.look_elsewhere()
    assert sorted({url for url, _ in desk.places()}) == ["/b", "/d"]
    assert len(desk.places()) == 3


def test_a_search_can_be_ended_and_keeps_what_it_has_found(desk: Newsroom) -> None:
    desk.fix(desk.report())
    search_id = desk.searches()[0].id
    assert desk.searcher._step(search_id) and desk.searcher._step(search_id)
    with desk.database.writing() as session:
        elsewhere.cancel(session, EDITOR, search_id, now=desk.clock())
    desk.look_elsewhere()
    assert desk.found().search.status == "cancelled"
    assert len(desk.places()) == 2


def test_taking_the_decision_back_ends_its_search(desk: Newsroom) -> None:
    case_id = desk.report()
    event_id = desk.fix(case_id)
    with desk.database.writing() as session:
        review.undo(session, EDITOR, case_id, event_id=event_id, now=desk.clock())
    assert [search.status for search in desk.searches()] == ["cancelled"]


def test_a_real_word_needs_its_company(desk: Newsroom) -> None:
    desk.server.pages["/b"] = page("A letter from home. The letter box. A letter and more.")
    desk.fix(desk.report_in("en", "letter", "letters"))
    desk.look_elsewhere()
    found = desk.found()
    assert (found.search.kind, found.search.left_out) == ("real-word", 2)
    assert [place.start for place, _ in found.places] == [len("A page\nA ")]


def test_without_a_dictionary_places_are_shown_and_not_chosen(desk: Newsroom) -> None:
    case_id = desk.report_in("xx")
    desk.server.pages["/b"] = page("She recieved a prize.", lang="xx")
    desk.fix(case_id)
    desk.look_elsewhere()
    assert desk.found().search.kind == "unknown"
    assert [place.is_sure for place, _ in desk.found().places] == [False]


def test_pages_in_other_languages_are_left_out(desk: Newsroom) -> None:
    case_id = desk.report_in("en")
    desk.server.pages["/b"] = page("Sie hat es recieved genannt.", lang="de")
    desk.fix(case_id)
    desk.look_elsewhere()
    assert desk.places() == []


def test_the_house_style_has_the_last_word(desk: Newsroom) -> None:
    case_id = desk.report()
    with desk.database.writing() as session:
        site_id = session.get_one(Case, case_id).site_id
        house_style.add(session, EDITOR, site_id, Entry("well recieved", "passage"), now=NOW)
    desk.begin(case_id)
    desk.look_elsewhere()
    assert len(desk.places()) == 1
    with desk.database.writing() as session:
        house_style.add(session, EDITOR, site_id, Entry("recieved"), now=NOW)
    with pytest.raises(ConflictError, match="house style"):
        desk.begin(case_id)


def test_cases_of_the_places_stand_in_the_queue_and_nobody_has_reported_them(
    desk: Newsroom,
) -> None:
    desk.fix(desk.report())
    desk.look_elsewhere()
    made, _ = desk.make()
    assert (made.made, made.there) == (2, 0)
    first, second = desk.cases()
    assert (first.readers, first.status, first.place_state) == (0, "open", "present")
    assert (first.exact, first.correction, first.start) == ("recieved", "received", 14)
    assert first.id != second.id
    with desk.database.reading() as session:
        view = review.case(session, EDITOR, first.id)
        assert [(said.text, said.readers) for said in view.suggestions] == [("received", 0)]
        assert review.case_document(view, base_url="https://x.example")["found_by"] == "desk"
        assert view.case.page.title == "The prize"


def test_a_place_never_gets_two_cases(desk: Newsroom) -> None:
    desk.report(path="/b", text="The prize\nShe recieved a prize. It was well")
    desk.fix(desk.report())
    desk.look_elsewhere()
    assert [there is not None for _, there in desk.found().places] == [True, False]
    assert desk.make()[0].made == 1
    assert desk.make()[0] == elsewhere_cases.Made(0, 0)
    assert len(desk.cases()) == 1


def test_undo_takes_all_of_them_back_and_they_can_be_made_again(desk: Newsroom) -> None:
    desk.fix(desk.report())
    desk.look_elsewhere()
    _, batch_id = desk.make()
    assert desk.undo(batch_id) == bulk.Chunk(2, 0)
    assert {case.status for case in desk.cases()} == {"withdrawn"}
    assert desk.found().free == 2
    assert desk.make()[0].made == 2
    assert [case.status for case in desk.cases()].count("open") == 2


def test_a_reader_who_reports_the_place_is_its_first(desk: Newsroom) -> None:
    desk.fix(desk.report())
    desk.look_elsewhere()
    _, batch_id = desk.make()
    case = desk.cases()[0]
    text = "The prize\nShe recieved a prize. It was well"
    assert desk.report(path="/b", text=text) == case.id
    with desk.database.reading() as session:
        report = session.query(Report).filter_by(case_id=case.id).one()
        assert report.outcome == "received"
        assert session.get_one(Case, case.id).readers == 1
    assert desk.undo(batch_id) == bulk.Chunk(1, 1), "what a reader has reported stays"
    with desk.database.writing() as session:
        withdrawing.withdraw(
            session,
            report.receipt_token,
            origin=None,
            now=desk.clock(),
            base_url="https://desk.example",
        )
    after = desk.case(case.id)
    assert (after.status, after.readers, after.exact) == ("open", 0, "recieved")
    with desk.database.reading() as session:
        told = receipts.receipt(session, report.receipt_token, now=desk.clock())
    assert told.status == "withdrawn"


def test_what_was_found_closes_by_itself_when_its_page_is_corrected(desk: Newsroom) -> None:
    desk.fix(desk.report())
    desk.look_elsewhere()
    desk.make()
    desk.server.pages["/b"] = page("She received a prize. It was well recieved.", title="The prize")
    desk.look()
    assert [case.status for case in desk.cases()] == ["resolved", "open"]
    assert len(desk.searches()) == 1, "its own fix begins no search"


def test_the_same_words_are_looked_for_once_a_week(desk: Newsroom) -> None:
    text = "The prize\nShe recieved a prize. It was well"
    desk.fix(desk.report())
    desk.fix(desk.report(path="/b", text=text))
    assert len(desk.searches()) == 1


def test_other_desks_see_nothing_of_it(desk: Newsroom) -> None:
    desk.fix(desk.report())
    search_id = desk.searches()[0].id
    with desk.database.writing() as session:
        for deed in (
            lambda: elsewhere.show(session, STRANGER, search_id),
            lambda: elsewhere.cancel(session, STRANGER, search_id, now=NOW),
            lambda: elsewhere_cases.make(
                session, STRANGER, search_id, None, batch_id=search_id, now=NOW
            ),
        ):
            with pytest.raises(NotFoundError):
                deed()


def test_a_switch_turned_off_ends_what_is_under_way(desk: Newsroom) -> None:
    desk.fix(desk.report())
    desk.set_site(looks_elsewhere=False)
    desk.look_elsewhere()
    assert desk.found().search.status == "done"
    assert "/b" not in desk.server.paths()


def test_it_does_not_read_for_ever(desk: Newsroom) -> None:
    desk.fix(desk.report())
    assert desk.searcher._step(desk.searches()[0].id)
    desk.clock.forward(hours=4)
    desk.look_elsewhere()
    assert "too long" in (desk.found().search.words or "")


@pytest.mark.usefixtures("little_patience")
def test_pauses_between_requests_are_kept(desk: Newsroom) -> None:
    slow = replace(PACE, between_requests=timedelta(minutes=5))
    desk.fix(desk.report())
    searcher = Searcher(desk.database, desk.reader, desk.shelf, desk.clock, slow)
    searcher.go_on()
    assert "/b" not in desk.server.paths()
