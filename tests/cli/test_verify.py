"""`typo-reports verify`: every page with open cases, with progress."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.pages.page_server import PageServer, serving_pages
from tests.services.queue_of import add_case, add_page
from tests.services.test_verification import article
from typo_reports.cli import commands
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Case, Site


@pytest.fixture
def server() -> Iterator[PageServer]:
    with serving_pages() as server:
        server.pages["/a"] = article()
        yield server


def run(folder: Path, *words: str) -> Result:
    env = {
        "TYPO_REPORTS_DATA_DIR": str(folder),
        "TYPO_REPORTS_PRIVATE_ORIGINS": "127.0.0.0/8",
    }
    return CliRunner().invoke(commands, words, env=env)


def set_up(folder: Path, server: PageServer) -> Database:
    assert run(folder, "migrate").exit_code == 0
    assert run(folder, "site", "add", "Planet", "--origin", server.origin).exit_code == 0
    database = Database(f"sqlite:///{folder / 'typo-reports.sqlite3'}")
    with database.writing() as session:
        page = add_page(session, session.query(Site).one().id)
        page.url = server.origin + "/a"
        add_case(
            session,
            page,
            "recieved",
            suggestions=("received",),
            prefix="Yesterday he ",
            suffix=" a letter from the ministry, and he read it",
        )
    return database


@pytest.mark.slow
def test_verify_says_of_each_page_what_became_of_its_cases(
    tmp_path: Path, server: PageServer
) -> None:
    database = set_up(tmp_path, server)
    first = run(tmp_path, "verify")
    assert first.output == (f"1/1 {server.origin}/a: 1 present\n1 pages looked at: 1 present.\n")
    server.pages["/a"] = article("received")
    assert "1 fixed" in run(tmp_path, "verify", "--site", "planet").output
    with database.reading() as session:
        assert session.query(Case).one().resolution == "fixed"
    assert run(tmp_path, "verify").output == "0 pages looked at: no open cases.\n"


def test_verify_names_a_site_that_is_not_there(tmp_path: Path, server: PageServer) -> None:
    database = set_up(tmp_path, server)
    answer = run(tmp_path, "verify", "--site", "gazette")
    assert (answer.exit_code, answer.output) == (
        1,
        "Error: There is no site with the key gazette.\n",
    )
    with database.writing() as session:
        session.query(Site).one().reads_pages = False
    answer = run(tmp_path, "verify", "--site", "planet")
    assert answer.exit_code == 1
    assert "switched off" in answer.output
    assert server.requests == []
