"""The command that looks at pages now."""

from __future__ import annotations

from collections import Counter

import click

from typo_reports.cli.installation import opened, read_settings
from typo_reports.clock import utc_now
from typo_reports.domain.errors import NotFoundError
from typo_reports.services import sites
from typo_reports.services.verification import Look, verifier
from typo_reports.storage.engine import Database


@click.command()
@click.option("--site", "site_key", help="Only this site's pages.")
def verify(site_key: str | None) -> None:
    """Look at every page with open cases now, and say what became of them."""
    settings = read_settings()
    with opened(settings) as database:
        _check_site(database, site_key)
        total: Counter[str] = Counter()
        pages = 0
        looks = verifier(database, settings, now=utc_now).look_at_all(site_key=site_key)
        for number, of, look in looks:
            pages = number
            total += look.counts if look else Counter()
            click.echo(f"{number}/{of} {_words(look)}")
        click.echo(f"{pages} pages looked at: {_counted(total) or 'no open cases'}.")


def _check_site(database: Database, site_key: str | None) -> None:
    if site_key is None:
        return
    with database.reading() as session:
        site = sites.site_by_key(session, site_key)
    if site is None:
        raise NotFoundError(f"There is no site with the key {site_key}.")
    if not site.reads_pages:
        raise NotFoundError("Looking at pages is switched off for this site, on its page.")


def _words(look: Look | None) -> str:
    if look is None:
        return "left out: it is being looked at, or its server wants no request now"
    what = _counted(look.counts) or look.outcome
    return f"{look.url}: {what}" + (f" ({look.words})" if look.words else "")


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{number} {word}" for word, number in sorted(counts.items()))
