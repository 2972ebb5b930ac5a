"""What may have been meant by a word that the dictionary does not know, likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from typo_reports.spelling import channel
from typo_reports.spelling.dictionary import Dictionary
from typo_reports.spelling.vocabulary import UNLISTED, Vocabulary
from typo_reports.spelling.words import in_the_case_of, script_of

# What one point of the channel's cost weighs against a tenfold frequency.
COST_WEIGHT = 3.4
SPLIT_COST = 1.5
# The best that a word in no list can score: one accent or apostrophe away.
RARE_MOST = UNLISTED - COST_WEIGHT * channel.APOSTROPHE
# Two words in a row are as frequent as the product of both, times about a thousand, for words
# that stand together are seldom strangers.
_TOGETHER = 6.2
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
_SHORTEST_PART = 2
# In lists of words, and in what dictionaries call a word, but nothing to try in a word.
_NO_LETTERS = frozenset("._·0123456789")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may be meant: its Zipf frequency, the cost of its having been written so."""

    text: str
    zipf: float
    cost: float

    @property
    def score(self) -> float:
        """How likely it is meant, comparable with a Zipf frequency."""
        return self.zipf - COST_WEIGHT * self.cost


def candidates(
    word: str, dictionary: Dictionary, vocabulary: Vocabulary, *, rare: bool = True
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
    ranked += _split(written, dictionary, vocabulary)
    if rare and max((candidate.score for candidate in ranked), default=0.0) < GOOD_ENOUGH:
        forms = set(_one_edit_away(word, dictionary, vocabulary)) - listed
        ranked += [_ranked(written, other, vocabulary) for other in forms]
    ranked.sort(key=lambda candidate: (-candidate.score, candidate.text))
    as_written = list(_as_written(word, ranked[:MOST_RANKED], dictionary))
    if word == written and dictionary.knows(word.capitalize()):
        as_written.append(Candidate(word.capitalize(), vocabulary.zipf(word), CAPITAL_COST))
        as_written.sort(key=lambda candidate: -candidate.score)
    return as_written


def _ranked(written: str, meant: str, vocabulary: Vocabulary) -> Candidate:
    return Candidate(meant, vocabulary.zipf(meant), channel.cost(written, meant))


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
                yield Candidate(other, zipf - _UNCHECKED, channel.cost(written, other))


def _unlike(known: Iterable[Candidate], used: Iterable[Candidate]) -> Iterator[Candidate]:
    """Words in use, less those that are known ones without their accents: those are errors, too."""
    right = {channel.without_marks(one.text) for one in known}
    return (one for one in used if channel.without_marks(one.text) not in right)


def _usual_letters(written: str) -> str:
    """Letters to try in a language without a list: those of the word's own script."""
    return _LETTERS.get(script_of(written[:1]), "") + written


def _one_edit_away(word: str, dictionary: Dictionary, vocabulary: Vocabulary) -> Iterator[str]:
    """Forms that no list holds (inflected, compounded), so the dictionary is asked for each.

    Asked once for each, in the case that was written: asking takes 60 µs when the answer is no.
    """
    is_capital = word[:1].isupper()
    listed = "".join(letter for letter in vocabulary.alphabet if letter not in _NO_LETTERS)
    alphabet = listed or _usual_letters(word.lower())
    if len(word) > _LONG:
        alphabet = "".join(sorted(set(word.lower())))
    for form in edits(word.lower(), alphabet):
        if not vocabulary.looks_possible(form):
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


def _split(written: str, dictionary: Dictionary, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Two words that ran together."""
    for at in range(_SHORTEST_PART, len(written) - _SHORTEST_PART + 1):
        left, right = written[:at], written[at:]
        rarer = min(vocabulary.zipf(left), vocabulary.zipf(right))
        if rarer <= UNLISTED or not (dictionary.knows(left) and dictionary.knows(right)):
            continue
        zipf = vocabulary.zipf(left) + vocabulary.zipf(right) - _TOGETHER
        yield Candidate(f"{left} {right}", zipf, SPLIT_COST)


def _as_written(
    word: str, ranked: Iterable[Candidate], dictionary: Dictionary
) -> Iterator[Candidate]:
    for candidate in ranked:
        text = candidate.text
        if " " not in text and not dictionary.knows(text):
            capital = text.capitalize()
            text = capital if dictionary.knows(capital) else text
        yield Candidate(in_the_case_of(word, text), candidate.zipf, candidate.cost)
