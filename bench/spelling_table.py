"""The figures of spelling as a table in Markdown: one row for each language."""

from __future__ import annotations

from collections.abc import Mapping

_COLUMNS = (
    ("flagged", "flagged", 0),
    ("fix first %", "fix_first", 0),
    ("in three", "fix_in_three", 0),
    ("hunspell first", "hunspell_first", 0),
    ("in three", "hunspell_in_three", 0),
    ("nearest first", "nearest_first", 0),
    ("ranked first %", "ranked_first", 0),
    ("says right %", "points_right", 0),
    ("of said", "points_right_of_said", 0),
    ("first unknown", "first_unknown_right", 0),
    ("spelling errors", "spelling_errors", 0),
    ("fix first %", "spelling_fix_first", 0),
    ("says right %", "spelling_points_right", 0),
    ("real words", "real_words", 0),
    ("right %", "real_words_right", 0),
    ("missaid %", "real_words_missaid", 0),
    ("false flags / 100", "false_flags_per_100", 2),
    ("unknown / 100", "unknown_per_100", 1),
    ("passage p95 ms", "passage_p95_ms", 0),
    ("hunspell p95 ms", "hunspell_p95_ms", 0),
    ("MB", "megabytes", 0),
)


def print_table(figures: Mapping[str, Mapping[str, float | int | None]]) -> None:
    """Print it."""
    print("| lang |", " | ".join(title for title, _, _ in _COLUMNS), "|")
    print("| --- |" + " --: |" * len(_COLUMNS))
    for lang, one in figures.items():
        cells = (_cell(one[key], digits) for _, key, digits in _COLUMNS)
        print(f"| {lang} |", " | ".join(cells), "|")


def _cell(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"
