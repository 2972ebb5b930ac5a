"""robots.txt as RFC 9309 has it, also when it is hostile."""

from __future__ import annotations

import time

import pytest

from typo_reports.pages.robots import parse_robots


@pytest.mark.parametrize(
    ("text", "path", "is_allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /private", "/private/a", False),
        ("User-agent: *\nDisallow: /private", "/a", True),
        ("User-agent: *\nDisallow: /\nAllow: /news", "/news/a", True),
        ("User-agent: *\nAllow: /news\nDisallow: /", "/sport", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: Other\nDisallow: /", "/a", True),
        ("User-agent: TypoReports\nDisallow: /", "/a", False),
        ("user-AGENT: typoreports\nDISALLOW: /", "/a", False),
        ("User-agent: TypoReports/1.0\nDisallow: /", "/a", False),
        ("User-agent: TypoReportsExtra\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: TypoReports\nDisallow:", "/a", True),
        ("User-agent: TypoReports\nUser-agent: Other\nDisallow: /a", "/a", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/a.pdf?b", True),
        ("User-agent: *\nDisallow: /*/print", "/news/1/print/", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /?s=", "/?s=word", False),
        ("User-agent: *\nDisallow: /пресса", "/%D0%BF%D1%80%D0%B5%D1%81%D1%81%D0%B0/1", False),
        ("User-agent: *\nDisallow: /%7Eann", "/~ann", False),
        ("\ufeffUser-agent: * # all\nDisallow: /a # no", "/a", False),
        ("User-agent: *\r\nDisallow: /a\r\n", "/a", False),
        ("Disallow: /", "/a", True),
        ("User-agent: *\nSitemap: https://x.example/\nDisallow: /a", "/a", False),
        ("<html>not found</html>", "/a", True),
    ],
)
def test_the_longest_rule_of_our_group_decides(text: str, path: str, is_allowed: bool) -> None:
    assert parse_robots(text).allows(path) is is_allowed


@pytest.mark.parametrize(
    ("delay", "seconds"), [("10", 10.0), ("0.5", 0.5), ("x", 0.0), ("-1", 0.0), ("1e9", 0.0)]
)
def test_the_pause_that_is_asked_for_is_told(delay: str, seconds: float) -> None:
    assert parse_robots(f"User-agent: *\nCrawl-delay: {delay}").delay_seconds == seconds


def test_hostile_rules_take_no_time() -> None:
    begun = time.process_time()
    rules = "\n".join(["Disallow: /" + "*a" * 500 + "$"] * 500)
    parse_robots(f"User-agent: *\n{rules}").allows("/" + "a" * 2000 + "b")
    parse_robots("User-agent: *\n" + "Disallow: " + "*" * 400_000).allows("/a")
    parse_robots("User-agent: *\n" * 40_000).allows("/a")
    assert time.process_time() - begun < 3
