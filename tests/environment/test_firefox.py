from __future__ import annotations

from pathlib import Path

import pytest

from tests.environment import firefox, prepare
from tests.environment.programs import MissingPieceError


def test_a_firefox_named_in_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = tmp_path / "firefox"
    named.write_text("#!/bin/sh\n")
    monkeypatch.setenv("FIREFOX_PATH", str(named))
    assert firefox.find_firefox() != named, "not executable yet"
    named.chmod(0o755)
    assert firefox.find_firefox() == named


def test_a_firefox_that_cannot_be_installed_is_named_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("FIREFOX_PATH", raising=False)
    monkeypatch.setattr(firefox, "MAC", ())
    with pytest.raises(MissingPieceError, match=r"Chromium alone.*firefox-esr.*FIREFOX_PATH"):
        firefox.prepare_firefox()


@pytest.mark.parametrize(("version", "is_usable"), [("140.12.0esr", False), ("143.0", True)])
def test_a_firefox_older_than_the_driver_can_steer_is_none(
    version: str, is_usable: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "firefox"
    old.write_text(f'#!/bin/sh\necho "Mozilla Firefox {version}"\n')
    old.chmod(0o755)
    monkeypatch.setenv("FIREFOX_PATH", str(old))
    assert firefox.find_firefox() == old
    assert (firefox.usable_firefox() == old) is is_usable
    if not is_usable:
        monkeypatch.setattr(firefox, "install_debian_packages", lambda *_, **__: False)
        with pytest.raises(MissingPieceError, match="is older than 143"):
            firefox.prepare_firefox()


@pytest.mark.parametrize(("ci", "status"), [("", 0), ("true", 1)])
def test_a_missing_firefox_fails_in_ci_only(
    ci: str,
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def missing() -> Path:
        raise MissingPieceError("No Firefox here.")

    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(prepare, "PIECES", {"Firefox": missing})
    assert prepare.main() == status
    assert capsys.readouterr().err == "No Firefox here.\n"


def test_a_missing_database_fails_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    assert prepare.is_needed("PostgreSQL")
