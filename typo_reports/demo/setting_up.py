"""Setting the demo up: its site, its editor, its articles and a first day's reports."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from typo_reports.clock import utc_now
from typo_reports.demo.newspaper import demo_pages, lay_out_articles
from typo_reports.demo.seeding import seed
from typo_reports.services import accounts, sites
from typo_reports.settings import Settings
from typo_reports.storage.engine import Database

SITE_KEY = "demo"
SITE_NAME = "The Harbour Gazette"
EMAIL = "editor@demo.example"


@dataclass(frozen=True, slots=True)
class DemoPlaces:
    """Where the demo's articles lie, and how to sign in."""

    articles: Path
    email: str
    password: str


def set_up(database: Database, settings: Settings) -> DemoPlaces:
    """Make what the demo needs and is not there yet. Calling it again changes nothing."""
    articles = settings.data_dir / "demo" / "articles"
    lay_out_articles(articles)
    password = _kept_password(settings.data_dir / "demo" / "password")
    with database.writing() as session:
        site = sites.site_by_key(session, SITE_KEY)
        if site is None:
            site = sites.add_site(
                session, name=SITE_NAME, origins=_origins(settings), key=SITE_KEY, now=utc_now()
            )
            sites.set_elsewhere(
                session,
                site,
                is_on=True,
                listing_url=f"{settings.base_url}/demo/sitemap.xml",
                pages_most="50",
            )
            accounts.add_editor(
                session,
                email=EMAIL,
                name="Demo editor",
                role="admin",
                site_keys=[SITE_KEY],
                password=password,
                now=utc_now(),
            )
        elif settings.base_url not in {origin.origin for origin in site.origins}:
            # Run again on another port: the newspaper moves with it.
            known = [origin.origin for origin in site.origins]
            sites.set_origins(session, site, [*known, *_origins(settings)])
            site.listing_url = f"{settings.base_url}/demo/sitemap.xml"
    seed(database, settings, articles)
    return DemoPlaces(articles, EMAIL, password)


def mount(app: Flask, articles: Path) -> None:
    """Serve the newspaper under /demo/."""
    app.register_blueprint(demo_pages(articles))


def _origins(settings: Settings) -> list[str]:
    """The demo's own origin, and the same machine by its other name."""
    return sorted({settings.base_url, settings.base_url.replace("//127.0.0.1", "//localhost")})


def _kept_password(path: Path) -> str:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(9), encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()
