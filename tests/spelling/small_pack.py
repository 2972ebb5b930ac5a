"""A dictionary of a few dozen words, made for the tests: loads in no time."""

from __future__ import annotations

from pathlib import Path

from typo_reports.spelling.dictionary import HunspellDictionary
from typo_reports.spelling.shelf import Pack
from typo_reports.spelling.vocabulary import compile_vocabulary

AFFIXES = "SET UTF-8\nTRY esianrtolcdugmphbyfvkwz\nSFX S Y 1\nSFX S 0 s .\n"
WORDS = {
    "a": 7.4, "an": 6.5, "the": 7.7, "of": 7.4, "in": 7.3, "and": 7.4, "to": 7.4, "that": 7.0,
    "is": 7.0,    "their": 6.4, "there": 6.4, "had": 6.3, "with": 6.8, "he": 6.7, "she": 6.5,
    "annotation": 3.2, "notation": 3.6, "selects": 3.1, "typo": 2.8, "web": 5.0, "page": 5.3,
    "received": 5.0, "because": 6.1, "letter": 5.0, "letters": 4.8, "harbour": 4.4,
    "bridge": 4.8, "reader": 4.4, "information": 5.4, "some": 6.2, "thing": 5.7, "house": 5.5,
    "café": 4.1, "definitely": 4.8, "write": 5.1, "wrote": 5.0, "word": 5.3,
}  # fmt: skip
STRANGE = {"blog": 4.9, "teh": 3.0}


def add_small_english(folder: Path, code: str = "en") -> Path:
    """A pack in the folder, as `lang add` would have made it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{code}.aff").write_text(AFFIXES, encoding="utf-8")
    lines = [str(len(WORDS)), *WORDS]
    (folder / f"{code}.dic").write_text("\n".join(lines) + "\n", encoding="utf-8")
    compile_vocabulary(folder / f"{code}.words", WORDS, STRANGE)
    Pack(code, "tests", "none", "tests", "none", len(WORDS)).save(folder)
    assert HunspellDictionary(folder, code).knows("annotation")
    return folder
