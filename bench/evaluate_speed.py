"""How long finding takes on ordinary, long and hostile pages."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from statistics import median

from bench.evaluate_corpus import Correction, select
from typo_reports.domain.selector import Selector
from typo_reports.pages.refind import refind
from typo_reports.pages.text import PageText, page_text

_MILLION = 1_000_000
_REPEATS = 5


def speed_rows(corrections: list[Correction]) -> list[list[str]]:
    """(what, median milliseconds) for pages of a million characters."""
    rng = random.Random(1)
    long_text = _long_text(corrections)
    rows = []
    for correction in rng.sample(corrections, min(3, len(corrections))):
        selector = select(correction, correction.captured, "word", rng).selector
        name = f"1 M characters, passage of {correction.lang} not on it or once"
        rows.append([name, _timed(lambda s=selector: refind(s, PageText(long_text)))])
    at = long_text.index(" ", _MILLION // 2) + 1
    there = Selector.from_text(long_text, at, at + 12)
    rows.append(
        ["1 M characters, passage on it", _timed(lambda: refind(there, PageText(long_text)))]
    )
    page = PageText(long_text)
    page.folded  # noqa: B018  made once for all passages of a page
    rows.append(["the same, page folded before", _timed(lambda: refind(there, page))])
    for name, text, selector in _hostile():
        rows.append([f"1 M hostile: {name}", _timed(lambda t=text, s=selector: refind(s, t))])
    source = "<p>" + "</p>\n<p>".join(long_text.split("\n")) + "</p>"
    rows.append(["HTML of 1 M characters to text", _timed(lambda: page_text(source))])
    return rows


def _long_text(corrections: list[Correction]) -> str:
    parts, length = [], 0
    while length < _MILLION:
        for correction in corrections:
            parts.append(correction.before.text)
            length += len(correction.before.text) + 1
            if length >= _MILLION:
                break
    return "\n".join(parts)[:_MILLION]


def _hostile() -> list[tuple[str, str, Selector]]:
    same = "a" * _MILLION
    pair = "ab" * (_MILLION // 2)
    return [
        ("one letter", same, Selector("a" * 10, "a" * 64, "a" * 64, 500_000, 500_010)),
        ("one letter, not there", same, Selector("b", "a" * 64, "a" * 64, 500_000, 500_001)),
        ("two letters", pair, Selector("ba" * 500, "ab" * 100, "ab" * 100, 0, 1000)),
        ("marks only", "\u0301" * _MILLION, Selector("\u0301", "\u0301" * 64, "x", 9, 10)),
        ("nearly periodic", ("a" * 99 + "b") * (_MILLION // 100), Selector("a" * 1000, "b", "c")),
    ]


def _timed(work: Callable[[], object]) -> str:
    times = []
    for _ in range(_REPEATS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return f"{median(times) * 1000:.1f}"
