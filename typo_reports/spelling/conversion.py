"""Hunspell files in whatever encoding, as UTF-8: chunspell raises on Latin-1 dictionaries."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from typo_reports.spelling.dictionary import DictionaryError

_SET = re.compile(rb"^[ \t]*SET[ \t]+(\S+)[ \t]*\r?$", re.MULTILINE)
_USUAL_ENCODING = "iso-8859-1"


def convert(affixes: bytes, words: bytes) -> tuple[str, str]:
    """The affix file and the word list as text whose affix file says UTF-8.

    Raises DictionaryError if the encoding is unknown or the files are not in it.
    """
    affixes = affixes.removeprefix(codecs.BOM_UTF8)
    words = words.removeprefix(codecs.BOM_UTF8)
    named = _SET.search(affixes)
    encoding = _python_name(named[1].decode("ascii", "replace") if named else _USUAL_ENCODING)
    try:
        # Comments in affix files are often in another encoding than the rules.
        rules = affixes.decode(encoding, "replace")
        text = words.decode(encoding)
    except (LookupError, UnicodeDecodeError) as error:
        raise DictionaryError(
            f"The dictionary is not in {encoding}, as it says: {error}."
        ) from error
    rules = re.sub(r"(?m)^[ \t]*SET[ \t]+\S+", "SET UTF-8", rules, count=1)
    if named is None:
        rules = "SET UTF-8\n" + rules
    return rules, text


def write_converted(folder: Path, code: str, affixes: bytes, words: bytes) -> None:
    """Write `<code>.aff` and `<code>.dic` into the folder."""
    rules, text = convert(affixes, words)
    (folder / f"{code}.aff").write_text(rules, encoding="utf-8", newline="\n")
    (folder / f"{code}.dic").write_text(text, encoding="utf-8", newline="\n")


def _python_name(encoding: str) -> str:
    name = encoding.lower()
    name = re.sub(r"^microsoft-", "", name)
    name = re.sub(r"^iso-?8859-?", "iso-8859-", name)
    return name.replace("tis620-2533", "tis-620")
