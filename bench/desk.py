"""The desk's server time and statements per request, from a thousand cases to a million.

    python -m bench.desk [sqlite|postgresql] [most cases] [--kept FOLDER]

Requests go through the whole application, without a network; all databases are built first, and
then asked in turns. What is printed are medians; the ratio to the smallest desk is what counts.
With SQLite, which works within the process, it is the processor's time, so that a busy machine does
no harm. A million cases need some 3 GB of disk and, on an idle machine of two cores, half an hour;
with --kept, SQLite's databases stay in that folder and are only migrated and asked the next time.
Results stand in bench/desk.md.
"""

from __future__ import annotations

import argparse
import contextlib
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient
from sqlalchemy import event, select

from bench import desk_seed
from bench.desk_seed import rare_word, seed, sizes
from typo_reports.app import create_app
from typo_reports.services import search_index
from typo_reports.settings import Settings
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Case
from typo_reports.storage.schema import migrate

SIZES = (1_000, 10_000, 100_000, 1_000_000)
TIMES = 15
RESOLVE = "resolve"


def questions(cases: int) -> dict[str, str]:
    """What is asked: the name in the table, and the address."""
    return {
        "queue": "/queue",
        "filter, frequent section": "/queue?section=Sport",
        "filter, rare section": "/queue?section=Chess",
        "filter, rare place": "/queue?place=gone",
        "search, one case": f"/queue?q={rare_word(cases // 2)}",
        "search, frequent word": "/queue?q=ba",
        "search, two words": f"/queue?q={desk_seed.words(cases // 3 + 4, 2).replace(' ', '+')}",
        "search, nothing": "/queue?q=zzyzzx",
    }


def build(url: str, cases: int) -> None:
    """Fill an empty database, bring its search index up to date, and say how long it took."""
    database = Database(url)
    migrate(database.engine)
    started = time.perf_counter()
    if not _has_cases(database):
        seed(database, cases)
    seeded = time.perf_counter()
    while search_index.refresh(database, most_seconds=3600, batch=1000):
        pass
    indexed = time.perf_counter()
    print(
        f"  {cases:>9,} cases: seeded in {seeded - started:.0f} s, indexed in "
        f"{indexed - seeded:.0f} s; database, grams, texts: {', '.join(sizes(database))}",
        flush=True,
    )
    _settle(database)
    database.close()


def _has_cases(database: Database) -> bool:
    with database.reading() as session:
        return session.scalar(select(Case.id).limit(1)) is not None


def _settle(database: Database) -> None:
    """Do what PostgreSQL would do by itself some minutes later, while we ask."""
    if database.is_sqlite:
        return
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")


class Desk:
    """One desk with an editor at work: what is asked of it, and the times that it took."""

    def __init__(self, url: str, cases: int, folder: Path) -> None:
        """Open the desk in the database at `url`, and sign in."""
        settings = Settings.from_environment(
            {
                "TYPO_REPORTS_DATA_DIR": str(folder / f"var-{cases}"),
                "TYPO_REPORTS_DATABASE_URL": url,
                "TYPO_REPORTS_BASE_URL": "http://desk.example",
                "TYPO_REPORTS_SECRET_KEY": "a-secret-key-for-the-bench-0123456789",
            }
        )
        app = create_app(settings)
        self.database: Database = app.extensions["typo_reports"].database
        # SQLite works within this process: its own time does not hear of others.
        self.clock = time.process_time if self.database.is_sqlite else time.perf_counter
        self.counted = 0
        event.listen(self.database.engine, "after_cursor_execute", self._count)
        self.client = app.test_client()
        self.token = _sign_in(self.client)
        self.addresses = questions(cases)
        self.times: dict[str, list[float]] = {name: [] for name in (*self.addresses, RESOLVE)}
        self.statements: dict[str, int] = {}
        with self.database.reading() as session:
            opened = select(Case.id).where(Case.status == "open").limit(TIMES + 1)
            self.ids = list(session.scalars(opened))

    def _count(self, *_: object) -> None:
        self.counted += 1

    def ask(self, name: str, number: int) -> None:
        """Ask it for the `number`th time; the first one, which fills caches, does not count."""
        self.counted = 0
        started = self.clock()
        if name == RESOLVE:
            _resolve(self.client, self.ids[number], self.token)
        else:
            _get(self.client, self.addresses[name])
        if number:
            self.times[name].append((self.clock() - started) * 1000)
            self.statements[name] = self.counted

    def found(self) -> dict[str, tuple[float, int]]:
        """Milliseconds (median) and statements of each question."""
        return {name: (median(times), self.statements[name]) for name, times in self.times.items()}


