"""The server is killed while readers send: what was answered with 201 is there afterwards."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from tests.web.reporting import ORIGIN, body
from tests.web.running_server import running_server
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Case, Report

SENDERS = 4
SECONDS_OF_LOAD = 2.0
SITE = ("site", "add", "Daily Planet", "--key", "daily-planet", "--origin", ORIGIN)


def _send_until_it_dies(port: int) -> list[str]:
    """The ids that were answered with 201."""
    answered: list[str] = []
    while True:
        report = body(exact=f"wrng{len(answered)}", suggestion=None)
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request(
                "POST",
                "/api/v1/reports",
                json.dumps(report),
                {"Content-Type": "application/json", "Origin": ORIGIN},
            )
            answer = connection.getresponse()
            answer.read()
        except (OSError, HTTPException):
            return answered
        finally:
            connection.close()
        assert answer.status == 201
        answered.append(report["id"])


@pytest.mark.slow
def test_kill_9_under_load_loses_no_answered_report(tmp_path: Path) -> None:
    with running_server(tmp_path, setting_up=(SITE,)) as (port, server):
        with ThreadPoolExecutor(SENDERS) as pool:
            senders = [pool.submit(_send_until_it_dies, port) for _ in range(SENDERS)]
            time.sleep(SECONDS_OF_LOAD)
            server.kill()
        answered = {one for sender in senders for one in sender.result()}
    assert len(answered) > SENDERS
    database = Database(f"sqlite:///{tmp_path / 'typo-reports.sqlite3'}")
    with database.reading() as session:
        stored = set(session.scalars(select(Report.id)))
        assert answered <= stored
        assert session.scalar(select(func.sum(Case.readers))) == len(stored)
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
    database.close()
