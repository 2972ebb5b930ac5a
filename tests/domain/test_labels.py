"""Names that people give to things."""

from __future__ import annotations

import pytest

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.labels import FieldErrors, checked_name


def test_white_space_runs_become_one_space() -> None:
    assert checked_name("  Daily \n\t Planet ", field="name") == "Daily Planet"


@pytest.mark.parametrize("name", ["שלום", "“Planet” & <b>", "👩🏽‍💻", "x" * 100])
def test_names_in_any_script_are_kept(name: str) -> None:
    assert checked_name(name, field="name") == name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "required"),
        (" \n ", "required"),
        ("x" * 101, "too-long"),
        ("a\x00b", "malformed"),
        ("a\x1bb", "malformed"),
        ("a\ud800", "malformed"),
    ],
)
def test_a_name_that_breaks_a_rule_is_refused(name: str, code: str) -> None:
    with pytest.raises(InvalidFieldsError) as refusal:
        checked_name(name, field="token_name")
    assert [(e.field, e.code) for e in refusal.value.errors] == [("token_name", code)]


def test_all_fields_in_error_are_named_at_once() -> None:
    errors = FieldErrors()
    assert errors.kept(lambda: checked_name("fine", field="a")) == "fine"
    assert errors.kept(lambda: checked_name("", field="b")) is None
    assert errors.kept(lambda: checked_name("", field="c")) is None
    with pytest.raises(InvalidFieldsError) as refusal:
        errors.raise_any()
    assert [error.field for error in refusal.value.errors] == ["b", "c"]


def test_without_errors_nothing_is_raised() -> None:
    FieldErrors().raise_any()
