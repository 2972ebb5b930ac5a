"""What every test would compile anew, compiled once: statements and the addresses of routes.

An application and an engine a test are wanted, because nothing must pass from one test to the
next. What they compile does not depend on the test, and took more than half of its time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Dialect, Engine, event
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from typo_reports.storage import engine

# What a rule knows of its address, once it is compiled.
_OF_THE_ADDRESS = ("_parts", "_trace", "_converters", "arguments")


@contextmanager
def compiled_once() -> Iterator[None]:
    """For this block all engines share their compiled statements, all applications their routes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "create_engine", _sharing(engine.create_engine))
        patch.setattr(Rule, "compile", _compiling(Rule.compile))
        yield


def _sharing(create_engine: Callable[..., Engine]) -> Callable[..., Engine]:
    statements: LRUCache[Any, Any] = LRUCache(5_000)
    dialects: dict[str, Dialect] = {}

    def create(*arguments: Any, **options: Any) -> Engine:
        created = create_engine(*arguments, **options)
        created._compiled_cache = statements
        # Compiled statements are found again by their dialect, also those that a model keeps for
        # its inserts and updates. A dialect knows nothing of one database, only of its server.
        name = created.dialect.name
        if name in dialects:
            created.dialect = dialects[name]
        else:
            # It asks the server for its version at the first connection.
            event.listen(
                created, "engine_connect", lambda _: dialects.setdefault(name, created.dialect)
            )
        return created

    return create


def _compiling(compile_rule: Callable[[Rule], None]) -> Callable[[Rule], None]:
    compiled: dict[object, Rule] = {}

    def compile_once(rule: Rule) -> None:
        # All that is compiled depends on.
        of_map = (rule.map.host_matching, rule.merge_slashes)
        key = (rule.rule, rule.subdomain, rule.host, repr(rule.defaults), *of_map)
        if key not in compiled:
            compile_rule(rule)
            compiled[key] = rule
            return
        known = compiled[key]
        for name in _OF_THE_ADDRESS:
            setattr(rule, name, getattr(known, name))
        for name in ("_build", "_build_unknown"):
            setattr(rule, name, getattr(known, name).__func__.__get__(rule, None))

    return compile_once
