"""Find programs on this machine, and install them where they are missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path


class MissingPieceError(RuntimeError):
    """One sentence that says what is missing and how to get it."""


def find_program(names: Iterable[str], *, folders: Iterable[Path] = ()) -> Path | None:
    """Return the first of `names` in `folders`, else on PATH; None when there is none."""
    wanted = list(names)
    for folder in folders:
        for name in wanted:
            if os.access(folder / name, os.X_OK):
                return folder / name
    for name in wanted:
        if found := shutil.which(name):
            return Path(found)
    return None


def install_debian_packages(*packages: str, newest: bool = False) -> bool:
    """Install `packages` where that needs no question: as root on Debian. Say whether it worked.

    With `newest` the lists of packages are fetched first, else only where the old ones fail.
    """
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "--quiet=2", "--no-install-recommends", *packages]
    update = ["apt-get", "update", "--quiet=2"]
    for command in (update, install) if newest else (install, update, install):
        if run_quietly(command, environment=quiet) and "install" in command:
            return True
    return False


def install_python_packages(*packages: str) -> bool:
    """Install `packages` into the environment that runs this. Say whether it worked."""
    return run_quietly([sys.executable, "-m", "pip", "install", "--quiet", *packages])


def run_quietly(command: list[str], *, environment: dict[str, str] | None = None) -> bool:
    """Run `command` without input; its words are shown only when it fails."""
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment,
        text=True,
        check=False,
    )
    if done.returncode:
        print("\n".join(done.stdout.splitlines()[-5:]), file=sys.stderr)
    return done.returncode == 0
