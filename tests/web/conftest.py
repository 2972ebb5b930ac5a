"""What tests of the web share."""

from __future__ import annotations

import pytest

from tests.moving_clock import Clock


@pytest.fixture
def clock() -> Clock:
    """The clock of an application that a test makes with `now=clock`."""
    return Clock()
