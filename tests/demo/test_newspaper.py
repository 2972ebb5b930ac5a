"""The demo newspaper: its pages, their heads, and the newsroom's edit screen."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from typo_reports.app import create_app
from typo_reports.assets import asset_folder
from typo_reports.demo.articles import ARTICLES, Article, lay_out_articles
from typo_reports.demo.newspaper import demo_pages
from typo_reports.pages.text import page_text
from typo_reports.settings import Settings

BREAD = "/demo/bread-before-dawn"


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """The newspaper stores nothing in the database."""
    return f"sqlite:///{tmp_path / 'unused.sqlite3'}"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "demo" / "articles"
    lay_out_articles(folder)
    return folder


@pytest.fixture
def app(settings: Settings, articles: Path) -> Flask:
    app = create_app(settings)
    app.register_blueprint(demo_pages(articles))
    return app


def every_article() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)


def post_edit(client: FlaskClient, path: str, source: str) -> int:
    form = client.get(f"{path}/edit").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', form)
    assert token
    answer = client.post(f"{path}/edit", data={"csrf_token": token[1], "source": source})
    return answer.status_code


@every_article()
def test_a_page_says_who_wrote_it_where_it_belongs_and_when_it_changed(
    client: FlaskClient, article: Article
) -> None:
    page = client.get(f"/demo/{article.slug}")
    address = f"http://desk.example/demo/{article.slug}"
    assert page.status_code == 200
    for tag in (
        f'<link rel="canonical" href="{address}">',
        f'<meta property="og:title" content="{article.title}">',
        f'<meta property="article:author" content="{article.author}">',
        f'<meta property="article:section" content="{article.section}">',
        f'data-edit-url="{address}/edit"',
    ):
        assert tag in page.text


@every_article()
def test_a_page_has_the_language_and_direction_of_its_text(
    client: FlaskClient, article: Article
) -> None:
    direction = "rtl" if article.lang in {"ar", "he"} else "ltr"
    page = client.get(f"/demo/{article.slug}", headers={"Accept-Language": "uk"})
    assert f'<html lang="{article.lang}" dir="{direction}">' in page.text
    assert page.headers["Content-Language"] == article.lang
    assert "Accept-Language" not in page.vary


@every_article()
def test_an_article_is_as_long_as_a_real_one(client: FlaskClient, article: Article) -> None:
    words = page_text(client.get(f"/demo/{article.slug}").text).text.split()
    assert 300 <= len(words) <= 1000


@every_article()
def test_an_article_has_a_picture_of_our_own_that_is_served(
    client: FlaskClient, article: Article
) -> None:
    picture = f"/static/demo/{article.picture}.svg"
    assert picture in client.get(f"/demo/{article.slug}").text
    assert client.get(picture).status_code == 200


@pytest.mark.parametrize("path", ["/demo/", BREAD, f"{BREAD}/edit", "/demo/nothing"])
def test_every_page_carries_the_strictest_policy_and_keeps_to_it(
    client: FlaskClient, path: str
) -> None:
    page = client.get(path)
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page.text)


def test_the_front_page_leads_to_every_article(client: FlaskClient) -> None:
    page = client.get("/demo/").text
    assert all(f'href="/demo/{article.slug}"' in page for article in ARTICLES)


def test_the_hint_is_a_plain_sentence_with_a_link_until_the_script_fills_it(
    client: FlaskClient,
) -> None:
    page = client.get(BREAD).text
    assert 'data-hint="#spelling-hint"' in page
    assert re.search(r'id="spelling-hint"[^>]*>Found a spelling error\?.*href="mailto:', page)


@pytest.mark.parametrize(
    "path", ["/demo/nothing", "/demo/..%2f..%2fetc%2fpasswd", "/demo/%2e%2e/edit", "/demo/a/edit"]
)
def test_unknown_and_climbing_addresses_are_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_an_article_whose_file_is_gone_is_not_found(client: FlaskClient, articles: Path) -> None:
    (articles / "bread-before-dawn.html").unlink()
    assert client.get(BREAD).status_code == 404
    assert BREAD not in client.get("/demo/").text


def test_a_correction_in_the_file_shows_at_once_with_its_time(
    client: FlaskClient, articles: Path
) -> None:
    file = articles / "bread-before-dawn.html"
    file.write_text(file.read_text().replace("Febuary", "February"))
    os.utime(file, (1_900_000_000, 1_900_000_000))
    page = client.get(BREAD).text
    assert "February" in page
    assert "Febuary" not in page
    assert '"article:modified_time" content="2030-03-17T17:46:40+00:00"' in page


def test_the_edit_screen_saves_the_source_as_it_was_typed(
    client: FlaskClient, articles: Path
) -> None:
    assert post_edit(client, BREAD, "<p>One &amp; two</p>\r\n<p>three</p>") == 303
    saved = (articles / "bread-before-dawn.html").read_text()
    assert saved == "<p>One &amp; two</p>\n<p>three</p>\n"
    assert "<p>One &amp; two</p>" in client.get(BREAD).text


def test_the_edit_screen_refuses_a_post_without_its_token(
    client: FlaskClient, articles: Path
) -> None:
    before = (articles / "bread-before-dawn.html").read_text()
    assert client.post(f"{BREAD}/edit", data={"source": "<p>gone</p>"}).status_code == 400
    assert (articles / "bread-before-dawn.html").read_text() == before


def test_saving_nothing_keeps_the_article(client: FlaskClient, articles: Path) -> None:
    before = (articles / "bread-before-dawn.html").read_text()
    assert post_edit(client, BREAD, "  ") == 303
    assert (articles / "bread-before-dawn.html").read_text() == before


def test_saving_an_article_that_does_not_exist_makes_no_file(
    client: FlaskClient, articles: Path
) -> None:
    form = client.get(f"{BREAD}/edit").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', form)
    assert token
    answer = client.post("/demo/new/edit", data={"csrf_token": token[1], "source": "x"})
    assert answer.status_code == 404
    assert len(list(articles.iterdir())) == len(ARTICLES)


def test_laying_out_again_keeps_what_the_operator_wrote(articles: Path) -> None:
    file = articles / "bread-before-dawn.html"
    file.write_text("<p>mine</p>")
    lay_out_articles(articles)
    assert file.read_text() == "<p>mine</p>"


def test_every_text_that_ships_has_an_article() -> None:
    shipped = (asset_folder("templates") / "demo" / "articles").glob("*.html")
    assert {file.stem for file in shipped} == {article.slug for article in ARTICLES}


def test_the_sitemap_names_every_article(client: FlaskClient) -> None:
    answer = client.get("/demo/sitemap.xml")
    assert answer.status_code == 200
    assert answer.mimetype == "text/xml"
    for article in ARTICLES:
        assert f"/demo/{article.slug}</loc>" in answer.text
