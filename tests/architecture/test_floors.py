"""Who may import what: the floors, and the parts that stand behind one door each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, modules, runtime_imports

# What is behind each door: a package, and the modules that may use it when running.
# Types may be named anywhere: a session comes in, a statement does not.
DOORS = {
    "sqlalchemy": ["typo_reports.storage"],
    "alembic": ["typo_reports.storage"],
    "psycopg": ["typo_reports.storage"],
    "flask_mail": ["typo_reports.mail"],
    "smtplib": ["typo_reports.mail"],
    "bleach": ["typo_reports.web.passage"],
    "msgspec": ["typo_reports.web", "typo_reports.spelling", "typo_reports.sso"],
    "joserfc": ["typo_reports.sso"],
    "webauthn": ["typo_reports.services.passkeys", "typo_reports.services.passkey_sign_in"],
    "flask_wtf": ["typo_reports.web", "typo_reports.app"],
    "waitress": ["typo_reports.serving"],
    "click": ["typo_reports.cli"],
    "argon2": ["typo_reports.services"],
    "httpcore2": ["typo_reports.pages"],
    # The last one asks servers of the operator's own, which may stand at internal addresses.
    "http.client": [
        "typo_reports.pages",
        "typo_reports.channels",
        "typo_reports.bounded_http",
    ],
    "urllib.request": ["typo_reports.pages", "typo_reports.channels"],
}

TYPES = {"sqlalchemy.orm.Session"}


def test_imports_go_down_the_floors_only() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [str(lint), "--no-logo", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("package", sorted(DOORS))
def test_only_one_part_of_the_house_uses(package: str) -> None:
    trespassers = [
        name
        for name, path in modules().items()
        if _uses(package, path) and not _is_within(name, DOORS[package])
    ]
    assert trespassers == []


def test_nothing_but_the_way_in_imports_the_application() -> None:
    allowed = [
        "typo_reports.cli",
        "typo_reports.demo",
        "typo_reports.serving",
        "typo_reports.worker",
    ]
    importers = [
        name
        for name, path in modules().items()
        if _uses("typo_reports.app", path) and not _is_within(name, allowed)
    ]
    assert importers == []


def _uses(package: str, path: Path) -> bool:
    return any(
        imported == package or imported.startswith(package + ".")
        for imported in runtime_imports(path) - TYPES
    )


def _is_within(name: str, parents: list[str]) -> bool:
    return any(name == parent or name.startswith(parent + ".") for parent in parents)
