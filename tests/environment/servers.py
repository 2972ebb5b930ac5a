"""Start a program that serves on a loopback port, and stop exactly that program again."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

# Servers that refuse to run as root run as the first of these that exists.
HUMBLE_USERS = ("postgres", "nobody")


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

    def start(self, command: list[str], *, folder: Path, log: Path) -> subprocess.Popen[bytes]:
        """Start `command` in `folder`, in a process group of its own, writing to `log`."""
        with log.open("wb") as output:
            return subprocess.Popen(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
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


def wait_until(is_ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait up to 30 seconds; raise RuntimeError with the server's own words when it failed."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if is_ready():
            return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f"{process.args!r} did not start: {log.read_text(errors='replace')[-2000:]}")


def is_listening(port: int) -> bool:
    """Say whether something accepts connections on this loopback port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def stop(process: subprocess.Popen[bytes], *, by: signal.Signals = signal.SIGTERM) -> None:
    """End `process` by its own id; by force if it has not ended after ten seconds."""
    if process.poll() is None:
        process.send_signal(by)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
