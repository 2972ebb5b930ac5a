"""Get ready for `make test`: find or install a browser, a PostgreSQL and a Redis.

Run as `python -m tests.environment.prepare`. Says in one line each what it found; what it can't
get is named in one sentence each, and the exit status is then 1. Standard library only.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from tests.environment.chromium import prepare_chromium
from tests.environment.postgresql import prepare_postgresql
from tests.environment.programs import MissingPieceError
from tests.environment.redis_server import prepare_redis

PLAYWRIGHT = Path("node_modules/.bin/playwright-core")

PIECES: dict[str, Callable[[], Path]] = {
    "PostgreSQL": prepare_postgresql,
    "Redis": prepare_redis,
    "Chromium": lambda: prepare_chromium(PLAYWRIGHT),
}


def main() -> int:
    """Prepare every piece; return the exit status."""
    missing = 0
    for name, prepare in PIECES.items():
        try:
            print(f"{name}: {prepare()}", flush=True)
        except MissingPieceError as error:
            missing = 1
            print(error, file=sys.stderr, flush=True)
    return missing


if __name__ == "__main__":
    sys.exit(main())
