"""Put static/, templates/ and translations/ from the top of the repository into the wheel.

They become `typo_reports/static` and the like, where `assets.asset_folder`
finds them. A missing folder fails the build: a wheel without templates would install and
then answer every page with an error. See docs/adr/0001-wheel-layout.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDERS = ("static", "templates", "translations")
# Sources that the built files are made of: of use in a checkout only.
LEFT_OUT = ("static/js/src/", "static/js/node_modules/")


class ShipAssets(BuildHookInterface[Any]):
    """Adds every file of FOLDERS to a standard wheel; editable installs read the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or version != "standard":
            return
        root = Path(self.root)
        for folder in FOLDERS:
            if not (root / folder).is_dir():
                raise FileNotFoundError(f"the folder {folder}/ is missing: the wheel needs it")
            for path in sorted((root / folder).rglob("*")):
                name = path.relative_to(root).as_posix()
                if path.is_file() and not name.startswith(LEFT_OUT):
                    build_data["force_include"][str(path)] = f"typo_reports/{name}"
