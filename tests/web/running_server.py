"""The real server as a child process on a free port, for tests that need one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def running_server(
    data_dir: Path, *, setting_up: tuple[tuple[str, ...], ...] = ()
) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """`typo-reports serve` in this data folder: its port and its process, stopped at the end."""
    port = free_port()
    environ = os.environ | {
        "TYPO_REPORTS_DATA_DIR": str(data_dir),
        "TYPO_REPORTS_REPORTS_PER_MINUTE": "1000000",
        "PORT": str(port),
    }
    program = [sys.executable, "-m", "typo_reports"]
    for words in (("migrate",), *setting_up):
        subprocess.run([*program, *words], env=environ, check=True, capture_output=True)
    server = subprocess.Popen(
        [*program, "serve"], env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(port, server)
        yield port, server
    finally:
        server.terminate()
        server.wait(timeout=30)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server takes connections; fails if it ends before."""
    for _ in range(300):
        assert server.poll() is None, "the server ended at once"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not start")
