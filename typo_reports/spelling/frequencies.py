"""Where word frequencies come from. Read where they are installed; none are in this product."""

from __future__ import annotations

import gzip
import importlib.util
import io
import json
import math
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

# Rarer words than these are mostly names, noise and the errors that we look for.
MOST_WORDS = 160_000
_LONGEST = 24
_THOUSAND_MILLION = 9.0
# The logarithm of how many words of the web wordsegment's counts are of.
_WEB_WORDS = math.log10(1_024_908_267_229)


@dataclass(frozen=True, slots=True)
class Frequencies:
    """Words in lower case with their Zipf frequency, the most frequent first."""

    source: str
    licence: str
    words: dict[str, float]
    # Whether words that no dictionary knows are counted too, so that their use speaks for them.
    tells_use: bool = True


NONE = Frequencies("none", "", {})


def from_wordfreq(code: str, wheel: Path | None = None) -> Frequencies | None:
    """The lists of the package wordfreq, installed or in its wheel; None if not there.

    Its data are CC BY-SA 4.0: the operator may use them, this product does not pass them on.
    """
    for size in ("large", "small"):
        packed = _member("wordfreq", f"data/{size}_{code}.msgpack.gz", wheel)
        if packed is not None:
            words = dict(_bounded(_bins(packed)))
            return Frequencies("wordfreq", "CC BY-SA 4.0 (data)", words)
    return None


def from_wordsegment(code: str) -> Frequencies | None:
    """English as the web writes it: the counts that the package wordsegment brings.

    They hold no apostrophes; words with one are taken from pyspellchecker's.
    """
    plain = _member("wordsegment", "unigrams.txt", None) if code == "en" else None
    if plain is None:
        return None
    rows = (line.split("\t") for line in plain.decode().splitlines())
    counted = ((word, math.log10(float(count)) - _WEB_WORDS) for word, count in rows)
    words = dict(_bounded((word, zipf + _THOUSAND_MILLION) for word, zipf in counted))
    spoken = from_pyspellchecker(code)
    if spoken is not None:
        words |= {word: zipf for word, zipf in spoken.words.items() if "'" in word}
    return Frequencies("wordsegment", "Apache-2.0", words)


def from_pyspellchecker(code: str) -> Frequencies | None:
    """The counts that the package pyspellchecker brings: film subtitles, checked word lists."""
    packed = _member("spellchecker", f"resources/{code}.json.gz", None)
    if packed is None:
        return None
    counts: dict[str, int] = json.loads(gzip.decompress(packed))
    total = math.log10(sum(counts.values()))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    words = (
        (word, math.log10(max(count, 1)) - total + _THOUSAND_MILLION) for word, count in ordered
    )
    return Frequencies("pyspellchecker", "MIT", dict(_bounded(words)), tells_use=False)


def _bins(packed: bytes) -> Iterator[tuple[str, float]]:
    """wordfreq's own format: a head, then a list of words for each centibel below certainty."""
    bins = msgspec.msgpack.decode(gzip.decompress(packed))
    for below, words in enumerate(bins[1:]):
        for word in words:
            yield word, _THOUSAND_MILLION - below / 100


def _bounded(words: Iterator[tuple[str, float]]) -> Iterator[tuple[str, float]]:
    count = 0
    for word, zipf in words:
        if count >= MOST_WORDS:
            return
        if word[:1].isalpha() and len(word) <= _LONGEST:
            count += 1
            yield word, zipf


def _member(package: str, name: str, wheel: Path | None) -> bytes | None:
    """A data file of a package without importing it, from its folder or its wheel."""
    if wheel is not None:
        with zipfile.ZipFile(io.BytesIO(wheel.read_bytes())) as archive:
            path = f"{package}/{name}"
            return archive.read(path) if path in archive.namelist() else None
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        return None
    file = Path(found.origin).parent / name
    return file.read_bytes() if file.is_file() else None
