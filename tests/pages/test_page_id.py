"""A page tells under what its CMS keeps it, or it does not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typo_reports.pages.page_id import LONGEST_ID, page_id


def ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


@pytest.mark.parametrize(
    "source",
    [
        '<meta name="article-id" content="4711">',
        '<meta property="article:id" content=" 4711 ">',
        '<link rel="shortlink" href="https://paper.example/?p=4711">',
        '<link rel="alternate shortlink" href="/?lang=en&amp;page_id=4711#top">',
        '<link rel="shortlink" href="/node/4711">',
        '<body class="post-template single postid-4711 logged-out">',
        '<body class="page-id-4711">',
        '<body data-post-id="4711">',
        '<main><article data-content_id="4711"></article><article data-content_id="9"></article>',
        ld({"@type": "NewsArticle", "identifier": 4711}),
        ld([{"@type": "Person", "identifier": "9"}, {"@type": "Article", "identifier": "4711"}]),
        ld({"@type": ["BlogPosting"], "identifier": {"@type": "PropertyValue", "value": "4711"}}),
        ld({"@type": "Article", "identifier": ["https://paper.example/a b", "4711"]}),
    ],
)
def test_the_id_is_found_where_publishers_write_it(source: str) -> None:
    assert page_id(f"<html><head><title>x</title>{source}") == "4711"


def test_what_is_said_for_the_page_comes_before_what_stands_in_its_body() -> None:
    source = (
        '<html data-page-id="4"><head><link rel="shortlink" href="/?p=2">'
        '<meta name="postId" content="1"></head><body class="postid-3">'
    )
    assert page_id(source) == "1"
    assert page_id(source.replace("postId", "other")) == "2"
    assert page_id(source.replace("postId", "other").replace("shortlink", "next")) == "3"


@pytest.mark.parametrize(
    "source",
    [
        "",
        '<meta name="article-id" content="">',
        '<meta name="article-id" content="javascript:alert(1)//">',
        f'<meta name="article-id" content="{"1" * (LONGEST_ID + 1)}">',
        '<link rel="shortlink" href="https://sho.rt/abc">',
        '<link rel="shortlink" href="/?p=12x">',
        '<body class="postid-">',
        '<div data-post-id="9"></div>',
        ld({"@type": "Person", "identifier": "9"}),
        ld({"@type": "Article", "identifier": True}),
        ld({"@type": "Article", "identifier": {"value": {}}}),
    ],
)
def test_what_is_no_id_is_passed_over(source: str) -> None:
    assert page_id(f"<html><head>{source}") is None


@given(
    st.lists(
        st.sampled_from(
            ["<meta name=post-id content=", "<body class='postid-", "<link rel=shortlink href=/?p="]
        )
        | st.text(max_size=20),
        max_size=12,
    ).map("".join)
)
def test_it_never_fails(source: str) -> None:
    found = page_id(source)
    assert found is None or 1 <= len(found) <= LONGEST_ID
