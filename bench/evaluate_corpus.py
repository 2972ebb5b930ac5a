"""A corpus of real corrections, and the ways in which readers select an error in it.

The format is one JSON object a line in `corrections.jsonl[.gz]` (fields id, lang, kind, error,
correction, captured, before, after, later, source) beside `texts.json[.gz]`, {id: page text}.
"""

from __future__ import annotations

import gzip
import json
import random
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typo_reports.domain.selector import MAX_EXACT, USUAL_CONTEXT, Selector

SELECTIONS = ("word", "neighbour", "few", "sentence", "sloppy")
_SENTENCE_ENDS = ".!?…。！？؟\n\u2028"


class CorpusError(Exception):
    """The folder does not hold a corpus; the words are for people."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A revision of a page and where the piece stands in it (None: nowhere any more)."""

    text: str
    span: tuple[int, int] | None
    state: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """One real error and how its author corrected it."""

    id: str
    lang: str
    kind: str
    error: str
    correction: str
    captured: Seen
    before: Seen
    after: Seen
    later: Seen | None
    page: str


@dataclass(frozen=True, slots=True)
class Selection:
    """What one reader selected, and the correction that they would send with it."""

    kind: str
    selector: Selector
    suggestion: str


def read_corpus(folder: Path) -> list[Correction]:
    """Every correction of the corpus in `folder`, in the order of the file."""
    try:
        texts = json.loads(_read(folder, "texts.json"))
        lines = _read(folder, "corrections.jsonl").splitlines()
        return [_correction(json.loads(line), texts) for line in lines if line.strip()]
    except OSError as error:
        raise CorpusError(f"The corpus cannot be read: {error}.") from error
    except (KeyError, TypeError, ValueError) as error:
        raise CorpusError(f"The corpus is not in the documented format: {error!r}.") from error


def _read(folder: Path, name: str) -> str:
    packed = folder / f"{name}.gz"
    if packed.exists():
        return gzip.decompress(packed.read_bytes()).decode()
    return (folder / name).read_text(encoding="utf-8")


def _correction(data: dict[str, Any], texts: dict[str, str]) -> Correction:
    source = data.get("source") or {}
    return Correction(
        id=data["id"],
        lang=data["lang"],
        kind=data["kind"],
        error=data["error"],
        correction=data["correction"],
        captured=_seen(data["captured"], texts),
        before=_seen(data["before"], texts),
        after=_seen(data["after"], texts),
        later=_seen(data["later"], texts) if data.get("later") else None,
        page=f"{source.get('repo', '')}:{source.get('path', data['id'])}",
    )


def _seen(data: dict[str, Any], texts: dict[str, str]) -> Seen:
    span = data.get("span")
    return Seen(texts[data["text"]], (span[0], span[1]) if span else None, data.get("state") or "")


def halves(corrections: list[Correction], half: str) -> list[Correction]:
    """All, or only one half; a publication (`source.repo`) never stands in both."""
    if half == "all":
        return corrections
    wanted = 0 if half == "develop" else 1
    return [c for c in corrections if zlib.crc32(_publication(c).encode()) % 2 == wanted]


def _publication(correction: Correction) -> str:
    return correction.page.split(":", 1)[0]


def select(
    correction: Correction,
    seen: Seen,
    kind: str,
    rng: random.Random,
    *,
    context: int = USUAL_CONTEXT,
) -> Selection:
    """One reader's selection of the error as it stands in `seen`."""
    text = seen.text
    assert seen.span is not None
    error_start, error_end = seen.span
    start, end = _selected(text, error_start, error_end, kind, rng)
    start, end = _bounded(start, end, error_start, error_end)
    suggestion = _corrected(text, (start, end), (error_start, error_end), correction)
    return Selection(kind, Selector.from_text(text, start, end, context=context), suggestion)


