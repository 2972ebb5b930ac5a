"""What a house holds right, whatever readers say: its own spellings, names, and quoted passages.

A `word` (or phrase) answers a report that suspects just it: as the whole selection, or as the
words that the reader's correction changes. A `passage` answers a report that selects just it.
Texts are compared as written but for normal form, white space and the first letter's case.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass

from typo_reports.domain.correction import change_of
from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.piece import changed_words
from typo_reports.domain.report import text_error
from typo_reports.domain.selector import Selector
from typo_reports.domain.words import N_

WORD = "word"
PASSAGE = "passage"
KINDS = (WORD, PASSAGE)
TEXT_MOST = 300
NOTE_MOST = 500
LANG_MOST = 35
_EDGES = " \t\r\n.,;:!?…\"'«»„“”‚‘’()[]{}–—"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is right. `lang` is a language tag in lower case, "" for every language."""

    text: str
    kind: str = WORD
    lang: str = ""
    note: str | None = None


def checked_entry(entry: Entry) -> Entry:
    """The entry as it is stored; raises InvalidFieldsError (text, kind, lang, note)."""
    errors = [
        error
        for rule in (
            ("text", entry.text, TEXT_MOST),
            ("note", entry.note, NOTE_MOST),
            ("lang", entry.lang, LANG_MOST),
        )
        if (error := text_error(*rule))
    ]
    if errors:
        raise InvalidFieldsError(errors)
    text = compared(entry.text, entry.kind)
    if not text:
        raise InvalidFieldsError.of("text", "empty", N_("Write the word or passage that is right."))
    if entry.kind not in KINDS:
        raise InvalidFieldsError.of("kind", "unknown", N_("The kind must be word or passage."))
    lang = checked_lang(entry.lang)
    return Entry(text, entry.kind, lang, (entry.note or "").strip() or None)


def checked_lang(lang: str) -> str:
    """The language tag in lower case, "" for every language; raises InvalidFieldsError."""
    lang = lang.strip().lower()
    is_tag = lang.isascii() and lang.replace("-", "").isalnum() and len(lang) <= LANG_MOST
    if lang and not is_tag:
        raise InvalidFieldsError.of(
            "lang", "malformed", N_("The language must be like en or pt-BR.")
        )
    return lang


def compared(text: str, kind: str) -> str:
    """The text as it is compared: NFC, single spaces, a word without its edge punctuation."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    return plain.strip(_EDGES) if kind == WORD else plain


def key_of(text: str, kind: str, lang: str) -> bytes:
    """Under which an entry is stored; `text` as `compared` gives it."""
    return hashlib.sha256(f"{kind}\0{lang}\0{text}".encode("utf-8", "replace")).digest()


def keys_of_report(selector: Selector, suggestion: str | None, lang: str | None) -> list[bytes]:
    """The keys of all entries that would answer this report, the most special first.

    At most 18, whatever the report: three texts, two spellings of the first letter, three langs.
    """
    texts = [(PASSAGE, compared(selector.exact, PASSAGE)), (WORD, compared(selector.exact, WORD))]
    suspected = _suspected(selector, suggestion)
    if suspected is not None:
        texts[1] = (WORD, compared(suspected, WORD))
    spelled = [(kind, one) for kind, text in texts if text for one in _spellings(text)]
    return [key_of(text, kind, tag) for tag in _langs(lang) for kind, text in spelled]


def _suspected(selector: Selector, suggestion: str | None) -> str | None:
    change = change_of(selector.exact, suggestion)
    if change is None:
        return None
    start, end = changed_words(selector.window, selector.span[0], change)
    return selector.window[start:end]


def _spellings(text: str) -> list[str]:
    # At the beginning of a sentence a word that is written small stands large.
    small = text[:1].lower() + text[1:]
    return [text] if small == text else [text, small]


def _langs(lang: str | None) -> list[str]:
    tag = (lang or "").lower()
    return list(dict.fromkeys([tag, tag.partition("-")[0], ""]))
