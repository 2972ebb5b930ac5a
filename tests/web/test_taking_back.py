"""Taking back many at once: in one form, in turns without a script, step by step with one."""

from __future__ import annotations

import html
import re
import uuid
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.services.people import People, add_people
from tests.services.queue_of import add_case, add_page
from tests.web.browsing import Browser, token_in
from typo_reports.services import taking_back
from typo_reports.storage import batches
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Case
from typo_reports.web import taking_back as pages

CASES = 7


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        people = add_people(session)
        page = add_page(session, people.planet)
        for number in range(CASES):
            add_case(session, page, f"word{number}")
        return people


@pytest.fixture
def bob(client: FlaskClient, people: People, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Bob, at a desk that takes back three cases at a time."""
    monkeypatch.setattr(taking_back, "CHUNK", 3)
    return Browser(client, "Bob")


@pytest.fixture
def undo(bob: Browser) -> str:
    """The address that takes back what Bob has just done to all cases."""
    bob.post("/queue/many", deed="wont-fix", all="yes")
    found = re.search(r'action="(/batches/[^"]+/undo)"', bob.get("/queue"))
    assert found is not None
    return found.group(1)


def still_closed(database: Database) -> int:
    with database.reading() as session:
        return len(session.scalars(select(Case).where(Case.status == "resolved")).all())


def one_step(bob: Browser, undo: str, **fields: str) -> dict[str, Any]:
    """What a script is answered."""
    token = token_in(bob.get("/settings"))
    answer = bob.client.post(
        undo, data={"csrf_token": token, **fields}, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 200
    return dict(answer.get_json())


def test_what_fits_into_the_time_of_one_form_is_taken_back_by_it(
    bob: Browser, undo: str, database: Database
) -> None:
    answer = bob.post(undo, back="/history")
    assert answer.headers["Location"] == "/history"
    assert "7 cases are as before." in bob.get("/history")
    assert still_closed(database) == 0


def test_without_a_script_the_page_says_how_far_it_is_and_each_form_goes_on(
    bob: Browser, undo: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "PATIENCE_SECONDS", -1.0)
    page = bob.post(undo, back="/history").headers["Location"]
    assert page == f"{undo}?back=/history"
    shown = bob.get(page)
    assert '<progress id="many-bar" value="3" max="7"' in shown
    assert "Cases taken back: 3 of 7." in shown
    assert "Resolved as won't fix: 7 cases" in html.unescape(shown)
    assert still_closed(database) == 4, "looking at it takes nothing back"
    assert bob.post(undo, back="/history").headers["Location"] == page
    assert "Cases taken back: 6 of 7." in bob.get(page)
    assert bob.post(undo, back="/history").headers["Location"] == "/history"
    assert "7 cases are as before." in bob.get("/history")
    assert still_closed(database) == 0
    done = bob.get(page)
    assert "Cases taken back: 7 of 7." in done
    assert "Go on" not in done


def test_a_script_is_answered_step_by_step_until_nothing_is_left(
    bob: Browser, undo: str, database: Database
) -> None:
    steps = [one_step(bob, undo, back="/queue?q=word")]
    while steps[-1]["left"]:
        steps.append(one_step(bob, undo))
    assert [(step["undone"], step["left"], step["size"]) for step in steps] == [
        (3, 4, 7), (6, 1, 7), (7, 0, 7)
    ]  # fmt: skip
    assert steps[0]["page"] == f"{undo}?back=/queue?q%3Dword"
    assert steps[0]["words"] == "Cases taken back: 3 of 7."
    assert steps[-1]["page"] is None
    assert steps[-1]["text"] == "7 cases are as before."
    assert still_closed(database) == 0


def test_a_form_of_a_script_comes_to_the_page_after_one_step(
    bob: Browser, undo: str, database: Database
) -> None:
    assert bob.post(undo, step="yes").headers["Location"] == undo
    assert still_closed(database) == 4


def test_two_undos_beside_each_other_do_the_work_of_one(
    bob: Browser, undo: str, database: Database, app: Flask
) -> None:
    ann = Browser(app.test_client(), "Ann")
    found = [one_step(browser, undo)["undone"] for browser in (bob, ann, bob)]
    assert found == [3, 6, 7]
    ann.post(undo, back="/queue")
    assert "7 cases are as before." in ann.get("/queue")
    assert still_closed(database) == 0


def test_what_had_changed_since_is_counted_over_all_steps(
    bob: Browser, undo: str, database: Database
) -> None:
    with database.reading() as session:
        batch_id = undo.split("/")[2]
        ids = [deed.case_id for deed in batches.to_undo(session, batch_id, limit=CASES)]
    bob.post(f"/cases/{ids[0]}/reopen")
    bob.post(f"/cases/{ids[-1]}/reopen")
    first = one_step(bob, undo)
    assert (first["refused"], first["size"]) == (1, 6)
    assert first["page"] == f"{undo}?refused=1"
    assert 'name="refused" value="1"' in bob.get(first["page"])
    bob.post(undo, refused="1", back="/queue")
    page = bob.get("/queue")
    assert "5 cases are as before. 2 cases had been changed since and stay as they are." in page


@pytest.mark.parametrize("refused", ["-1", "x", "²", "9" * 40])
def test_a_count_that_is_none_counts_nothing(bob: Browser, undo: str, refused: str) -> None:
    assert 'name="refused" value="0"' in bob.get(f"{undo}?refused={refused}")
    assert one_step(bob, undo, refused=refused)["refused"] == 0


def test_the_page_leads_back_only_to_the_desk(bob: Browser, undo: str) -> None:
    assert 'href="/queue" data-action="back"' in bob.get(f"{undo}?back=https://evil.example/")


def test_a_batch_of_another_desk_or_none_has_no_page(
    app: Flask, bob: Browser, undo: str, database: Database
) -> None:
    eve = Browser(app.test_client(), "Eve")
    eve.get(undo, status=404)
    assert eve.post(undo).status_code == 404
    assert still_closed(database) == CASES
    bob.get(f"/batches/{uuid.uuid4()}/undo", status=404)
