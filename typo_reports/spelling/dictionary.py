"""One hunspell dictionary: is this a word, and what might have been meant."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import hunspell  # type: ignore[import-untyped]

from typo_reports.domain.errors import TypoReportsError


class DictionaryError(TypoReportsError):
    """A dictionary that can't be found, read or converted."""


class Dictionary(Protocol):
    """What the engine asks of a dictionary."""

    def knows(self, word: str) -> bool:
        """Whether the word is spelled right, as it is written."""

    def suggests(self, word: str) -> list[str]:
        """What the dictionary itself would offer; slow."""


class HunspellDictionary:
    """The dictionary `folder/name.aff` and `.dic`, in UTF-8. Loading takes some 0.1 s."""

    def __init__(self, folder: Path, name: str) -> None:
        for ending in (".aff", ".dic"):
            if not (folder / f"{name}{ending}").is_file():
                raise DictionaryError(f"The dictionary file {folder / name}{ending} is missing.")
        try:
            self._words = hunspell.Hunspell(name, hunspell_data_dir=str(folder))
        except Exception as error:
            raise DictionaryError(f"The dictionary {folder / name} can't be read.") from error

    def knows(self, word: str) -> bool:
        """Whether the word is spelled right; a word that the encoding can't hold is not."""
        try:
            return bool(self._words.spell(word))
        except UnicodeError:
            return False

    def suggests(self, word: str) -> list[str]:
        """Hunspell's own suggestions in its own order; takes 90 to 340 ms."""
        try:
            return list(self._words.suggest(word))
        except UnicodeError:
            return []


def bundled_english() -> tuple[Path, str]:
    """Folder and name of the American English dictionary that comes with hunspell's wheel."""
    return Path(hunspell.__file__).parent / "dictionaries", "en_US"
