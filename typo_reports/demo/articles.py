"""The demo newspaper's articles: who wrote what where, and where their texts lie."""

from __future__ import annotations

import html
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from typo_reports.assets import asset_folder

SITE_KEY = "demo"
_LEAD = re.compile(r'<p class="lead">(.*?)</p>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Article:
    """What the page says of itself; its text is the file `<slug>.html`, read for every request."""

    slug: str
    title: str
    section: str
    author: str
    lang: str
    picture: str
    published_on: date


ARTICLES = (
    Article(
        "the-light-that-stayed",
        "The Light That Came Home to Gull Point",
        "Harbour",
        "Marian Holt",
        "en",
        "lighthouse",
        date(2026, 11, 21),
    ),
    Article(
        "a-winter-timetable-for-the-ferry",
        "Four Sailings a Day, and the Soup Is Back",
        "Harbour",
        "Owen Tarrant",
        "en",
        "ferry",
        date(2026, 11, 20),
    ),
    Article(
        "bread-before-dawn",
        "Bread Before Dawn",
        "Town",
        "Marian Holt",
        "en",
        "bread",
        date(2026, 11, 19),
    ),
    Article(
        "zimniy-sad",
        "Зимний сад на улице Садовой",
        "Город",
        "Анна Лебедева",
        "ru",
        "greenhouse",
        date(2026, 11, 19),
    ),
    Article(
        "die-uhr-am-rathaus",
        "Die Uhr, die niemand richtig haben will",
        "Stadtleben",
        "Friedrich Amsel",
        "de",
        "clock",
        date(2026, 11, 18),
    ),
    Article(
        "maktabat-al-mina",
        "مكتبة الميناء: خذ كتابًا وأعده متى شئت",
        "ثقافة",
        "ليلى النجار",
        "ar",
        "library",
        date(2026, 11, 17),
    ),
    Article(
        "hashuk-shel-yom-shishi",
        "השוק של יום שישי",
        "עיר",
        "נועה ברק",
        "he",
        "market",
        date(2026, 11, 16),
    ),
    Article(
        "les-bouquinistes-du-quai-nord",
        "Les bouquinistes du quai Nord",
        "Culture",
        "Claire Vasseur",
        "fr",
        "books",
        date(2026, 11, 15),
    ),
)
_BY_SLUG = {article.slug: article for article in ARTICLES}


@dataclass(frozen=True, slots=True)
class Text:
    """An article's HTML as it lies in its file now."""

    source: str
    modified_at: datetime

    @property
    def lead(self) -> str:
        """The first paragraph without its tags, for the front page; may be empty."""
        found = _LEAD.search(self.source)
        return html.unescape(_TAG.sub("", found.group(1))).strip() if found else ""


def article_of(slug: str) -> Article | None:
    """The article with this slug. Only known slugs ever become file names."""
    return _BY_SLUG.get(slug)


def lay_out_articles(folder: Path) -> None:
    """Copy the articles that `folder` lacks; one that the operator has changed stays."""
    folder.mkdir(parents=True, exist_ok=True)
    for article in ARTICLES:
        copy = file_of(folder, article)
        if not copy.exists():
            shutil.copyfile(
                asset_folder("templates") / "demo" / "articles" / f"{article.slug}.html", copy
            )


def file_of(folder: Path, article: Article) -> Path:
    """Where the article's text lies."""
    return folder / f"{article.slug}.html"


def read_text(folder: Path, article: Article) -> Text | None:
    """The article's text, None when its file was taken away."""
    path = file_of(folder, article)
    try:
        source = path.read_text(encoding="utf-8", errors="replace")
        modified = path.stat().st_mtime
    except FileNotFoundError:
        return None
    return Text(source, datetime.fromtimestamp(int(modified), UTC))


def save_text(folder: Path, article: Article, source: str) -> None:
    """Replace the article's text at once: no reader sees half of it."""
    path = file_of(folder, article)
    draft = path.with_suffix(".draft")
    # Browsers send CRLF from a textarea.
    draft.write_text(source.replace("\r\n", "\n").rstrip() + "\n", encoding="utf-8")
    draft.replace(path)
