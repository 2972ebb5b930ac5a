"""The demo's first reports: they point at what stands there, and come in as readers' do."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from typo_reports.demo.articles import ARTICLES, SITE_KEY, lay_out_articles
from typo_reports.demo.seeding import seed
from typo_reports.demo.seeds import FERRY, SEEDS, Seed, SeedNotFoundError, selector_of
from typo_reports.pages.text import page_text
from typo_reports.services import sites
from typo_reports.settings import Settings
from typo_reports.storage import figures
from typo_reports.storage.engine import Database

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "demo" / "articles"
    lay_out_articles(folder)
    return folder


@pytest.fixture
def site(database: Database, settings: Settings) -> None:
    with database.writing() as session:
        sites.add_site(session, name="Demo", origins=[settings.base_url], key=SITE_KEY, now=NOW)


def text_of(articles: Path, slug: str) -> str:
    return page_text((articles / f"{slug}.html").read_text(encoding="utf-8")).text


def rows(database: Database) -> Counter[tuple[str, str | None]]:
    with database.reading() as session:
        counted = figures.cases_by_status(session)
    return Counter({(row[1], row[2]): row[3] for row in counted})


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: f"{seed.slug}-{seed.exact}-{seed.nth}")
def test_a_seed_with_its_surroundings_stands_exactly_once(articles: Path, seed: Seed) -> None:
    text = text_of(articles, seed.slug)
    selector = selector_of(seed, text)
    assert text[selector.start : selector.end] == seed.exact
    assert text.count(selector.window) == 1


def test_every_article_has_at_least_two_seeded_errors() -> None:
    counted = Counter(seed.slug for seed in SEEDS)
    assert {
        article.slug: counted[article.slug] for article in ARTICLES if counted[article.slug] < 2
    } == {}


def test_one_article_has_the_same_wrong_word_three_times(articles: Path) -> None:
    assert text_of(articles, FERRY).count("seperate") == 3


def test_a_seed_that_was_corrected_is_said_to_be_missing() -> None:
    with pytest.raises(SeedNotFoundError):
        selector_of(Seed(FERRY, "seperate", ((None, None),), 1, nth=3), "seperate seperate")


@pytest.mark.usefixtures("site")
def test_each_seed_becomes_one_case_with_all_its_readers(
    database: Database, settings: Settings, articles: Path
) -> None:
    seed(database, settings, articles, now=NOW)
    closed = sum(1 for seed in SEEDS if seed.resolution)
    assert rows(database) == {
        ("open", None): len(SEEDS) - closed,
        ("resolved", "not-an-error"): closed,
    }
    with database.reading() as session:
        assert figures.reports_stored(session) == sum(len(seed.says) for seed in SEEDS)


@pytest.mark.usefixtures("site")
def test_seeding_twice_adds_nothing(database: Database, settings: Settings, articles: Path) -> None:
    seed(database, settings, articles, now=NOW)
    before = rows(database)
    seed(database, settings, articles, now=NOW)
    assert rows(database) == before


@pytest.mark.usefixtures("site")
def test_an_error_that_the_operator_has_corrected_is_not_reported(
    database: Database, settings: Settings, articles: Path
) -> None:
    file = articles / f"{FERRY}.html"
    file.write_text(file.read_text().replace("wich", "which"))
    seed(database, settings, articles, now=NOW)
    assert sum(rows(database).values()) == len(SEEDS) - 1


@pytest.mark.usefixtures("site")
def test_an_article_that_is_gone_is_not_reported(
    database: Database, settings: Settings, articles: Path
) -> None:
    (articles / f"{FERRY}.html").unlink()
    seed(database, settings, articles, now=NOW)
    gone = sum(1 for seed in SEEDS if seed.slug == FERRY)
    assert sum(rows(database).values()) == len(SEEDS) - gone
