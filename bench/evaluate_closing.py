"""From a page's HTML to a closed case: how often rightly, how often though the error stands.

The corpus' texts are set as HTML, read as the worker reads a page, and judged as it judges a case:
`page_text`, `sightings.look`, `summed_up` over the readers, `Sightings` over the looks.
"""

from __future__ import annotations

import html
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from bench.evaluate_corpus import SELECTIONS, Correction, Selection, select
from bench.evaluate_refinding import share
from typo_reports.domain.verification import USUAL_PACE, Sightings, summed_up
from typo_reports.pages.text import PageText, page_text
from typo_reports.services.sightings import look

LOOKS = 3
_BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
_APART = timedelta(minutes=30)


@dataclass(slots=True)
class Closings:
    """Cases by what the looks at their page made of them."""

    cases: int = 0
    wrongly: int = 0
    rightly: int = 0
    at_once: int = 0

    def row(self) -> list[str]:
        """Closed though it stands; closed after the fix, and at the first look, in percent."""
        return [
            str(self.cases),
            share(self.wrongly, self.cases),
            share(self.rightly, self.cases),
            share(self.at_once, self.cases),
        ]


def closing_rows(corrections: list[Correction], *, seed: int) -> list[list[str]]:
    """A row for each way of reporting, one for spelling errors, one for each language."""
    found: dict[str, Closings] = defaultdict(Closings)
    rng = random.Random(seed)
    for correction in corrections:
        for name, readers in _cases(correction, rng):
            wrongly = looks_until_closed(readers, correction.before.text)
            rightly = looks_until_closed(readers, correction.after.text)
            for key in _keys(name, correction):
                one = found[key]
                one.cases += 1
                one.wrongly += wrongly is not None
                one.rightly += rightly is not None
                one.at_once += rightly == 1
    return [[name, *one.row()] for name, one in found.items()]


def _keys(name: str, correction: Correction) -> Iterator[str]:
    yield name
    if name == "word, corrected":
        yield f"{name}, {correction.lang}"
        if correction.kind == "spelling":
            yield f"{name}, spelling errors"


def _cases(
    correction: Correction, rng: random.Random
) -> Iterator[tuple[str, list[tuple[Selection, bool]]]]:
    """Name of the case, and its readers' selections with whether they sent a correction."""
    selections = {kind: select(correction, correction.captured, kind, rng) for kind in SELECTIONS}
    for kind in ("word", "few", "sentence"):
        yield f"{kind}, corrected", [(selections[kind], True)]
        yield f"{kind}, no correction", [(selections[kind], False)]
    yield (
        "two readers, one corrected",
        [(selections["word"], True), (selections["sentence"], False)],
    )


def looks_until_closed(readers: list[tuple[Selection, bool]], text: str) -> int | None:
    """The number of the look that closes the case; None if it stays open."""
    page, sightings = _read(text), Sightings()
    proposed = [one for one, is_corrected in readers if is_corrected]
    seen = (
        summed_up([look(one.selector, one.suggestion, page) for one in proposed], [])
        if proposed
        else look(readers[0][0].selector, None, page)
    )
    for number in range(LOOKS):
        now = _BEGIN + number * _APART
        sightings = sightings.with_look(seen, now=now, apart=USUAL_PACE.sightings_apart)
        if sightings.closes(seen):
            return number + 1
    return None


@lru_cache(maxsize=64)
def _read(text: str) -> PageText:
    return page_text(as_html(text))


def as_html(text: str) -> str:
    """A page with this text: paragraphs, some words emphasised, code kept, what never shows."""
    rng = random.Random(len(text))
    blocks = []
    for block in text.split("\n"):
        if "\u2028" in block:
            blocks.append(f"<pre>{html.escape(block).replace(chr(0x2028), chr(10))}</pre>")
        else:
            words = [
                f"<em>{word}</em>" if rng.random() < 0.03 else word
                for word in html.escape(block).split(" ")
            ]
            blocks.append(f"<p>{' '.join(words)}</p>")
    head = "<head><title>A page</title><style>p { margin: 0 }</style></head>"
    body = "\n".join(blocks)
    return f"<!doctype html><html>{head}<body><script>let x = 1;</script>\n{body}</body></html>"
