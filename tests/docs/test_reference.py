"""What people look up is written down: every setting, command and error code, and no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields

import click

from tests.architecture.sources import ROOT, modules, tree
from typo_reports.cli import commands
from typo_reports.domain.errors import TypoReportsError
from typo_reports.settings import PREFIX, VARIABLES, Settings
from typo_reports.web.errors import FALLBACK, HTTP_CODES

# Errors of commands: they end the program with a sentence and have no page in the API's list.
OF_COMMANDS = {"settings", "error"}


def test_every_setting_is_described_and_no_other() -> None:
    described = re.findall(r"^\| `(TYPO_REPORTS_\w+)`", _page("settings"), re.MULTILINE)
    assert sorted(described) == sorted(PREFIX + name for name in VARIABLES)


def test_every_setting_is_a_field_of_settings() -> None:
    assert {name.lower() for name in VARIABLES} == {field.name for field in fields(Settings)}


def test_every_command_is_described_and_no_other() -> None:
    described = re.findall(r"^## `typo-reports ([a-z -]+)`", _page("commands"), re.MULTILINE)
    assert sorted(described) == sorted(name for name, _ in _commands(commands))


def test_every_option_of_a_command_is_described_with_it() -> None:
    undescribed = [
        f"{name} {option}"
        for name, command in _commands(commands)
        for parameter in command.params
        for option in parameter.opts
        if isinstance(parameter, click.Option) and option not in _section(name)
    ]
    assert undescribed == []


def test_every_code_of_an_answer_is_described() -> None:
    codes = {kind.code for kind in _kinds(TypoReportsError)} - OF_COMMANDS
    codes |= {code for code, _ in HTTP_CODES.values()} | {FALLBACK[1]}
    assert sorted(codes - _described_codes()) == []


def test_every_code_of_a_field_is_described() -> None:
    assert sorted(set(_field_codes()) - _described_codes()) == []


def test_no_code_is_described_that_nobody_sends() -> None:
    text = "\n".join(path.read_text() for path in modules().values())
    assert sorted(code for code in _described_codes() if f'"{code}"' not in text) == []


def _page(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


def _section(command: str) -> str:
    return _page("commands").split(f"## `typo-reports {command}`")[1].split("\n## ")[0]


def _commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield before + name, command


def _kinds(kind: type[TypoReportsError]) -> Iterator[type[TypoReportsError]]:
    yield kind
    for narrower in kind.__subclasses__():
        if narrower.__module__.startswith("typo_reports."):
            yield from _kinds(narrower)


def _described_codes() -> set[str]:
    return set(re.findall(r"^\| (?:\d+ \| )?`([a-z-]+)`", _page("errors"), re.MULTILINE))


def _field_codes() -> Iterator[str]:
    """What stands second in FieldError(…) and InvalidFieldsError.of(…), where it is written out."""
    for path in modules().values():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and len(node.args) > 1:
                made_by, code = ast.unparse(node.func), node.args[1]
                if made_by.endswith(("FieldError", "InvalidFieldsError.of")) and isinstance(
                    code, ast.Constant
                ):
                    yield str(code.value)
