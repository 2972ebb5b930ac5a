"""What the demo's first readers found: the errors in the articles, and what was said of them.

Where each stands is worked out from the page itself, so that a seed never points beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

from typo_reports.domain.selector import Selector


class SeedNotFoundError(LookupError):
    """A seed's passage doesn't stand in its article (the operator may have corrected it)."""


@dataclass(frozen=True, slots=True)
class Seed:
    """One case: the passage that readers select and what each of them adds.

    `nth` counts from 1 among equal passages. `says` holds (suggestion, comment) of every reader
    in turn. `hours_ago` is when the first one wrote; the others follow an hour apart or less.
    `resolution` is how an editor closed the case, None for one that waits.
    """

    slug: str
    exact: str
    says: tuple[tuple[str | None, str | None], ...]
    hours_ago: int
    nth: int = 1
    resolution: str | None = None
    note: str | None = None


LIGHT = "the-light-that-stayed"
FERRY = "a-winter-timetable-for-the-ferry"
BREAD = "bread-before-dawn"
GARDEN = "zimniy-sad"
CLOCK = "die-uhr-am-rathaus"
LIBRARY = "maktabat-al-mina"
MARKET = "hashuk-shel-yom-shishi"
BOOKS = "les-bouquinistes-du-quai-nord"

SEEDS = (
    Seed(
        LIGHT,
        "recieved",
        (
            ("received", None),
            ("received", "I before E, except after C."),
            ("received", None),
            (None, "Spelling!"),
        ),
        30,
    ),
    Seed(LIGHT, "the the", (("the", "The word stands twice."),), 26),
    Seed(
        LIGHT,
        "loose",
        (("lose", "She would lose it. Loose is what the screws are."), ("lose", None)),
        21,
    ),
    Seed(
        LIGHT,
        "captain Ines Okafor",
        (("Captain Ines Okafor", "Should it not be a capital C?"),),
        44,
        resolution="not-an-error",
        note="House style: ranks are lower case before a name.",
    ),
    Seed(FERRY, "seperate", (("separate", None), ("separate", None)), 19, nth=2),
    Seed(FERRY, "seperate", (("separate", "The same again in the third paragraph."),), 18, nth=3),
    Seed(FERRY, "wich", (("which", None),), 17),
    Seed(
        FERRY,
        "harbоur",
        ((None, "My screen reader stumbles over this word. Is one letter from another alphabet?"),),
        9,
    ),
    Seed(BREAD, "Febuary", (("February", None), ("February", None), ("February", None)), 14),
    Seed(BREAD, "alot", (("a lot", None),), 12),
    Seed(GARDEN, "Вообщем", (("В общем", None), ("В общем", "Пишется раздельно.")), 11),
    Seed(GARDEN, "в в городе", (("в городе", "Предлог повторяется."),), 10),
    Seed(GARDEN, "cад", ((None, "Первая буква почему-то латинская."),), 8),
    Seed(CLOCK, "Reperatur", (("Reparatur", None), ("Reparatur", None)), 7),
    Seed(CLOCK, "das noch kein", (("dass noch kein", "Hier braucht es zwei s."),), 6),
    Seed(LIBRARY, "هاذا", (("هذا", None), ("هذا", "تُكتب بلا ألف.")), 5),
    Seed(LIBRARY, "لاكن", (("لكن", None),), 5),
    Seed(MARKET, "של של", (("של", None),), 4),
    Seed(MARKET, "אם צנצנות", (("עם צנצנות", "צריך להיות בעי״ן."),), 3),
    Seed(BOOKS, "Parmis", (("Parmi", None),), 3),
    Seed(BOOKS, "quatres", (("quatre", "« Quatre » est invariable."), ("quatre", None)), 2),
)


def selector_of(seed: Seed, text: str) -> Selector:
    """Where the seed stands in the page's visible text; raises SeedNotFoundError if nowhere."""
    at = -1
    for _ in range(seed.nth):
        at = text.find(seed.exact, at + 1)
        if at < 0:
            raise SeedNotFoundError(f"{seed.exact!r} doesn't stand {seed.nth} times in {seed.slug}")
    return Selector.from_text(text, at, at + len(seed.exact))
