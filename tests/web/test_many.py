"""Many cases at once, from the queue's form and back."""

from __future__ import annotations

import functools
import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.services.people import People, add_people
from tests.services.queue_of import add_case, add_page
from tests.web.browsing import Browser, token_in
from typo_reports.services import bulk
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Case


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        people = add_people(session)
        page = add_page(session, people.planet, section="City")
        other = add_page(session, people.planet, "/b", section="Sport")
        for number in range(4):
            add_case(session, (page, other)[number % 2], f"word{number}")
        return people


@pytest.fixture
def bob(client: FlaskClient, people: People) -> Browser:
    return Browser(client, "Bob")


def standing(database: Database) -> dict[str, str | None]:
    with database.reading() as session:
        return {case.exact: case.resolution for case in session.scalars(select(Case))}


def ids(database: Database) -> dict[str, str]:
    with database.reading() as session:
        return {case.exact: case.id for case in session.scalars(select(Case))}


def test_selected_cases_are_resolved_and_taken_back(bob: Browser, database: Database) -> None:
    cases = ids(database)
    answer = bob.post("/queue/many", deed="spam", case=[cases["word0"], cases["word3"]])
    assert answer.headers["Location"] == "/queue"
    page = bob.get("/queue")
    assert "2 cases resolved as spam." in page
    assert standing(database) == {"word0": "spam", "word1": None, "word2": None, "word3": "spam"}
    undo = re.search(r'action="(/batches/[^"]+/undo)"', page)
    assert undo is not None
    bob.post(undo.group(1), back="/queue")
    assert "2 cases are as before." in bob.get("/queue")
    assert set(standing(database).values()) == {None}


def test_all_that_match_the_list_are_meant(bob: Browser, database: Database) -> None:
    bob.post("/queue/many", deed="not-an-error", all="yes", queue="section=Sport")
    found = standing(database)
    assert sorted(name for name in found if found[name]) == ["word1", "word3"]


