"""Commands that run the installation: demo, serve, worker, migrate, doctor."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import click

from typo_reports import serving
from typo_reports.app import create_app
from typo_reports.cli.installation import opened, read_settings
from typo_reports.demo.own_pages import may_read_itself
from typo_reports.demo.setting_up import DemoPlaces, mount, set_up
from typo_reports.domain.verification import DEMO_PACE, USUAL_PACE
from typo_reports.mail.transport import transport_from
from typo_reports.services import diagnosis
from typo_reports.settings import Settings
from typo_reports.storage.engine import Database
from typo_reports.storage.schema import migrate as migrate_schema
from typo_reports.storage.schema import pending_revision
from typo_reports.worker import Worker

HOST = click.option(
    "--host", default=lambda: os.environ.get("HOST", "127.0.0.1"), help="Address to listen on."
)
PORT = click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=lambda: os.environ.get("PORT", "8000"),
    help="Port to listen on.",
)


@click.command()
@HOST
@PORT
def demo(host: str, port: int) -> None:
    """Set up a demo newspaper with its desk, and serve both."""
    os.environ.setdefault("HOST", host)
    os.environ["PORT"] = str(port)
    settings = may_read_itself(read_settings())
    database = Database(settings.database_url)
    _bring_up_to_date(database)
    places = set_up(database, settings)
    _say_where(settings, places)
    _run(settings, host, port, database, articles=places.articles)


@click.command()
@HOST
@PORT
def serve(host: str, port: int) -> None:
    """Serve readers and editors, with the worker beside: all that one machine needs."""
    settings = read_settings()
    with opened(settings) as database:
        _run(settings, host, port, database)


@click.command()
def worker() -> None:
    """Send letters and compose digests, for installations of many machines."""
    settings = read_settings()
    with opened(settings) as database:
        click.echo("The worker is running. Stop it with Ctrl+C.")
        serving.until_told_to_stop(Worker(database, settings, transport_from(settings)).run)


@click.command()
def migrate() -> None:
    """Create the tables, or bring them up to date."""
    database = Database(read_settings().database_url)
    try:
        click.echo(_bring_up_to_date(database))
    finally:
        database.close()


@click.command()
def doctor() -> None:
    """Check settings, database, mail and assets; say what is wrong and what to do."""
    settings = read_settings()
    database = Database(settings.database_url)
    findings = diagnosis.examine(database, settings, transport_from(settings))
    database.close()
    for finding in findings:
        mark = "ok  " if finding.is_well else "WRONG"
        click.echo(f"{mark} {finding.subject}: {finding.words}")
    if not all(finding.is_well for finding in findings):
        sys.exit(1)


def _bring_up_to_date(database: Database) -> str:
    pending = pending_revision(database)
    if pending is None:
        return "The database is up to date."
    migrate_schema(database.engine)
    return f"The database is now at revision {pending}."


def _run(
    settings: Settings, host: str, port: int, database: Database, *, articles: Path | None = None
) -> None:
    app = create_app(settings, database=database)
    if articles is not None:
        mount(app, articles)
    stop = threading.Event()
    pace = USUAL_PACE if articles is None else DEMO_PACE
    worker = Worker(database, settings, transport_from(settings), pace=pace)
    thread = threading.Thread(target=worker.run, args=(stop,), name="worker")
    with serving.listening(app, host=host, port=port) as server:
        thread.start()
        click.echo(f"Serving {settings.base_url} (listening on {host}:{port}). Stop with Ctrl+C.")
        try:
            server.run()
        finally:
            stop.set()
            thread.join(timeout=30)


def _say_where(settings: Settings, places: DemoPlaces) -> None:
    click.echo(
        f"""
  A demo newspaper   {settings.base_url}/demo/
  Its desk           {settings.base_url}/
  Sign in with       {places.email}
  and the password   {places.password}

  Open an article, select a wrong word, press Ctrl+Enter (Cmd+Return on a Mac), send,
  and look at the desk. Articles to correct lie in {places.articles}.
  Stop with Ctrl+C; everything is kept in {settings.data_dir}.
"""
    )
