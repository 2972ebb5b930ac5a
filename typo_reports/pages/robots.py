"""robots.txt by RFC 9309: the longest matching rule of the group that names us wins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

PRODUCT = "typoreports"
# RFC 9309 asks crawlers to read at least 500 KiB; a few rules are enough to respect.
BYTES_MOST = 512 * 1024
_RULES_MOST = 2_000
_SITEMAPS_MOST = 20
# A product is letters, "_" and "-": "TypoReports/1.0" means us, too.
_NAME = re.compile(r"[a-z_-]*")


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for us, (is allowed, pattern of path and query), and the pause asked for."""

    rules: tuple[tuple[bool, str], ...] = ()
    delay_seconds: float = 0.0

    def allows(self, path: str) -> bool:
        """Whether this path with its query may be fetched."""
        path = _normal(path)
        best, verdict = -1, True
        for is_allowed, pattern in self.rules:
            weight = len(pattern)
            if weight >= best and _matches(pattern, path):
                # Of two rules of one length the friendlier one counts.
                verdict = is_allowed or (weight == best and verdict)
                best = weight
        return verdict


def parse_robots(text: str) -> Robots:
    """The rules for TypoReports in a robots.txt, those for `*` if it isn't named."""
    ours: list[tuple[str, str]] = []
    everybodys: list[tuple[str, str]] = []
    is_named = False
    agents: set[str] = set()
    in_rules = False
    for field, value in _lines(text[:BYTES_MOST]):
        if field == "user-agent":
            if in_rules:
                agents, in_rules = set(), False
            agent = _product(value)
            agents.add(agent)
            is_named = is_named or agent == PRODUCT
            continue
        in_rules = True
        if PRODUCT in agents:
            ours.append((field, value))
        elif "*" in agents:
            everybodys.append((field, value))
    return _robots(ours if is_named else everybodys)


def _product(value: str) -> str:
    if value.startswith("*"):
        return "*"
    name = _NAME.match(value.lower())
    return name[0] if name else ""


def sitemaps_of(text: str) -> list[str]:
    """The addresses of sitemaps that a robots.txt names, for whomever, each once."""
    found = []
    for line in text[:BYTES_MOST].removeprefix("\ufeff").splitlines():
        field, colon, value = line.partition(":")
        if colon and field.strip().lower() == "sitemap" and value.strip():
            found.append(value.strip())
    return list(dict.fromkeys(found))[:_SITEMAPS_MOST]


def _lines(text: str) -> list[tuple[str, str]]:
    found = []
    for line in text.removeprefix("\ufeff").splitlines():
        field, colon, value = line.partition("#")[0].partition(":")
        field = field.strip().lower()
        if colon and field in {"user-agent", "allow", "disallow", "crawl-delay"}:
            found.append((field, value.strip()))
    return found


def _robots(lines: list[tuple[str, str]]) -> Robots:
    rules = tuple(
        (field == "allow", _normal(value))
        for field, value in lines
        if field in {"allow", "disallow"} and value
    )
    delays = [value for field, value in lines if field == "crawl-delay"]
    return Robots(rules[:_RULES_MOST], _delay(delays[0]) if delays else 0.0)


def _delay(text: str) -> float:
    whole, _, part = text.partition(".")
    if not (whole.isascii() and whole.isdigit() and len(whole) <= 6):
        return 0.0
    return float(f"{whole}.{part if part.isascii() and part.isdigit() else 0}")


def _normal(path: str) -> str:
    """One spelling for each path: percent-encoding as in RFC 3986, `*` and `$` kept."""
    return quote(
        unquote(path, errors="surrogateescape"), safe="/?&=*$:@!'(),;~+%", errors="surrogateescape"
    )


def _matches(pattern: str, path: str) -> bool:
    """Linear: each piece between stars is looked for once, from left to right."""
    is_whole = pattern.endswith("$")
    pieces = pattern.removesuffix("$").split("*")
    if not path.startswith(pieces[0]):
        return False
    at = len(pieces[0])
    for piece in pieces[1:-1]:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if len(pieces) == 1:
        return not is_whole or at == len(path)
    last = pieces[-1]
    if is_whole:
        return len(path) - len(last) >= at and path.endswith(last)
    return path.find(last, at) >= 0