def ask_in_turns(desks: dict[int, Desk]) -> None:
    """Ask every desk each question in turn: what else the machine does then hits all alike."""
    for number in range(TIMES + 1):
        for name in next(iter(desks.values())).times:
            for desk in desks.values():
                desk.ask(name, number)


def _get(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")


def _resolve(client: FlaskClient, case_id: str, token: str) -> None:
    answer = client.post(
        f"/cases/{case_id}/resolve",
        data={"csrf_token": token, "resolution": "fixed"},
        headers={"Accept": "application/json"},
    )
    if answer.status_code != 200:
        raise SystemExit(f"resolve answered {answer.status_code}")


def _sign_in(client: FlaskClient) -> str:
    form = client.get("/sign-in").get_data(as_text=True)
    data = {"email": desk_seed.EMAIL, "password": desk_seed.PASSWORD, "csrf_token": _token(form)}
    client.post("/sign-in", data=data)
    return _token(client.get("/queue").get_data(as_text=True))


def _token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    if found is None:
        raise SystemExit("there is no form token on the page")
    return found.group(1)


@contextlib.contextmanager
def fresh(kind: str, folder: Path) -> Iterator[Callable[[int], str]]:
    """Yield a function that gives the URL of an empty database."""
    if kind == "sqlite":
        yield lambda cases: f"sqlite:///{folder}/{cases}.sqlite3"
        return
    from sqlalchemy import create_engine, make_url

    from tests.environment.postgresql import running_postgresql

    with running_postgresql() as server:
        engine = create_engine(server, isolation_level="AUTOCOMMIT")

        def url(cases: int) -> str:
            with engine.connect() as connection:
                connection.exec_driver_sql(f"CREATE DATABASE desk_{cases}")
            return (
                make_url(server).set(database=f"desk_{cases}").render_as_string(hide_password=False)
            )

        yield url
        engine.dispose()


def table(found: dict[int, dict[str, tuple[float, int]]]) -> Iterator[str]:
    """The lines of a Markdown table."""
    counts = list(found)
    yield f"| | {' | '.join(f'{count:,}' for count in counts)} | ratio | statements |"
    yield "| --- |" + " ---: |" * (len(counts) + 2)
    for name in found[counts[0]]:
        times = [found[count][name][0] for count in counts]
        cells = " | ".join(f"{one:.1f}" for one in times)
        yield f"| {name} | {cells} | {times[-1] / times[0]:.2f} | {found[counts[-1]][name][1]} |"


def main(kinds: tuple[str, ...], most: int, kept: Path | None) -> None:
    """Measure and print; `kept` is where SQLite's databases stay."""
    for kind in kinds:
        print(f"\n{kind}: milliseconds per request (median of {TIMES})", flush=True)
        with tempfile.TemporaryDirectory(prefix="typo-reports-bench-") as name:
            folder = Path(name)
            with fresh(kind, kept or folder) as url:
                urls = {cases: url(cases) for cases in SIZES if cases <= most}
                for cases, address in urls.items():
                    build(address, cases)
                desks = {cases: Desk(address, cases, folder) for cases, address in urls.items()}
                ask_in_turns(desks)
                for desk in desks.values():
                    desk.database.close()
            print(
                "\n".join(table({cases: desk.found() for cases, desk in desks.items()})), flush=True
            )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("words", nargs="*", metavar="sqlite|postgresql|most cases")
    parser.add_argument("--kept", type=Path, metavar="FOLDER")
    return parser.parse_args()


if __name__ == "__main__":
    given = _arguments()
    wanted = [word for word in given.words if word in {"sqlite", "postgresql"}]
    limits = [int(word) for word in given.words if word.isdigit()]
    main(tuple(wanted) or ("sqlite", "postgresql"), limits[0] if limits else SIZES[-1], given.kept)
