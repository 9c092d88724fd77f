"""feeds.toml: what it may hold, and what is said of mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from summitry.feeds.config import Watched, load, seconds
from summitry.model.errors import UsageError


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(
        'every = "1h"\npause = "3s"\nmost_bytes = 100\n[[feed]]\nurl = "https://a.example/rss"\nname = "A"\nevery = "10m"\n'
        'text = "feed"\n[[page]]\nurl = "https://b.example/news"\n'
    )
    config = load(path)
    assert config.watched == (
        Watched("https://a.example/rss", "A", "feed", "feed", 600.0),
        Watched("https://b.example/news", "b.example", "page", "page", 3600.0),
    )
    assert (config.pause, config.timeout, config.most_bytes) == (3.0, 30.0, 100)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "nothing to watch"),
        ("x = 1", "x is unknown"),
        ("[[feed]]\nname = 'a'", "feed 1 has no url"),
        ("[[feed]]\nurl = 'ftp://a/b'", "no address of the web"),
        ("[[feed]]\nurl = 'http://a'\ntext = 'all'", '"page" or "feed"'),
        ("[[feed]]\nurl = 'http://a'\nevry = '1h'", "evry is unknown"),
        ("[[feed]]\nurl = 'http://a'\n[[feed]]\nurl = 'http://a'", "twice"),
        ("every = 'often'\n[[feed]]\nurl = 'http://a'", "no length of time"),
        ("most_bytes = 'many'\n[[feed]]\nurl = 'http://a'", "number of bytes"),
        ("[[feed", "write a list of feeds"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(text)
    with pytest.raises(UsageError, match=told):
        load(path)


def test_lengths_of_time() -> None:
    assert [seconds(t) for t in ("90s", "1.5h", "2d", "5 m")] == [90, 5400, 172_800, 300]
