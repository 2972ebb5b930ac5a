"""How long finding takes on ordinary, long and hostile pages."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from statistics import median

from bench.evaluate_corpus import Correction, select
from tests.domain.case_shelf import CaseShelf
from typo_reports.domain.grouping import Core, Member, core_keys, decide
from typo_reports.domain.selector import Selector
from typo_reports.pages.refind import refind
from typo_reports.pages.text import PageText, page_text

_MILLION = 1_000_000
_REPEATS = 5


def speed_rows(corrections: list[Correction]) -> list[list[str]]:
    """(what, milliseconds, the best of five runs) for pages of a million characters."""
    rng = random.Random(1)
    long_text = _long_text(corrections)
    rows = []
    for correction in rng.sample(corrections, min(3, len(corrections))):
        selector = select(correction, correction.captured, "word", rng).selector
        name = f"1 M characters, another passage ({correction.lang})"
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


def grouping_rows(corrections: list[Correction]) -> list[list[str]]:
    """(open cases on one page, median milliseconds to decide about a report)."""
    text, rng = _long_text(corrections), random.Random(1)
    starts = [match.start() for match in re.finditer(r"\b\w{4,}", text)]
    rows = []
    for count in (10, 100, 1_000, 10_000):
        shelf = CaseShelf()
        for start in rng.sample(starts, min(count, len(starts))):
            core = Core((Member(Selector.from_text(text, start, start + 4)).piece(),))
            case_id = str(start)
            shelf.cores[case_id] = core
            for key in core_keys(core):
                shelf.rows.setdefault(key, set()).add(case_id)
        times = []
        for start in rng.sample(starts, 200):
            member = Member(Selector.from_text(text, start, start + rng.randint(4, 40)))
            began = time.perf_counter()
            decide(member, shelf.load)
            times.append(time.perf_counter() - began)
        rows.append([f"{count:,}", f"{median(times) * 1000:.2f}"])
    return rows


def _long_text(corrections: list[Correction]) -> str:
    """A million characters of different pages, again and again where the corpus is small."""
    texts = list({correction.page: correction.before.text for correction in corrections}.values())
    once = "\n".join(texts)
    return "\n".join([once] * (_MILLION // len(once) + 1))[:_MILLION]


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
    """Milliseconds of the processor, for machines are shared."""
    times = []
    for _ in range(_REPEATS):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return f"{min(times) * 1000:.1f}"
