"""A first day's reports for the demo's desk, sent the same way as readers' reports."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from typo_reports.app import create_app
from typo_reports.clock import utc_now
from typo_reports.demo.articles import ARTICLES, SITE_KEY, Article, article_of, read_text
from typo_reports.demo.newspaper import demo_pages
from typo_reports.demo.seeds import SEEDS, Seed, SeedNotFoundError, selector_of
from typo_reports.domain.report import PageFacts, Submission
from typo_reports.pages.text import page_text
from typo_reports.services import deeds, intake, sites
from typo_reports.services.actors import Actor
from typo_reports.services.quotas import Quotas
from typo_reports.settings import Settings
from typo_reports.storage import figures
from typo_reports.storage.engine import Database

BETWEEN_READERS = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class _Voice:
    """One reader's report of a seed, and the moment it comes in."""

    seed: Seed
    number: int
    at: datetime

    @property
    def is_last(self) -> bool:
        return self.number == len(self.seed.says) - 1


def seed(
    database: Database, settings: Settings, articles: Path, *, now: datetime | None = None
) -> None:
    """Report what SEEDS names, if the demo site has no case yet.

    Passages that the operator has corrected already are left out. `now` is the present time.
    """
    with database.reading() as session:
        if any(row[0] == SITE_KEY for row in figures.cases_by_status(session)):
            return
    texts = _visible_texts(database, settings, articles)
    with database.writing() as session:
        for voice in _in_order(now or utc_now()):
            _say(session, settings, articles, texts, voice)


def _in_order(now: datetime) -> list[_Voice]:
    return sorted(_voices(now), key=lambda voice: voice.at)


def _voices(now: datetime) -> Iterator[_Voice]:
    for seed in SEEDS:
        first = now - timedelta(hours=seed.hours_ago)
        for number in range(len(seed.says)):
            yield _Voice(seed, number, first + number * BETWEEN_READERS)


def _visible_texts(database: Database, settings: Settings, articles: Path) -> dict[str, str]:
    """Every article's page as a reader sees it: frame, headline and text."""
    app = create_app(settings, database=database)
    app.register_blueprint(demo_pages(articles))
    client = app.test_client()
    return {
        article.slug: page_text(
            client.get(f"/demo/{article.slug}", base_url=settings.base_url).text
        ).text
        for article in ARTICLES
    }


def _say(
    session: Session, settings: Settings, articles: Path, texts: dict[str, str], voice: _Voice
) -> None:
    article = article_of(voice.seed.slug)
    if article is None:
        return
    submission = _submission(settings, articles, article, voice, texts[article.slug])
    if submission is None:
        return
    answer = intake.accept(
        session,
        submission,
        origin=None,
        # Nobody's address: each seeded reader counts as a connection of their own.
        network_key=f"demo/{voice.seed.slug}/{voice.number}",
        per_minute=settings.reports_per_minute,
        secret_key=settings.secret_key,
        quotas=Quotas(settings.secret_key),
        now=voice.at,
    )
    if voice.is_last and voice.seed.resolution is not None:
        _close(session, voice, answer.case_id)


def _close(session: Session, voice: _Voice, case_id: str) -> None:
    site = sites.site_by_key(session, SITE_KEY)
    deeds.resolve(
        session,
        Actor(editor_id=None, name="Demo editor", site_ids=frozenset({site.id}) if site else None),
        case_id,
        resolution=voice.seed.resolution or "",
        note=voice.seed.note,
        now=voice.at + BETWEEN_READERS,
    )


def _submission(
    settings: Settings, articles: Path, article: Article, voice: _Voice, visible: str
) -> Submission | None:
    text = read_text(articles, article)
    try:
        selector = selector_of(voice.seed, visible)
    except SeedNotFoundError:
        return None
    address = f"{settings.base_url.rstrip('/')}/demo/{article.slug}"
    suggestion, comment = voice.seed.says[voice.number]
    return Submission(
        id=str(uuid.uuid4()),
        site=SITE_KEY,
        source=address,
        selector=selector,
        page=PageFacts(
            canonical=address,
            title=f"{article.title} – The Harbour Gazette",
            lang=article.lang,
            author=article.author,
            section=article.section,
            modified_at=text.modified_at.isoformat() if text else None,
            edit_url=f"{address}/edit",
        ),
        suggestion=suggestion,
        comment=comment,
    )
