"""Where the static files and templates lie: in the package (wheel) or in the checkout."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


class AssetsMissingError(RuntimeError):
    """The installation lacks a folder that it needs; only a broken build does."""


def asset_folder(name: str, *, package: Path = PACKAGE) -> Path:
    """Return the folder `name` ("static", "templates" or "translations").

    A wheel carries it inside the package; a checkout and an editable install beside it.
    Raises AssetsMissingError when it is in neither place.
    """
    for folder in (package / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise AssetsMissingError(f"the folder {name}/ is missing from this installation")
