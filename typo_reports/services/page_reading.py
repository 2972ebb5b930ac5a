"""Reading one page of a site, politely: robots.txt first, then the page, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlsplit

from typo_reports.domain.words import N_
from typo_reports.pages import listing
from typo_reports.pages.address import named_address, safe_link
from typo_reports.pages.fetch import Answer, Rules, Wanted, fetch
from typo_reports.pages.fetch_error import FetchError
from typo_reports.pages.network import Network, Resolve
from typo_reports.pages.page_id import page_id
from typo_reports.pages.page_links import page_links
from typo_reports.pages.page_times import article_time
from typo_reports.pages.paywall import is_for_subscribers
from typo_reports.pages.text import PageText, may_unfold, page_text
from typo_reports.services.page_robots import RobotsText, SiteRobots

READ = "read"
UNCHANGED = "unchanged"
PAGE_GONE = "page-gone"
UNREADABLE = "unreadable"
UNREACHABLE = "unreachable"
NOT_ALLOWED = "not-allowed"

_LISTING_KINDS = (
    "application/xml text/xml application/rss+xml application/atom+xml application/rdf+xml "
    "text/plain text/html application/gzip application/x-gzip application/octet-stream"
)
_LISTING = Wanted(frozenset(_LISTING_KINDS.split()), listing.BYTES_MOST, is_cut_welcome=True)
# An answer to "who are you": there is a page, but not for the server.
_FOR_OTHERS = frozenset({401, 402, 403, 407, 451})
_OUTCOMES = {"unreachable": UNREACHABLE, "not-allowed": NOT_ALLOWED}


@dataclass(frozen=True, slots=True)
class Reader:
    """How the pages of an installation are read. `version` and `base_url` say who asks."""

    version: str
    base_url: str
    private: Collection[Network] = ()
    resolve: Resolve | None = None

    def rules(self, origins: Collection[str]) -> Rules:
        """The rules for fetching from a site with these origins."""
        return Rules(
            origins=frozenset(origins),
            user_agent=f"TypoReports/{self.version} (+{self.base_url})",
            private=self.private,
            resolve=self.resolve,
        )


@dataclass(frozen=True, slots=True)
class KnownPage:
    """What is known before the look: address, the site's origins, validators.

    `robots` is what is kept of the robots.txt of these origins; `due_at` is when the look was due.
    """

    url: str
    origins: frozenset[str]
    etag: str | None = None
    last_modified: str | None = None
    robots: Mapping[str, RobotsText] = field(default_factory=dict)
    due_at: datetime | None = None

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a look: the outcome, in words what was wrong, the text if there is one.

    `names` is the address that the page gives as its own, `amp` that of its AMP view, both only
    if they are the site's; `feeds` are as written, relative to `url`, where redirects ended.
    `article_at` is when the article appeared, `title` its name and `cms_id` its id, as it says
    itself.
    `listing` is what a sitemap or feed lists.
    `source` is what the text was made of. `robots` is to be kept, by origin; `delay_seconds` is the
    pause that the page's own asks for, `wait_seconds` the time for which the server wants no
    request.
    """

    outcome: str
    words: str | None = None
    text: PageText | None = None
    source: str = ""
    url: str = ""
    names: str | None = None
    amp: str | None = None
    feeds: tuple[str, ...] = ()
    lang: str | None = None
    title: str | None = None
    article_at: datetime | None = None
    cms_id: str | None = None
    is_elsewhere: bool = False
    is_for_subscribers: bool = False
    listing: listing.Listing | None = None
    etag: str | None = None
    last_modified: str | None = None
    wait_seconds: int | None = None
    robots: Mapping[str, RobotsText] = field(default_factory=dict)
    delay_seconds: float = 0.0

    def unfolded(self) -> PageText | None:
        """The text with what scripts may show when readers click; None if there is no such."""
        if self.text is None or not may_unfold(self.source):
            return None
        return page_text(self.source, is_unfolded=True)


def read(page: KnownPage, reader: Reader, *, now: datetime) -> Reading:
    """Look at the page; never raises for what a server does."""
    return _politely(page, reader, _looked_at, now=now)


def read_listing(page: KnownPage, reader: Reader, *, now: datetime) -> Reading:
    """Read a sitemap or feed of the site; never raises for what a server does."""
    return _politely(page, reader, _listed, now=now)


def read_robots(page: KnownPage, reader: Reader, *, now: datetime) -> Reading:
    """Read no more than the robots.txt of the page's host."""
    return _politely(page, reader, lambda *_: Reading(READ), now=now)


def _politely(
    page: KnownPage,
    reader: Reader,
    look: Callable[[KnownPage, Rules, SiteRobots], Reading],
    *,
    now: datetime,
) -> Reading:
    rules = reader.rules(page.origins)
    robots = SiteRobots(rules, page.robots, now)
    delay = 0.0
    try:
        delay = robots.of(page.origin).delay_seconds
        reading = look(page, rules, robots)
    except FetchError as error:
        reading = _failed(error)
    return replace(reading, robots=robots.met, delay_seconds=delay)


def _looked_at(page: KnownPage, rules: Rules, robots: SiteRobots) -> Reading:
    robots.check(page.url)
    answer = fetch(
        page.url,
        rules,
        etag=page.etag,
        last_modified=page.last_modified,
        check_redirect=robots.check,
    )
    return _reading(answer, page)


def _listed(page: KnownPage, rules: Rules, robots: SiteRobots) -> Reading:
    robots.check(page.url)
    answer = fetch(page.url, rules, wanted=_LISTING, check_redirect=robots.check)
    if answer.status != 200:
        return _reading(answer, page)
    try:
        return Reading(READ, listing=listing.read_listing(answer.body, is_cut=answer.is_cut))
    except listing.ListingError as error:
        return Reading(UNREADABLE, error.message)


def _failed(error: FetchError) -> Reading:
    outcome = _OUTCOMES.get(error.reason, UNREADABLE)
    return Reading(outcome, error.message, wait_seconds=error.wait_seconds)


def _reading(answer: Answer, page: KnownPage) -> Reading:
    status = answer.status
    if status == 200:
        links = page_links(answer.text)
        base = safe_link(links.base, base=answer.url) or answer.url
        return Reading(
            READ,
            text=page_text(answer.text, titles=links.titles),
            source=answer.text,
            article_at=article_time(answer.text),
            cms_id=page_id(answer.text),
            # The longer one names the site, too.
            title=min(filter(None, links.titles), key=len, default=None),
            url=answer.url,
            names=named_address(links.canonical, base=base, origins=page.origins),
            amp=named_address(links.amp, base=base, origins=page.origins),
            feeds=links.feeds,
            lang=links.lang,
            is_elsewhere=_path(answer.url) != _path(page.url),
            is_for_subscribers=is_for_subscribers(answer.text),
            etag=answer.etag,
            last_modified=answer.last_modified,
        )
    if status == 304 and (page.etag or page.last_modified):
        return Reading(UNCHANGED, etag=answer.etag, last_modified=answer.last_modified)
    if status in {404, 410}:
        return Reading(PAGE_GONE, N_("The page's server answers %(status)s.", status=status))
    outcome = UNREADABLE if status in _FOR_OTHERS else UNREACHABLE
    words = N_("The page's server answers %(status)s.", status=status)
    return Reading(outcome, words, wait_seconds=answer.wait_seconds)


def _path(url: str) -> str:
    return urlsplit(url).path.rstrip("/")
