"""Which pages a site has, as its sitemap or feed says: a small, safe reader of such XML.

Over expat, which answers to no library of our own choosing: documents that declare a type or an
entity are refused, so nothing expands and nothing is fetched; reading ends as soon as enough is
known, so what is large costs no more than what is read. Sitemaps by sitemaps.org's protocol 0.9,
also as plain text; feeds in RSS 2.0 and Atom.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from xml.parsers import expat

from typo_reports.domain.words import N_

# Of the protocol's 50 MB; the newest entries of a longer file may be missed, and it is said so.
BYTES_MOST = 8 * 1024 * 1024
ENTRIES_MOST = 50_000
DEPTH_MOST = 40
_TEXT_MOST = 2_048
_GZIP_MARK = b"\x1f\x8b"
_GZIP = 31
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Entry:
    """One address as it stands there, and when it changed last."""

    url: str
    changed_at: datetime | None = None


@dataclass(slots=True)
class Listing:
    """What a file lists: pages, or (a sitemap index) more sitemaps. `is_cut` if it goes on."""

    pages: list[Entry] = field(default_factory=list)
    sitemaps: list[Entry] = field(default_factory=list)
    is_cut: bool = False


class ListingError(ValueError):
    """The file is no sitemap and no feed, or one that nobody should read; `message` says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def read_listing(data: bytes, *, is_cut: bool = False) -> Listing:
    """What these bytes list, gzipped or not; `is_cut` if the file goes on behind them.

    Raises ListingError, in words.
    """
    data, was_cut = _unpacked(data) if data[:2] == _GZIP_MARK else (data, False)
    is_cut = is_cut or was_cut
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] != b"<":
        return _of_lines(data, is_cut)
    reader = _Reader(is_cut)
    reader.read(data)
    if not reader.is_known:
        raise ListingError(N_("The file is neither a sitemap nor a feed."))
    return reader.listing


def _unpacked(data: bytes) -> tuple[bytes, bool]:
    unpack = zlib.decompressobj(_GZIP)
    try:
        found = unpack.decompress(data, BYTES_MOST)
    except zlib.error as error:
        raise ListingError(N_("The file is compressed, but broken.")) from error
    return found, not unpack.eof


def _of_lines(data: bytes, is_cut: bool) -> Listing:
    """A sitemap in plain text: one address on each line."""
    lines = data[:BYTES_MOST].decode("utf-8", "replace").removeprefix("\ufeff").split("\n")
    urls = [line.strip() for line in lines[:ENTRIES_MOST]]
    urls = [
        url for url in urls if url.startswith(("http://", "https://")) and len(url) < _TEXT_MOST
    ]
    if not urls:
        raise ListingError(N_("The file is neither a sitemap nor a feed."))
    return Listing([Entry(url) for url in urls], is_cut=is_cut or len(lines) > ENTRIES_MOST)


class _EnoughError(Exception):
    """So many entries are read that the rest is not looked at."""


class _Reader:
    """Follows the elements that say something: url, sitemap, item, entry and what is in them."""

    _ITEMS = frozenset({"url", "sitemap", "item", "entry"})
    _ADDRESSES = frozenset({"loc", "link"})
    _TIMES = frozenset({"lastmod", "pubDate", "updated", "published", "date"})
    _ROOTS = frozenset({"urlset", "sitemapindex", "rss", "feed", "RDF"})

    def __init__(self, is_cut: bool) -> None:
        self.listing = Listing(is_cut=is_cut)
        self.is_known = False
        self._depth = 0
        self._item: str | None = None
        self._item_depth = 0
        self._url = self._time = ""
        self._text: list[str] | None = None
        self._length = 0

    def read(self, data: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            for at in range(0, min(len(data), BYTES_MOST), _CHUNK):
                parser.Parse(data[at : at + _CHUNK], False)
            if self.listing.is_cut or len(data) > BYTES_MOST:
                self.listing.is_cut = True
            else:
                parser.Parse(b"", True)
        except _EnoughError:
            self.listing.is_cut = True
        except (expat.ExpatError, LookupError, ValueError) as error:
            if isinstance(error, ListingError):
                raise
            # What was read before the fault is as good as any.
            if not (self.listing.pages or self.listing.sitemaps):
                raise ListingError(N_("The file is no XML that can be read.")) from error
            self.listing.is_cut = True

    def _refuse(self, *_: object) -> None:
        raise ListingError(N_("The file declares a document type, which is not read."))

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if self._depth == 0:
            self.is_known = name in self._ROOTS
            if not self.is_known:
                raise ListingError(N_("The file is neither a sitemap nor a feed."))
        self._depth += 1
        if self._depth > DEPTH_MOST:
            raise ListingError(N_("The file is nested too deeply."))
        if self._item is None and name in self._ITEMS:
            self._item, self._item_depth = name, self._depth
            self._url = self._time = ""
        elif self._item is not None and self._depth == self._item_depth + 1:
            if name == "link" and attributes.get("href"):
                if attributes.get("rel", "alternate") == "alternate":
                    self._url = self._url or attributes["href"][:_TEXT_MOST]
            elif name in self._ADDRESSES or name in self._TIMES:
                self._text, self._length = [], 0

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if self._text is not None and self._depth == (self._item_depth + 1):
            said = "".join(self._text).strip()
            if name in self._ADDRESSES:
                self._url = self._url or said
            elif name in self._TIMES:
                self._time = max(self._time, said)
            self._text = None
        elif self._item is not None and self._depth == self._item_depth:
            self._add()
            self._item = None
        self._depth -= 1

    def _characters(self, text: str) -> None:
        if self._text is not None and self._length < _TEXT_MOST:
            self._text.append(text[: _TEXT_MOST - self._length])
            self._length += len(text)

    def _add(self) -> None:
        if self._url:
            into = self.listing.sitemaps if self._item == "sitemap" else self.listing.pages
            into.append(Entry(self._url, _moment(self._time)))
            if len(into) >= ENTRIES_MOST:
                raise _EnoughError


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip()[:40])
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError):
            return None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        return None