def _corrected(
    text: str, selected: tuple[int, int], error: tuple[int, int], correction: Correction
) -> str:
    """The selection as the reader would correct it; letters that it cuts off stay cut off."""
    put = correction.correction
    cut_left = text[error[0] : max(error[0], selected[0])]
    cut_right = text[min(error[1], selected[1]) : error[1]]
    put = put.removeprefix(cut_left) if cut_left else put
    put = put.removesuffix(cut_right) if cut_right else put
    before = text[selected[0] : max(selected[0], error[0])]
    return before + put + text[min(selected[1], error[1]) : selected[1]]


def _bounded(start: int, end: int, error_start: int, error_end: int) -> tuple[int, int]:
    if end - start <= MAX_EXACT:
        return start, end
    return error_start, min(error_end, error_start + MAX_EXACT)


def _selected(text: str, start: int, end: int, kind: str, rng: random.Random) -> tuple[int, int]:
    if kind == "sentence":
        return _sentence(text, start, end)
    if start == end:
        # Something is missing here: a reader can only point at what stands around.
        start, end = _words_left(text, start, 1), _words_right(text, end, 1)
    start, end = _whole_words(text, start, end)
    if kind == "neighbour":
        return (
            (_words_left(text, start, 1), end)
            if rng.random() < 0.5
            else (
                start,
                _words_right(text, end, 1),
            )
        )
    if kind == "few":
        return (
            _words_left(text, start, rng.randint(1, 2)),
            _words_right(text, end, rng.randint(1, 2)),
        )
    if kind == "sloppy":
        return _sloppy(text, start, end, rng)
    return start, end


def _sloppy(text: str, start: int, end: int, rng: random.Random) -> tuple[int, int]:
    left, right = rng.choice([(-1, 0), (1, 0), (0, -1), (0, 1), (-1, 1), (1, -1), (-1, -1), (1, 1)])
    new_start, new_end = max(0, start + left), min(len(text), end + right)
    return (new_start, new_end) if new_end > new_start else (start, end)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    if start < end:
        while start > 0 and _in_word(text[start - 1]) and _in_word(text[start]):
            start -= 1
        while end < len(text) and _in_word(text[end]) and _in_word(text[end - 1]):
            end += 1
    return start, end


def _in_word(character: str) -> bool:
    return character.isalnum() and not _without_spaces(character)


def _without_spaces(character: str) -> bool:
    return "\u2e80" <= character <= "\u9fff" or "\uac00" > character >= "\u3040"


def _words_left(text: str, start: int, count: int) -> int:
    for _ in range(count):
        at = start
        while at > 0 and text[at - 1] in " \u00a0":
            at -= 1
        before = at
        while at > 0 and not text[at - 1].isspace() and before - at < 30:
            at -= 1
            if _without_spaces(text[at]) and before - at >= 2:
                break
        if at == before:
            return start
        start = at
    return start


def _words_right(text: str, end: int, count: int) -> int:
    for _ in range(count):
        at = end
        while at < len(text) and text[at] in " \u00a0":
            at += 1
        before = at
        while at < len(text) and not text[at].isspace() and at - before < 30:
            at += 1
            if _without_spaces(text[at - 1]) and at - before >= 2:
                break
        if at == before:
            return end
        end = at
    return end


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    left = start
    while left > 0 and not _ends_sentence(text, left - 1):
        left -= 1
    while left < start and text[left].isspace():
        left += 1
    right = end
    while right < len(text) and not _ends_sentence(text, right):
        right += 1
    if right < len(text) and not text[right].isspace():
        right += 1
    return left, max(right, end)


def _ends_sentence(text: str, at: int) -> bool:
    if text[at] not in _SENTENCE_ENDS:
        return False
    if text[at] in "\n\u2028。！？":
        return True
    return at + 1 >= len(text) or text[at + 1].isspace()


def mixed(rng: random.Random) -> Iterator[str]:
    """Kinds of selection without end, each as likely."""
    while True:
        yield rng.choice(SELECTIONS)
