"""Pointing at the error in a reported passage, and offering what was meant.

The reader's own correction always leads. Without one, the likeliest error of the passage is
named if the engine is sure enough; otherwise it is silent.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from typo_reports.domain.correction import change_of
from typo_reports.domain.selector import Selector
from typo_reports.spelling.confusions import confusions
from typo_reports.spelling.detectors import doubled_words, mixed_scripts, strange_letters
from typo_reports.spelling.doubt import OFTEN, Surroundings
from typo_reports.spelling.findings import CORRECTED, MOST_SUGGESTIONS, Finding, Hint
from typo_reports.spelling.language import Language
from typo_reports.spelling.page_words import NO_PAGE, PageWords
from typo_reports.spelling.passages import SINGLE_DOUBT, apart
from typo_reports.spelling.second_opinion import joined
from typo_reports.spelling.shelf import Shelf
from typo_reports.spelling.words import Word, words_of

__all__ = ["THRESHOLD", "Hint", "findings", "hint"]

# Below this score a running text is left alone. Scores are differences of Zipf frequencies: at 0
# the word is about as likely to be meant as it stands as to be an error.
THRESHOLD = -0.5
# Somebody has selected a passage because something is wrong with it. Of so few words this score is
# enough.
_FEW = 6
_ENOUGH_OF_FEW = -6.0
# Of more words one is named that would be named in a running text, or that is likelier the error
# than all the others and none of them together. Both numbers were fitted to sentences with an
# error, a third of them with one that no dictionary sees, docs/spelling.md.
_SHARPNESS = 0.52
_NONE_OF_THEM = -6.4
_MORE_LIKELY = 0.5
# Looking for what was meant takes some 10 ms a word; a passage with more is no prose.
MOST_UNKNOWN = 12


def hint(
    selector: Selector,
    *,
    lang: str | None,
    suggestion: str | None,
    shelf: Shelf,
    known: Collection[str] = (),
    page: PageWords = NO_PAGE,
    others: Sequence[Finding] = (),
    at_least: float | None = None,
) -> Hint | None:
    """The error of the passage with up to three fixes; None if the engine has nothing to say.

    `lang` is the page's (BCP 47), `known` words that the site accepts in lower case, `page` the
    words of the page as far as they are known: what stands there three times is probably a name,
    and what stands there at all is likely to be meant. `others` is what another checker found in
    `selector.window`, with offsets there. `at_least` replaces the score that is enough: with minus
    infinity the most suspicious word is named however little it is suspected.
    """
    language = shelf.language(lang)
    surroundings = Surroundings(frozenset(known), page, MOST_UNKNOWN, _ENOUGH_OF_FEW)
    found = list(_findings(selector.window, selector.span, lang, language, surroundings))
    if others:
        found = joined(found, others, _knowing(language, surroundings))
    found = _within(selector, found)
    change = change_of(selector.exact, suggestion)
    if change is None:
        best = max(found, key=lambda one: (one.score, -one.start), default=None)
        if best is None or not _is_enough(best, found, selector, at_least):
            return None
        return best
    start, end = _whole_words(selector.exact, change.start, change.end)
    fix = selector.exact[start : change.start] + change.replacement
    fix += selector.exact[change.end : end]
    return Hint(
        start=start,
        end=end,
        word=selector.exact[start:end],
        kind=CORRECTED,
        suggestions=(fix,) if fix.strip() else (),
        score=10.0,
        agrees=_agrees(start, end, fix, found, language),
    )


def _knowing(language: Language | None, surroundings: Surroundings) -> Callable[[str], bool]:
    def is_known(word: str) -> bool:
        if word.lower() in surroundings.accepted or surroundings.page.count(word) >= OFTEN:
            return True
        return language is not None and language.knows(word)

    return is_known


def _is_enough(
    best: Finding, found: Sequence[Finding], selector: Selector, at_least: float | None
) -> bool:
    if at_least is not None:
        return best.score >= at_least
    if len(words_of(selector.exact)) <= _FEW:
        return best.score >= _ENOUGH_OF_FEW
    return best.score >= THRESHOLD or _likelihood(best, found) >= _MORE_LIKELY


def _likelihood(best: Finding, found: Sequence[Finding]) -> float:
    """How likely that one is the error, of those in the passage and of none of them.

    A logistic choice: exp(sharpness × score) of each, over the sum of all.
    """
    scores = {one.start: one.score for one in sorted(found, key=lambda one: one.score)}
    scores[-1] = _NONE_OF_THEM
    return 1 / sum(math.exp(_SHARPNESS * (score - best.score)) for score in scores.values())


def findings(
    text: str, *, lang: str | None, shelf: Shelf, known: Collection[str] = ()
) -> list[Finding]:
    """Everything suspicious in a text that scores at least the threshold, in order."""
    surroundings = Surroundings(frozenset(known), PageWords.of(text), len(text), THRESHOLD)
    found = _findings(text, (0, len(text)), lang, shelf.language(lang), surroundings)
    return sorted(
        (one for one in found if one.score >= THRESHOLD), key=lambda one: (one.start, -one.score)
    )


def _findings(
    text: str,
    span: tuple[int, int],
    lang: str | None,
    language: Language | None,
    surroundings: Surroundings,
) -> Iterator[Finding]:
    words = words_of(text)
    mixed = [*mixed_scripts(words), *strange_letters(text, words)]
    yield from mixed
    yield from doubled_words(text, words, (lang or "").partition("-")[0].lower())
    if language is None:
        return
    spans = {(one.start, one.end) for one in mixed}
    for one in confusions(text, language.code, language.knows):
        if one.word.lower() not in surroundings.accepted:
            yield one
    for one in _judged(text, words, span, language, surroundings):
        if (one.start, one.end) not in spans:
            yield one


def _judged(
    text: str,
    words: list[Word],
    span: tuple[int, int],
    language: Language,
    surroundings: Surroundings,
) -> Iterator[Finding]:
    """The words judged by the language that they are in: the page's, or English."""
    english = language.english()
    if english is None:
        yield from language.misspelled(words, span, surroundings)
        return
    own, quoted, single = apart(text, words, language.knows, english.knows)
    yield from language.misspelled(own, span, surroundings)
    yield from english.misspelled(quoted, span, surroundings)
    single_surroundings = replace(surroundings, prior=surroundings.prior + SINGLE_DOUBT)
    yield from english.misspelled(single, span, single_surroundings)


def _within(selector: Selector, found: Iterable[Finding]) -> list[Finding]:
    """Findings that touch the passage, with offsets in `exact`.

    Readers cut words short at the edges, so words are judged whole; the span is then clipped.
    """
    begin, end = selector.span
    return [
        replace(
            one,
            start=max(one.start, begin) - begin,
            end=min(one.end, end) - begin,
        )
        for one in found
        if one.start < end and one.end > begin
    ]


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span grown to whole words, so that a changed accent shows its word."""
    for word in words_of(text):
        if word.start < end and word.end > start:
            start, end = min(start, word.start), max(end, word.end)
    return start, end


def _agrees(
    start: int, end: int, fix: str, found: list[Finding], language: Language | None
) -> bool | None:
    for one in found:
        if (one.start, one.end) == (start, end) and fix in one.suggestions[:MOST_SUGGESTIONS]:
            return True
    words: list[Word] = words_of(fix)
    if language is None or not words:
        return None
    return all(language.knows(word.plain) for word in words)
