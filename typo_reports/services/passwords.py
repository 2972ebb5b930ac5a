"""Hashing passwords with argon2id, at one price whether or not the account exists."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from typo_reports.domain.password_rules import checked_password, prepared

# OWASP's recommendation of 2025 for a server: 19 MiB, two passes, one lane. Twenty people who
# sign in at once take 380 MiB; the library's own default would take 1.3 GiB.
PASSES = 2
MEMORY_KIBIBYTES = 19 * 1024
HASHER = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIBIBYTES, parallelism=1)


def hashed(password: str, *, field: str = "password") -> str:
    """The hash to store; raises InvalidFieldsError when the password breaks a rule."""
    return HASHER.hash(checked_password(password, field=field))


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is the right one.

    Without a hash (no account, no password set) a dummy is verified, which takes as long.
    """
    candidate = prepared(password)
    if candidate is None:
        return False
    try:
        HASHER.verify(password_hash or dummy_hash(), candidate)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return HASHER.check_needs_rehash(password_hash)


@cache
def dummy_hash() -> str:
    """A hash that belongs to nobody."""
    return HASHER.hash("nobody has this password")
