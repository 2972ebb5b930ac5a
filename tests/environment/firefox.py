"""Find a stock Firefox for the browser tests, and install one where that needs no question."""

from __future__ import annotations

import os
from pathlib import Path

from tests.environment.programs import MissingPieceError, find_program, install_debian_packages

NAMES = ("firefox-esr", "firefox")
MAC = (Path("/Applications/Firefox.app/Contents/MacOS"),)


def find_firefox() -> Path | None:
    """Return the browser's path: `FIREFOX_PATH` if set, else the system's."""
    if (named := os.environ.get("FIREFOX_PATH")) and os.access(named, os.X_OK):
        return Path(named)
    return find_program(NAMES, folders=MAC)


def prepare_firefox() -> Path:
    """Return the browser's path, installing one where there is none and we may."""
    if found := find_firefox():
        return found
    if install_debian_packages("firefox-esr") and (found := find_firefox()):
        return found
    raise MissingPieceError(
        "Firefox is missing, so the reporter's scenarios run in Chromium alone: install it "
        "(Debian: apt install firefox-esr) or name its path in the environment variable "
        "FIREFOX_PATH."
    )


if __name__ == "__main__":
    # For scripts that start the browser themselves: FIREFOX_PATH="$(python -m …)".
    print(find_firefox() or "")
