"""What may have been meant by a word that the dictionary does not know, likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from typo_reports.spelling import channel
from typo_reports.spelling.candidate import COST_WEIGHT, UNKNOWN, Candidate, preference
from typo_reports.spelling.dictionary import Dictionary
from typo_reports.spelling.doubt import CAPITAL_NOUNS
from typo_reports.spelling.elision import apostrophe_left_out, is_well_elided
from typo_reports.spelling.glued import parted
from typo_reports.spelling.vocabulary import UNLISTED, Vocabulary
from typo_reports.spelling.words import in_the_case_of, script_of

# The best that a word in no list can score: one accent or apostrophe away.
RARE_MOST = UNLISTED - COST_WEIGHT * channel.APOSTROPHE
# No dictionary vouches for it: a misspelling may be in use, too.
_UNCHECKED = 1.0
_MUCH_MORE = 1.2
# A listed word that scores so much makes it needless to ask the dictionary for rare forms.
GOOD_ENOUGH = 1.0
# A capital that was left out.
CAPITAL_COST = 0.5
# So many are kept, for a page to choose from.
MOST_RANKED = 16
# Only so many are ranked exactly; the nearest come first.
_MOST = 120
_LONGEST = 40
# From here on only the word's own letters are tried, else a German compound takes 200 ms.
_LONG = 14
_LETTERS = {
    "LATIN": "abcdefghijklmnopqrstuvwxyzàáâäãåæçèéêëìíîïñòóôöõøùúûüýœß",
    "CYRILLIC": "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґў",
    "GREEK": "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώ",
}
# In lists of words, and in what dictionaries call a word, but nothing to try in a word.
_NO_LETTERS = frozenset("._·0123456789")


def candidates(
    word: str,
    dictionary: Dictionary,
    vocabulary: Vocabulary,
    *,
    code: str = "",
    rare: bool = True,
) -> list[Candidate]:
    """Words that may be meant by `word` (plain, as written), the likeliest first.

    `rare` ones stand in no list and are found by asking the dictionary for hundreds of forms;
    none of them scores above RARE_MOST.

    Capitals follow the written word, or the dictionary where it insists (Berlin, Haus).
    """
    if len(word) > _LONGEST:
        return []
    written = word.lower()
    listed = set(_listed(written, vocabulary)) - {written}
    ranked = [_ranked(written, other, vocabulary) for other in listed]
    ranked += _unlike(ranked, _used(written, vocabulary))
    ranked += parted(written, code, dictionary.knows, vocabulary)
    ranked += apostrophe_left_out(written, code, dictionary.knows, vocabulary)
    if rare and max((candidate.score for candidate in ranked), default=0.0) < GOOD_ENOUGH:
        forms = set(_one_edit_away(word, code, dictionary, vocabulary)) - listed
        ranked += [_ranked(written, other, vocabulary) for other in forms]
    ranked.sort(key=lambda candidate: (-candidate.rank, candidate.text))
    as_written = list(_as_written(word, ranked[:MOST_RANKED], dictionary))
    if word == written and dictionary.knows(word.capitalize()):
        as_written.append(_capitalized(word, code, vocabulary))
        as_written.sort(key=lambda candidate: -candidate.rank)
    return as_written


def _capitalized(word: str, code: str, vocabulary: Vocabulary) -> Candidate:
    told = preference(word, word, nouns_are_capital=code in CAPITAL_NOUNS)
    return Candidate(word.capitalize(), vocabulary.zipf(word), CAPITAL_COST, told)


def _ranked(written: str, meant: str, vocabulary: Vocabulary) -> Candidate:
    cost = channel.cost(written, meant)
    return Candidate(meant, vocabulary.zipf(meant), cost, preference(written, meant))


def _listed(written: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Frequent words at most two or three edits away."""
    length = len(written)
    far = 1 if length < 4 else 2 if length < 10 else 3
    found: list[tuple[float, str]] = []
    for other in range(max(1, length - far), length + far + 1):
        some = process.extract(
            written,
            vocabulary.known_words(other),
            scorer=OSA.distance,
            score_cutoff=far,
            limit=_MOST,
        )
        found += [(distance, word) for word, distance, _ in some]
    found.sort()
    return (word for _, word in found[:_MOST])


def _used(written: str, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Words in use that no dictionary knows (names, terms), much more frequent than `written`."""
    least = vocabulary.zipf(written) + _MUCH_MORE
    for length in range(max(4, len(written) - 1), len(written) + 2):
        for other, _, _ in process.extract(
            written, vocabulary.used_words(length), scorer=OSA.distance, score_cutoff=1, limit=8
        ):
            zipf = vocabulary.zipf(other)
            if other != written and zipf >= least:
                told = UNKNOWN + preference(written, other)
                yield Candidate(other, zipf - _UNCHECKED, channel.cost(written, other), told)


def _unlike(known: Iterable[Candidate], used: Iterable[Candidate]) -> Iterator[Candidate]:
    """Words in use, less those that are known ones without their accents: those are errors, too."""
    right = {channel.without_marks(one.text) for one in known}
    return (one for one in used if channel.without_marks(one.text) not in right)


def _usual_letters(written: str) -> str:
    """Letters to try in a language without a list: those of the word's own script."""
    return _LETTERS.get(script_of(written[:1]), "") + written


def _one_edit_away(
    word: str, code: str, dictionary: Dictionary, vocabulary: Vocabulary
) -> Iterator[str]:
    """Forms that no list holds (inflected, compounded), so the dictionary is asked for each.

    Asked once for each, in the case that was written: asking takes 60 µs when the answer is no.
    """
    is_capital = word[:1].isupper()
    listed = "".join(letter for letter in vocabulary.alphabet if letter not in _NO_LETTERS)
    alphabet = listed or _usual_letters(word.lower())
    if len(word) > _LONG:
        alphabet = "".join(sorted(set(word.lower())))
    bare = channel.without_marks(word.lower())
    for form in edits(word.lower(), alphabet) | channel.spelled_out(word.lower()):
        # An accent is right where it is right, however rare it is between those letters.
        if not (vocabulary.looks_possible(form) or channel.without_marks(form) == bare):
            continue
        if not is_well_elided(code, form):
            continue
        if dictionary.knows(form.capitalize() if is_capital else form):
            yield form


def edits(word: str, alphabet: Iterable[str]) -> set[str]:
    """Every form with one letter left out, put in, replaced, or two swapped."""
    forms = set()
    for at in range(len(word) + 1):
        left, right = word[:at], word[at:]
        if right:
            forms.add(left + right[1:])
        if len(right) > 1:
            forms.add(left + right[1] + right[0] + right[2:])
        for letter in alphabet:
            forms.add(left + letter + right)
            if right:
                forms.add(left + letter + right[1:])
    forms.discard(word)
    forms.discard("")
    return forms


def _as_written(
    word: str, ranked: Iterable[Candidate], dictionary: Dictionary
) -> Iterator[Candidate]:
    for candidate in ranked:
        yield replace(candidate, text=_in_case(word, candidate.text, dictionary))


def _in_case(word: str, text: str, dictionary: Dictionary) -> str:
    at = text.find(" ")
    if at > 0:
        # The letters are the word's own, and so are their capitals.
        return f"{word[:at]} {word[at:]}"
    capital = text.capitalize()
    if not dictionary.knows(text) and dictionary.knows(capital):
        text = capital
    return in_the_case_of(word, text)
