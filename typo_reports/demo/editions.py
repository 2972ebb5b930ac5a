"""The words of the newspaper's frame, in the language of each article."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edition:
    """The frame of one language.

    `hint` is the plain sentence for readers whose browser runs no script: before, link, after.
    """

    lang: str
    direction: str
    by: str
    updated: str
    front_page: str
    hint: tuple[str, str, str]


EDITIONS = {
    edition.lang: edition
    for edition in (
        Edition(
            "en",
            "ltr",
            "By",
            "Updated",
            "Front page",
            ("Found a spelling error? Please ", "write to our editors", "."),
        ),
        Edition(
            "ru",
            "ltr",
            "Автор:",
            "Обновлено",
            "Первая полоса",
            ("Нашли опечатку? Пожалуйста, ", "напишите редакции", "."),
        ),
        Edition(
            "de",
            "ltr",
            "Von",
            "Aktualisiert",
            "Titelseite",
            ("Einen Schreibfehler gefunden? Bitte ", "schreiben Sie der Redaktion", "."),
        ),
        Edition(
            "ar",
            "rtl",
            "بقلم",
            "آخر تحديث",
            "الصفحة الأولى",
            ("هل وجدت خطأً إملائيًا؟ ", "اكتب إلى هيئة التحرير", " من فضلك."),
        ),
        Edition(
            "he",
            "rtl",
            "מאת",
            "עודכן",
            "העמוד הראשי",
            ("מצאתם שגיאת כתיב? ", "כתבו למערכת", ", בבקשה."),
        ),
        Edition(
            "fr",
            "ltr",
            "Par",
            "Mis à jour",
            "À la une",
            ("Vous avez trouvé une faute ? ", "Écrivez à la rédaction", ", s’il vous plaît."),
        ),
    )
}
