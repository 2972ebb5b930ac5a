"""What the house style has answered stands in a view of its own, with its count."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.services.people import NOW, People, add_people
from tests.services.queue_of import add_case, add_page
from tests.web.browsing import Browser
from typo_reports.domain.house_style import Entry
from typo_reports.services import house_style
from typo_reports.services.actors import Actor
from typo_reports.storage.engine import Database
from typo_reports.storage.models import HouseStyle

NOBODY = Actor(editor_id=None, name="test", site_ids=None)


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        return add_people(session)


@pytest.fixture
def bob(client: FlaskClient, people: People) -> Browser:
    return Browser(client, "Bob")


def add_folded(database: Database, site_id: int, word: str) -> tuple[int, str]:
    """An entry and a case that it has answered."""
    with database.writing() as session:
        house_style.add(session, NOBODY, site_id, Entry(word), now=NOW)
        entry = session.query(HouseStyle).filter_by(text=word).one()
        case = add_case(session, add_page(session, site_id, f"/{word}"), word)
        house_style.fold(session, case, entry, now=NOW)
        return entry.id, case.id


def test_folded_cases_stand_apart_with_their_count(
    bob: Browser, people: People, database: Database
) -> None:
    assert "status=house-style" not in bob.get("/queue"), "there is no view of nothing"
    _, case_id = add_folded(database, people.planet, "wich")
    queue = bob.get("/queue")
    assert case_id not in queue
    assert '<span class="count" data-count="house-style">1</span>' in queue
    assert case_id in bob.get("/queue?status=house-style")


def test_other_decided_cases_do_not_stand_there(
    bob: Browser, people: People, database: Database
) -> None:
    with database.writing() as session:
        page = add_page(session, people.planet)
        case = add_case(session, page, status="resolved", resolution="not-an-error")
    assert case.id not in bob.get("/queue?status=house-style")


def test_the_view_can_be_narrowed_to_one_entry(
    bob: Browser, people: People, database: Database
) -> None:
    entry_id, mine = add_folded(database, people.planet, "wich")
    _, other = add_folded(database, people.planet, "thier")
    page = bob.get(f"/queue?status=house-style&entry={entry_id}")
    assert mine in page and other not in page
    assert f"status=house-style&amp;entry={entry_id}" in bob.get(
        f"/sites/planet/house-style/{entry_id}"
    )
    assert f"/house-style/{entry_id}" in bob.get(f"/cases/{mine}")
    bob.get("/queue?entry=x", status=422)


def test_a_search_within_the_view_stays_within_it(
    bob: Browser, people: People, database: Database
) -> None:
    add_folded(database, people.planet, "wich")
    assert 'name="status" value="house-style"' in bob.get("/queue?status=house-style&q=wich")
