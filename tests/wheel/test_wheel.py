"""The wheel, and the wheel made of the sdist, carry all that a desk needs, and serve it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.environment.servers import Account, folder_of, free_port, guarded

ROOT = Path(__file__).parents[2]
NEEDED = (
    "typo_reports/app.py",
    "typo_reports/static/js/typo-reports.js",
    "typo_reports/static/js/desk.js",
    "typo_reports/static/css/desk.css",
    "typo_reports/templates/layout.html",
    "typo_reports/translations/desk.pot",
    "typo_reports/storage/migrations/env.py",
)

pytestmark = [pytest.mark.wheel, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist and the wheel of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    _build(ROOT, "-d", str(folder))
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    """The wheel made of the checkout."""
    return next(built.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `typo-reports` of an empty environment with nothing but the wheel and what it needs."""
    venv = tmp_path_factory.mktemp("venv")
    _run([sys.executable, "-m", "venv", str(venv)])
    _run([str(venv / "bin/python"), "-m", "pip", "install", "--quiet", str(wheel)])
    return venv / "bin/typo-reports"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment without settings but a data folder of its own, far from the checkout."""
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith("TYPO_REPORTS_")
    }
    return {**clean, "TYPO_REPORTS_DATA_DIR": str(tmp_path / "var")}


@pytest.fixture
def served(installed: Path, environment: dict[str, str], tmp_path: Path) -> Iterator[str]:
    """The address of a desk that the installed program serves."""
    _run([str(installed), "migrate"], cwd=tmp_path, environment=environment)
    port = free_port()
    command = ["env", *(f"{name}={value}" for name, value in environment.items())]
    command += [str(installed), "serve", "--port", str(port)]
    account = Account(os.geteuid(), os.getegid())
    with (
        folder_of(account, "wheel") as folder,
        guarded(command, account=account, folder=folder, port=port),
    ):
        yield f"http://127.0.0.1:{port}"


def test_the_wheel_carries_code_templates_and_static_files(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert set(NEEDED) - names == set()


def test_the_wheel_leaves_tests_and_sources_of_scripts_at_home(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    stray = (
        "tests/",
        "bench/",
        "static/",
        "templates/",
        "translations/",
        "typo_reports/static/js/src/",
    )
    assert [name for name in names if name.startswith(stray)] == []


def test_the_wheel_made_of_the_sdist_is_the_same(built: Path, wheel: Path, tmp_path: Path) -> None:
    unpacked = _unpacked(built, tmp_path)
    _build(unpacked, "-t", "wheel", "-d", str(tmp_path))
    again = next(tmp_path.glob("*.whl"))
    assert _contents(again) == _contents(wheel)


def test_a_missing_folder_fails_the_build(built: Path, tmp_path: Path) -> None:
    unpacked = _unpacked(built, tmp_path)
    (unpacked / "templates").rename(tmp_path / "lost")
    with pytest.raises(AssertionError, match="templates/ is missing"):
        _build(unpacked, "-t", "wheel", "-d", str(tmp_path))


def test_an_empty_environment_serves_desk_and_snippet(served: str) -> None:
    assert b'"ok"' in _get(served + "/healthz")
    sign_in = _get(served + "/sign-in")
    assert b"E-mail" in sign_in
    assert b"/static/css/desk" in sign_in
    assert (
        _get(served + "/static/js/typo-reports.js")
        == (ROOT / "static/js/typo-reports.js").read_bytes()
    )


def test_the_doctor_finds_an_installation_of_a_minute_well(
    installed: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    commands = (
        ["migrate"],
        ["site", "add", "The Planet", "--origin", "https://planet.example"],
        ["editor", "add", "chief@planet.example", "--role", "admin"],
        ["doctor"],
    )
    for command in commands:
        said = _run([str(installed), *command], cwd=tmp_path, environment=environment)
    assert "WRONG" not in said


def _unpacked(built: Path, folder: Path) -> Path:
    shutil.unpack_archive(next(built.glob("*.tar.gz")), folder)
    return next(path for path in folder.iterdir() if path.is_dir())


def _build(folder: Path, *options: str) -> None:
    # hatchling itself, not through an isolated environment: no download, and the same result.
    _run([sys.executable, "-m", "hatchling", "build", *options], cwd=folder)


def _run(
    command: list[str], *, cwd: Path | None = None, environment: dict[str, str] | None = None
) -> str:
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def _contents(wheel: Path) -> dict[str, int]:
    with zipfile.ZipFile(wheel) as archive:
        return {info.filename: info.CRC for info in archive.infolist()}


def _get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return bytes(answer.read())
