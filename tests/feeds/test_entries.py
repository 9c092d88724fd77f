"""Entries of feeds as items: what names them, and what of a broken feed is kept."""

from __future__ import annotations

from summitry.feeds.config import Watched
from summitry.feeds.entries import entries, own_page
from summitry.feeds.state import Item

FEED = Watched("https://news.example/rss", "News", "feed", "page", 60.0)


def rss(*items: str, end: str = "</channel></rss>") -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{"".join(items)}{end}'.encode()


def found(*items: str, watched: Watched = FEED, **more: str) -> list[Item]:
    got, error = entries(rss(*items, **more), {"content-type": "text/xml"}, watched)
    assert (error == "") is not bool(more)
    return got


def test_an_entry() -> None:
    (item,) = found(
        "<item><guid isPermaLink='false'>urn:x:1</guid><title>Off &amp;amp; away</title><link>/a#top</link>"
        "<pubDate>Tue, 14 May 2024 23:12:00 -0500</pubDate><description>They &lt;b&gt;go&lt;/b&gt; there.</description></item>"
    )
    assert (item.link, item.title, item.published, item.status) == (
        "https://news.example/a", "Off & away", "2024-05-14", "waiting",
    )  # fmt: skip
    assert item.text is None
    assert "They <b>go</b> there." in (own_page(item) or "")


def test_the_same_entry_has_the_same_key_and_others_have_others() -> None:
    a = "<item><guid>https://news.example/1</guid><title>One</title></item>"
    b = "<item><guid>2</guid><title>Two</title></item>"
    first, second = found(a, b, a)
    assert found(a.replace("One", "One, corrected"))[0].key == first.key
    elsewhere = Watched("https://other.example/rss", "Other", "feed", "page", 60.0)
    assert found(a, watched=elsewhere)[0].key == first.key, "an address names it everywhere"
    assert found(b, watched=elsewhere)[0].key != second.key, "a bare number in its feed alone"


def test_a_link_that_several_share_names_none() -> None:
    shared = [f"<item><guid>{n}</guid><title>News {n}</title><link>https://news.example/</link></item>" for n in (1, 2)]
    items = found(*shared)
    assert len({item.key for item in items}) == 2
    assert [(item.link, item.status) for item in items] == [(None, "ready")] * 2


def test_what_the_feed_holds_is_the_report_where_that_is_asked_for() -> None:
    whole = Watched(FEED.url, "News", "feed", "feed", 60.0)
    (item,) = found(
        "<item><title>T</title><link>https://news.example/a</link><description>The words.</description></item>",
        watched=whole,
    )
    assert item.status == "ready"
    assert "The words." in (item.text or "")
    assert item.link == "https://news.example/a"


def test_of_a_broken_feed_what_can_be_made_out_is_kept() -> None:
    (item,) = found("<item><guid>1</guid><title>One</title></item>", end="<item><tit")
    assert item.title == "One"


def test_what_is_no_feed() -> None:
    for body in (b"", b"hello", b"<html><body>hi</body></html>", bytes(range(256))):
        items, error = entries(body, {}, FEED)
        assert not items
        assert error


def test_entries_of_no_words_and_odd_links() -> None:
    assert found("<item></item>") == []
    (item,) = found("<item><title>T</title><link>javascript:alert(1)</link></item>")
    assert item.link is None
