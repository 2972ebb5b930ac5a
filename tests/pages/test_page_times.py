"""A page tells when its article appeared, or it does not."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from typo_reports.pages.page_times import article_time

AT = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)


def ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


@pytest.mark.parametrize(
    "source",
    [
        '<meta property="article:published_time" content="2026-11-23T06:30:00Z">',
        '<meta property="article:modified_time" content="2026-11-23T07:30:00+01:00">',
        '<meta property="article:modified_time" content="2026-11-25T00:00:00Z">'
        '<meta name="article:published_time" content="2026-11-23T06:30:00Z">',
        ld({"@type": "NewsArticle", "datePublished": "2026-11-23T06:30:00Z"}),
        ld([{"@graph": [{"@type": "WebPage"}, {"dateModified": "2026-11-23T06:30:00"}]}]),
        "<script type=application/ld+json>{broken</script>" + ld({"datePublished": AT.isoformat()}),
        '<meta property="article:published_time" content="soon">'
        + ld({"datePublished": AT.isoformat()}),
    ],
)
def test_meta_elements_and_json_ld_are_read_and_publication_comes_first(source: str) -> None:
    assert article_time(f"<html><head>{source}</head><body>x</body></html>") == AT


@pytest.mark.parametrize(
    "source",
    [
        "",
        "<p>nothing</p>",
        ld({"datePublished": 20261123}),
        ld("2026-11-23"),
        ld({"datePublished": "0001-01-01T00:00:00+23:59"}),
        '<script type="application/ld+json">' + "[" * 50_000,
        '<script type="application/ld+json">' + "[" * 50_000 + "]" * 50_000 + "</script>",
        "<body><meta property='article:published_time' content='2026-11-23'>",
    ],
)
def test_what_tells_no_time_tells_none(source: str) -> None:
    assert article_time(source) is None
