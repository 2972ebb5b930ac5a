"""Sentences that can be said in other languages: English text that remembers what it is made of.

The rules know no catalogues. They mark their words with `N_`; what shows them to people looks up
the message and puts the values in again (web/language). Programs get the English as it is.
"""

from __future__ import annotations


class Words(str):
    """A text in English, the message that it is made of, and the values that were put in."""

    message: str
    values: dict[str, object]
    # With a number: the message for many, and the number that chooses the form.
    many: str | None = None
    number: int = 0


def N_(message: str, /, **values: object) -> Words:  # noqa: N802 - the name that gettext's tools know
    """Mark a message for the catalogues; `%(name)s` in it stands for the value of that name.

    A whole number is written as people of the language do.
    """
    words = Words(message % _shown(values) if values else message)
    words.message, words.values = message, values
    return words


def NN_(one: str, many: str, number: int, /, **values: object) -> Words:  # noqa: N802 - as above
    """Mark a message that has forms for numbers; `%(num)s` in it stands for the number."""
    words = Words((one if number == 1 else many) % _shown({"num": number, **values}))
    words.message, words.many, words.number, words.values = one, many, number, values
    return words


def _shown(values: dict[str, object]) -> dict[str, object]:
    return {
        name: format(value, ",") if isinstance(value, int) else value
        for name, value in values.items()
    }
