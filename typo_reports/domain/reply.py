"""What editors say to the readers who reported a case, and the texts that they choose from."""

from __future__ import annotations

from collections.abc import Mapping

from typo_reports.domain.case import FIXED, NOT_AN_ERROR, WONT_FIX
from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.report import text_error
from typo_reports.domain.words import N_

REPLY_MOST = 1_000
NAME_MOST = 80
TEMPLATES_MOST = 50

# What a site starts with: name and text by language, each whole as it stands, for it can be sent by
# one choice. Another language gets the English ones.
DEFAULTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("Thank you", "Thank you for your sharp eye. We have corrected it."),
        ("Not an error", "We looked it up: this is written correctly, so it stays."),
        ("House style", "This is how our house style writes it, so it stays."),
        ("A quotation", "This is quoted as it was said or written, so it stays."),
    ),
    "de": (
        ("Danke", "Danke für den Hinweis. Wir haben es berichtigt."),
        ("Kein Fehler", "Wir haben nachgesehen: Das ist richtig geschrieben und bleibt so."),
        ("Hausschreibung", "So schreibt es unsere Redaktion, deshalb bleibt es dabei."),
        ("Ein Zitat", "Das ist wörtlich zitiert und bleibt deshalb so stehen."),
    ),
    "fr": (
        ("Merci", "Merci de votre vigilance. C’est corrigé."),
        ("Pas une faute", "Nous avons vérifié : c’est bien écrit, nous le gardons donc."),
        ("Usage maison", "C’est l’usage de notre rédaction, nous le gardons donc."),
        ("Une citation", "C’est une citation littérale, nous la gardons telle quelle."),
    ),
    "es": (
        ("Gracias", "Gracias por su aviso. Ya lo hemos corregido."),
        ("No es un error", "Lo hemos comprobado: está bien escrito y se queda así."),
        ("Libro de estilo", "Así lo escribe nuestro libro de estilo, por eso se queda."),
        ("Una cita", "Es una cita literal y se queda como está."),
    ),
    "ru": (
        ("Спасибо", "Спасибо за внимательность. Мы исправили ошибку."),
        ("Не ошибка", "Мы проверили: так писать правильно, поэтому оставляем."),
        ("Стиль редакции", "Так принято писать в нашей редакции, поэтому оставляем."),
        ("Цитата", "Это дословная цитата, поэтому оставляем как есть."),
    ),
    "uk": (
        ("Дякуємо", "Дякуємо за уважність. Ми виправили помилку."),
        ("Не помилка", "Ми перевірили: так писати правильно, тому лишаємо."),
        ("Стиль редакції", "Так заведено писати в нашій редакції, тому лишаємо."),
        ("Цитата", "Це дослівна цитата, тому лишаємо як є."),
    ),
}
# Where a letter is worth sending to who asked: a duplicate's readers hear of the other case.
_TOLD = frozenset({FIXED, NOT_AN_ERROR, WONT_FIX})


def checked_reply(reply: str | None) -> str | None:
    """The reply without edge space, None if empty; InvalidFieldsError (`reply`) if it can't be."""
    reply = (reply or "").replace("\r\n", "\n").strip()
    error = text_error("reply", reply, REPLY_MOST)
    if error is not None:
        raise InvalidFieldsError([error])
    return reply or None


def checked_template(name: str, text: str) -> tuple[str, str]:
    """Name and text of a template as stored; raises InvalidFieldsError (`name`, `text`)."""
    name, text = " ".join(name.split()), text.replace("\r\n", "\n").strip()
    for field, given, most in (("name", name, NAME_MOST), ("text", text, REPLY_MOST)):
        error = text_error(field, given, most)
        if error is not None:
            raise InvalidFieldsError([error])
        if not given:
            raise InvalidFieldsError.of(field, "empty", N_("The %(field)s is empty.", field=field))
    return name, text


def defaults(lang: str | None) -> tuple[tuple[str, str], ...]:
    """The names and texts for a language that has none of its own."""
    return DEFAULTS.get((lang or "en").lower().partition("-")[0], DEFAULTS["en"])


def is_told(resolution: str | None, reply: str | None) -> bool:
    """Whether who asked gets a letter: of every correction, of the rest if there is a reply."""
    return resolution == FIXED or (reply is not None and resolution in _TOLD)
