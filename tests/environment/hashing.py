"""Passwords hashed at a thousandth of the price, because nearly every test signs somebody in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from argon2 import PasswordHasher

from typo_reports.services import passwords

CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
FULL_PRICE = passwords.HASHER


@contextmanager
def hashing_with(hasher: PasswordHasher) -> Iterator[None]:
    """For this block passwords are hashed with these parameters."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "HASHER", hasher)
        passwords.dummy_hash.cache_clear()
        yield
    passwords.dummy_hash.cache_clear()
