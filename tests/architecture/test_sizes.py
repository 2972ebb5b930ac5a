"""Short files and short functions: the house rules, as numbers."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from statistics import median

from tests.architecture.sources import functions, tree
from tests.architecture.sources import modules as all_modules

LONGEST_FILE = 300
LONGEST_FUNCTION = 50
MEDIAN_FUNCTION = 10
NAMELESS = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}


def modules() -> dict[str, Path]:
    """The modules that people read; a migration is one long list, made by Alembic."""
    return {name: path for name, path in all_modules().items() if ".versions." not in name}


def test_no_file_is_longer_than_one_can_read_at_a_sitting() -> None:
    lengths = {name: len(path.read_text().splitlines()) for name, path in modules().items()}
    assert {name: n for name, n in lengths.items() if n > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{module}.{name}": length
        for module, path in modules().items()
        for name, length in functions(path)
        if length > LONGEST_FUNCTION
    }
    assert long == {}


def test_most_functions_are_short() -> None:
    lengths = [length for path in modules().values() for _, length in functions(path)]
    assert median(lengths) <= MEDIAN_FUNCTION


def test_every_module_is_named_after_what_it_is_about() -> None:
    assert [name for name in modules() if NAMELESS & set(name.split("."))] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        name
        for name, path in modules().items()
        if tree(path).body and ast.get_docstring(tree(path)) is None
    ]
    assert silent == []


def test_every_exception_ends_in_error() -> None:
    odd = [
        f"{module}.{node.name}"
        for module, path in modules().items()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
        and _is_exception(node)
        and not node.name.endswith("Error")
    ]
    assert odd == []


def test_nothing_is_left_to_do() -> None:
    # Spelled apart, so that this file does not find itself.
    mark = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
    assert [name for name, path in modules().items() if mark.search(path.read_text())] == []


def _is_exception(node: ast.ClassDef) -> bool:
    return any(re.search(r"(Error|Exception)$", ast.unparse(parent)) for parent in node.bases)
