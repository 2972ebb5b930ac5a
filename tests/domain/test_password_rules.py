"""Passwords: length only, the same letters however they are composed."""

from __future__ import annotations

import pytest

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.password_rules import LONGEST, SHORTEST, checked_password, prepared


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "too-short"),
        ("x" * (SHORTEST - 1), "too-short"),
        ("x" * (LONGEST + 1), "too-long"),
        ("x" * 20 + "\ud800", "malformed"),
    ],
)
def test_a_password_that_breaks_a_rule_is_refused(password: str, code: str) -> None:
    with pytest.raises(InvalidFieldsError) as refusal:
        checked_password(password, field="new")
    assert [(e.field, e.code) for e in refusal.value.errors] == [("new", code)]
    assert prepared(password) is None


@pytest.mark.parametrize("password", ["x" * SHORTEST, "x" * LONGEST, "пароль пароль", " " * 8])
def test_any_characters_will_do(password: str) -> None:
    assert checked_password(password) == password


def test_composed_and_decomposed_letters_are_the_same_password() -> None:
    assert prepared("cafe\u0301 cafe") == prepared("caf\u00e9 cafe")
