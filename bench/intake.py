"""Reports taken in per second: ours beside a floor, in one run on one machine.

The floor is a bare Flask view that writes one row in one durable transaction, on the same server
(waitress) and the same SQLite settings. Then: what one report costs as cases grow.

    python -m bench.intake [--seconds 5] [--cases 1000,10000,100000]
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path

from tests.web.running_server import free_port, running_server, wait_for
from typo_reports.domain.report import PageFacts, Submission
from typo_reports.domain.selector import Selector
from typo_reports.services import intake, sites
from typo_reports.services.quotas import Quotas
from typo_reports.storage.engine import Database
from typo_reports.storage.schema import migrate

ORIGIN = "https://planet.example"
SITE = ("site", "add", "Daily Planet", "--key", "daily-planet", "--origin", ORIGIN)
FLOOR = """
import logging, sqlite3, sys, threading
logging.getLogger("waitress.queue").setLevel(logging.ERROR)
from flask import Flask, request
from waitress import create_server
path, port = sys.argv[1], int(sys.argv[2])
local, lock = threading.local(), threading.Lock()
app = Flask("floor")
@app.post("/api/v1/reports")
def report():
    if not hasattr(local, "db"):
        local.db = sqlite3.connect(path, isolation_level=None)
        local.db.execute("PRAGMA synchronous = FULL")
    body = request.get_json()
    with lock:
        local.db.execute("BEGIN IMMEDIATE")
        local.db.execute("INSERT INTO rows VALUES (?, ?)", (body["id"], request.data))
        local.db.execute("COMMIT")
    return {"id": body["id"]}, 201
create_server(app, host="127.0.0.1", port=port, threads=16, connection_limit=4000).run()
"""


def report(number: int) -> bytes:
    """A new report; every third one speaks of a case that is there already."""
    word = f"wrng{number // 3}"
    page = f"{ORIGIN}/{number // 30}"
    selector = {"exact": word, "prefix": f"sentence {number // 3} says ", "suffix": " and goes on"}
    body = {
        "id": str(uuid.uuid4()),
        "site": "daily-planet",
        "target": {"source": page, "selector": selector},
        "page": {"title": "A page", "lang": "en"},
        "suggestion": word.replace("wr", "wro"),
    }
    return json.dumps(body).encode()


def load(port: int, connections: int, seconds: float) -> tuple[float, float]:
    """Requests per second, and the 99th percentile in milliseconds."""
    until = time.monotonic() + seconds

    def send(first: int) -> list[float]:
        connection, took, number = HTTPConnection("127.0.0.1", port), [], first * 1_000_000
        headers = {"Content-Type": "application/json", "Origin": ORIGIN}
        while time.monotonic() < until:
            begin = time.monotonic()
            connection.request("POST", "/api/v1/reports", report(number), headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 201:
                raise RuntimeError(f"answered {answer.status}")
            took.append(time.monotonic() - begin)
            number += 1
        connection.close()
        return took

    with ThreadPoolExecutor(connections) as pool:
        took = sorted(one for many in pool.map(send, range(connections)) for one in many)
    return len(took) / seconds, took[int(len(took) * 0.99)] * 1000


@contextmanager
def floor(folder: Path) -> Iterator[int]:
    """The bare view on a free port."""
    path, port = folder / "floor.sqlite3", free_port()
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE rows (id TEXT PRIMARY KEY, body BLOB)")
    server = subprocess.Popen([sys.executable, "-c", FLOOR, str(path), str(port)])
    try:
        wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait()


def beside_the_floor(seconds: float) -> None:
    """Print both, in turn, at 1, 8 and 32 connections."""
    print("connections   floor/s (p99 ms)     ours/s (p99 ms)   ours ÷ floor")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (
            floor(folder) as bare,
            running_server(folder / "ours", setting_up=(SITE,)) as (ours, _),
        ):
            for connections in (1, 8, 32):
                low, low_p99 = load(bare, connections, seconds)
                our, our_p99 = load(ours, connections, seconds)
                print(
                    f"{connections:11} {low:9.0f} ({low_p99:6.1f}) {our:11.0f} ({our_p99:6.1f})"
                    f" {our / low:14.2f}",
                    flush=True,
                )


def as_cases_grow(sizes: list[int]) -> None:
    """Print what one report costs, in the service, when so many cases are stored."""
    print("cases stored   ms a report (median of 200)   ratio to the first")
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as name:
        database = Database(f"sqlite:///{name}/x.sqlite3")
        migrate(database.engine)
        with database.writing() as session:
            sites.add_site(session, name="P", key="p", origins=[ORIGIN], now=now)
        stored, first = 0, None
        for size in sizes:
            _fill(database, range(stored, size), now)
            stored = size
            took = [_one(database, size * 10 + number, now) for number in range(200)]
            median = statistics.median(took) * 1000
            first = first or median
            print(f"{size:12,} {median:20.2f} {median / first:26.2f}", flush=True)
        database.close()


def _fill(database: Database, numbers: range, now: datetime) -> None:
    for begin in range(numbers.start, numbers.stop, 500):
        with database.writing() as session:
            for number in range(begin, min(begin + 500, numbers.stop)):
                _accept(session, number, now)


def _one(database: Database, number: int, now: datetime) -> float:
    begin = time.perf_counter()
    with database.writing() as session:
        _accept(session, number, now)
    return time.perf_counter() - begin


def _accept(session: object, number: int, now: datetime) -> None:
    submission = Submission(
        id=str(uuid.uuid4()),
        site="p",
        source=f"{ORIGIN}/{number // 20}",
        selector=Selector(f"wrng{number}", f"sentence {number} says ", f" and goes on {number}"),
        page=PageFacts(title="A page"),
        suggestion=f"wrong{number}",
    )
    intake.accept(
        session,  # type: ignore[arg-type]
        submission,
        origin=ORIGIN,
        network_key="127.0.0.1",
        per_minute=10**6,
        secret_key="k" * 32,
        quotas=Quotas("k" * 32),
        now=now,
    )


def main() -> None:
    """Run both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--cases", default="1000,10000,100000")
    given = parser.parse_args()
    beside_the_floor(given.seconds)
    as_cases_grow([int(size) for size in given.cases.split(",")])


if __name__ == "__main__":
    main()
