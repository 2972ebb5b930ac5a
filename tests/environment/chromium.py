"""Find a Chromium for the browser tests, and install one where there is none."""

from __future__ import annotations

import os
from pathlib import Path

from tests.environment.programs import (
    MissingPieceError,
    find_program,
    install_debian_packages,
    run_quietly,
)

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
MAC = (
    Path("/Applications/Chromium.app/Contents/MacOS"),
    Path("/Applications/Google Chrome.app/Contents/MacOS"),
)


def find_chromium() -> Path | None:
    """Return the browser's path: `CHROMIUM_PATH` if set, the system's, or Playwright's own."""
    if (named := os.environ.get("CHROMIUM_PATH")) and os.access(named, os.X_OK):
        return Path(named)
    names = [*NAMES, "Chromium", "Google Chrome"]
    return find_program(names, folders=MAC) or _playwrights_own()


def prepare_chromium(playwright: Path) -> Path:
    """Return the browser's path, installing one where there is none.

    `playwright` is the command line of playwright-core in node_modules.
    """
    if found := find_chromium():
        return found
    if install_debian_packages("chromium") and (found := find_chromium()):
        return found
    fetched = playwright.exists() and run_quietly([str(playwright), "install", "chromium"])
    if fetched and (found := find_chromium()):
        return found
    raise MissingPieceError(
        "Chromium is missing: install it (Debian: apt install chromium) "
        "or name its path in the environment variable CHROMIUM_PATH."
    )


def _playwrights_own() -> Path | None:
    caches = [Path.home() / ".cache/ms-playwright", Path.home() / "Library/Caches/ms-playwright"]
    if named := os.environ.get("PLAYWRIGHT_BROWSERS_PATH"):
        caches.insert(0, Path(named))
    for cache in caches:
        for folder in sorted(cache.glob("chromium*/*"), reverse=True):
            if found := _browser_in(folder):
                return found
    return None


def _browser_in(folder: Path) -> Path | None:
    inside = ("chrome", "headless_shell", "chrome-headless-shell")
    for path in [*(folder / name for name in inside), *folder.glob("*.app/Contents/MacOS/*")]:
        if os.access(path, os.X_OK):
            return path
    return None


if __name__ == "__main__":
    # For scripts that start the browser themselves: CHROMIUM_PATH="$(python -m …)".
    print(find_chromium() or "")
