"""How well errors are pointed at and fixed, on a corpus of real corrections.

    python -m bench.spelling CORPUS [--dictionaries FOLDER] [--half develop|check] [--json]

CORPUS is a folder with `corrections.jsonl.gz` and `texts.json.gz`. Languages need their pack
(`typo-reports lang add`). Every figure stands beside that of hunspell's own order, of the nearest
frequent word (as pyspellchecker chooses) and of the first unknown word of the sentence, measured
in the same run, unless `--alone`. Times are the processor's, for machines are shared. `measured`
returns the figures as data. No publication stands in both halves.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
import time
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bench.spelling_figures import Figures
from bench.spelling_memory import megabytes_of
from bench.spelling_table import print_table
from typo_reports.domain.selector import Selector
from typo_reports.spelling.engine import Hint, findings, hint
from typo_reports.spelling.installing import make_english
from typo_reports.spelling.language import Language
from typo_reports.spelling.page_words import PageWords
from typo_reports.spelling.shelf import FOLDER, Shelf
from typo_reports.spelling.vocabulary import Vocabulary
from typo_reports.spelling.words import plain, words_of

_SENTENCE_EDGE = re.compile(r"[.!?…]\s|\n|\u2028")
_CLEAN_CHARACTERS = 6_000
# As `bench.evaluate_corpus.halves` divides.
HALVES = ("develop", "check")


@dataclass(frozen=True)
class Record:
    """One correction: the page, where the wrong piece stands, what it became."""

    lang: str
    page: str
    start: int
    end: int
    error: str
    correction: str
    kind: str


def main() -> None:
    """Print the table."""
    arguments = _arguments()
    figures = measured(
        arguments.corpus,
        arguments.dictionaries,
        half=arguments.half,
        verbose=arguments.verbose,
        alone=arguments.alone,
    )
    if arguments.json:
        print(json.dumps({lang: one.as_data() for lang, one in figures.items()}, indent=1))
    else:
        print_table({lang: one.as_data() for lang, one in figures.items()})


def measured(
    corpus: Path,
    dictionaries: Path,
    *,
    half: str = "all",
    verbose: bool = False,
    alone: bool = False,
) -> dict[str, Figures]:
    """The figures of each language that has both a pack in the folder and words that it flags."""
    shelf = Shelf(dictionaries, make_english)
    figures: dict[str, Figures] = defaultdict(Figures)
    for record in _records(corpus, half):
        language = shelf.language(record.lang)
        if language is not None:
            _judge(record, language, shelf, figures[record.lang], verbose, alone)
    for lang, text in _clean_texts(corpus, half):
        language = shelf.language(lang)
        if language is not None:
            _count_false_flags(text, lang, language, shelf, figures[lang], verbose)
    some = {lang: one for lang, one in sorted(figures.items()) if one.seen}
    for lang, one in some.items():
        one.megabytes = megabytes_of(dictionaries, lang)
    return some


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--dictionaries", type=Path, default=Path("var") / FOLDER)
    parser.add_argument("--half", choices=("all", *HALVES), default="all")
    parser.add_argument("--alone", action="store_true", help="leave out the others, which are slow")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--verbose", action="store_true")
    return parser.parse_args()


def _is_in_half(publication: str, half: str) -> bool:
    return half == "all" or HALVES[zlib.crc32(publication.encode()) % 2] == half


def _corpus(folder: Path, half: str) -> tuple[list[dict[str, Any]], dict[str, str]]:
    with gzip.open(folder / "corrections.jsonl.gz", "rt", encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    with gzip.open(folder / "texts.json.gz", "rt", encoding="utf-8") as file:
        texts = json.load(file)
    return [line for line in lines if _is_in_half(line["source"]["repo"], half)], texts


def _records(folder: Path, half: str) -> Iterator[Record]:
    lines, texts = _corpus(folder, half)
    for line in lines:
        if line["kind"] in {"spelling", "word"}:
            page = texts[line["captured"]["text"]]
            start, end = line["captured"]["span"]
            error, kind = page[start:end], line["kind"]
            yield Record(line["lang"], page, start, end, error, line["correction"], kind)


def _clean_texts(folder: Path, half: str) -> Iterator[tuple[str, str]]:
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
    record: Record,
    language: Language,
    shelf: Shelf,
    figures: Figures,
    verbose: bool,
    alone: bool,
) -> None:
    words = words_of(record.error)
    meant = words_of(record.correction)
    figures.records += 1
    if len(words) != 1 or not meant:
        return
    if language.knows(words[0].plain):
        _judge_real_word(record, shelf, figures, verbose)
        return
    figures.seen += 1
    is_in_reach = record.kind == "spelling" and all(language.knows(word.plain) for word in meant)
    figures.in_reach += is_in_reach
    wrong, right = plain(record.error).strip(), plain(record.correction).strip()
    targets = {right.lower(), " ".join(word.plain for word in meant).lower()}
    begun = time.process_time()
    page = PageWords.of(record.page)
    offered = _offered(record, shelf, page)
    figures.milliseconds.append((time.process_time() - begun) * 1000)
    is_first = bool(offered) and offered[0] in targets
    figures.first += is_first
    figures.first_in_reach += is_first and is_in_reach
    figures.among_three += bool(targets & set(offered[:3]))
    if verbose and not is_first:
        print(f"  fix {language.code}: {wrong} -> {right}; offered {offered}")
    if not alone:
        _judge_rivals(words[0].plain, targets, language, figures)
    is_pointed = _judge_pointing(record, wrong, language, shelf, figures, verbose)
    figures.pointed_in_reach += is_pointed and is_in_reach


def _offered(record: Record, shelf: Shelf, page: PageWords) -> list[str]:
    """The fixes where a reader selects the wrong word alone."""
    found = hint(
        Selector.from_text(record.page, record.start, record.end),
        lang=record.lang,
        suggestion=None,
        shelf=shelf,
        page=page,
        at_least=-math.inf,
    )
    return [fix.lower() for fix in found.suggestions] if found else []


def _judge_real_word(record: Record, shelf: Shelf, figures: Figures, verbose: bool) -> None:
    """What is said of a sentence whose wrong word is a word: something wrong, mostly."""
    start, end = _sentence(record.page, record.start, record.end)
    selector = Selector.from_text(record.page, start, end)
    page = PageWords.of(record.page)
    found = hint(selector, lang=record.lang, suggestion=None, shelf=shelf, page=page)
    hit = _touches(found, record.start - start, record.error)
    figures.real_words += 1
    figures.real_words_pointed += hit
    figures.real_words_missaid += found is not None and not hit
    if verbose and found is not None:
        verdict = "real-right" if hit else "real-wrong"
        print(
            f"  {verdict} {record.lang}: {record.error} -> {record.correction}, got {_said(found)}"
        )


def _said(found: Hint | None) -> str:
    return f"{found.word} {found.score:.2f} {found.suggestions}" if found else "nothing"


def _judge_rivals(wrong: str, targets: set[str], language: Language, figures: Figures) -> None:
    """Hunspell's own suggestions in their order, and the most frequent of the nearest words."""
    begun = time.process_time()
    own = [one.lower() for one in language.dictionary.suggests(wrong)]
    figures.hunspell_milliseconds.append((time.process_time() - begun) * 1000)
    figures.hunspell_first += bool(own) and own[0] in targets
    figures.hunspell_three += bool(targets & set(own[:3]))
    figures.nearest_first += _nearest(wrong.lower(), language.vocabulary) in targets


