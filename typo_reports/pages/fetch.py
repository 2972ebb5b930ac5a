"""Fetching a publisher's page: only from the site's own origins, bounded in every way.

Each address on the way (redirects too) has to belong to the site; its host is looked up once, every
answer is checked, and the connection goes to what was checked. No proxy of the environment, no
cookie, no other header than those named here.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import ada_url
import httpcore2 as httpcore

from typo_reports.domain.words import N_, NN_
from typo_reports.pages.charset import decoded
from typo_reports.pages.connection import Deadline, PinnedBackend
from typo_reports.pages.fetch_error import FetchError
from typo_reports.pages.network import Network, Resolve, safe_addresses
from typo_reports.pages.waiting import seconds_to_wait

SECONDS_MOST = 5.0
BYTES_MOST = 2 * 1024 * 1024
REDIRECTS_MOST = 4
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TEXT_KINDS = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_GZIP = 31


@dataclass(frozen=True, slots=True)
class Rules:
    """Where a fetch may lead and how it names itself.

    `origins` are the site's, exact. `private` are networks that the operator has opened to
    origins written as an address in them. `resolve` replaces the system's resolver.
    """

    origins: Collection[str]
    user_agent: str
    private: Collection[Network] = ()
    seconds: float = SECONDS_MOST
    resolve: Resolve | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said. `url` is where the redirects ended; `text` is empty unless 200.

    `body` holds the bytes of that text, unpacked; `is_cut` if they go on behind what was wanted.
    `validators` are for the next request; `wait_seconds` is what Retry-After asks for.
    """

    url: str
    status: int
    text: str
    etag: str | None
    last_modified: str | None
    wait_seconds: int | None
    body: bytes = b""
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which media types are welcome (None: any), and how many bytes of the answer are read.

    More bytes than that are an error, or with `is_cut_welcome` are left unread. What the server
    has packed itself (`.gz`) is left so.
    """

    kinds: Collection[str] | None = _TEXT_KINDS
    bytes_most: int = BYTES_MOST
    is_cut_welcome: bool = False


PAGE = Wanted()


def fetch(
    url: str,
    rules: Rules,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    wanted: Wanted = PAGE,
    check_redirect: Callable[[str], None] | None = None,
) -> Answer:
    """Get the page. With `etag` or `last_modified` the answer may be 304 without a text.

    Raises FetchError for addresses that aren't allowed, for no answer within the time, and for
    answers that are too large or no text of one of these media types. `check_redirect` is asked
    before a redirect is followed and may raise one, too.
    """
    deadline = Deadline(rules.seconds)
    headers = {"if-none-match": etag, "if-modified-since": last_modified}
    asked: set[str] = set()
    try:
        while len(asked) <= REDIRECTS_MOST and url not in asked:
            asked.add(url)
            answer, target = _one_answer(_allowed(url, rules), rules, deadline, headers, wanted)
            if target is None:
                return answer
            url = target.partition("#")[0]
            _allowed(url, rules)
            if check_redirect is not None:
                check_redirect(url)
    except httpcore.TimeoutException as error:
        raise FetchError("unreachable", N_("The page took too long to answer.")) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise FetchError("unreachable", N_("The page's server didn't answer properly.")) from error
    raise FetchError(
        "unreachable",
        NN_(
            "The page redirects more than %(num)s time.",
            "The page redirects more than %(num)s times.",
            REDIRECTS_MOST,
        ),
    )


def _allowed(url: str, rules: Rules) -> ada_url.URL:
    try:
        parsed = ada_url.URL(url)
    except ValueError as error:
        raise FetchError("refused", N_("This is not an address.")) from error
    if parsed.protocol not in {"http:", "https:"} or parsed.username or parsed.password:
        raise FetchError("refused", N_("Only plain http and https addresses are fetched."))
    if parsed.origin not in rules.origins:
        raise FetchError(
            "unreadable", N_("The page leads to an address that is none of the site's.")
        )
    return parsed


def _one_answer(
    url: ada_url.URL,
    rules: Rules,
    deadline: Deadline,
    extra: Mapping[str, str | None],
    wanted: Wanted,
) -> tuple[Answer, str | None]:
    """The answer of this address and where it redirects to, if it does."""
    port = int(url.port) if url.port else (443 if url.protocol == "https:" else 80)
    addresses = safe_addresses(
        url.hostname, port, private=rules.private, seconds=deadline.left(), resolve=rules.resolve
    )
    url.hash = ""
    target = httpcore.URL(url.href)
    headers = _headers(url.host, rules.user_agent, extra)
    with (
        httpcore.HTTPConnection(
            origin=target.origin, network_backend=PinnedBackend(addresses, deadline)
        ) as connection,
        connection.stream("GET", target, headers=headers) as response,
    ):
        given = _text_headers(response)
        if response.status in _REDIRECTS and "location" in given:
            return _answer(url.href, response.status, given), _joined(url, given["location"])
        body, is_cut = _body(response, given, wanted) if response.status == 200 else (b"", False)
        return _answer(url.href, response.status, given, body, is_cut=is_cut), None


def _headers(host: str, user_agent: str, extra: Mapping[str, str | None]) -> list[tuple[str, str]]:
    usual = {
        "host": host,
        "user-agent": user_agent,
        "accept": "text/html,application/xhtml+xml;q=0.9,text/plain;q=0.5,*/*;q=0.1",
        "accept-encoding": "gzip",
        "connection": "close",
    }
    return [(name, value) for name, value in {**usual, **extra}.items() if value]


def _text_headers(response: httpcore.Response) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in response.headers:
        found.setdefault(name.decode("ascii", "replace").lower(), value.decode("latin-1"))
    return found


def _joined(base: ada_url.URL, location: str) -> str:
    try:
        # Servers write addresses in UTF-8, headers are read as Latin-1.
        return str(ada_url.URL(location.encode("latin-1").decode("utf-8", "replace"), base.href))
    except ValueError as error:
        raise FetchError(
            "unreadable", N_("The page redirects to something that is no address.")
        ) from error


def _answer(
    url: str, status: int, given: Mapping[str, str], body: bytes = b"", *, is_cut: bool = False
) -> Answer:
    return Answer(
        url=url,
        status=status,
        text=decoded(body, given.get("content-type", "text/html")) if body else "",
        body=body,
        is_cut=is_cut,
        etag=_short(given.get("etag")),
        last_modified=_short(given.get("last-modified")),
        wait_seconds=seconds_to_wait(given.get("retry-after")),
    )


def _short(value: str | None) -> str | None:
    # Kept and sent back as it came: only if it is printable and no longer than honest ones are.
    return (
        value if value and len(value) <= 200 and value.isascii() and value.isprintable() else None
    )


def _body(
    response: httpcore.Response, given: Mapping[str, str], wanted: Wanted
) -> tuple[bytes, bool]:
    content_type = given.get("content-type", "text/html")
    kind = content_type.partition(";")[0].strip().lower()
    if wanted.kinds is not None and kind not in wanted.kinds:
        raise FetchError("unreadable", N_("The address holds no text but something else."))
    encoding = given.get("content-encoding", "identity").strip().lower()
    if encoding not in {"identity", "", "gzip", "x-gzip"}:
        raise FetchError(
            "unreadable", N_("The page is compressed in a way that was not asked for.")
        )
    unpack = zlib.decompressobj(_GZIP) if encoding.endswith("gzip") else None
    body = bytearray()
    for chunk in response.iter_stream():
        body += _unpacked(unpack, chunk, wanted.bytes_most + 1 - len(body)) if unpack else chunk
        if len(body) > wanted.bytes_most:
            if wanted.is_cut_welcome:
                return bytes(body[: wanted.bytes_most]), True
            raise FetchError("unreadable", N_("The page is larger than 2 MiB."))
    if unpack is not None and not unpack.eof:
        # What is missing is not gone from the page.
        raise FetchError("unreachable", N_("The page is compressed, but broken."))
    return bytes(body), False


def _unpacked(unpack: Any, chunk: bytes, most: int) -> bytes:
    """What the chunk unpacks to, `most` bytes of it at most: a bomb costs no memory."""
    try:
        return bytes(unpack.decompress(chunk, most))
    except zlib.error as error:
        raise FetchError("unreadable", N_("The page is compressed, but broken.")) from error
