from __future__ import annotations

from pathlib import Path

import pytest

from typo_reports.assets import AssetsMissingError, asset_folder


def test_a_checkout_serves_the_folder_beside_the_package(tmp_path: Path) -> None:
    package = tmp_path / "typo_reports"
    package.mkdir()
    (tmp_path / "static").mkdir()
    assert asset_folder("static", package=package) == tmp_path / "static"


def test_an_installed_wheel_serves_the_folder_inside_the_package(tmp_path: Path) -> None:
    package = tmp_path / "typo_reports"
    (package / "static").mkdir(parents=True)
    (tmp_path / "static").mkdir()
    assert asset_folder("static", package=package) == package / "static"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(AssetsMissingError, match="templates/"):
        asset_folder("templates", package=tmp_path)


@pytest.mark.parametrize("name", ["static", "templates"])
def test_this_checkout_has_both_folders(name: str) -> None:
    assert asset_folder(name).is_dir()
