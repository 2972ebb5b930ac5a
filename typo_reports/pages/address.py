"""The address of a page: parsed as browsers parse it, without tracking and without secrets."""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection
from dataclasses import dataclass

import ada_url

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.page_views import are_views
from typo_reports.domain.report import URL_MOST

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|ysclid|twclid|ttclid|igshid|mc_[ce]id"
    r"|_ga|_gl|at_\w+|mkt_tok|vero_id|wt_mc|_hs\w+|s_kwcid|ref_src|typo-report",
    re.IGNORECASE,
)
# Another view of the same page: by name and value, so that amp=60 (a fuse?) stays.
_VIEW = re.compile(
    r"(?:amp|print|printable|print[-_]?(?:view|version|friendly)|printer[-_]?friendly)"
    r"(?:=(?:1|true|yes|y)?)?|outputtype=amp|(?:view|format|layout)=(?:amp|print)",
    re.IGNORECASE,
)
_SECRET = re.compile(
    r".*(?:token|password|passwd|secret|session|signature|api_?key|auth|credential|e-?mail).*"
    r"|sid|sig|pwd|pass|key|code|otp|jwt|phpsessid|jsessionid|nonce|state|phone",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageAddress:
    """`url` names the page among all of a site; `source` is where the reader really was.

    Neither holds tracking or secrets; `source` keeps what chooses a view (`?print=1`).
    """

    url: str
    source: str


def page_address(source: str, canonical: str | None, origins: Collection[str]) -> PageAddress:
    """The address of the page at `source` on a site with these origins.

    The page's own word (`canonical`), which nobody has confirmed yet, counts only when it stays on
    the site and the two addresses look like two views of one page (AMP, print, mobile). Raises
    InvalidFieldsError for `target.source` when that is no address, or none of the site's.
    """
    parsed = _parsed(source)
    if parsed is None:
        raise InvalidFieldsError.of(
            "target.source", "not-a-url", "target.source is not an http or https address."
        )
    if parsed.origin not in origins:
        raise InvalidFieldsError.of(
            "target.source",
            "not-of-this-site",
            f"The page's origin {parsed.origin[:300]} is not registered for this site.",
        )
    seen_at, url = _cleaned(parsed), _cleaned(parsed, is_view_kept=False)
    named = named_address(canonical, base=parsed.href, origins=origins)
    if named is not None and are_views(named, url):
        url = named
    return PageAddress(url=url, source=seen_at)


def named_address(text: str | None, *, base: str, origins: Collection[str]) -> str | None:
    """The address that a page at `base` names as a page's, if it is one of the site's."""
    parsed = _parsed(text.strip(), base=base) if text and text.strip() else None
    if parsed is None or parsed.origin not in origins:
        return None
    url = _cleaned(parsed, is_view_kept=False)
    return url if len(url) <= URL_MOST * 4 else None


def listing_address(text: str, origins: Collection[str]) -> str | None:
    """The address of a sitemap or feed as it was given, if it is one of the site's."""
    parsed = _parsed(text)
    return parsed.href if parsed is not None and parsed.origin in origins else None


def view_name(source: str) -> str:
    """A short name, 8 hex digits, of the address without tracking: equal for equal views."""
    parsed = _parsed(source)
    cleaned = _cleaned(parsed) if parsed is not None else source
    return f"{zlib.crc32(cleaned.encode('utf-8', 'surrogatepass')):08x}"


def safe_link(url: str | None, *, base: str | None = None) -> str | None:
    """The address, as seen from `base`, in normal form if it is http or https, else None."""
    parsed = _parsed(url, base=base) if url else None
    return parsed.href if parsed else None


def _parsed(url: str, base: str | None = None) -> ada_url.URL | None:
    try:
        parsed = ada_url.URL(url, base) if base else ada_url.URL(url)
    except ValueError:
        return None
    return parsed if parsed.protocol in {"http:", "https:"} and parsed.hostname else None


def _cleaned(url: ada_url.URL, *, is_view_kept: bool = True) -> str:
    copy = ada_url.URL(url.href)
    copy.hash = ""
    copy.username = ""
    copy.password = ""
    # Also when there is none: a lone question mark goes.
    copy.search = "&".join(
        part
        for part in copy.search.removeprefix("?").split("&")
        if _stays(part) and (is_view_kept or not _VIEW.fullmatch(part))
    )
    return str(copy.href)


def _stays(part: str) -> bool:
    name = part.partition("=")[0]
    return bool(part) and not _TRACKING.fullmatch(name) and not _SECRET.fullmatch(name)
