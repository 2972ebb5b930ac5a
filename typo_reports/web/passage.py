"""A passage as safe HTML: the place marked, and what can't be seen made visible.

The only user of bleach. Text is escaped first; bleach then holds the result to a list of elements,
so that a slip in this file can't become an element of a reader's choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import bleach  # type: ignore[import-untyped]
from markupsafe import Markup, escape

from typo_reports.domain.correction import change_of
from typo_reports.domain.odd_characters import LOOKALIKE, UNSEEN, Run, runs
from typo_reports.domain.word_diff import DELETE, INSERT, word_diff
from typo_reports.web.language import said

_ELEMENTS = frozenset({"mark", "span", "del", "ins"})
_ELEMENT_OF = {DELETE: Markup("<del>{}</del>"), INSERT: Markup("<ins>{}</ins>")}
_ATTRIBUTES = {"span": ["class", "title"]}
# bleach takes quadratic time: 20,000 characters take some 0.3 s, a usual passage 50 µs. What is
# longer than this holds hundreds of odd characters; it is shown without explaining them.
_MOST_HTML = 12_000
_MARKUP = frozenset("<>&")
_LINE_EXACT = 200
# Reporters send 64 characters each side, at least 32 where there are so many; shorter is the end
# of the text. A longer run without a space is no half word, but a script without spaces.
_CUT_FROM = 32
_NEAR = 30
_LONGEST_WORD = 24


def marked_passage(prefix: str, exact: str, suffix: str) -> Markup:
    """The passage in its surroundings with <mark> around it, line breaks kept."""
    html = _around(prefix) + Markup("<mark>{}</mark>").format(_shown(exact)) + _around(suffix)
    return _held(html, prefix, exact, suffix)


def marked_line(
    prefix: str, exact: str, suffix: str, *, before: int = 70, after: int = 110
) -> Markup:
    """The same for one line of a list: so many characters around, white space closed up."""
    prefix, suffix = surroundings(prefix, suffix)
    left, right = " ".join(prefix.split()), " ".join(suffix.split())
    if prefix[-1:].isspace():
        left += " "
    if suffix[:1].isspace():
        right = " " + right
    left, right = _last(left, before), _first(right, after)
    shown = _first(exact.replace("\n", " ⏎ "), _LINE_EXACT)
    far, near = _parted(left)
    html = _around(far, "around far") + _around(near)
    html += Markup("<mark>{}</mark>").format(_shown(shown)) + _around(right)
    return _held(html, left, shown, right)


def surroundings(prefix: str, suffix: str) -> tuple[str, str]:
    """What stands around a passage, without the halves of words at which reporters cut it off."""
    if len(prefix) >= _CUT_FROM:
        begin = next((at for at, one in enumerate(prefix[:_LONGEST_WORD]) if one.isspace()), None)
        prefix = "…" + (prefix if begin is None else prefix[begin:])
    if len(suffix) >= _CUT_FROM:
        tail = suffix[-_LONGEST_WORD:]
        end = next((at for at in range(len(tail)) if tail[~at].isspace()), None)
        suffix = (suffix if end is None else suffix[: len(suffix) - end]) + "…"
    return prefix, suffix


def shown_text(text: str) -> Markup:
    """Any text with what can't be seen made visible."""
    return _held(_shown(text), text)


def lookalikes(exact: str) -> list[str]:
    """What the letters of another script in the passage are, for an eye that can't tell them apart.

    Each once, as "letter = its Unicode name and number"; most often none.
    """
    if exact.isascii():
        return []
    found = {run.text: run.name for run in runs(exact, every=True) if run.kind == LOOKALIKE}
    return [f"{letter} = {said(name)}" for letter, name in found.items()]


def shown_diff(exact: str, suggestion: str) -> Markup:
    """What the suggestion makes of the passage, words taken out as <del> and put in as <ins>."""
    return _held(_diff(exact, corrected(exact, suggestion)), exact, suggestion)


def hinted(exact: str, hint: Mapping[str, Any] | None) -> list[str]:
    """The passage as the spelling engine would write it, its best guess first; often none."""
    if not hint or hint.get("kind") == "corrected":
        return []
    start, end = hint["start"], hint["end"]
    return [exact[:start] + guess + exact[end:] for guess in hint["suggestions"]]


def shown_change(old: str, new: str) -> Markup:
    """The difference of two whole texts, as `shown_diff` shows it."""
    return _held(_diff(old, new), old, new)


def corrected(exact: str, suggestion: str) -> str:
    """The passage as the reader wants it, also when only the wrong word's fix was written."""
    change = change_of(exact, suggestion)
    if change is None:
        return suggestion
    return exact[: change.start] + change.replacement + exact[change.end :]


def _diff(old: str, new: str) -> Markup:
    return Markup("").join(
        _ELEMENT_OF.get(piece.kind, Markup("{}")).format(_shown(piece.text))
        for piece in word_diff(old, new)
    )


def _around(text: str, name: str = "around") -> Markup:
    if not text:
        return Markup("")
    return Markup('<span class="{}">{}</span>').format(name, _shown(text, every=False))


def _parted(left: str) -> tuple[str, str]:
    """What stands far before the passage, and near: a narrow screen shows the latter only."""
    cut = left.find(" ", max(0, len(left) - _NEAR - 1)) + 1
    return (left[:cut], left[cut:]) if len(left) > _NEAR and cut else ("", left)


def _shown(text: str, *, every: bool = True) -> Markup:
    if text.isascii() and text.isprintable():
        return escape(text)
    found = list(runs(text, every=every))
    html = Markup("").join(_run(run) for run in found)
    if len(html) <= _MOST_HTML:
        return html
    return Markup("").join(escape(run.text) if not run.label else "\ufffd" for run in found)


def _run(run: Run) -> Markup:
    if run.kind == UNSEEN:
        return Markup('<span class="unseen" title="{}">{}</span>').format(said(run.name), run.label)
    if run.kind == LOOKALIKE:
        return Markup('<span class="lookalike" title="{}">{}</span>').format(
            said(run.name), run.text
        )
    return escape(run.text)


def _held(html: Markup, *raw: str) -> Markup:
    """The HTML held to the list of elements; text without markup of its own has nothing to hold."""
    if not any(_MARKUP.intersection(text) for text in raw):
        return html
    cleaned = bleach.clean(str(html), tags=_ELEMENTS, attributes=_ATTRIBUTES)
    return Markup(cleaned)  # noqa: S704 - escaped above and held to a list of elements


def _last(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    cut = text[-most:]
    space = cut.find(" ")
    return "…" + (cut[space:] if 0 <= space < most // 2 else cut)


def _first(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    cut = text[:most]
    space = cut.rfind(" ")
    return (cut[: space + 1] if space > most // 2 else cut) + "…"
