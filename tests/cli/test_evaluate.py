"""`typo-reports evaluate`: the figures of a corpus, and what is said where there is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from typo_reports.cli import commands
from typo_reports.cli.evaluate import _checkout
from typo_reports.domain.errors import NotFoundError

TEXT = (
    "The harbour office opens at nine. Ships that arive before dawn wait outside the mole, and "
    "there crews drink coffee on deck. Nobody minds the wait, because the view is fine."
)


def write_corpus(folder: Path) -> None:
    start = TEXT.index("arive")
    seen = {"text": "before", "span": [start, start + 5]}
    correction = {
        "id": "one",
        "lang": "en",
        "kind": "spelling",
        "error": "arive",
        "correction": "arrive",
        "captured": seen,
        "before": seen,
        "after": {"text": "after", "span": [start, start + 6]},
        "source": {"repo": "example/pages", "path": "harbour"},
    }
    texts = {"before": TEXT, "after": TEXT.replace("arive", "arrive")}
    (folder / "corrections.jsonl").write_text(json.dumps(correction), encoding="utf-8")
    (folder / "texts.json").write_text(json.dumps(texts), encoding="utf-8")


def test_the_tables_are_written_to_a_file(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write_corpus(tmp_path)
    tables = tmp_path / "tables.md"
    words = ["evaluate", str(tmp_path), "--only", "closing", "--markdown", str(tables)]
    assert CliRunner().invoke(commands, words).exit_code == 0
    assert "| word, corrected | 1 | 0.00 | 100.00 | 100.00 |" in tables.read_text(encoding="utf-8")
    assert "closing by itself" in capfd.readouterr().err


def test_a_folder_that_is_not_there_is_named_in_one_sentence(tmp_path: Path) -> None:
    result = CliRunner().invoke(commands, ["evaluate", str(tmp_path / "none")])
    assert result.exit_code != 0
    assert result.output.strip().splitlines()[-1] == f"Error: There is no folder {tmp_path}/none."


@pytest.mark.parametrize("lines", [None, "", "{}", "not json"])
def test_a_folder_without_a_corpus_is_refused_in_one_sentence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], lines: str | None
) -> None:
    (tmp_path / "texts.json").write_text("{}", encoding="utf-8")
    if lines is not None:
        (tmp_path / "corrections.jsonl").write_text(lines, encoding="utf-8")
    result = CliRunner().invoke(commands, ["evaluate", str(tmp_path), "--only", "closing"])
    assert result.exit_code == 1
    said = capfd.readouterr().err.strip().splitlines()
    assert len(said) == 1 and said[0].startswith("Error: ")


def test_an_installation_without_the_sources_says_what_it_needs(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="source checkout"):
        _checkout(tmp_path / "site-packages" / "typo_reports")
