"""Letters as files, where there is no mail server."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.mail.posting import letter, transport_to
from typo_reports.mail import kept
from typo_reports.mail.kept import kept_letter, kept_letters
from typo_reports.mail.outgoing import Outcome, Result, TransportError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "mail"


def test_without_a_server_a_letter_is_kept_and_can_be_read(folder: Path) -> None:
    transport = transport_to(None, folder.parent)
    assert transport.send(letter(subject="Größe", body_text="Zeile – eins\n")) == Outcome(
        Result.SENT
    )
    transport.close()
    (found,) = kept_letters(folder)
    assert found.name == "20261123T120000-0198f0c2-7a10.eml"
    assert (found.recipient, found.subject) == ("ann@gazette.example", "Größe")
    assert (found.body_text, found.body_html) == ("Zeile – eins\n", "<p>Seven cases.</p>")
    assert kept_letter(folder, found.name) == found


def test_the_same_letter_twice_is_one_file(folder: Path) -> None:
    transport = transport_to(None, folder.parent)
    transport.send(letter())
    transport.send(letter())
    assert len(kept_letters(folder)) == 1
    assert [path.suffix for path in folder.iterdir()] == [".eml"]


def test_the_newest_letters_come_first(folder: Path) -> None:
    transport = transport_to(None, folder.parent)
    for number in range(3):
        transport.send(letter(message_id=f"<{number}@desk.example>", subject=f"Number {number}"))
    assert [found.subject for found in kept_letters(folder, limit=2)] == ["Number 2", "Number 1"]


def test_only_so_many_letters_stay(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_FILES", 2)
    transport = transport_to(None, folder.parent)
    for number in range(4):
        transport.send(letter(message_id=f"<{number}@desk.example>"))
    (folder / "note.txt").write_text("not a letter")
    transport.close()
    assert sorted(path.name for path in folder.iterdir()) == [
        "20261123T120000-2.eml",
        "20261123T120000-3.eml",
        "note.txt",
    ]


def test_only_the_owner_can_read_letters(folder: Path) -> None:
    transport_to(None, folder.parent).send(letter())
    (path,) = folder.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "name", ["../secret-key", "..", "", "x.eml", "/etc/passwd", "20261123T120000-1.eml\x00"]
)
def test_no_other_file_can_be_read(folder: Path, name: str) -> None:
    folder.mkdir()
    (folder.parent / "secret-key").write_text("secret")
    assert kept_letter(folder, name) is None


def test_a_folder_that_cannot_be_made_is_said(folder: Path) -> None:
    folder.write_text("in the way")
    transport = transport_to(None, folder.parent)
    assert transport.send(letter()).result is Result.UNREACHABLE
    with pytest.raises(TransportError):
        transport.check()


def test_an_unusable_address_is_refused(folder: Path) -> None:
    assert transport_to(None, folder.parent).send(letter(recipient="x")).result is Result.REFUSED


def test_no_folder_holds_no_letters(folder: Path) -> None:
    assert kept_letters(folder) == []
