"""Get ready for `make test`: find or install the browsers, a library for their pages, servers.

Run as `python -m tests.environment.prepare`. Says in one line each what it found; what it can't
get is named in one sentence each, and the exit status is then 1. A missing Firefox, WebKit or
Prototype is said too, but fails only where CI is set: a newcomer without root still runs every
test in Chromium.
Standard library only.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from tests.environment.chromium import prepare_chromium
from tests.environment.firefox import prepare_firefox
from tests.environment.postgresql import prepare_postgresql
from tests.environment.programs import MissingPieceError
from tests.environment.prototype import prepare_prototype
from tests.environment.redis_server import prepare_redis
from tests.environment.webkit import prepare_webkit

PLAYWRIGHT = Path("node_modules/.bin/playwright-core")

PIECES: dict[str, Callable[[], Path]] = {
    "PostgreSQL": prepare_postgresql,
    "Redis": prepare_redis,
    "Chromium": lambda: prepare_chromium(PLAYWRIGHT),
    "Firefox": prepare_firefox,
    "WebKit": prepare_webkit,
    "Prototype": prepare_prototype,
}
# Without these the tests still run, with less: in CI their absence is a failure.
SPARED_OUTSIDE_CI = frozenset({"Firefox", "WebKit", "Prototype"})


def is_needed(name: str) -> bool:
    """Say whether the tests can't do without the piece `name` here."""
    return name not in SPARED_OUTSIDE_CI or bool(os.environ.get("CI"))


def main() -> int:
    """Prepare every piece; return the exit status."""
    missing = False
    for name, prepare in PIECES.items():
        try:
            print(f"{name}: {prepare()}", flush=True)
        except MissingPieceError as error:
            missing |= is_needed(name)
            print(error, file=sys.stderr, flush=True)
    return int(missing)


if __name__ == "__main__":
    sys.exit(main())
