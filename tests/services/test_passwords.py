"""Hashing passwords."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from argon2 import Type, extract_parameters

from tests.environment.hashing import FULL_PRICE, hashing_with
from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.services import passwords


@pytest.fixture(autouse=True)
def full_price() -> Iterator[None]:
    with hashing_with(FULL_PRICE):
        yield


def test_a_password_is_hashed_with_argon2id_at_the_recommended_price() -> None:
    parameters = extract_parameters(passwords.hashed("correct horse"))
    assert parameters.type is Type.ID
    assert parameters.memory_cost >= 19 * 1024
    assert parameters.time_cost >= 2


def test_the_dummy_costs_as_much_as_a_real_hash() -> None:
    real = passwords.hashed("correct horse")
    assert extract_parameters(passwords.dummy_hash()) == extract_parameters(real)


def test_only_the_right_password_matches() -> None:
    stored = passwords.hashed("caf\u00e9 au lait")
    assert passwords.matches(stored, "cafe\u0301 au lait")
    assert not passwords.matches(stored, "cafe au lait")
    assert not passwords.matches(None, "cafe au lait")
    assert not passwords.matches("damaged", "cafe au lait")


def test_nobody_has_the_password_of_the_dummy() -> None:
    assert not passwords.matches(None, "nobody has this password")


def test_a_password_that_breaks_a_rule_is_not_hashed() -> None:
    with pytest.raises(InvalidFieldsError):
        passwords.hashed("short")
