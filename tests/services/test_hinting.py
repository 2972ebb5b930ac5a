"""The worker reads new cases and keeps what it found."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.services.newsroom import NOW, add_case, add_report, add_site
from tests.spelling.small_pack import add_small_english
from typo_reports.services.hinting import hint_waiting
from typo_reports.spelling.shelf import Shelf
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Case


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    add_small_english(tmp_path)
    return Shelf(tmp_path)


def _add(database: Database, *, suggestion: str | None = None, **values: Any) -> str:
    with database.writing() as session:
        site = add_site(session, key=f"gazette-{len(values)}-{suggestion or ''}"[:40].strip("-"))
        facts = {"exact": "selects anotation", "page": {"lang": "en"}} | values
        case = add_case(session, site, report={"suggestion": suggestion}, **facts)
        return case.id


def _case(database: Database, case_id: str) -> Case:
    with database.reading() as session:
        case = session.get(Case, case_id)
        assert case is not None
        return case


def _hint(database: Database, case_id: str) -> dict[str, Any]:
    found = _case(database, case_id).hint
    assert found is not None
    return found


def test_a_new_case_gets_its_error_pointed_at(database: Database, shelf: Shelf) -> None:
    case_id = _add(database)
    assert hint_waiting(database, shelf, now=lambda: NOW) == 1
    found = _hint(database, case_id)
    assert (found["start"], found["end"], found["word"]) == (8, 17, "anotation")
    assert found["suggestions"][0] == "annotation"


def test_a_case_is_read_once(database: Database, shelf: Shelf) -> None:
    _add(database)
    hint_waiting(database, shelf, now=lambda: NOW)
    assert hint_waiting(database, shelf, now=lambda: NOW) == 0


def test_nothing_to_say_is_remembered_too(database: Database, shelf: Shelf) -> None:
    case_id = _add(database, exact="a web page", prefix="", suffix="")
    assert hint_waiting(database, shelf, now=lambda: NOW) == 1
    case = _case(database, case_id)
    assert case.hint is None
    assert case.hinted_at == NOW
    assert hint_waiting(database, shelf, now=lambda: NOW) == 0


def test_reading_a_case_is_no_change_that_an_editor_could_collide_with(
    database: Database, shelf: Shelf
) -> None:
    case_id = _add(database)
    before = _case(database, case_id)
    hint_waiting(database, shelf, now=lambda: NOW)
    after = _case(database, case_id)
    assert (after.version, after.updated_at) == (before.version, before.updated_at)


def test_the_readers_correction_leads(database: Database, shelf: Shelf) -> None:
    case_id = _add(database, suggestion="selects annotation")
    hint_waiting(database, shelf, now=lambda: NOW)
    found = _hint(database, case_id)
    assert found["suggestions"] == ["annotation"]
    assert found["kind"] == "corrected"
    assert found["agrees"] is True


def test_a_correction_that_comes_later_is_taken_up(database: Database, shelf: Shelf) -> None:
    case_id = _add(database)
    hint_waiting(database, shelf, now=lambda: NOW)
    later = NOW + timedelta(minutes=3)
    with database.writing() as session:
        case = session.get(Case, case_id)
        assert case is not None
        add_report(session, case, created_at=later, suggestion="selects notation")
        case.updated_at = later
    after = later + timedelta(seconds=3)
    assert hint_waiting(database, shelf, now=lambda: after) == 1
    assert _hint(database, case_id)["suggestions"] == ["notation"]
    assert hint_waiting(database, shelf, now=lambda: after) == 0


def test_a_word_that_editors_called_no_error_is_left_alone(
    database: Database, shelf: Shelf
) -> None:
    with database.writing() as session:
        site = add_site(session)
        answered = add_case(
            session, site, exact="anotation", status="resolved", resolution="not-an-error"
        )
        answered.resolved_at = NOW
        case = add_case(
            session, site, exact="anotation", page={"lang": "en"}, report={"suggestion": None}
        )
        case_id = case.id
    hint_waiting(database, shelf, now=lambda: NOW)
    assert _case(database, case_id).hint is None


def test_one_odd_passage_does_not_keep_the_others_waiting(
    database: Database, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from typo_reports.services import hinting

    sound = hinting.hint

    def sometimes(selector: Any, **rest: Any) -> Any:
        if "odd" in selector.exact:
            raise ValueError("out of its mind")
        return sound(selector, **rest)

    monkeypatch.setattr(hinting, "hint", sometimes)
    odd = _add(database, exact="odd")
    case_id = _add(database, suggestion="selects annotation")
    assert hint_waiting(database, shelf, now=lambda: NOW) == 2
    assert _case(database, odd).hint is None
    assert _hint(database, case_id)["word"] == "anotation"


def test_resolved_cases_are_not_read(database: Database, shelf: Shelf) -> None:
    _add(database, status="resolved", resolution="fixed")
    assert hint_waiting(database, shelf, now=lambda: NOW) == 0


def test_many_cases_are_read_in_batches(database: Database, shelf: Shelf) -> None:
    with database.writing() as session:
        site = add_site(session)
        for _ in range(45):
            add_case(session, site, page={"lang": "en"}, report={"suggestion": None})
    assert hint_waiting(database, shelf, now=lambda: NOW) == 45
