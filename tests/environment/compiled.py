"""What every test would compile anew, compiled once: statements and the addresses of routes.

An application and an engine a test are wanted, because nothing must pass from one test to the
next. What they compile does not depend on the test, and took more than half of its time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from typo_reports.storage import engine


class _Statements(LRUCache[Any, Any]):
    """SQLAlchemy's cache, in which a dialect counts by its name and not as that of one engine."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get((key[0].name, *key[1:]), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__((key[0].name, *key[1:]), value)


@contextmanager
def compiled_once() -> Iterator[None]:
    """For this block all engines share their compiled statements, all applications their routes."""
    statements = _Statements(5_000)
    create_engine: Callable[..., Engine] = engine.create_engine
    compile_builder = Rule._compile_builder
    builders: dict[object, Any] = {}

    def create(*arguments: Any, **options: Any) -> Engine:
        created = create_engine(*arguments, **options)
        created._compiled_cache = statements
        return created

    def builder(rule: Rule, append_unknown: bool = True) -> Any:
        # All that is compiled depends on; it is bound to its rule afterwards.
        parts = (rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown)
        if parts not in builders:
            builders[parts] = compile_builder(rule, append_unknown)
        return builders[parts]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "create_engine", create)
        patch.setattr(Rule, "_compile_builder", builder)
        yield
