"""Kill -9 at every point of a delivery: each report is in a digest that arrives."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from tests.environment.mail_server import MailServer
from tests.mail.posting import transport_to
from tests.services.mortal_worker import DESK, POINTS, WINDOW
from tests.services.newsroom import NOW, add_case, add_editor, add_site
from typo_reports.services import delivery, digests
from typo_reports.services.delivery import LEASE
from typo_reports.storage.engine import Database

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


def die_at(point: str, database_url: str, smtp_url: str) -> None:
    """Run a worker until it kills itself; it must not get past the point."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.services.mortal_worker",
            point,
            database_url,
            smtp_url,
            NOW.isoformat(),
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


def work(database: Database, smtp_url: str, folder: Path, minutes: float) -> None:
    """A worker that lives, so many minutes later."""
    now = NOW + timedelta(minutes=minutes)
    with database.writing() as session:
        digests.compose_due(session, now=now, base_url=DESK)
    delivery.deliver_due(database, transport_to(smtp_url, folder), now=lambda: now)


@pytest.mark.parametrize("point", POINTS)
def test_a_letter_arrives_wherever_the_worker_dies(
    point: str,
    database: Database,
    database_url: str,
    smtp_server: MailServer,
    tmp_path: Path,
) -> None:
    with database.writing() as session:
        site = add_site(session)
        add_editor(session, site)
        case = add_case(session, site)
    die_at(point, database_url, smtp_server.url)
    time.sleep(0.05)
    for minutes in (1, LEASE / timedelta(minutes=1), 600):
        work(database, smtp_server.url, tmp_path, minutes)
    arrived = smtp_server.letters
    assert arrived, point
    if point in WINDOW:
        assert len(arrived) <= 2
        assert len({letter["Message-ID"] for letter in arrived}) == 1
        assert len({delivery.raw for delivery in smtp_server.deliveries}) == 1
    else:
        assert len(arrived) == 1
    plain = arrived[0].get_body(("plain",))
    assert plain is not None and f"/cases/{case.id}" in plain.get_content()


def test_while_a_dead_workers_lease_runs_the_others_go_on(
    database: Database, database_url: str, smtp_server: MailServer, tmp_path: Path
) -> None:
    with database.writing() as session:
        for number in range(5):
            site = add_site(session, f"site-{number}", f"Site {number}")
            add_editor(session, site, f"editor{number}@gazette.example")
            add_case(session, site)
    die_at("after the claim", database_url, smtp_server.url)
    work(database, smtp_server.url, tmp_path, 1)
    assert len(smtp_server.letters) == 4
    work(database, smtp_server.url, tmp_path, LEASE / timedelta(minutes=1))
    assert len({letter["To"] for letter in smtp_server.letters}) == 5
