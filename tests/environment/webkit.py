"""Find WebKitGTK's driver and a screen for it, and install both where that needs no question."""

from __future__ import annotations

import os
from pathlib import Path

from tests.environment.programs import MissingPieceError, find_program, install_debian_packages

PACKAGES = ("webkit2gtk-driver", "xvfb")


def find_webkit() -> Path | None:
    """Return the driver's path: `WEBKIT_DRIVER_PATH` if set, else the system's.

    Without a screen to show the browser on there is none.
    """
    if not find_program(("Xvfb",)):
        return None
    if (named := os.environ.get("WEBKIT_DRIVER_PATH")) and os.access(named, os.X_OK):
        return Path(named)
    return find_program(("WebKitWebDriver",))


def prepare_webkit() -> Path:
    """Return the driver's path, installing it and its screen where they are missing and we may."""
    if found := find_webkit():
        return found
    if install_debian_packages(*PACKAGES) and (found := find_webkit()):
        return found
    raise MissingPieceError(
        "WebKit is missing, so the reporter's scenarios don't run in it: install its driver and a "
        "screen for it (Debian: apt install webkit2gtk-driver xvfb) or name the driver's path in "
        "the environment variable WEBKIT_DRIVER_PATH."
    )


if __name__ == "__main__":
    # For scripts that start the driver themselves: WEBKIT_DRIVER_PATH="$(python -m …)".
    print(find_webkit() or "")
