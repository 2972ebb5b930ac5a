"""Pages that say they are for subscribers."""

from __future__ import annotations

import pytest

from typo_reports.pages.paywall import is_for_subscribers

LD = '<script type="application/ld+json">{"@type": %s, "isAccessibleForFree": %s}</script>'


@pytest.mark.parametrize(
    ("source", "is_said"),
    [
        (LD % ('"NewsArticle"', "false"), True),
        (LD % ('"NewsArticle"', '"False"'), True),
        (LD % ('["Article", "NewsArticle"]', '"http://schema.org/False"'), True),
        (LD % ('"NewsArticle"', "true"), False),
        (LD % ('"NewsArticle"', '"True"'), False),
        (LD % ('"NewsArticle"', "null"), False),
        (LD % ('"Event"', "false"), False),
        ('<script type="application/ld+json">{"@type": "NewsArticle"}</script>', False),
        ('<script type="application/ld+json">{broken</script>', False),
        ('<meta property="article:content_tier" content="locked">', True),
        ("<meta name=article:content_tier content=Metered>", True),
        ('<meta property="article:content_tier" content="free">', False),
        ('<body><meta property="article:content_tier" content="locked">', False),
        ("", False),
    ],
)
def test_a_page_says_that_it_is_for_subscribers(source: str, is_said: bool) -> None:
    assert is_for_subscribers(source) is is_said


def test_the_word_may_stand_within_a_graph() -> None:
    graph = '{"@graph": [{"@type": "WebSite"}, {"@type": "Report", "isAccessibleForFree": false}]}'
    assert is_for_subscribers(f"<script type='application/ld+json'>{graph}</script>")
