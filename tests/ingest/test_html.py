"""Pages: whatever the mark-up, the text leads back to the source."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.ingest.html import _Visible, read_html
from summitry.model.article import Alignment

MARKUP = (
    "<p> </p> <b> </b> <br> <div> </div> <h1> </h1> <ul><li> </li></ul> <a> </a> <!-- --> <script> </script> <table><tr><td> "
    "</table> &amp; &nbsp; &#8217; &#x1F600; &notanentity; < > &"
)
PROSE = (
    "The king arrived in Apia on Monday for talks with the premier of Samoa. ",
    "They spoke of fish & copra. ",
    "\n",
    " ",
)
PIECES = st.sampled_from([*MARKUP.split(), *PROSE])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=40).map("".join))
def test_anchors_are_true(middle):
    source = f"<html><head><title>King in Apia</title></head><body><article>{middle}</article></body></html>"
    page = read_html(source)
    last = 0
    for anchor in page.anchors:
        assert last <= anchor.text.start < anchor.text.end <= len(page.text)
        last = anchor.text.end
        assert (anchor.source is None) == (anchor.how is Alignment.NOT_FOUND)
        if anchor.source:
            assert anchor.source.end <= len(source)
        if anchor.how is Alignment.EXACT:
            assert anchor.text.of(page.text) == anchor.source.of(source)


@pytest.mark.parametrize(
    ("title", "site", "expected"),
    [
        ("Talks in Apia | The Planet", "The Planet", "Talks in Apia"),
        ("Talks in Apia - Isles - The Planet", "The Planet", "Talks in Apia - Isles"),
        ("Talks in Apia – a first", "The Planet", "Talks in Apia – a first"),
        ("The Planet", "The Planet", "The Planet"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_title(title, site, expected):
    body = "<p>" + "The king of Tonga arrived in Apia on Monday for talks with the premier of Samoa. " * 4 + "</p>"
    head = f"<title>{title}</title><meta property='og:site_name' content='{site}'><meta property='og:title' content='{title}'>"
    assert read_html(f"<html><head>{head}</head><body><article>{body}</article></body></html>").title == expected


def test_the_same_page_gives_the_same_text_whatever_came_before():
    page = (
        "<html><body><article>"
        + "<p>The king of Tonga arrived in Apia on Monday for talks with her.</p>" * 3
        + "</article></body></html>"
    )
    first = read_html(page)
    read_html(page.replace("Tonga", "Niue"))
    assert read_html(page) == first


SEEN = [
    ("a <b>bc</b>\n d", "abcd"),
    ("a<!-- b --!> c -->d", "ad"),
    ("a<!-- b", "a"),
    ("a<!-->b-->c", "ac"),
    ("a<SCRIPT x='>'>b < c</script\n>d<style>e</styles></style>f", "adf"),
    ("a<svg><path/></svg>b<svgs>c", "abc"),
    ("a<script>b", "a"),
    ("a < b <3 c <d", "a<b<3c"),
    ("a&amp;b &nbsp;&#8217;c&d", "a&b\u2019c&d"),
    ("", ""),
]


@pytest.mark.parametrize(("source", "text"), SEEN)
def test_what_of_a_page_is_seen(source, text):
    page = _Visible(source)
    assert page.text == text
    starts, ends = page.places(0, len(text))
    for letter, start, end in zip(text, starts, ends, strict=True):
        assert source[start:end] == letter or source[start] == "&"


@pytest.mark.parametrize(("at", "size", "starts", "ends"), [
    (0, 2, [0, 1], [1, 2]),
    (1, 3, [1, 3, 4], [2, 4, 9]),
    (3, 2, [4, 9], [9, 10]),
    (4, 1, [9], [10]),
    (4, 0, [], []),
])  # fmt: skip
def test_characters_lead_back_from_anywhere(at, size, starts, ends):
    assert _Visible("ab c&amp;d").places(at, size) == (starts, ends)
