"""The library Prototype is found, or its absence is said and spared."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.environment import prepare, prototype
from tests.environment.programs import MissingPieceError


def test_a_named_file_comes_before_debians(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = tmp_path / "prototype.js"
    monkeypatch.setenv("PROTOTYPE_PATH", str(library))
    assert prototype.find_prototype() is None
    library.write_text("var Prototype = {}")
    assert prototype.find_prototype() == library


def test_a_missing_library_is_named_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROTOTYPE_PATH", str(tmp_path / "none.js"))
    monkeypatch.setattr(prototype, "install_debian_packages", lambda *_: False)
    with pytest.raises(MissingPieceError, match="libjs-prototype"):
        prototype.prepare_prototype()


def test_without_it_the_tests_run_except_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    assert not prepare.is_needed("Prototype")
    monkeypatch.setenv("CI", "true")
    assert prepare.is_needed("Prototype")
