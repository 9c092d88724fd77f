"""Encodings of pages."""

import pytest

from summitry.ingest.decode import BadBytes, binary_kind, decode_html, decode_text

PAGE = "<html><head><meta charset='{}'></head><p>Zürich and Łódź</p></html>"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("iso-8859-2", "iso-8859-2"),
        ("windows-1252", "utf-8"),
        ("utf-16", "utf-8"),
        ("nonsense", "utf-8"),
    ],
)
def test_declared_encodings(declared, encoding):
    page = PAGE.format(declared)
    assert decode_html(page.encode(encoding)) == (page, ())


def test_what_declares_nothing_is_windows_1252():
    assert decode_html("<p>“Zürich”</p>".encode("cp1252")) == ("<p>“Zürich”</p>", ())


def test_latin_1_is_read_as_browsers_do():
    page = "<meta charset=iso-8859-1><p>“Zürich”</p>"
    assert decode_html(page.encode("cp1252"))[0] == page


def test_a_few_wrong_bytes_are_replaced_with_a_note():
    text, notes = decode_html(b"<meta charset=utf-8>" + b"word " * 100 + b"\xff")
    assert text.endswith("\ufffd")
    assert notes == ("1 bytes that are not UTF-8 were replaced by U+FFFD",)


def test_many_wrong_bytes_are_refused():
    with pytest.raises(BadBytes, match="not UTF-8"):
        decode_html(b"<meta charset=utf-8>" + b"\xff\xfe\xfd" * 50)


def test_the_place_of_a_bad_byte():
    with pytest.raises(BadBytes, match=r"byte 4 \(line 2\)"):
        decode_text(b"ab\n\xff")


def test_text_is_not_binary():
    assert binary_kind("Zürich\t“so”\r\n".encode()) is None
    assert binary_kind("Zürich".encode("utf-16")) is None
