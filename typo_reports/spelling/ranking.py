"""What the page says about the words that may be meant."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from typo_reports.spelling import channel
from typo_reports.spelling.candidate import ON_THE_PAGE, UNKNOWN, Candidate, preference
from typo_reports.spelling.page_words import PageWords
from typo_reports.spelling.vocabulary import UNLISTED, Vocabulary
from typo_reports.spelling.words import in_the_case_of

# A word that no dictionary knows must stand so often on the page to be offered.
_TWICE = 2
_SHORTEST = 4
_SHORTEST_ODD = 5
# An unknown word is offered only if it is so near.
_COST_MOST = 1.3
# The page's capitals are a choice: in code and in headings it may choose otherwise.
_PAGE_CAPITAL_COST = 1.4
# Endings so long are what inflection changes.
_ENDING = 3
_STEM = 4


def ranked_on_page(
    written: str, usual: Sequence[Candidate], page: PageWords, vocabulary: Vocabulary
) -> list[Candidate]:
    """The candidates in their order on that page, with words of the page that may be meant."""
    if not page.total:
        return list(usual)
    ranked = [_on_page(one, page) for one in usual]
    known = {one.text.lower() for one in usual}
    ranked += _of_the_page(written, known, page, vocabulary)
    ranked.sort(key=lambda one: -one.rank)
    return ranked


def _on_page(one: Candidate, page: PageWords) -> Candidate:
    lower = one.text.lower()
    if not page.count(lower):
        return one
    told = one.preference + ON_THE_PAGE
    return replace(one, zipf=page.likelihood(lower, one.zipf), preference=told)


def _of_the_page(
    written: str, known: set[str], page: PageWords, vocabulary: Vocabulary
) -> list[Candidate]:
    lower = written.lower()
    own = page.count(lower)
    found = []
    form = page.form(lower)
    if form != written and page.counts.get(form, 0) > page.counts.get(written, 0):
        told = preference(lower, lower) + ON_THE_PAGE
        found.append(Candidate(form, page.likelihood(lower, UNLISTED), _PAGE_CAPITAL_COST, told))
    if len(lower) < _SHORTEST:
        return found
    for other in page.near(lower, 1 if len(lower) < 6 else 2):
        if other in known or page.count(other) < max(_TWICE, own + 1):
            continue
        cost = channel.cost(lower, other)
        if cost <= _COST_MOST:
            text = in_the_case_of(written, page.form(other))
            zipf = page.likelihood(other, vocabulary.zipf(other))
            told = preference(lower, other) + UNKNOWN + ON_THE_PAGE
            found.append(Candidate(text, zipf, cost, told))
    return found


def near_on_page(written: str, page: PageWords) -> Candidate | None:
    """What the page writes more often than this, one slip away and with the same capitals."""
    lower = written.lower()
    if len(lower) < _SHORTEST_ODD or not page.total:
        return None
    own = page.count(lower)
    found = []
    for other in page.near(lower, 1):
        if page.count(other) < max(_TWICE, own + 1) or _differs_by_ending(lower, other):
            continue
        form = page.form(other)
        if form.islower() or any(
            a != b and (a + b).isdigit() for a, b in zip(form, written, strict=False)
        ):
            continue
        found.append(Candidate(form, page.likelihood(other, UNLISTED), channel.cost(lower, other)))
    return max(found, key=lambda one: one.score, default=None)


def certainty(written: str, meant: Candidate, vocabulary: Vocabulary) -> float:
    """How sure an error is by its likeliest fix: the page speaks only against odd letters.

    What differs by its ending alone may be another form of a word that the page has.
    """
    if _differs_by_ending(written.lower(), meant.text.lower()):
        usual = vocabulary.zipf(meant.text.lower()) if " " not in meant.text else meant.zipf
        return Candidate(meant.text, min(meant.zipf, usual), meant.cost).score
    return meant.score


def _differs_by_ending(written: str, meant: str) -> bool:
    alike = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(written, meant, strict=False))
    same = sum(1 for _ in alike)
    return same >= _STEM and max(len(written), len(meant)) - same <= _ENDING
