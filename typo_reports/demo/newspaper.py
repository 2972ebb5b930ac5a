"""The Harbour Gazette: its front page, articles and a stand-in for the newsroom's edit screen."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from babel.dates import format_date
from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from typo_reports.demo.articles import (
    ARTICLES,
    SITE_KEY,
    Article,
    article_of,
    lay_out_articles,
    read_text,
    save_text,
)
from typo_reports.demo.editions import EDITIONS
from typo_reports.web.language import written_in
from typo_reports.web.parts import parts

__all__ = ["demo_pages", "lay_out_articles"]

# As strict as a publisher's can be: the reporter must work under it.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


def demo_pages(articles: Path) -> Blueprint:
    """The newspaper under /demo/, its texts read from the folder `articles`.

    /demo/<slug>/edit lets anybody change a text: mount this for a demo only.
    """
    blueprint = Blueprint("newspaper", __name__, url_prefix="/demo")
    blueprint.after_request(_add_headers)

    @blueprint.get("/")
    def front_page() -> str:
        return _front_page(articles)

    @blueprint.get("/sitemap.xml")
    def sitemap() -> Response:
        return _sitemap(articles)

    @blueprint.get("/<slug>")
    def article(slug: str) -> str | tuple[str, int]:
        found = article_of(slug)
        text = read_text(articles, found) if found else None
        if found is None or text is None:
            return _missing()
        others = [other for other in ARTICLES if other is not found][:3]
        return render_template(
            "demo/article.html",
            article=found,
            text=text,
            others=others,
            page_url=_address(".article", found),
            edit_url=_address(".edit", found),
            **_frame(found.lang),
        )

    @blueprint.get("/<slug>/edit")
    def edit(slug: str) -> str | tuple[str, int]:
        found = article_of(slug)
        text = read_text(articles, found) if found else None
        if found is None or text is None:
            return _missing()
        return render_template("demo/edit.html", article=found, text=text, **_frame("en"))

    @blueprint.post("/<slug>/edit")
    def save(slug: str) -> BaseResponse | tuple[str, int]:
        found = article_of(slug)
        if found is None:
            return _missing()
        source = request.form.get("source", "")
        if source.strip():
            save_text(articles, found, source)
        return redirect(url_for(".article", slug=slug), 303)

    return blueprint


def _add_headers(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _front_page(articles: Path) -> str:
    stories = [(article, text) for article in ARTICLES if (text := read_text(articles, article))]
    return render_template("demo/front.html", stories=stories, **_frame("en"))


def _sitemap(articles: Path) -> Response:
    pages = [
        (_address(".article", one), text.modified_at)
        for one in ARTICLES
        if (text := read_text(articles, one))
    ]
    return Response(render_template("demo/sitemap.xml", pages=pages), mimetype="text/xml")


def _missing() -> tuple[str, int]:
    return render_template("demo/missing.html", **_frame("en")), 404


def _frame(lang: str) -> dict[str, object]:
    written_in(lang)
    edition = EDITIONS[lang]
    return {
        "edition": edition,
        "editions": EDITIONS,
        "site_key": SITE_KEY,
        "today": parts().now(),
        "day": _day,
    }


def _day(of: date | datetime, lang: str) -> str:
    """The day as the language writes it: 21 November 2026."""
    return format_date(of, format="long", locale="en_GB" if lang == "en" else lang)


def _address(endpoint: str, article: Article) -> str:
    # Not from the Host header: the canonical address is one, however the page was reached.
    return parts().settings.base_url.rstrip("/") + url_for(endpoint, slug=article.slug)
