"""Cells of CSV files that no spreadsheet takes for a formula, and the texts back from them."""

from __future__ import annotations

# Full-width forms too; a BOM or NUL may hide what follows it.
_STARTS = "=+-@\t\r\n＝＋－＠\ufeff\0"
_MARK = "'"


def cell(text: str | None) -> str:
    """The text as a cell: marked by an apostrophe if it could be taken for a formula."""
    text = text or ""
    return _MARK + text if text[:1] and text[0] in _STARTS + _MARK else text


def text_of(cell: str) -> str:
    """The text of such a cell; one that was written by hand stays as it is."""
    is_marked = len(cell) > 1 and cell[0] == _MARK and cell[1] in _STARTS + _MARK
    return cell[1:] if is_marked else cell
