"""Asking a LanguageTool server of the operator's: `POST /v2/check` of its public HTTP API.

https://languagetool.org/http-api/ describes it. Offsets there count UTF-16 units, here code points.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from itertools import accumulate

import msgspec

from typo_reports.bounded_http import ExchangeError, post_form
from typo_reports.domain.errors import TypoReportsError
from typo_reports.spelling.findings import (
    DOUBLED_WORD,
    GRAMMAR,
    MISSPELLED,
    MOST_SUGGESTIONS,
    Finding,
)

log = logging.getLogger(__name__)

SECONDS = 4.0
# After a failure nobody is asked for so long: a queue of cases must not wait for each.
REST_SECONDS = 60.0
_MOST_CHARACTERS = 2_000
_MOST_BYTES = 512 * 1024
_LONGEST_SUGGESTION = 200
# Without a country these are checked for grammar alone.
_COUNTRIES = {"en": "en-US", "de": "de-DE", "pt": "pt-PT", "ca": "ca-ES"}
# Matters of taste and of white space are no errors that a reader would report.
_KINDS = {"misspelling": MISSPELLED, "grammar": GRAMMAR, "duplication": DOUBLED_WORD}
# Sure enough to be said, but anything of our own that is surer comes first.
_SCORE = 0.0


class LanguageToolError(TypoReportsError):
    """The server can't be reached, answers too slowly, too much or what nobody can read."""


class _Replacement(msgspec.Struct):
    value: str


class _Rule(msgspec.Struct, frozen=True):
    issue: str = msgspec.field(name="issueType", default="")


class _Context(msgspec.Struct):
    text: str
    offset: int
    length: int


class _Match(msgspec.Struct):
    offset: int
    length: int
    replacements: list[_Replacement] = []
    rule: _Rule = _Rule()
    context: _Context | None = None


class _Answer(msgspec.Struct):
    matches: list[_Match]


_decode = msgspec.json.Decoder(_Answer).decode


class LanguageTool:
    """One server, by its address without `/v2/check`. Failures are said once and then waited out.

    Not for several threads.
    """

    def __init__(self, url: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.url = url.rstrip("/").removesuffix("/v2")
        self._clock = clock
        self._rests_until = 0.0
        self._is_well = True

    def findings(self, text: str, lang: str | None) -> list[Finding]:
        """What the server finds in the text; nothing while it fails. Never raises for it."""
        if not lang or self._clock() < self._rests_until:
            return []
        try:
            found = self.ask(text, lang)
        except LanguageToolError as error:
            self._rests_until = self._clock() + REST_SECONDS
            if self._is_well:
                log.warning("LanguageTool is done without until it answers again: %s", error)
            self._is_well = False
            return []
        self._is_well = True
        return found

    def ask(self, text: str, lang: str) -> list[Finding]:
        """What the server finds, offsets in code points of the text. Raises LanguageToolError."""
        text = text[:_MOST_CHARACTERS]
        fields = {"text": text, "language": _COUNTRIES.get(lang.lower(), lang)}
        try:
            status, body = post_form(
                f"{self.url}/v2/check", fields, seconds=SECONDS, most_bytes=_MOST_BYTES
            )
        except ExchangeError as error:
            raise LanguageToolError(f"LanguageTool at {self.url}: {error}.") from error
        if status == 400:
            # It does not speak this language; that is no failure.
            return []
        if status != 200:
            raise LanguageToolError(f"LanguageTool at {self.url} answers {status}.")
        try:
            answer = _decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise LanguageToolError(
                f"LanguageTool at {self.url} answers what is not its documented JSON."
            ) from error
        return _read(text, answer.matches)


def _read(text: str, matches: list[_Match]) -> list[Finding]:
    units = accumulate((1 + (ord(character) > 0xFFFF) for character in text), initial=0)
    points = {unit: point for point, unit in enumerate(units)}
    found = []
    for match in matches:
        kind = _KINDS.get(match.rule.issue)
        start, end = points.get(match.offset), points.get(match.offset + match.length)
        # Offsets within a surrogate pair, beyond the text or of another text name no words.
        if kind is None or start is None or end is None or start >= end:
            continue
        word = text[start:end]
        if not word.strip() or not _stands_so(match.context, word):
            continue
        values = (one.value[:_LONGEST_SUGGESTION] for one in match.replacements)
        offered = tuple(dict.fromkeys(value for value in values if value.strip()))
        found.append(Finding(start, end, word, kind, offered[:MOST_SUGGESTIONS], _SCORE))
    return found


def _stands_so(context: _Context | None, word: str) -> bool:
    """Whether the answer quotes the words that its offsets name; true if it quotes nothing."""
    if context is None:
        return True
    quoted = context.text.encode("utf-16-le", "surrogatepass")
    part = quoted[2 * max(0, context.offset) : 2 * (context.offset + context.length)]
    return part.decode("utf-16-le", "replace") == word
