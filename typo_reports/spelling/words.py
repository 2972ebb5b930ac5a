"""A passage cut into words, and what the shape of a word says about it.

Offsets are in code points of the text that was cut.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

# What names files, addresses, code and people's handles; nothing in them is spelling.
_MACHINE = re.compile(
    r"(?:https?://|www\.)\S{1,2000}"
    r"|[\w.+\-]{1,64}@[\w.\-]{1,255}"
    r"|[@#]\w{1,100}"
    r"|\w{0,100}[\\/_][\w\\/_.\-]{0,200}"
    r"|\w{1,100}(?:\.\w{1,100})+(?:\(\))?"
    r"|(?<!\S)\.\w{1,100}"
    r"|\w{1,100}(?:::\w{1,100})+"
    r"|`[^`\n]{1,200}`"
    r"|</?\w{1,100}[^>\n]{0,200}>"
)
# Letters with their marks; an apostrophe, a hyphen point or a geresh may stand inside.
_LETTER = r"[^\W\d_]"
_INSIDE = "['’\u02bc\u00b7\u05f3\u05f4\u00ad\u200c\u200d]"
_MARKS = "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]"
_WORD = re.compile(rf"{_LETTER}(?:{_LETTER}|{_MARKS}|\d|_|{_INSIDE}(?={_LETTER}))*")
# Words that a stroke joins are no path: «aktiviert/deaktiviert», «HTML/LaTeX».
_JOINED = re.compile(rf"{_LETTER}{{3,}}(?:/{_LETTER}{{3,}}){{1,2}}")
_CODE_AFTER = re.compile(r"\((?:\d\w?)?\)|=\S")
_VOWELS = frozenset("aeiouyаеёиоуыэюяєіїαεηιουω")
_SENTENCE_END = frozenset('.!?…:;•\n\u2028|»”"“„«(–—')
_HYPHENS = {"-", "\u2010", "\u2011"}
# The longest word that links the parts of a name: de, van, von, della.
_PARTICLE_MOST = 4
_SCRIPTS_WITH_VOWELS = {"LATIN", "CYRILLIC", "GREEK"}
_UNSEEN = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\u2060\ufeff")
_APOSTROPHES = str.maketrans("’\u02bc", "''")
_SPACELESS = (
    ("\u0e00", "\u0eff"),
    ("\u1000", "\u109f"),
    ("\u1780", "\u17ff"),
    ("\u2e80", "\ua4cf"),
    ("\uac00", "\ud7af"),
    ("\uf900", "\ufaff"),
)


@dataclass(frozen=True, slots=True)
class Word:
    """text[start:end] is one word. `opens` tells whether a sentence or a line begins with it.

    `hyphen` tells that one follows: «Vor- und Nachteile», «Entwicklungs-Software»; `joined` that
    one goes before: «Entwicklungs-Software», «Dateien und -verzeichnisse». `code` tells that it
    stands as in code: a function, a page of the manual, a long option, a setting.
    """

    start: int
    end: int
    text: str
    opens: bool
    hyphen: bool = False
    joined: bool = False
    code: bool = False

    @property
    def plain(self) -> str:
        """The word as a dictionary knows it: NFC, straight apostrophes, nothing unseen."""
        return plain(self.text)


def plain(text: str) -> str:
    """The text as dictionaries hold it: NFC, straight apostrophes, without unseen marks."""
    return unicodedata.normalize("NFC", text.translate(_UNSEEN)).translate(_APOSTROPHES)


def words_of(text: str) -> list[Word]:
    """The words of the text; addresses, handles, file names and code are left out."""
    blanked = _MACHINE.sub(_blank, text)
    return list(_words(blanked, text))


def _blank(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - 1) : found.start()]
    if _JOINED.fullmatch(found[0]) and before not in {".", "~", "$", "<"}:
        return found[0]
    return " " * len(found[0])


def _words(blanked: str, text: str) -> Iterator[Word]:
    for found in _WORD.finditer(blanked):
        start, end = found.span()
        if any(low <= text[start] <= high for low, high in _SPACELESS):
            continue
        hyphen = text[end : end + 1] in _HYPHENS
        joined = text[max(0, start - 1) : start] in _HYPHENS
        code = _is_code(text, start, end)
        yield Word(start, end, text[start:end], _opens(text, start), hyphen, joined, code)


def _is_code(text: str, start: int, end: int) -> bool:
    """A long option, or a short one, a function, a setting."""
    before = text[max(0, start - 2) : start]
    is_option = end - start == 1 and before[-1:] == "-" and not before[:-1].isalnum()
    return is_option or before == "--" or bool(_CODE_AFTER.match(text, end))


def _opens(text: str, start: int) -> bool:
    before = text[max(0, start - 8) : start]
    spaceless = before.rstrip(" \t\u00a0'‘’([{*_")
    return not spaceless or "\n" in before or spaceless[-1] in _SENTENCE_END


@lru_cache(maxsize=4096)
def script_of(character: str) -> str:
    """LATIN, CYRILLIC, GREEK …, by the character's Unicode name; empty if it has none."""
    if not character.isalpha():
        return ""
    return unicodedata.name(character, "").partition(" ")[0]


def stands_in_a_name(words: Sequence[Word], at: int) -> bool:
    """Whether a short word links two with capitals: «Folkert de Vries»."""
    word = words[at]
    if not (0 < at < len(words) - 1) or len(word.text) > _PARTICLE_MOST or not word.text.islower():
        return False
    before, after = words[at - 1], words[at + 1]
    is_close = word.start - before.end == 1 and after.start - word.end == 1
    return is_close and before.text[0].isupper() and after.text[0].isupper() and not after.opens


def looks_like_a_name(word: Word, *, nouns_are_capital: bool) -> bool:
    """Whether the shape speaks against a spelling error: capitals in the sentence, or inside."""
    text = word.text
    if any(character.isupper() for character in text[1:]):
        return True
    return text[0].isupper() and not word.opens and not nouns_are_capital


def is_no_word(word: Word) -> bool:
    """Whether it is an abbreviation, a formula or an identifier rather than a word."""
    text = word.text
    if any(character.isdigit() or character == "_" for character in text):
        return True
    letters = [character for character in text if character.isalpha()]
    if len(letters) < 2:
        return True
    capitals = sum(map(str.isupper, letters))
    return capitals == len(letters) or (capitals > 1 and not text.istitle())


def has_vowels(text: str) -> bool:
    """Whether there is a vowel in it; always so in an alphabet that does not write them."""
    letters = unicodedata.normalize("NFD", text.lower())
    if script_of(letters[:1]) not in _SCRIPTS_WITH_VOWELS:
        return True
    return any(letter in _VOWELS for letter in letters)


def in_the_case_of(original: str, replacement: str) -> str:
    """The replacement with the capitals of the word that it replaces."""
    if len(original) > 1 and original.isupper():
        return replacement.upper()
    if original[:1].isupper():
        return replacement[:1].upper() + replacement[1:]
    return replacement
