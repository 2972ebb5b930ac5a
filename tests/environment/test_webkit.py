from __future__ import annotations

from pathlib import Path

import pytest

from tests.environment import prepare, webkit
from tests.environment.programs import MissingPieceError


def put_program(folder: Path, name: str) -> Path:
    program = folder / name
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return program


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with all programs of this machine: none, until a test puts some there."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("WEBKIT_DRIVER_PATH", raising=False)
    return tmp_path


def test_a_driver_without_a_screen_is_none(programs: Path) -> None:
    driver = put_program(programs, "WebKitWebDriver")
    assert webkit.find_webkit() is None
    put_program(programs, "Xvfb")
    assert webkit.find_webkit() == driver


def test_a_driver_named_in_the_environment_wins(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Xvfb", "WebKitWebDriver"):
        put_program(programs, name)
    named = put_program(programs, "another-driver")
    monkeypatch.setenv("WEBKIT_DRIVER_PATH", str(named))
    assert webkit.find_webkit() == named


@pytest.mark.usefixtures("programs")
def test_a_webkit_that_cannot_be_installed_is_named_in_one_sentence() -> None:
    with pytest.raises(MissingPieceError, match=r"webkit2gtk-driver xvfb.*WEBKIT_DRIVER_PATH"):
        webkit.prepare_webkit()


@pytest.mark.parametrize(("ci", "needed"), [("", False), ("true", True)])
def test_webkit_is_needed_in_ci_only(
    ci: str, needed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", ci)
    assert prepare.is_needed("WebKit") is needed
