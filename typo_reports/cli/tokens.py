"""Commands about the API's Bearer tokens."""

from __future__ import annotations

import click

from typo_reports.cli.installation import opened
from typo_reports.clock import utc_now
from typo_reports.services import tokens


@click.group()
def token() -> None:
    """Add tokens for the API."""


@token.command()
@click.argument("name")
@click.option("--site", "site_key", required=True, help="Key of the site that it opens.")
def add(name: str, site_key: str) -> None:
    """Make a token for one site and print it once."""
    with opened() as database, database.writing() as session:
        made = tokens.add_token(session, site_key=site_key, name=name, now=utc_now())
    click.echo(made)
