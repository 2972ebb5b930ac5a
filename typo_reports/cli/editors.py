"""Commands about editors."""

from __future__ import annotations

import secrets
import sys

import click

from typo_reports.cli.installation import opened
from typo_reports.clock import utc_now
from typo_reports.services import accounts, audit


@click.group()
def editor() -> None:
    """Add editors."""


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
