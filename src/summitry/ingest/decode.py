"""From bytes to text: byte-order marks, the declared encoding of a page, UTF-8; no statistics, no guessing."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich text document"),
    (b"SQLite format 3", "an SQLite database"),
)
_CONTROLS = bytes(sorted({*range(32), 127} - {9, 10, 11, 12, 13, 27}))
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})",
    re.I,
)
_FALLBACK = "windows-1252"  # what the HTML standard prescribes for a page that declares nothing

# What pages declare, and what they then use: the superset that browsers read instead (encoding.spec.whatwg.org).
_SUPERSETS = {
    "ascii": _FALLBACK, "iso8859-1": _FALLBACK, "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip


class BadBytes(ValueError):
    """The bytes are no text in the encoding that they should be in; the message says where and what to do."""


def binary_kind(head: bytes) -> str | None:
    """What the first bytes of a file are if not text ("a PDF"); None for text.

    Specimen: ``binary_kind(b"%PDF-1.7")`` is "a PDF".
    """
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return name
    if _mark(head):
        return None
    if b"\x00" in head or len(head) - len(head.translate(None, _CONTROLS)) > len(head) // 10:
        return "a binary file"
    return None


def _mark(data: bytes) -> tuple[bytes, str] | None:
    return next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), None)


def decode_text(data: bytes) -> str:
    """Plain text: by its byte-order mark, else UTF-8. Raises BadBytes with the position of the first bad byte."""
    mark, encoding = _mark(data) or (b"", "utf-8")
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        where = len(mark) + error.start + 1
        line = data.count(b"\n", 0, len(mark) + error.start) + 1
        raise BadBytes(f"not {encoding.upper()} at byte {where} (line {line}): save the file as UTF-8") from None


def decode_html(data: bytes) -> tuple[str, tuple[str, ...]]:
    """A page: by its byte-order mark, its declared encoding, UTF-8, or what the HTML standard falls back on.

    Bytes that are wrong in the encoding become U+FFFD, as in a browser, with a note. Raises BadBytes if over one in
    a hundred is wrong.
    """
    mark = _mark(data)
    if mark:
        return _lenient(data[len(mark[0]) :], mark[1])
    try:
        return data.decode("utf-8"), ()  # nothing else is valid UTF-8 by chance, whatever the page declares
    except UnicodeDecodeError:
        declared = _CHARSET.search(data[:4096])
    return _lenient(data, (_known((declared[1] or declared[2]).decode("ascii")) if declared else None) or _FALLBACK)


def _known(name: str) -> str | None:
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    return _SUPERSETS.get(found, "utf-8" if found.startswith(("utf-16", "utf-32")) else found)


def _lenient(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    except (LookupError, UnicodeError, AttributeError, TypeError):  # a codec that is no text encoding ("base64")
        return _lenient(data, "utf-8")
    bad = text.count("\ufffd")
    if bad * 100 > len(data):
        raise BadBytes(f"{bad} bytes are not {encoding.upper()}, as the page declares: save the page as UTF-8")
    return text, (f"{bad} bytes that are not {encoding.upper()} were replaced by U+FFFD",)
