"""From raw reports to articles: publication, outlet, agency, language, identity."""

import tomllib
from pathlib import Path

import pytest

from summitry.model.article import Alignment
from summitry.model.errors import InputError

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "ingest_published.toml").read_text("utf-8"))["case"]
BODY = "The king of Tonga arrived in Apia on Monday for talks with the premier of Samoa, who had invited him in the spring."


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60].replace("\n", " "))
def test_published(case, read):
    article = read(case["text"], published=case.get("given"), url=case.get("url"), title=case.get("title"))
    assert (str(article.published), article.published.how) == (case["expected"], case["how"])
    assert bool(article.published.reasons) == bool(case["expected"])
    if article.published.how == "stated":
        assert article.published.span.of(article.text)


def test_reasons_name_what_was_overruled(read):
    text = "King in Apia\n\n14 May 2014\n\n" + BODY
    assert read(text, published="2014-05-16").published.reasons == (
        "given with the report",
        "stated in a line of its own (day-month-year) says 2014-05-14",
    )


@pytest.mark.parametrize(
    ("text", "given", "outlet", "agency"),
    [
        (BODY, {"url": "https://edition.cnn.com/a"}, "CNN", None),
        (BODY, {"url": "https://news.example/a"}, None, None),
        ("King in Apia\n\nAPIA (AP) - " + BODY, {}, None, "Associated Press"),
        ("King in Apia\n\nAPIA (Planet) - " + BODY, {}, None, "Planet"),
        ("King in Apia\n\nBy Jane Doe, Reuters\n\n" + BODY, {}, None, "Reuters"),
        ("King in Apia\n\nUSA TODAY\n\n" + BODY, {}, "USA TODAY", None),
        ("King in Apia | CNN\n\n" + BODY, {}, "CNN", None),
        ("The Guardian\n\nKing in Apia for talks\n\n" + BODY, {}, None, None),
        (BODY, {"url": "https://www.reuters.com/a"}, "Reuters", "Reuters"),
        (BODY + " Reuters and CNN told of it.", {}, None, None),
    ],
)
def test_outlet_and_agency(read, text, given, outlet, agency):
    article = read(text, **given)
    assert (article.outlet, article.agency) == (outlet, agency)


def test_the_dateline_is_that_of_the_body(read):
    article = read("NIUE, Nov. 5 , 2005 (Xinhua)\n\nRoundup: Isles\n\nAPIA, Nov. 5 (Xinhua) -- " + BODY)
    assert article.dateline.place.of(article.text) == "APIA"
    assert article.dateline.date is None
    assert str(article.published) == "2005-11-05"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (BODY, "en"),
        ("Le roi est arrivé à Apia pour des entretiens, qui est dans la ville et a dit que c'est une joie.", "fr"),
        ("Der König und die Königin sind zu Gesprächen in Apia und werden auch den Hafen sehen, der dort nicht zu ist.", "de"),
        ("Apia", None),
        ("Tonga " * 50, None),
    ],
)  # fmt: skip
def test_language(read, text, language):
    assert read(text).language == language


def test_the_id_is_of_the_text_and_what_came_with_it(read):
    first = read(BODY)
    assert first.id == read(BODY, given_id="r1").id
    assert len({first.id, read(BODY + " ").id, read(BODY, url="u").id, read(BODY, published="2014-05-14").id}) == 4
    assert read(BODY, given_id="r1").name == "r1"


PAGE = """<!DOCTYPE html><html><head><title>King in Apia for talks | The Planet</title>
<meta property="og:site_name" content="The Planet"><meta property="article:published_time" content="2014-05-14T08:00:00+00:00">
</head><body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>King in Apia for talks</h1>
<p>The king of Tonga &amp; the queen arrived in <b>Apia</b> on
   Monday for talks with the premier of Samoa, who had invited them in the spring of last year.</p>
<p>They&#8217;ll stay for three days and see the harbour, the cathedral and the house of the poet on the hill.</p>
<ul><li>On Tuesday the king speaks in parliament, the first guest to do so.</li></ul>
<p>The premier&nbsp;is to come to Tonga next year for the feast, if the parliament of Samoa lets her do so.</p>
</article><footer>Copyright 2014 The Planet</footer></body></html>"""


def test_a_page(read):
    article = read(PAGE, kind="html")
    assert article.title == "King in Apia for talks"
    assert (str(article.published), article.published.how) == ("2014-05-14", "metadata")
    assert article.blocks[0].role == "headline"
    assert article.text.count("King in Apia for talks") == 1
    for words in ("king of Tonga & the queen arrived in Apia on Monday", "They’ll stay", "On Tuesday the king speaks"):
        assert words in article.text
    assert "Home" not in article.text


def test_the_text_of_a_page_leads_back_to_the_source(read):
    article = read(PAGE, kind="html")

    def back(words):
        from summitry.model.spans import Span

        start = article.text.index(words)
        span, how = article.source_span(Span(start, start + len(words)))
        return PAGE[span.start : span.end], how

    assert back("arrived in") == ("arrived in", Alignment.EXACT)
    assert back("&") == ("&amp;", Alignment.ALIGNED)
    # Across a tag, an entity or a line end the source is found, if with more around it.
    for words, source in (("Tonga & the", "Tonga &amp; the"), ("Apia on", "Apia</b> on"), ("They’ll", "They&#8217;ll")):
        found, how = back(words)
        assert source in found
        assert how is Alignment.ALIGNED
    assert back("stay for three days") == ("stay for three days", Alignment.EXACT)
    for anchor in article.anchors:
        if anchor.how is Alignment.EXACT:
            assert anchor.text.of(article.text) == anchor.source.of(PAGE)
    covered = {i for anchor in article.anchors for i in range(anchor.text.start, anchor.text.end)}
    assert covered == {i for i in range(len(article.text)) if article.text[i] != "\n"}


@pytest.mark.parametrize("page", ["", "<", "<!--", "<html></html>", "<script>x", "<p>" + "<div>" * 5000, "&#x110000;"])
def test_a_page_without_text_is_an_error_that_says_so(read, page):
    with pytest.raises(InputError, match="no text was found"):
        read(page, kind="html")


def test_a_list_within_lists_is_read(read):
    page = "<html><body><article>" + "<ul><li>" * 30 + "The king is in Apia for talks." * 9 + "</article></body></html>"
    assert "The king is in Apia" in read(page, kind="html").text
