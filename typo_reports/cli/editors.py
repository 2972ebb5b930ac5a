"""Commands about editors."""

from __future__ import annotations

import secrets
import sys

import click

from typo_reports.cli.installation import opened, read_settings
from typo_reports.clock import utc_now
from typo_reports.services import accounts, audit, letting_in


@click.group()
def editor() -> None:
    """Add editors, or let one in who is locked out."""


@editor.command()
@click.argument("email")
@click.option("--name", help="Shown to other editors; made from the e-mail if absent.")
@click.option("--role", type=click.Choice(accounts.ROLES), default="editor", show_default=True)
@click.option("--site", "site_keys", multiple=True, help="Key of a site; may be given repeatedly.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def add(
    email: str, name: str | None, role: str, site_keys: tuple[str, ...], password_stdin: bool
) -> None:
    """Add an editor. Without --password-stdin a password is made and printed once."""
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else secrets.token_urlsafe(12)
    with opened() as database, database.writing() as session:
        added = accounts.add_editor(
            session,
            email=email,
            name=name or email.partition("@")[0],
            role=role,
            site_keys=site_keys,
            password=password,
            now=utc_now(),
        )
        audit.note(session, None, "account-added", f"{added.email} ({added.role})", now=utc_now())
    click.echo(f"{email} can sign in as {role}.")
    if not password_stdin:
        click.echo(f"The password is {password} (shown once; change it under Settings).")


@editor.command("let-in")
@click.argument("email")
def let_in(email: str) -> None:
    """Print a link that signs an editor in once, when every other way is closed."""
    settings = read_settings()
    with opened(settings) as database:
        link = letting_in.make_link(
            database, email=email, base_url=settings.base_url, now=utc_now()
        )
    click.echo(link)
    click.echo(
        f"It signs {email} in once, within {letting_in.MINUTES} minutes, without a password or a "
        "code. Give it to nobody else."
    )
