"""Articles: ids and the way back to the source."""

from summitry.model.article import Alignment, Anchor, Article, digest
from summitry.model.spans import Span


def test_the_same_parts_give_the_same_id_and_others_another():
    assert digest("text", None, {"b": 1, "a": 2}) == digest("text", None, {"a": 2, "b": 1})
    assert digest("text", "u") != digest("text", None)
    assert len(digest("x")) == 16


def test_plain_text_is_its_own_source():
    article = Article("1", "-", "Xi visits")
    assert article.source_span(Span(0, 2)) == (Span(0, 2), Alignment.EXACT)


def test_anchors_lead_back_exactly_nearly_or_not_at_all():
    anchors = (
        Anchor(Span(0, 10), Span(100, 110), Alignment.EXACT),
        Anchor(Span(11, 20), Span(120, 140), Alignment.ALIGNED),
        Anchor(Span(21, 30), None, Alignment.NOT_FOUND),
    )
    article = Article("1", "-", "x" * 40, anchors=anchors)
    assert article.source_span(Span(2, 5)) == (Span(102, 105), Alignment.EXACT)
    assert article.source_span(Span(12, 15)) == (Span(120, 140), Alignment.ALIGNED)
    assert article.source_span(Span(22, 25)) == (None, Alignment.NOT_FOUND)
    assert article.source_span(Span(5, 15)) == (Span(105, 140), Alignment.ALIGNED)
    assert article.source_span(Span(35, 38)) == (None, Alignment.NOT_FOUND)
