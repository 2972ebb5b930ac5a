"""What the robots.txt of a site's origins allow: read when first needed, kept for a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from typo_reports.domain.words import N_
from typo_reports.pages.fetch import Rules, Wanted, fetch
from typo_reports.pages.fetch_error import FetchError
from typo_reports.pages.robots import BYTES_MOST, Robots, parse_robots

ROBOTS_KEPT = timedelta(hours=24)
# Whatever the server calls it, and of a file without end its beginning, as RFC 9309 has it.
_ROBOTS = Wanted(None, BYTES_MOST, is_cut_welcome=True)


class RobotsText(NamedTuple):
    """A robots.txt as it was read, empty where there is none, and when."""

    text: str
    read_at: datetime


class SiteRobots:
    """The rules of a site's origins during one look. `met` holds those that were asked for."""

    def __init__(self, rules: Rules, known: Mapping[str, RobotsText], now: datetime) -> None:
        self.met: dict[str, RobotsText] = {}
        self._rules, self._known, self._now = rules, known, now

    def of(self, origin: str) -> Robots:
        """The rules of this origin. Raises FetchError while they can't be reached."""
        if origin not in self.met:
            kept = self._known.get(origin)
            is_fresh = kept is not None and timedelta(0) <= self._now - kept.read_at < ROBOTS_KEPT
            self.met[origin] = kept if kept and is_fresh else self._read(origin)
        return parse_robots(self.met[origin].text)

    def check(self, url: str) -> None:
        """Raise FetchError if this address may not be asked for."""
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if not self.of(f"{parts.scheme}://{parts.netloc}").allows(path):
            raise FetchError("not-allowed", N_("The site's robots.txt doesn't allow it."))

    def _read(self, origin: str) -> RobotsText:
        """RFC 9309: while robots.txt can't be reached, everything is disallowed."""
        try:
            answer = fetch(f"{origin}/robots.txt", self._rules, wanted=_ROBOTS)
        except FetchError as error:
            if error.reason == "unreadable":
                # It leads elsewhere, or is packed unasked: there are no rules to be read.
                return RobotsText("", self._now)
            raise
        if answer.status >= 500 or answer.status == 429:
            words = N_("The site's robots.txt answers %(status)s.", status=answer.status)
            raise FetchError("unreachable", words, wait_seconds=answer.wait_seconds)
        text = answer.text if answer.status == 200 else ""
        # The last line of a file that was cut may say more than its beginning does.
        return RobotsText(text.rpartition("\n")[0] if answer.is_cut else text, self._now)
