"""Find the library Prototype of old pages, and install it where that needs no question."""

from __future__ import annotations

import os
from pathlib import Path

from tests.environment.programs import MissingPieceError, install_debian_packages

PACKAGE = "libjs-prototype"
DEBIAN = Path("/usr/share/javascript/prototype/prototype.js")


def find_prototype() -> Path | None:
    """Return the library's path: `PROTOTYPE_PATH` if set, else where Debian puts it."""
    named = os.environ.get("PROTOTYPE_PATH")
    path = Path(named) if named else DEBIAN
    return path if path.is_file() else None


def prepare_prototype() -> Path:
    """Return the library's path, installing it where it is missing and we may."""
    if found := find_prototype():
        return found
    if install_debian_packages(PACKAGE) and (found := find_prototype()):
        return found
    raise MissingPieceError(
        "Prototype is missing, so the reporter is not tried beside it: install it (Debian: "
        f"apt install {PACKAGE}) or name prototype.js in the environment variable PROTOTYPE_PATH."
    )
