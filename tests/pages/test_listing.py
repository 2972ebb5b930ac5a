"""Sitemaps and feeds are read as far as they say something, and never trusted."""

from __future__ import annotations

import gzip
import tracemalloc
from datetime import UTC, datetime

import pytest

from typo_reports.pages.listing import BYTES_MOST, ENTRIES_MOST, ListingError, read_listing
from typo_reports.pages.robots import sitemaps_of

SITEMAP = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://i.example/">
<url><loc>https://paper.example/a?x=1&amp;y=2</loc><lastmod>2026-11-01</lastmod>
<image:image><image:loc>https://paper.example/picture.png</image:loc></image:image></url>
<url><loc>
 https://paper.example/b </loc></url></urlset>"""
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://paper.example/1.xml.gz</loc><lastmod>2026-11-02T10:00:00+01:00</lastmod>
</sitemap></sitemapindex>"""
RSS = b"""<rss version="2.0"><channel><link>https://paper.example/</link><item><title>A</title>
<link>https://paper.example/a</link><pubDate>Sat, 28 Nov 2026 10:00:00 GMT</pubDate></item>
</channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://paper.example/"/><entry>
<link rel="self" href="https://paper.example/x"/><link href="https://paper.example/a"/>
<updated>2026-11-02T10:00:00Z</updated></entry></feed>"""


def urls(data: bytes) -> list[str]:
    return [entry.url for entry in read_listing(data).pages]


def test_a_sitemap_lists_pages_and_when_they_changed() -> None:
    first, second = read_listing(SITEMAP).pages
    assert first.url == "https://paper.example/a?x=1&y=2"
    assert first.changed_at == datetime(2026, 11, 1, tzinfo=UTC)
    assert (second.url, second.changed_at) == ("https://paper.example/b", None)


def test_a_gzipped_one_and_one_in_plain_text_are_read_alike() -> None:
    assert urls(gzip.compress(SITEMAP)) == urls(SITEMAP)
    assert urls(b"\xef\xbb\xbfhttps://paper.example/a\r\nnonsense\n") == ["https://paper.example/a"]


def test_an_index_lists_sitemaps() -> None:
    listing = read_listing(INDEX)
    assert listing.pages == []
    assert listing.sitemaps[0].url == "https://paper.example/1.xml.gz"
    assert listing.sitemaps[0].changed_at == datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize("feed", [RSS, ATOM])
def test_feeds_list_their_articles(feed: bytes) -> None:
    assert urls(feed) == ["https://paper.example/a"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><urlset>&b;</urlset>', "type"),
        (b'<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd"><urlset/>', "type"),
        (b"<html><body>Not found</body></html>", "neither"),
        (b"", "neither"),
        (b"no addresses here", "neither"),
        (b"<urlset>", "no XML"),
        (b"<urlset><url></urlset>", "no XML"),
        (b"<urlset>" + b"<a>" * 1000, "deeply"),
        (b"\x1f\x8bbroken", "broken"),
        (b'<?xml version="1.0" encoding="x-nonsense"?><urlset/>', "no XML"),
    ],
)
def test_hostile_and_broken_files_are_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(ListingError, match=words):
        read_listing(data)


def test_a_bomb_costs_no_more_memory_than_a_large_file() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * 300_000_000)
    tracemalloc.start()
    assert read_listing(bomb + b"rest").is_cut
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6 * BYTES_MOST


def test_a_cut_file_gives_what_came_before() -> None:
    listing = read_listing(SITEMAP[:-40], is_cut=True)
    assert [entry.url for entry in listing.pages] == ["https://paper.example/a?x=1&y=2"]
    assert listing.is_cut


def test_reading_ends_when_enough_is_known() -> None:
    one = b"<url><loc>https://paper.example/a</loc></url>"
    listing = read_listing(b"<urlset>" + one * (ENTRIES_MOST + 10) + b"</urlset>")
    assert len(listing.pages) == ENTRIES_MOST and listing.is_cut


def test_robots_txt_names_sitemaps() -> None:
    text = "User-agent: *\nDisallow: /x\nSitemap: https://a.example/1.xml\nsitemap:https://a.example/2\n"
    assert sitemaps_of(text) == ["https://a.example/1.xml", "https://a.example/2"]
