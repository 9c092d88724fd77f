"""The order in which claims of a publication date are weighed."""

from summitry.ingest.dates import DateWords, Stated
from summitry.ingest.published import published
from summitry.model.article import Dateline
from summitry.model.dates import DateRange, Unit
from summitry.model.spans import Span

WORDS = DateWords.load()


def test_order_of_weight():
    stated = [Stated(Span(0, 1), Unit(2014, 5, 9), "updated", "f"), Stated(Span(0, 1), Unit(2014, 5, 5), "", "f")]
    claims = {
        "given": "2014-05-01",
        "page_date": "2014-05-02",
        "url": "https://news.example/2014/05/03/a",
        "stated": [Stated(Span(0, 1), Unit(2014, 5, 4), "published", "f"), *stated],
    }
    datelines = [Dateline(Span(0, 1), date=DateRange.unit(Unit(2014, 5, 6)))]
    days = []
    steps = [
        ("given", None),
        ("page_date", None),
        ("url", None),
        ("stated", stated),
        ("stated", stated[:1]),
        ("", None),
    ]
    for key, without in steps:
        found = published(claims["given"], claims["url"], claims["page_date"], claims["stated"], datelines, WORDS)
        days.append(found.day.day)
        claims[key] = without
    assert days == [1, 2, 3, 4, 5, 6]
    assert published(None, None, None, stated[:1], [], WORDS).day.day == 9


def test_nothing_told_is_unknown():
    found = published(None, "https://news.example/a", None, [], [Dateline(Span(0, 1))], WORDS)
    assert (found.value, found.how, found.reasons) == (None, "unknown", ())