def _nearest(wrong: str, vocabulary: Vocabulary) -> str | None:
    for far in (1, 2):
        near = [
            word
            for length in range(max(1, len(wrong) - far), len(wrong) + far + 1)
            for word, _, _ in process.extract(
                wrong,
                vocabulary.known_words(length),
                scorer=OSA.distance,
                score_cutoff=far,
                limit=None,
            )
        ]
        if near:
            return max(near, key=vocabulary.zipf)
    return None


def _judge_pointing(
    record: Record, wrong: str, language: Language, shelf: Shelf, figures: Figures, verbose: bool
) -> bool:
    """Whether the wrong word of its sentence is pointed at."""
    start, end = _sentence(record.page, record.start, record.end)
    selector = Selector.from_text(record.page, start, end)
    figures.pointed_asked += 1
    # As the worker does: the page was counted before, the words of the passage are asked for anew.
    page = PageWords.of(record.page)
    language.candidates.cache_clear()
    begun = time.process_time()
    found = hint(selector, lang=record.lang, suggestion=None, shelf=shelf, page=page)
    figures.passage_milliseconds.append((time.process_time() - begun) * 1000)
    at = record.start - start
    forced = hint(
        selector, lang=record.lang, suggestion=None, shelf=shelf, page=page, at_least=-math.inf
    )
    figures.ranked_first += _touches(forced, at, record.error)
    hit = _touches(found, at, record.error)
    if found is not None:
        figures.spoke += 1
        figures.pointed += hit
    if verbose and not hit:
        print(
            f"  {'point' if found else 'silent'} {language.code}: {wrong} -> {record.correction}; "
            f"said {_said(found)}, ranked {_said(forced)}; in {selector.exact!r}"
        )
    unknown = (one for one in words_of(selector.exact) if not language.knows(one.plain))
    first = next(unknown, None)
    figures.naive_pointed += first is not None and first.start <= at < first.end
    return hit


def _touches(found: Hint | None, at: int, error: str) -> bool:
    return found is not None and found.start < at + len(error) and found.end > at


def _sentence(page: str, start: int, end: int) -> tuple[int, int]:
    begin = 0
    for found in _SENTENCE_EDGE.finditer(page, max(0, start - 600), start):
        begin = found.end()
    begin = max(begin, start - 600)
    after = _SENTENCE_EDGE.search(page, end, end + 400)
    return begin, after.start() + 1 if after else min(len(page), end + 400)


def _count_false_flags(
    text: str, lang: str, language: Language, shelf: Shelf, figures: Figures, verbose: bool
) -> None:
    words = words_of(text)
    figures.words += len(words)
    found = findings(text, lang=lang, shelf=shelf)
    figures.flags += len(found)
    if verbose:
        for one in found:
            print(f"  flag {lang}: {_said(one)} {one.kind}")
    figures.naive_flags += sum(not language.knows(word.plain) for word in words)


if __name__ == "__main__":
    main()
