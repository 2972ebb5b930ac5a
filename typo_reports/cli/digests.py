"""The command that composes digests by hand, or only shows them."""

from __future__ import annotations

import click

from typo_reports.cli.installation import opened, read_settings
from typo_reports.clock import utc_now
from typo_reports.services import digests


@click.command()
@click.option("--site", "site_key", help="Only this site's.")
@click.option("--dry-run", is_flag=True, help="Print the digests, queue nothing.")
def digest(site_key: str | None, dry_run: bool) -> None:
    """Queue the digests that are due now, or show what editors would get."""
    settings = read_settings()
    with opened(settings) as database:
        if dry_run:
            with database.reading() as session:
                letters = digests.preview(
                    session, now=utc_now(), base_url=settings.base_url, site_key=site_key
                )
            for letter in letters:
                click.echo(f"To: {letter.recipient}\nSubject: {letter.subject}\n")
                click.echo(letter.body_text)
                click.echo("-" * 72)
            click.echo(f"{len(letters)} digests would be sent.", err=True)
            return
        with database.writing() as session:
            queued = digests.compose_due(
                session, now=utc_now(), base_url=settings.base_url, site_key=site_key
            )
        click.echo(f"{queued} digests are in the outbox.")
