"""Start a program that serves on a loopback port, and stop exactly that program again."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Servers that refuse to run as root run as the first of these that exists.
HUMBLE_USERS = ("postgres", "nobody")
GUARDIAN = Path(__file__).with_name("guardian.py")
# A machine with other things to do took 20 seconds for a PostgreSQL.
PATIENCE_SECONDS = 60


def free_port() -> int:
    """Return a loopback port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Account:
    """Whom a server runs as: the one who runs the tests, or, for root, somebody humble."""

    uid: int
    gid: int

    def run(self, command: list[str], *, folder: Path) -> subprocess.CompletedProcess[str]:
        """Run `command` in `folder` to its end and return what it said."""
        return subprocess.run(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            **self._identity(),
        )

    def _identity(self) -> dict[str, object]:
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def humble_account() -> Account:
    """Return the account for servers that refuse to run as root."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    for name in HUMBLE_USERS:
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(entry.pw_uid, entry.pw_gid)
    raise RuntimeError("no account without privileges exists on this machine")


@contextlib.contextmanager
def folder_of(account: Account, purpose: str) -> Iterator[Path]:
    """Yield an empty folder that `account` owns, and remove it with all that is in it."""
    folder = Path(tempfile.mkdtemp(prefix=f"typo-reports-{purpose}-"))
    try:
        os.chown(folder, account.uid, account.gid)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def is_listening(port: int) -> bool:
    """Say whether something accepts connections on this loopback port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextlib.contextmanager
def guarded(
    command: list[str],
    *,
    account: Account,
    folder: Path,
    port: int,
    stop_by: signal.Signals = signal.SIGTERM,
) -> Iterator[None]:
    """Run a server in `folder` until the block, or this process, ends; it listens on `port` then.

    Raises RuntimeError with the server's own words when it does not start.
    """
    log = folder / "server.log"
    call = [str(GUARDIAN), str(account.uid), str(account.gid), str(int(stop_by)), str(folder)]
    with log.open("wb") as output:
        guardian = subprocess.Popen(
            [sys.executable, *call, *command],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_until_listening(port, guardian, log)
        yield
    finally:
        assert guardian.stdin is not None
        guardian.stdin.close()
        guardian.wait()


def _wait_until_listening(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    words = ""
    while time.monotonic() < deadline and process.poll() is None:
        if is_listening(port):
            return
        # Read while it can be: the folder goes away with the server.
        with contextlib.suppress(OSError):
            words = log.read_text(errors="replace")[-2000:]
        time.sleep(0.05)
    raise RuntimeError(f"{process.args!r} did not start: {words}")
