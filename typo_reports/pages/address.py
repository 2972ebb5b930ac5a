"""The address of a page: parsed as browsers parse it, without tracking and without secrets."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

import ada_url

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.report import URL_MOST

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|ysclid|twclid|ttclid|igshid|mc_[ce]id"
    r"|_ga|_gl|at_\w+|mkt_tok|vero_id|wt_mc|_hs\w+|s_kwcid|ref_src|amp",
    re.IGNORECASE,
)
_SECRET = re.compile(
    r".*(?:token|password|passwd|secret|session|signature|api_?key|auth|credential|e-?mail).*"
    r"|sid|sig|pwd|pass|key|code|otp|jwt|phpsessid|jsessionid|nonce|state|phone",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageAddress:
    """`url` names the page among all of a site; `source` is where the reader really was."""

    url: str
    source: str


def page_address(source: str, canonical: str | None, origins: Collection[str]) -> PageAddress:
    """The canonical address of the page at `source` on a site with these origins.

    The page's own word (`canonical`) counts only when it stays on the site. Raises
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
    cleaned = _cleaned(parsed)
    named = _parsed(canonical, base=parsed.href) if canonical else None
    if named is None or named.origin not in origins:
        return PageAddress(url=cleaned, source=cleaned)
    url = _cleaned(named)
    return PageAddress(url=url if len(url) <= URL_MOST * 4 else cleaned, source=cleaned)


def safe_link(url: str | None) -> str | None:
    """The address in normal form if it is http or https, else None."""
    parsed = _parsed(url) if url else None
    return parsed.href if parsed else None


def _parsed(url: str, base: str | None = None) -> ada_url.URL | None:
    try:
        parsed = ada_url.URL(url, base) if base else ada_url.URL(url)
    except ValueError:
        return None
    return parsed if parsed.protocol in {"http:", "https:"} and parsed.hostname else None


def _cleaned(url: ada_url.URL) -> str:
    copy = ada_url.URL(url.href)
    copy.hash = ""
    copy.username = ""
    copy.password = ""
    if copy.search:
        copy.search = "&".join(
            part for part in copy.search.removeprefix("?").split("&") if _stays(part)
        )
    return str(copy.href)


def _stays(part: str) -> bool:
    name = part.partition("=")[0]
    return bool(part) and not _TRACKING.fullmatch(name) and not _SECRET.fullmatch(name)
