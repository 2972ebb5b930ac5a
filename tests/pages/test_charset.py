"""The text of a page, whichever way it says in which encoding it is."""

from __future__ import annotations

import time

import pytest

from typo_reports.pages.charset import decoded

RUSSIAN = "Вообщем"


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        (RUSSIAN.encode(), "text/html", RUSSIAN),
        (RUSSIAN.encode("cp1251"), "text/html; charset=windows-1251", RUSSIAN),
        (RUSSIAN.encode("koi8-r"), 'text/html; charset="KOI8-R"', RUSSIAN),
        (
            b"<meta charset=windows-1251>" + RUSSIAN.encode("cp1251"),
            "text/html",
            "<meta charset=windows-1251>" + RUSSIAN,
        ),
        (
            b'<meta http-equiv="Content-Type" content="text/html; charset=cp1251">\xc2',
            "text/html",
            '<meta http-equiv="Content-Type" content="text/html; charset=cp1251">В',
        ),
        (b"\xef\xbb\xbfa", "text/html; charset=iso-8859-1", "a"),
        ("\ufeffа".encode("utf-16-le"), "text/html", "а"),
        ("\ufeffа".encode("utf-16-be"), "text/html", "а"),
        (b"\x93quoted\x94", "text/html; charset=iso-8859-1", "“quoted”"),
        (b"caf\xe9", "text/html", "café"),
        ("日本".encode("cp932"), "text/html; charset=Shift_JIS", "日本"),
        ("中文".encode("gb18030"), "text/html; charset=gb2312", "中文"),
        (b"<meta charset=utf-16>\xc3\xa9", "text/html", "<meta charset=utf-16>é"),
        ("é".encode(), "text/html; charset=nonsense", "é"),
        (b"a\xff", "text/html; charset=utf-8", "a\ufffd"),
        (RUSSIAN.encode("cp866"), "text/html; charset=ibm866", RUSSIAN),
        (RUSSIAN.encode("cp1251"), "text/html; charset=x-cp1251", RUSSIAN),
        (
            b'<?xml version="1.0" encoding="windows-1251"?>' + RUSSIAN.encode("cp1251"),
            "application/xhtml+xml",
            '<?xml version="1.0" encoding="windows-1251"?>' + RUSSIAN,
        ),
    ],
)
def test_the_encoding_is_found(body: bytes, content_type: str, text: str) -> None:
    assert decoded(body, content_type) == text


@pytest.mark.parametrize(
    ("codec", "lang", "text"),
    [
        ("cp1251", "ru", RUSSIAN),
        ("cp1251", "uk-UA", "Їжак"),
        ("cp1250", "cs", "Příliš žluťoučký kůň"),
        ("cp1253", "el", "Ελληνικά"),
        ("cp1254", "tr", "ışık"),
        ("cp932", "ja", "日本"),
        ("gb18030", "zh-CN", "中文"),
        ("big5hkscs", "zh-TW", "中文"),
        ("cp1252", "de", "größer"),
        ("cp1252", "xx", "größer"),
    ],
)
def test_a_page_that_names_no_encoding_is_read_by_its_language(
    codec: str, lang: str, text: str
) -> None:
    head = f'<!doctype html><html class="no-js" lang="{lang}"><p>'
    assert decoded(head.encode() + text.encode(codec), "text/html") == head + text
    assert decoded(head.encode() + text.encode(), "text/html") == head + text, "UTF-8 is seen"


@pytest.mark.parametrize("codec", ["punycode", "unicode_escape", "utf-7", "zlib", "idna", "hz"])
def test_codecs_that_no_browser_knows_are_not_used(codec: str) -> None:
    begun = time.process_time()
    body = b"a-" + b"\\u0041+AGE-b" * 100_000
    assert decoded(body, f"text/html; charset={codec}") == body.decode("ascii")
    assert time.process_time() - begun < 1


def test_a_hostile_head_takes_no_time() -> None:
    begun = time.process_time()
    decoded(b"<meta " * 400_000, "text/html")
    decoded(b"<meta charset" + b" " * 2_000_000, "text/html")
    decoded(b"<?xml " + b"encoding=" * 400_000 + b"\xff", "text/html")
    decoded(b"<html lang" * 400_000 + b"\xff", "text/html")
    assert time.process_time() - begun < 1
