"""Two addresses that look like two views of one page: AMP, print, mobile.

The look of an address alone joins nothing (a page on amplifiers may end in /amp); together with
the page's own word it is enough.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

_HOST_OF_VIEW = re.compile(r"(?:www|m|mobile|touch|wap|amp|print)\.(?=[^.]+\.)")
_START_OF_VIEW = re.compile(r"/(?:amp|m|mobile|print)(?=/)", re.IGNORECASE)
_END_OF_VIEW = re.compile(
    r"/(?:amp|print|index\.html?)(?=/?$)|[./-](?:amp|print)(?=(?:\.html?)?$)", re.IGNORECASE
)
_VIEW_NAMES = frozenset({"amp", "print", "printable", "outputtype", "view", "format", "layout"})


def are_views(first: str, second: str) -> bool:
    """Whether two absolute addresses differ only in what chooses the view of a page."""
    return _plain(first) == _plain(second)


def _plain(url: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Host, path and query without the marks of a view; http and https are one."""
    parts = urlsplit(url)
    host = _HOST_OF_VIEW.sub("", parts.netloc.lower(), count=1)
    host = host.removesuffix(":443" if parts.scheme == "https" else ":80")
    path = _END_OF_VIEW.sub("", parts.path.rstrip("/"))
    path = _START_OF_VIEW.sub("", path, count=1)
    query = parse_qsl(parts.query, keep_blank_values=True)
    kept = (pair for pair in query if pair[0].lower() not in _VIEW_NAMES)
    return host, path.rstrip("/"), tuple(sorted(kept))