def test_a_script_goes_through_all_in_steps_each_case_once_and_one_undo_takes_all_back(
    bob: Browser, database: Database, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = functools.partial(bulk.stretch, limit=3)
    monkeypatch.setattr(bulk, "stretch", step)
    token = token_in(bob.get("/settings"))
    form = {"csrf_token": token, "deed": "assign", "editor": str(people.bob), "all": "yes"}
    done, cursor, batch, undo = [], "", "", ""
    while not done or cursor:
        answer = bob.client.post(
            "/queue/many",
            data=form | {"cursor": cursor, "batch": batch},
            headers={"Accept": "application/json"},
        )
        found = answer.get_json()
        done.append(found["done"])
        cursor, batch, undo = found["cursor"] or "", found["batch"], found["undo"]
    assert done == [3, 1]
    assert bob.get("/queue?assignee=me").count('class="tag now">yours') == 4
    bob.post(undo, back="/queue")
    assert "4 cases are as before." in bob.get("/queue")


def test_what_comes_in_during_the_work_is_not_meant(
    bob: Browser, database: Database, people: People
) -> None:
    with database.writing() as session:
        later = datetime.now(UTC) + timedelta(minutes=1)
        add_case(session, add_page(session, people.planet, "/late"), "late", at=later)
    bob.post("/queue/many", deed="spam", all="yes")
    assert standing(database)["late"] is None
    assert standing(database)["word3"] == "spam"


def test_the_count_of_all_that_match_is_exact_and_of_ones_own_sites(
    app: Flask, bob: Browser
) -> None:
    counted = bob.client.get("/queue/many/count?section=Sport").get_json()
    assert counted == {"count": 2, "words": "2"}
    eve = Browser(app.test_client(), "Eve")
    assert eve.client.get("/queue/many/count").get_json()["count"] == 0
    eve.get("/queue/many/count?site=planet", status=404)


def test_selected_cases_are_merged_into_the_one_with_most_readers_and_taken_apart_again(
    bob: Browser, database: Database, people: People
) -> None:
    cases = ids(database)
    with database.writing() as session:
        page = add_page(session, people.planet, "/c")
        big = add_case(session, page, "big", suggestions=("a", "a", "a")).id
    bob.post("/queue/many", deed="merge", case=[cases["word0"], big, cases["word1"]])
    assert standing(database) == {
        "word0": "duplicate", "word1": "duplicate", "word2": None, "word3": None, "big": None
    }  # fmt: skip
    with database.reading() as session:
        assert session.get_one(Case, big).readers == 5
    undo = re.search(r"/batches/[^\"]+/undo", bob.get("/history"))
    assert undo is not None
    bob.post(undo.group(), back="/history")
    assert set(standing(database).values()) == {None}
    with database.reading() as session:
        assert session.get_one(Case, big).readers == 3


def test_many_sleep_and_are_found_asleep(bob: Browser, database: Database) -> None:
    bob.post("/queue/many", deed="snooze", until="week", all="yes")
    assert "Asleep" in bob.get("/queue")
    assert "word2" in bob.get("/queue?status=snoozed")


def test_many_get_an_owner(bob: Browser, database: Database, people: People) -> None:
    bob.post("/queue/many", deed="assign", editor=str(people.bob), all="yes")
    assert bob.get("/queue?assignee=me").count('class="tag now">yours') == 4


def test_enter_in_a_box_of_the_form_decides_nothing(bob: Browser, database: Database) -> None:
    form = bob.get("/queue").partition('id="many"')[2].partition("</form>")[0]
    # What a browser without a script presses for Enter: the first button.
    assert re.findall(r'name="deed" value="([^"]*)"', form)[0] == ""
    bob.post("/queue/many", deed="", case=list(ids(database).values()))
    assert "Choose what to do with these cases." in bob.get("/queue")
    assert set(standing(database).values()) == {None}


@pytest.mark.parametrize(
    "fields",
    [
        {"deed": "spam"},
        {"deed": "merge", "all": "yes"},
        {"deed": "spam", "all": "yes", "cursor": "nonsense"},
        {"deed": "", "all": "yes"},
        {"deed": "explode", "all": "yes"},
        {"deed": "snooze", "until": "never", "all": "yes"},
        {"deed": "assign", "editor": "x", "all": "yes"},
    ],
)
def test_what_can_not_be_done_is_said_and_changes_nothing(
    bob: Browser, database: Database, fields: dict[str, str]
) -> None:
    bob.post("/queue/many", **fields)
    assert 'class="notice danger"' in bob.get("/queue")
    assert set(standing(database).values()) == {None}


def test_an_editor_of_another_site_can_do_nothing_with_these_cases(
    app: Flask, bob: Browser, database: Database
) -> None:
    eve = Browser(app.test_client(), "Eve")
    cases = ids(database)
    answer = eve.post("/queue/many", deed="spam", case=list(cases.values()))
    assert answer.status_code == 404
    eve.post("/queue/many", deed="spam", all="yes")
    assert set(standing(database).values()) == {None}
    bob.post("/queue/many", deed="spam", all="yes")
    undo = re.search(r"/batches/[^\"]+/undo", bob.get("/queue"))
    assert undo is not None
    assert eve.post(undo.group()).status_code == 404
    assert set(standing(database).values()) == {"spam"}


def test_own_deeds_stand_on_a_page_with_their_undo(bob: Browser, database: Database) -> None:
    assert "Nothing yet" in bob.get("/history")
    case_id = ids(database)["word1"]
    bob.post(f"/cases/{case_id}/resolve", resolution="fixed")
    bob.post("/queue/many", deed="spam", all="yes")
    page = bob.get("/history")
    assert "Resolved as spam</b>: 3 cases" in page
    undo = re.search(rf'action="(/cases/{case_id}/undo)"', page)
    event = re.search(r'name="event" value="([^"]+)"', page)
    assert undo is not None
    assert event is not None
    answer = bob.post(undo.group(1), event=event.group(1), back="/history")
    assert answer.headers["Location"] == "/history"
    assert standing(database)["word1"] is None


def test_a_case_sleeps_and_wakes_from_its_own_page(bob: Browser, database: Database) -> None:
    case_id = ids(database)["word1"]
    bob.post(f"/cases/{case_id}/snooze", until="monday")
    assert "Asleep: wake it" in bob.get(f"/cases/{case_id}")
    bob.post(f"/cases/{case_id}/snooze", until="")
    assert "Let it sleep" in bob.get(f"/cases/{case_id}")
