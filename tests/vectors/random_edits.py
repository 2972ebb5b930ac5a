"""Pages as time makes them of a text: seeded edits, distortions and repetitions."""

from __future__ import annotations

import json
import random
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from tests.vectors.both_sides import Question
from typo_reports.domain.selector import Selector

_VECTORS = json.loads(Path(__file__).with_name("refind.json").read_text(encoding="utf-8"))
TEXTS = sorted({vector["text"] for vector in _VECTORS if len(vector["text"]) > 60})
_MARKS = "\u00ad\u200b\u200c\u200d\u200e\u2068\u0301\u0e31\u05b0\u064e"
_SIGNS = " \u00a0\n\t'’\"“«»-–—.,[1]ß😀𠮷的あ가İı" + _MARKS


def questions(count: int, *, seed: int) -> Iterator[Question]:
    """So many questions; the same seed gives the same ones."""
    rng = random.Random(seed)
    for _ in range(count):
        text = _varied(rng.choice(TEXTS), rng)
        selector = _selected(text, rng)
        suggestion = _mistyped(selector.exact, rng) if rng.random() < 0.5 else None
        page = text
        for _ in range(rng.choice((0, 1, 1, 2, 5, 20))):
            page = _edited(page, selector, suggestion, rng)
        if rng.random() < 0.1:
            page = rng.choice(TEXTS)
        yield Question(selector, suggestion, page)


def _varied(text: str, rng: random.Random) -> str:
    """Sometimes repeated, so that the same surroundings stand in many places."""
    chance = rng.random()
    if chance < 0.1:
        return text[: rng.randint(1, 40)] * rng.randint(2, 60)
    if chance < 0.2:
        return "\n".join([text] * rng.randint(2, 6))
    if chance < 0.3:
        return text + " " + rng.choice(TEXTS)
    return text


def _selected(text: str, rng: random.Random) -> Selector:
    """A run of letters with more or less of its surroundings, now and then misplaced."""
    start = rng.randrange(len(text))
    end = min(len(text), start + rng.choice((1, 3, 6, 9, 20, 80, 300)))
    selector = Selector.from_text(text, start, end, context=rng.choice((0, 8, 64, 64, 64, 200)))
    chance = rng.random()
    if chance < 0.1:
        return Selector(selector.exact, selector.prefix, selector.suffix)
    if chance < 0.2:
        moved = rng.randrange(3 * len(text))
        return Selector(
            selector.exact, selector.prefix, selector.suffix, moved, moved + end - start
        )
    return selector


def _mistyped(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text) + 1)
    taken = rng.choice((0, 1, 1, 2))
    return text[:at] + rng.choice(["", "e", "s ", rng.choice(_SIGNS)]) + text[at + taken :]


def _edited(page: str, selector: Selector, suggestion: str | None, rng: random.Random) -> str:
    at = rng.randrange(len(page) + 1)
    match rng.randrange(9):
        case 0:
            return page[:at] + rng.choice(_SIGNS) + page[at:]
        case 1:
            return page[:at] + page[at + rng.choice((1, 2, 7, 40)) :]
        case 2:
            return page[:at] + rng.choice(TEXTS)[: rng.randint(1, 90)] + page[at:]
        case 3:
            return page.replace(selector.exact, suggestion or "", rng.choice((1, -1)))
        case 4:
            return unicodedata.normalize(rng.choice(("NFC", "NFD")), page)
        case 5:
            return page.replace(" ", rng.choice(("\u00a0", "\n  ", " \u200f", "")), 30)
        case 6:
            return page.swapcase() if page.isascii() else page.replace("\n", "")
        case 7:
            words = page.split(" ")
            rng.shuffle(words)
            return " ".join(words) if rng.random() < 0.2 else page
        case _:
            return page.replace(selector.prefix[-20:] or "x", "", 1)
