"""The words of the desk in other languages: gettext catalogues, read from translations/*.po.

They are compiled when first needed, once in each process, so that a checkout, an editable install
and a wheel behave alike and no built file can be stale. See docs/adr/0011-catalogues.md.
"""

from __future__ import annotations

import gettext
import io
import re
from datetime import date
from functools import cache
from typing import Protocol

from babel import Locale
from babel.dates import format_date
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from typo_reports.assets import asset_folder
from typo_reports.domain.languages import ENGLISH, PSEUDO, PSEUDO_MIRRORED
from typo_reports.domain.words import Words

SCRIPTS = "static/js/"
# What may not change in a translation: values, tags, entities.
UNTOUCHED = re.compile(r"(%\(\w+\)[sd]|%%|<[^>]*>|&\w+;|\{\w*\})")
_ACCENTS = str.maketrans("aceinouyACEINOUY", "áćéíńőúýÁĆÉÍŃŐÚÝ")


class Translations(Protocol):
    """What a catalogue must be able to do."""

    def gettext(self, message: str) -> str:
        """The message in this language, or as it is."""

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The form of the message that goes with this number."""


class Catalogue:
    """One language: its messages, its writing direction, its rules for numbers and dates."""

    def __init__(
        self, language: str, translations: Translations, for_scripts: dict[str, list[str]]
    ) -> None:
        self.language = language
        self.gettext, self.ngettext = translations.gettext, translations.ngettext
        # By English message, for the scripts of the desk: one text, or a text for each form.
        self.for_scripts = for_scripts
        is_pseudo = language in {PSEUDO, PSEUDO_MIRRORED}
        self.locale = Locale.parse(ENGLISH if is_pseudo else language)
        self.direction = "rtl" if language == PSEUDO_MIRRORED else self.locale.text_direction

    def said(self, text: str) -> str:
        """A text that the rules made (`domain.words.N_`), in this language."""
        if isinstance(text, Words):
            values = {name: self._value(value) for name, value in text.values.items()}
            if text.many is not None:
                found = self.ngettext(text.message, text.many, text.number)
                return found % {"num": self.shown_number(text.number), **values}
            found = self.gettext(text.message)
            return found % values if values else found
        return self.gettext(text) if text else ""

    def shown_number(self, number: int) -> str:
        """1,234 as this language writes it."""
        if self.locale.language == ENGLISH:
            return f"{number:,}"
        return format_decimal(number, locale=self.locale)

    def long_day(self, day: date) -> str:
        """A day with its month as a word: "23 November 2026"."""
        if self.locale.language == ENGLISH:
            return f"{day.day} {day:%B %Y}"
        return format_date(day, "long", locale=self.locale)

    def _value(self, value: object) -> object:
        if isinstance(value, Words):
            return self.said(value)
        return self.shown_number(value) if isinstance(value, int) else value


class _Pseudo(gettext.NullTranslations):
    """Every message in brackets, accented and a third longer; values and tags stay."""

    def gettext(self, message: str) -> str:
        parts = UNTOUCHED.split(message)
        plain = [part if at % 2 else part.translate(_ACCENTS) for at, part in enumerate(parts)]
        return f"[{''.join(plain)}{'·' * max(2, len(message) // 3)}]"

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.gettext(one if number == 1 else many)


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of a language that `domain.languages` knows."""
    if language == ENGLISH:
        return Catalogue(language, gettext.NullTranslations(), {})
    pseudo = _Pseudo()
    if language in {PSEUDO, PSEUDO_MIRRORED}:
        words = {
            forms(message.id)[0]: [pseudo.gettext(form) for form in forms(message.id)]
            for message in _of_scripts(_read("desk.pot", None))
        }
        return Catalogue(language, pseudo, words)
    found = _read(f"{language}.po", language)
    compiled = io.BytesIO()
    write_mo(compiled, found)
    compiled.seek(0)
    return Catalogue(language, gettext.GNUTranslations(compiled), _for_scripts(found))


def _read(name: str, language: str | None) -> Catalog:
    with (asset_folder("translations") / name).open("rb") as file:
        return read_po(file, locale=language, domain="desk")


def _of_scripts(found: Catalog) -> list[Message]:
    return [
        message
        for message in found
        if any(path.startswith(SCRIPTS) for path, _ in message.locations)
    ]


def _for_scripts(found: Catalog) -> dict[str, list[str]]:
    return {
        forms(message.id)[0]: forms(message.string)
        for message in _of_scripts(found)
        if all(forms(message.string))
    }


def forms(text: object) -> list[str]:
    """The one text of a message, or its texts for the different numbers."""
    return [str(form or "") for form in (text if isinstance(text, (tuple, list)) else [text])]
