"""The words of each letter, and that strangers' text changes nothing but text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest

from typo_reports.mail import letters
from typo_reports.mail.letters import DigestCase, WrittenLetter

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CASE = DigestCase(
    exact="anotation",
    prefix="selects a typo ('",
    suffix="') in a web page",
    correction="annotation",
    is_from_dictionary=False,
    readers=3,
    title="The bridge",
    section="City",
    author="Jo Writer",
    created_at=NOW - timedelta(days=2),
    is_regression=False,
    page_url="https://gazette.example/bridge",
    desk_url="https://desk.example/cases/1",
)
PAYLOADS = [
    "<script>alert(1)</script>",
    "</p></div></body></html><h1>Sign in again</h1>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "<!-- ",
    "]]>",
    "<style>*{display:none}</style>",
    "<a href=https://evil.example>click</a>",
    "https://evil.example/?a=1&b=2",
    "[click](https://evil.example)",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt;&#60;b&#62;&copy;",
    "x\n\n-- \nYours, the desk\nhttps://evil.example",
    "\u202egnp.exe\u2066",
    "\x00\x01\x1b[31m\x7f\x85",
    "\ud800\udfff",
    "<svg/onload=alert(1)>",
    "<math><mi xlink:href='data:x'>",
    "\ufeff=cmd|' /C calc'!A0",
    "<table><tr><td>",
]


class Skeleton(HTMLParser):
    """Elements and attributes in order; text and the values of titles left out."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[object] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, attrs))
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_endtag(self, tag: str) -> None:
        self.seen.append(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self.seen.append("comment")


def skeleton(html: str) -> Skeleton:
    parser = Skeleton()
    parser.feed(html)
    parser.close()
    return parser


def digest(*cases: DigestCase, site_name: str = "The Harbour Gazette") -> WrittenLetter:
    return letters.digest(
        site_name=site_name,
        cases=cases,
        open_count=7,
        new_count=3,
        queue_url="https://desk.example/queue?site=gazette",
        settings_url="https://desk.example/settings",
        now=NOW,
    )


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize(
    "field", ["exact", "prefix", "suffix", "correction", "title", "section", "author"]
)
def test_no_payload_changes_the_skeleton(field: str, payload: str) -> None:
    harmless = digest(CASE)
    poisoned = digest(replace(CASE, **{field: payload}))
    assert skeleton(poisoned.body_html).seen == skeleton(harmless.body_html).seen
    assert poisoned.body_text.count("\n") == harmless.body_text.count("\n")
    assert poisoned.subject == harmless.subject
    poisoned.body_text.encode()
    poisoned.body_html.encode()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_becomes_a_link_of_a_mail_program(payload: str) -> None:
    written = digest(replace(CASE, exact=payload, correction=payload, title=payload))
    for part in (written.body_text, written.body_html):
        assert not re.search(r"https?://evil|evil\.example", part)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_not_even_the_name_of_a_site_changes_the_skeleton(payload: str) -> None:
    assert (
        skeleton(digest(CASE, site_name=payload).body_html).seen
        == skeleton(digest(CASE).body_html).seen
    )
    assert "\n" not in digest(CASE, site_name=payload).subject


def test_all_links_lead_to_the_desk_or_to_the_page() -> None:
    found = skeleton(digest(CASE, replace(CASE, page_url=None)).body_html).links
    assert set(found) == {
        "https://gazette.example/bridge",
        "https://desk.example/cases/1",
        "https://desk.example/queue?site=gazette",
        "https://desk.example/settings",
    }


def test_no_letter_loads_anything() -> None:
    for written in every_letter():
        assert "<img" not in written.body_html
        assert "<link" not in written.body_html
        assert "url(" not in written.body_html
        assert "<script" not in written.body_html


def test_styles_are_inlined_and_the_dark_ones_kept() -> None:
    for written in every_letter():
        assert 'class="sheet" style="' in written.body_html
        assert "prefers-color-scheme" in written.body_html


def test_a_digest_counts_in_its_subject() -> None:
    assert digest(CASE).subject == "The Harbour Gazette: 7 open cases, 3 new"
    one = letters.digest(
        site_name="Planet",
        cases=[CASE],
        open_count=1,
        new_count=0,
        queue_url="https://desk.example/queue",
        settings_url="https://desk.example/settings",
        now=NOW,
    )
    assert one.subject == "Planet: 1 open case, none new"


def test_a_digest_says_that_an_error_is_back() -> None:
    written = digest(replace(CASE, is_regression=True))
    assert "corrected before, reported again" in written.body_text
    assert "corrected before, reported again" in written.body_html
    assert "reported again" not in digest(CASE).body_text


def test_a_page_without_facts_is_said_to_have_none() -> None:
    written = digest(replace(CASE, title=None, section=None, author=None, correction=None))
    assert "3 readers · Page without a title · 2 days ago" in written.body_text
    assert "Correction" not in written.body_text


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=23), "23 hours ago"),
        (timedelta(days=1), "1 day ago"),
        (timedelta(days=400), "400 days ago"),
    ],
)
def test_ages_are_said_in_the_largest_unit(passed: timedelta, words: str) -> None:
    assert letters.age(NOW - passed, NOW) == words


def test_the_thanks_name_the_site_and_the_day_and_nothing_else() -> None:
    written = letters.fixed(
        site_name="Planet", reported_at=NOW, receipt_url="https://desk.example/r/token"
    )
    assert written.subject == "Planet: the error that you reported has been fixed"
    assert "23 November 2026" in written.body_text
    assert skeleton(written.body_html).links == ["https://desk.example/r/token"]


def test_an_invitation_says_who_invites_and_how_long_the_link_works() -> None:
    written = invitation()
    assert written.subject == "Ann invites you to the desk of Planet, Gazette"
    for part in (written.body_text, written.body_html):
        assert "https://desk.example/join/token" in part
        assert "48 hours" in part
        assert "Hello Bob" in part


def test_a_plain_part_begins_and_ends_with_its_words() -> None:
    for written in every_letter():
        assert written.body_text.endswith("\n")
        assert not written.body_text.startswith("\n")


def invitation() -> WrittenLetter:
    return letters.invitation(
        editor_name="Bob",
        inviter_name="Ann",
        site_names=["Planet", "Gazette"],
        link="https://desk.example/join/token",
        valid_hours=48,
    )


def every_letter() -> list[WrittenLetter]:
    return [
        digest(CASE),
        letters.fixed(site_name="Planet", reported_at=NOW, receipt_url="https://desk.example/r/t"),
        invitation(),
        letters.trial(base_url="https://desk.example", now=NOW),
    ]
