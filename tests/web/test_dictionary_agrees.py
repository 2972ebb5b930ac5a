"""At the desk the reader's correction leads, and is marked when the dictionary agrees."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.services.people import add_people
from tests.services.queue_of import add_case, add_page
from tests.web.browsing import Browser
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Case


@pytest.mark.parametrize(("agrees", "is_marked"), [(True, True), (False, False), (None, False)])
def test_a_correction_is_marked_when_the_dictionary_agrees(
    database: Database, client: FlaskClient, agrees: bool | None, is_marked: bool
) -> None:
    with database.writing() as session:
        people = add_people(session)
        case_id = add_case(session, add_page(session, people.planet)).id
        session.flush()
        session.get_one(Case, case_id).hint = {
            "start": 0, "end": 8, "word": "seperate", "suggestions": ["separate"],
            "kind": "corrected", "score": 10.0, "agrees": agrees,
        }  # fmt: skip
    desk = Browser(client, "Bob")
    assert ("dictionary agrees" in desk.get("/queue")) is is_marked
    assert ("dictionary agrees" in desk.get(f"/cases/{case_id}")) is is_marked
    assert "dictionary’s guess" not in desk.get(f"/cases/{case_id}")
