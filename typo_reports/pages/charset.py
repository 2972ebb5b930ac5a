"""Bytes of a page to text: byte order mark, then the header, then the page's own word, then UTF-8.

A page that says nothing and is no UTF-8 is read as browsers of its language would guess.

Only encodings that the Encoding Standard knows are used: Python has others, some of them slow on
hostile bytes.
"""

from __future__ import annotations

import re

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# How far into the page its own word may stand (the HTML standard says 1,024 bytes; pages differ).
_META_WITHIN = 4096
_IN_META = re.compile(
    rb"<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_.:-]{1,40})", re.I
)
_IN_XML = re.compile(
    rb"\s{0,9}<\?xml\s[^>]{0,300}?\bencoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9_.:-]{1,40})", re.I
)
_LANGUAGE = re.compile(rb"<html\b[^>]{0,600}?\slang\s{0,9}=\s{0,9}[\"']?([A-Za-z-]{2,20})", re.I)
_IN_HEADER = re.compile(r"charset\s*=\s*\"?([A-Za-z0-9_.:-]{1,40})", re.I)
# As the Encoding Standard has it, what calls itself Latin-1 is Windows-1252.
_CODECS = {
    "ascii": "cp1252",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "eucjp": "euc_jp",
    "euckr": "cp949",
    "cp866": "cp866",
    "dos874": "cp874",
    "gb18030": "gb18030",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ibm866": "cp866",
    "iso2022jp": "iso2022_jp",
    "iso885911": "cp874",
    "iso88598i": "iso8859_8",
    "iso88591": "cp1252",
    "iso88599": "cp1254",
    "koi8r": "koi8_r",
    "koi8ru": "koi8_u",
    "koi8u": "koi8_u",
    "ksc56011987": "cp949",
    "latin1": "cp1252",
    "macintosh": "mac_roman",
    "shiftjis": "cp932",
    "sjis": "cp932",
    "tis620": "cp874",
    "usascii": "cp1252",
    "utf8": "utf-8",
    "utf16": "utf-16-le",
    "utf16be": "utf-16-be",
    "utf16le": "utf-16-le",
    "windows874": "cp874",
    "windows949": "cp949",
    "windows31j": "cp932",
    "xgbk": "gb18030",
    "xsjis": "cp932",
    **{f"windows125{number}": f"cp125{number}" for number in range(9)},
    **{f"cp125{number}": f"cp125{number}" for number in range(9)},
    **{f"xcp125{number}": f"cp125{number}" for number in range(9)},
    **{f"iso8859{part}": f"iso8859_{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
}

_BY_LANGUAGE_TEXT = """
cp1250 cs hr hu pl ro sk sl | cp1251 be bg kk ky mk mn ru sr tg tt uk | cp1253 el | cp1254 az tr
cp1255 he iw yi | cp1256 ar fa ur | cp1257 et lt lv | cp1258 vi | cp874 th | cp932 ja | cp949 ko
gb18030 zh | big5hkscs zh-tw zh-hk zh-hant
"""
_BY_LANGUAGE = {
    language: codec
    for codec, *languages in map(str.split, re.split(r"[|\n]", _BY_LANGUAGE_TEXT.strip()))
    for language in languages
}


def decoded(body: bytes, content_type: str) -> str:
    """The page as text; bytes that fit no character become U+FFFD.

    Null characters are left out, as browsers do: no database takes them, nobody sees them.
    """
    marked = next((one for one in _MARKS if body.startswith(one[0])), None)
    mark, codec = marked or (b"", _codec(body, content_type))
    return body[len(mark) :].decode(codec, errors="replace").replace("\0", "")


def _codec(body: bytes, content_type: str) -> str:
    in_header = _IN_HEADER.search(content_type)
    if in_header and (codec := _known(in_header[1])):
        return codec
    in_meta = _IN_META.search(body, 0, _META_WITHIN)
    if in_meta and (codec := _known(in_meta[1].decode("ascii"))):
        # A page that could be read as ASCII so far is not in UTF-16.
        return "utf-8" if codec.startswith("utf-16") else codec
    in_xml = _IN_XML.match(body, 0, _META_WITHIN)
    if in_xml and (codec := _known(in_xml[1].decode("ascii"))):
        return "utf-8" if codec.startswith("utf-16") else codec
    return "utf-8" if _is_utf8(body) else _of_language(body)


def _of_language(body: bytes) -> str:
    said = _LANGUAGE.search(body, 0, _META_WITHIN)
    tag = said[1].decode("ascii").lower() if said else ""
    return _BY_LANGUAGE.get(tag) or _BY_LANGUAGE.get(tag.partition("-")[0], "cp1252")


def _known(label: str) -> str | None:
    return _CODECS.get(re.sub(r"[^a-z0-9]", "", label.lower()))


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
