"""No two modules need each other, however far the way round."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

import pytest

from tests.architecture.sources import modules, runtime_imports


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {name: _targets(name) for name in modules()}
    try:
        list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail("a circle of imports: " + " → ".join(error.args[1]))


def _targets(name: str) -> set[str]:
    found = set()
    for imported in runtime_imports(modules()[name]):
        # `from package import name` may mean a module of the package or a name in it.
        target = imported if imported in modules() else imported.rpartition(".")[0]
        if target in modules() and target != name:
            found.add(target)
    return found
