"""How well errors are pointed at and fixed, on a corpus of real corrections.

    python -m bench.spelling CORPUS [--dictionaries FOLDER] [--half 0|1]

CORPUS is a folder with `corrections.jsonl.gz` and `texts.json.gz`. Languages need their pack
(`typo-reports lang add`). Every figure stands beside that of hunspell's own order and of the
naive method (the first unknown word of the sentence), measured in the same run.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import resource
import statistics
import sys
import time
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from typo_reports.domain.selector import Selector
from typo_reports.spelling.engine import findings, hint
from typo_reports.spelling.language import Language
from typo_reports.spelling.page_words import PageWords
from typo_reports.spelling.shelf import FOLDER, Shelf
from typo_reports.spelling.words import plain, words_of

_SENTENCE_EDGE = re.compile(r"[.!?…]\s|\n|\u2028")
_CLEAN_CHARACTERS = 6_000


@dataclass
class Figures:
    """What was counted in one language."""

    records: int = 0
    seen: int = 0
    first: int = 0
    among_three: int = 0
    hunspell_first: int = 0
    hunspell_three: int = 0
    pointed: int = 0
    pointed_asked: int = 0
    spoke: int = 0
    naive_pointed: int = 0
    flags: int = 0
    naive_flags: int = 0
    words: int = 0
    milliseconds: list[float] = field(default_factory=list)
    hunspell_milliseconds: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Record:
    """One correction: the page, where the wrong piece stands, what it became."""

    lang: str
    page: str
    start: int
    end: int
    error: str
    correction: str


def main() -> None:
    """Print the table."""
    arguments = _arguments()
    shelf = Shelf(arguments.dictionaries)
    figures: dict[str, Figures] = defaultdict(Figures)
    records = list(_records(arguments.corpus, arguments.half))
    for record in records:
        language = shelf.language(record.lang)
        if language is not None:
            _judge(record, language, shelf, figures[record.lang], arguments.verbose)
    for lang, text in _clean_texts(arguments.corpus, arguments.half):
        language = shelf.language(lang)
        if language is not None:
            _count_false_flags(text, lang, language, shelf, figures[lang])
    _print(figures)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--dictionaries", type=Path, default=Path("var") / FOLDER)
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--verbose", action="store_true")
    return parser.parse_args()


def _is_in_half(identity: str, half: int | None) -> bool:
    return half is None or zlib.crc32(identity.encode()) % 2 == half


def _corpus(folder: Path, half: int | None) -> tuple[list[dict[str, Any]], dict[str, str]]:
    with gzip.open(folder / "corrections.jsonl.gz", "rt", encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    with gzip.open(folder / "texts.json.gz", "rt", encoding="utf-8") as file:
        texts = json.load(file)
    return [line for line in lines if _is_in_half(line["id"], half)], texts


def _records(folder: Path, half: int | None) -> Iterator[Record]:
    lines, texts = _corpus(folder, half)
    for line in lines:
        if line["kind"] in {"spelling", "word"}:
            page = texts[line["captured"]["text"]]
            start, end = line["captured"]["span"]
            yield Record(line["lang"], page, start, end, page[start:end], line["correction"])


def _clean_texts(folder: Path, half: int | None) -> Iterator[tuple[str, str]]:
    """The page after the correction, a part that is far from it: taken to be right."""
    lines, texts = _corpus(folder, half)
    seen = set()
    for line in lines:
        name = line["after"]["text"]
        # One page of each publication says more than the same page twenty times.
        key = line["source"]["path"]
        if key in seen:
            continue
        seen.add(key)
        text = texts[name]
        yield line["lang"], text[:_CLEAN_CHARACTERS]


def _judge(
    record: Record, language: Language, shelf: Shelf, figures: Figures, verbose: bool
) -> None:
    words = words_of(record.error)
    meant = words_of(record.correction)
    figures.records += 1
    if len(words) != 1 or not meant or language.knows(words[0].plain):
        return
    figures.seen += 1
    wrong, right = plain(record.error).strip(), plain(record.correction).strip()
    page = PageWords.of(record.page)
    _judge_fixes(words[0].plain, meant, right, language, figures, verbose, page)
    _judge_pointing(record, wrong, language, shelf, figures, verbose)


def _judge_fixes(
    wrong: str,
    meant: list[Any],
    right: str,
    language: Language,
    figures: Figures,
    verbose: bool,
    page: PageWords,
) -> None:
    targets = {right.lower(), " ".join(word.plain for word in meant).lower()}
    begun = time.perf_counter()
    offered = [one.text.lower() for one in language.fixes(wrong, page)]
    figures.milliseconds.append((time.perf_counter() - begun) * 1000)
    begun = time.perf_counter()
    own = [one.lower() for one in language.dictionary.suggests(wrong)]
    figures.hunspell_milliseconds.append((time.perf_counter() - begun) * 1000)
    figures.first += bool(offered) and offered[0] in targets
    figures.among_three += bool(targets & set(offered[:3]))
    figures.hunspell_first += bool(own) and own[0] in targets
    figures.hunspell_three += bool(targets & set(own[:3]))
    if verbose and not (offered and offered[0] in targets):
        print(f"  fix {language.code}: {wrong} -> {right}; offered {offered}; hunspell {own[:3]}")


def _judge_pointing(
    record: Record, wrong: str, language: Language, shelf: Shelf, figures: Figures, verbose: bool
) -> None:
    start, end = _sentence(record.page, record.start, record.end)
    selector = Selector.from_text(record.page, start, end)
    figures.pointed_asked += 1
    page = PageWords.of(record.page)
    found = hint(selector, lang=record.lang, suggestion=None, shelf=shelf, page=page)
    at = record.start - start
    if found is not None:
        figures.spoke += 1
        hit = found.start < at + len(record.error) and found.end > at
        figures.pointed += hit
        if verbose and not hit:
            print(f"  point {language.code}: {wrong}, got {found.word} {found.suggestions}")
    elif verbose:
        print(f"  silent {language.code}: {wrong} -> {record.correction}")
    unknown = (one for one in words_of(selector.exact) if not language.knows(one.plain))
    first = next(unknown, None)
    figures.naive_pointed += first is not None and first.start <= at < first.end


def _sentence(page: str, start: int, end: int) -> tuple[int, int]:
    begin = 0
    for found in _SENTENCE_EDGE.finditer(page, max(0, start - 600), start):
        begin = found.end()
    begin = max(begin, start - 600)
    after = _SENTENCE_EDGE.search(page, end, end + 400)
    return begin, after.start() + 1 if after else min(len(page), end + 400)


def _count_false_flags(
    text: str, lang: str, language: Language, shelf: Shelf, figures: Figures
) -> None:
    words = words_of(text)
    figures.words += len(words)
    figures.flags += len(findings(text, lang=lang, shelf=shelf))
    figures.naive_flags += sum(not language.knows(word.plain) for word in words)


def _print(figures: dict[str, Figures]) -> None:
    head = (
        f"{'lang':5}{'records':>8}{'flagged':>8} | {'fix first':>10}{'in three':>9}"
        f"{'hunspell':>9}{'in three':>9} | {'points':>7}{'of said':>8}{'silent':>7}{'naive':>7} | "
        f"{'false/100':>10}{'naive':>7} | {'p50 ms':>7}{'p95 ms':>7}{'hunspell p50':>13}"
    )
    print(head)
    for lang, one in sorted(figures.items()):
        if not one.seen:
            continue
        spent = sorted(one.milliseconds)
        print(
            f"{lang:5}{one.records:8}{one.seen:8} | "
            f"{_share(one.first, one.seen):>10}{_share(one.among_three, one.seen):>9}"
            f"{_share(one.hunspell_first, one.seen):>9}{_share(one.hunspell_three, one.seen):>9}"
            f" | {_share(one.pointed, one.pointed_asked):>7}{_share(one.pointed, one.spoke):>8}"
            f"{_share(one.pointed_asked - one.spoke, one.pointed_asked):>7}"
            f"{_share(one.naive_pointed, one.pointed_asked):>7} | "
            f"{100 * one.flags / max(1, one.words):10.2f}"
            f"{100 * one.naive_flags / max(1, one.words):7.2f} | "
            f"{statistics.median(spent):7.1f}{spent[int(len(spent) * 0.95)]:7.1f}"
            f"{statistics.median(one.hunspell_milliseconds):13.1f}"
        )
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    print(f"peak memory {peak:.0f} MB, the corpus itself included")


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}" if whole else "-"


if __name__ == "__main__":
    main()
