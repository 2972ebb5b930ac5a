"""Commands about sites."""

from __future__ import annotations

import click

from typo_reports.cli.installation import opened, read_settings
from typo_reports.clock import utc_now
from typo_reports.services import sites


@click.group()
def site() -> None:
    """Add and list sites (publications)."""


@site.command()
@click.argument("name")
@click.option("--origin", "origins", multiple=True, required=True, help="https://paper.example")
@click.option("--key", help="Public key of the site; made from the name if absent.")
def add(name: str, origins: tuple[str, ...], key: str | None) -> None:
    """Register a site and print the tag to paste into its pages."""
    settings = read_settings()
    with opened(settings) as database, database.writing() as session:
        made = sites.add_site(session, name=name, origins=origins, key=key, now=utc_now())
        click.echo(f"The site {made.key} is registered. Paste this tag into its pages:")
        click.echo(sites.snippet(made, settings.base_url))


@site.command("list")
def list_() -> None:
    """Print every site with its key and origins."""
    with opened() as database, database.reading() as session:
        found = sites.list_sites(session)
        for one in found:
            origins = " ".join(origin.origin for origin in one.origins)
            click.echo(f"{one.key}\t{one.name}\t{origins}")
        if not found:
            click.echo("No site yet. Add one: typo-reports site add NAME --origin URL", err=True)
