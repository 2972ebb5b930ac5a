"""Where the tables go: standard output, and a file of Markdown if one is wanted."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
_lines: list[str] = []


def print_table(title: str, head: list[str], rows: Iterable[list[str]]) -> None:
    """One Markdown table."""
    lines = [f"### {title}", "", f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    print_lines([*lines, ""])


def print_lines(lines: list[str]) -> None:
    """Lines of text between the tables."""
    _lines.extend(lines)
    print("\n".join(lines), flush=True)


def write_markdown(path: Path) -> None:
    """Everything printed so far."""
    path.write_text("\n".join(_lines) + "\n", encoding="utf-8")


def say(text: str) -> None:
    """One line of progress."""
    print(text, file=sys.stderr, flush=True)


def progress(name: str, trials: Sequence[T]) -> Iterable[T]:
    """The trials, with a sign of life at each tenth."""
    tenth = max(1, len(trials) // 10)
    for number, trial in enumerate(trials):
        if number % tenth == 0:
            say(f"{name}: {100 * number // len(trials)} %")
        yield trial
