"""Questions and cursors: what can't be asked is refused by name, never misread."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.queue import SORTS, Position, Question, checked_limit

CASE = "0198f0c2-7a10-7cc3-9d1e-1c2b3a4d5e6f"
NOW = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)


def encoded(data: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).decode().rstrip("=")


@pytest.mark.parametrize("sort", SORTS)
def test_a_cursor_leads_back_to_its_position(sort: str) -> None:
    position = Position(sort, 3, NOW, CASE)
    assert Position.from_cursor(position.to_cursor(), sort=sort) == position


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "é",
        "!!!!",
        "A" * 401,
        encoded({}),
        encoded([]),
        encoded(["newest", 3, NOW.isoformat(), CASE]),
        encoded(["readers", -1, NOW.isoformat(), CASE]),
        encoded(["readers", 2**31, NOW.isoformat(), CASE]),
        encoded(["readers", True, NOW.isoformat(), CASE]),
        encoded(["readers", "3", NOW.isoformat(), CASE]),
        encoded(["readers", 3, "2026-11-23T12:00:00", CASE]),
        encoded(["readers", 3, "0001-01-01T00:00:00+14:00", CASE]),
        encoded(["readers", 3, 5, CASE]),
        encoded(["readers", 3, NOW.isoformat(), "nobody"]),
        encoded(["readers", 3, NOW.isoformat(), 7]),
    ],
)
def test_any_other_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidFieldsError) as refusal:
        Position.from_cursor(cursor, sort="readers")
    assert refusal.value.errors[0].field == "cursor"


@given(st.text(max_size=80))
def test_no_text_makes_a_cursor_fail_otherwise(text: str) -> None:
    with pytest.raises(InvalidFieldsError):
        Position.from_cursor(text or "x", sort="readers")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "closed"),
        ("resolution", "done"),
        ("place", "moon"),
        ("assignee", "you"),
        ("sort", "votes"),
        ("q", "x" * 201),
        ("q", "a\0b"),
        ("section", "\ud800"),
        ("site", "\0"),
    ],
)
def test_what_can_not_be_asked_is_refused_by_name(field: str, value: str) -> None:
    with pytest.raises(InvalidFieldsError) as refusal:
        Question(**{field: value}).checked()  # type: ignore[arg-type]
    assert refusal.value.errors[0].field == field


def test_the_limit_is_from_1_to_200() -> None:
    assert checked_limit(200) == 200
    for limit in (0, -1, 201):
        with pytest.raises(InvalidFieldsError):
            checked_limit(limit)
