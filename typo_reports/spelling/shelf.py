"""The packs of an installation: which languages there are, and loading them when first needed.

A pack is `<code>.aff`, `<code>.dic` (hunspell, UTF-8), `<code>.words` (frequencies) and
`<code>.json` (where they came from and under which licence) in DATA_DIR/dictionaries.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from typo_reports.spelling.clitics import open_dictionary
from typo_reports.spelling.dictionary import DictionaryError
from typo_reports.spelling.language import Language
from typo_reports.spelling.unfolding import FOLDED
from typo_reports.spelling.vocabulary import Vocabulary

log = logging.getLogger(__name__)

FOLDER = "dictionaries"
# 2: ß and the final ς are told from ss and σ.
COMPILED = 2
_LONGEST_TAG = 35


@dataclass(frozen=True, slots=True)
class Pack:
    """One language's pack: its code, its sources and their licences, for people to read."""

    code: str
    dictionary: str
    licence: str
    frequencies: str
    frequencies_licence: str
    words: int
    # By which rules its words were compiled; 1 where nothing is said, as before there were others.
    compiled: int = 1

    @property
    def is_outdated(self) -> bool:
        """Whether adding the language again would compile its words better."""
        is_folded = self.code.partition("-")[0] in FOLDED
        return is_folded and self.words > 0 and self.compiled < COMPILED

    def save(self, folder: Path) -> None:
        """Write it down; a pack without this file is not there yet."""
        path = folder / f"{self.code}.json"
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")


class Shelf:
    """The packs in one folder. `make_english` is called once if there is none for English."""

    def __init__(self, folder: Path, make_english: Callable[[Path], object] | None = None) -> None:
        self.folder = folder
        self._make_english = make_english
        self._loaded: dict[str, Language | None] = {}
        self._lock = threading.RLock()

    def packs(self) -> list[Pack]:
        """What is installed, by code; a damaged description is left out."""
        found = []
        for path in sorted(self.folder.glob("*.json")):
            try:
                found.append(Pack(**json.loads(path.read_text(encoding="utf-8"))))
            except (OSError, ValueError, TypeError):
                log.warning("the pack %s is damaged: add the language again", path.stem)
        return found

    def language(self, lang: str | None) -> Language | None:
        """The language of a page (BCP 47), loaded when first asked for; None without a pack.

        A regional pack (en-gb) is preferred where there is one.
        """
        tag = (lang or "")[:_LONGEST_TAG].strip().lower().replace("_", "-")
        for code in (tag, tag.partition("-")[0]):
            if code and code.replace("-", "").isalnum():
                language = self._language(code)
                if language is not None:
                    return language
        return None

    def _language(self, code: str) -> Language | None:
        is_there = (self.folder / f"{code}.json").is_file()
        if not is_there and (code != "en" or self._make_english is None):
            # Not remembered: the tag comes from readers, and the pack may be added any time.
            return None
        with self._lock:
            if code not in self._loaded:
                self._loaded[code] = self._load(code)
            return self._loaded[code]

    def _load(self, code: str) -> Language | None:
        """The pack from disk; a broken one is said once and then does without."""
        try:
            return self._read(code)
        except DictionaryError as error:
            log.warning("errors in pages in %s are not pointed at: %s", code, error)
            return None

    def _read(self, code: str) -> Language | None:
        if not (self.folder / f"{code}.json").is_file() and self._make_english is not None:
            self._make_english(self.folder)
        words = self.folder / f"{code}.words"
        return Language(
            code,
            open_dictionary(self.folder, code),
            Vocabulary(words if words.is_file() else None),
            english=lambda: None if code.partition("-")[0] == "en" else self._language("en"),
        )
