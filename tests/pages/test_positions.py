"""A place on a page is in its headline, its lead, a caption, or the body."""

from __future__ import annotations

import pytest

from typo_reports.pages.page_links import page_links
from typo_reports.pages.text import page_text

LONG = "The ferry leaves at nine every morning, and the harbour master counts who is aboard."
STANDFIRST = f"<h1>The harbour</h1><div class='article__standfirst'>Short.</div><p>{LONG}"
FIGURE = f"<h1>H</h1><p>{LONG}</p><figure><figcaption><p>A boat.</p></figcaption></figure>"
JAPANESE = (
    "<h1>港が目を覚ます</h1><p>フェリーは毎朝九時に出港し、港長は乗船した人の数を数える。</p>"
)
REST = "Nobody in town remembers a winter in which it did not leave, whatever the weather was."


def position(body: str, words: str, *, head: str = "") -> str:
    """Where these words of a page with this body stand."""
    source = f"<!doctype html><head>{head}</head><body>{body}</body>"
    text = page_text(source, titles=page_links(source).titles)
    return text.positions.of(text.text.index(words))


@pytest.mark.parametrize(
    ("body", "words", "expected"),
    [
        (f"<h1>The <i>harbour</i> wakes</h1><p>{LONG}</p><p>{REST}</p>", "harbour w", "headline"),
        (f"<h1>The harbour</h1><p>By Ann</p><p>{LONG}</p><p>{REST}</p>", "ferry", "lead"),
        (f"<h1>The harbour</h1><p>By Ann</p><p>{LONG}</p><p>{REST}</p>", "By Ann", "body"),
        (f"<h1>The harbour</h1><p>{LONG}</p><p>{REST}</p>", "Nobody", "body"),
        (STANDFIRST, "Sho", "lead"),
        (STANDFIRST, "ferry", "body"),
        (f"<h1>H</h1><p itemprop='alternativeHeadline'>Of boats</p><p>{LONG}", "Of boats", "lead"),
        (f"<h1>H</h1><div class=intro><p>{LONG * 20}</p></div>", "ferry", "body"),
        (FIGURE, "A boat", "caption"),
        ("<table><caption>Times</caption><tr><td>nine</table>", "Times", "caption"),
        ("<table><caption>Times</caption><tr><td>nine</table>", "nine", "body"),
        ("<p class='wp-caption-text'>Seen from the east</p>", "Seen", "caption"),
        (f"<aside><h1>Elsewhere</h1></aside><h1>Here</h1><p>{LONG}", "Elsewhere", "body"),
        (f"<h1>The harbour</h1><nav><p>{REST}</p></nav><p>{LONG}</p>", "ferry", "lead"),
        (JAPANESE, "フェリー", "lead"),
        ("<p>Nothing is marked here.</p>", "Nothing", "body"),
    ],
)  # fmt: skip
def test_markup_tells_the_parts_of_an_article_apart(body: str, words: str, expected: str) -> None:
    assert position(body, words) == expected


@pytest.mark.parametrize(
    "head",
    [
        "<title>The harbour wakes | Daily Planet</title>",
        "<meta property='og:title' content='The harbour wakes'>",
        "<title>The harbour &#119;akes</title>",
    ],
)
def test_a_heading_that_says_what_the_page_calls_itself_is_its_headline(head: str) -> None:
    body = f"<h1>Daily Planet</h1><p>{REST}</p><h2>The harbour wakes</h2><p>{LONG}</p><h2>More</h2>"
    assert position(body, "harbour wakes", head=head) == "headline"
    assert position(body, "ferry", head=head) == "lead"
    assert position(body, "More", head=head) == "body"
    assert position(body, "harbour wakes") == "body"


def test_an_unclosed_heading_does_not_make_the_page_a_headline() -> None:
    assert position(f"<h1>Never closed {LONG * 10}", "ferry") == "body"
