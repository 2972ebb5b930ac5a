"""Links from page to page lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

from tests.architecture.sources import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").glob("*.md")])


def test_every_link_to_a_file_finds_it() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in PAGES
        for target in _targets(page)
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_no_page_names_a_folder_of_somebodys_machine() -> None:
    private = re.compile(r"(?<![\w.])/(?:work|root|Users|home/(?!typo-reports))\b")
    assert [page.name for page in PAGES if private.search(page.read_text(encoding="utf-8"))] == []


def _targets(page: Path) -> list[str]:
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'(?:src|href)="([^"]+)"', text)
    local = (link.partition("#")[0] for link in links if not re.match(r"[a-z]+:|#", link))
    # An absolute address in an example is the installation's, not a file's.
    return [link for link in local if link and not link.startswith("/") and "…" not in link]
