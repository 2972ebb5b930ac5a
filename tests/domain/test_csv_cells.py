"""No cell begins a formula, and every text comes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typo_reports.domain.csv_cells import cell, text_of


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "\ufeff", "\0"]
)
def test_no_cell_begins_a_formula(start: str) -> None:
    assert cell(f"{start}1+1")[0] == "'"
    assert text_of(cell(f"{start}1+1")) == f"{start}1+1"


@given(st.text(alphabet="'=+-@\t\r\na＝\ufeff") | st.text())
def test_every_text_comes_back(text: str) -> None:
    assert text_of(cell(text)) == text


def test_a_word_that_begins_with_an_apostrophe_stays_when_written_by_hand() -> None:
    assert text_of("'tis") == "'tis"
