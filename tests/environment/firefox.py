"""Find a stock Firefox for the browser tests, and install one where that needs no question."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from tests.environment.programs import MissingPieceError, find_program, install_debian_packages

NAMES = ("firefox-esr", "firefox")
MAC = (Path("/Applications/Firefox.app/Contents/MacOS"),)
# The first with `network.addDataCollector`, which Playwright asks for over WebDriver BiDi.
OLDEST = 143


def find_firefox() -> Path | None:
    """Return the browser's path: `FIREFOX_PATH` if set, else the system's."""
    if (named := os.environ.get("FIREFOX_PATH")) and os.access(named, os.X_OK):
        return Path(named)
    return find_program(NAMES, folders=MAC)


def usable_firefox() -> Path | None:
    """The same, unless it says that it is older than the driver can steer."""
    found = find_firefox()
    version = _version(found) if found else None
    return None if version is not None and version < OLDEST else found


def prepare_firefox() -> Path:
    """Return the browser's path, installing one where there is none and we may."""
    if found := usable_firefox():
        return found
    if install_debian_packages("firefox-esr", newest=True) and (found := usable_firefox()):
        return found
    lack = "is missing" if find_firefox() is None else f"is older than {OLDEST}"
    raise MissingPieceError(
        f"Firefox {lack}, so the reporter's scenarios run in Chromium alone: install a newer one "
        "(Debian: apt install firefox-esr) or name its path in the environment variable "
        "FIREFOX_PATH."
    )


def _version(firefox: Path) -> int | None:
    said = subprocess.run([firefox, "--version"], capture_output=True, text=True, check=False)
    number = re.search(r"Firefox (\d+)", said.stdout)
    return int(number[1]) if number else None


if __name__ == "__main__":
    # For scripts that start the browser themselves: FIREFOX_PATH="$(python -m …)".
    print(usable_firefox() or "")
