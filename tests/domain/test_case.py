"""What may follow what in the life of a case."""

from __future__ import annotations

import pytest

from typo_reports.domain import case
from typo_reports.domain.case import RESOLUTIONS, Standing
from typo_reports.domain.errors import ConflictError, InvalidFieldsError

OPEN = Standing()
FIXED = Standing("resolved", "fixed")


@pytest.mark.parametrize("resolution", [name for name in RESOLUTIONS if name != "duplicate"])
def test_an_open_case_can_be_resolved_with_every_resolution(resolution: str) -> None:
    after = case.after_resolving(OPEN, case_id="a", resolution=resolution)
    assert after == Standing("resolved", resolution)


def test_a_duplicate_points_at_its_original() -> None:
    after = case.after_resolving(OPEN, case_id="a", resolution="duplicate", duplicate_of="b")
    assert after.duplicate_of == "b"


@pytest.mark.parametrize(
    ("resolution", "duplicate_of", "code"),
    [
        ("duplicate", None, "required"),
        ("duplicate", "a", "itself"),
        ("fixed", "b", "not-expected"),
        ("finished", None, "unknown"),
        ("", None, "unknown"),
    ],
)
def test_what_does_not_fit_together_is_refused_by_field(
    resolution: str, duplicate_of: str | None, code: str
) -> None:
    with pytest.raises(InvalidFieldsError) as refusal:
        case.after_resolving(OPEN, case_id="a", resolution=resolution, duplicate_of=duplicate_of)
    assert [error.code for error in refusal.value.errors] == [code]


def test_a_resolved_case_is_not_resolved_again() -> None:
    with pytest.raises(ConflictError, match="resolved as fixed already"):
        case.after_resolving(FIXED, case_id="a", resolution="spam")


def test_only_a_resolved_case_can_be_reopened() -> None:
    assert case.after_reopening(FIXED) == OPEN
    with pytest.raises(ConflictError):
        case.after_reopening(OPEN)


def test_a_duplicate_can_not_be_the_original_of_another() -> None:
    with pytest.raises(ConflictError):
        case.check_original(Standing("resolved", "duplicate", "x"), original_of_original="x")


def test_a_note_is_bounded_and_storable() -> None:
    assert case.checked_note("  mind the gap ") == "mind the gap"
    assert case.checked_note(" ") is None
    for note in ("x" * 2001, "a\0b", "\ud800"):
        with pytest.raises(InvalidFieldsError):
            case.checked_note(note)
