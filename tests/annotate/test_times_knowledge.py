"""The knowledge of times: every word, holiday and event is reached; what is wrong in a file is told with its place."""

from __future__ import annotations

import datetime as dt
import re
import time
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from summitry.annotate.times import find_times
from summitry.lexicon.files import DATA
from summitry.lexicon.times import Grammar
from summitry.model.errors import KnowledgeError

FOLDER = DATA / "times"
GRAMMAR = Grammar.load()
WORDS = tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))
HOLIDAYS = tomllib.loads((FOLDER / "holidays.toml").read_text(encoding="utf-8"))["holiday"]
DAY = dt.date(2015, 5, 4)


def rules() -> str:
    return (FOLDER / "rules.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", WORDS)
def test_every_class_is_used(name: str) -> None:
    assert re.search(r"\{(?:\w+:)?" + name + r"\}", rules()), f"no rule uses {name}"
    assert WORDS[name]["words"]


@pytest.mark.parametrize("name", [n for h in HOLIDAYS for n in h["names"]])
def test_every_holiday_has_a_day(name: str) -> None:
    (found,) = find_times(name.replace("’ ", "'").replace(" '", "'"), (), (), DAY, GRAMMAR)
    assert found.rule == "holiday"
    assert found.range is not None
    assert abs(((found.range.earliest or DAY) - DAY).days) < 366


@pytest.mark.parametrize("form", [*WORDS["month"]["words"]])
def test_every_form_of_a_month(form: str) -> None:
    text = f"in {form.capitalize()} 2011"
    (found,) = find_times(text, (), (), DAY, GRAMMAR)
    assert found.value == f"2011-{WORDS['month']['words'][form]:02d}"


@pytest.mark.parametrize("form", [*WORDS["weekday"]["words"]])
def test_every_form_of_a_weekday(form: str) -> None:
    (found,) = find_times(f"on {form.capitalize()}", (), (), DAY, GRAMMAR)
    assert dt.date.fromisoformat(found.value).isoweekday() == WORDS["weekday"]["words"][form]


@pytest.mark.parametrize("n", range(1, 100))
def test_numbers_in_words(n: int) -> None:
    ones = {v: w for w, v in WORDS["number"]["words"].items() if " " not in w}
    word = ones.get(n) or f"{ones[n // 10 * 10]}-{ones[n % 10]}"
    (found,) = find_times(f"{word} days", (), (), DAY, GRAMMAR)
    assert (found.value, found.days) == (f"P{n}D", n)


LUNAR = {  # first and last possible day, and the days from one to the next
    "lunar-new-year": ("01-21", "02-21", (353, 385)),
    "diwali": ("10-13", "11-16", (353, 385)),
    "passover": ("03-25", "04-27", (353, 386)),
    "rosh-hashanah": ("09-04", "10-07", (353, 386)),
    "yom-kippur": ("09-13", "10-16", (353, 386)),
    "hanukkah": ("11-27", "12-28", (353, 386)),
    "ramadan": ("01-01", "12-31", (353, 356)),
    "eid-al-fitr": ("01-01", "12-31", (353, 356)),
    "eid-al-adha": ("01-01", "12-31", (353, 356)),
}


def test_the_feasts_of_other_calendars_are_there_from_1970_to_2050() -> None:
    assert {h["table"] for h in HOLIDAYS if "table" in h} == set(LUNAR)


@pytest.mark.parametrize("name", LUNAR)
def test_a_feast_of_another_calendar_keeps_its_season_and_its_distance(name: str) -> None:
    early, late, (least, most) = LUNAR[name]
    days = sorted(day for starts in GRAMMAR.holidays[name].table.values() for day, _ in starts)
    assert (days[0].year, days[-1].year) == (1970, 2050)
    assert all(early <= f"{day:%m-%d}" <= late for day in days)
    assert all(least <= (b - a).days <= most for a, b in pairwise(days))


def test_ramadan_ends_with_its_feast() -> None:
    first = [d for starts in GRAMMAR.holidays["ramadan"].table.values() for d, _ in starts]
    feasts = {d for starts in GRAMMAR.holidays["eid-al-fitr"].table.values() for d, _ in starts}
    assert all({d + dt.timedelta(n) for n in (29, 30)} & feasts for d in first if d.year < 2050)


def test_events_are_whole() -> None:
    first, last = GRAMMAR.publishing["first_year"], GRAMMAR.publishing["last_year"]
    assert first < last
    phrases = [p for e in GRAMMAR.events for p in e.phrases]
    assert len(phrases) == len(set(phrases)), "a phrase of two events dates neither"
    for event in GRAMMAR.events:
        assert all(event.phrases)
        assert event.date.year <= last
        assert all(dt.date(2024, month, day) for month, day, _ in event.days)


def test_rules_have_ids_of_their_own() -> None:
    ids = re.findall(r'^id = "([^"]+)"', rules(), re.M)
    assert len(ids) == len(set(ids))


def test_it_loads_fast() -> None:
    best = min(_seconds() for _ in range(3))
    assert best < 0.3


def _seconds() -> float:
    start = time.process_time()
    Grammar.load()
    return time.process_time() - start


def own(tmp_path: Path, **files: str) -> Path:
    folder = tmp_path / "times"
    folder.mkdir()
    for name, text in files.items():
        (folder / name.replace("_", ".", 1)).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_folder_of_ones_own_adds_and_replaces(tmp_path: Path) -> None:
    folder = own(
        tmp_path,
        words_toml="[weekday.words]\nmandag = 1\n",
        rules_toml='[[rule]]\nid = "tonight"\npattern = "this night"\nmake = "day"\nwith = { today = 0, part = "TNI" }\n',
        holidays_toml='[[holiday]]\nid = "saint-olaf"\nnames = ["Saint Olaf"]\nfixed = [7, 29]\n',
    )
    grammar = Grammar.load(DATA, folder)
    text = "On Mandag tonight, this night of Saint Olaf"
    found = [(text[t.span.start : t.span.end], t.value) for t in find_times(text, (), (), DAY, grammar)]
    assert found == [("Mandag", "2015-05-04"), ("this night", "2015-05-04TNI"), ("Saint Olaf", "2015-07-29")]


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ('id = "x"\npattern = "{nothing}"\nmake = "date"', "no class 'nothing'"),
        ('id = "x"\npattern = "[the {month}"\nmake = "date"', "not closed"),
        ('id = "x"\npattern = "the] {month}"\nmake = "date"', "too many"),
        ('id = "x"\nmake = "date"', "needs id, pattern and make"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, rule: str, message: str) -> None:
    with pytest.raises(KnowledgeError, match=re.escape(message)):
        Grammar.load(DATA, own(tmp_path, rules_toml=f"[[rule]]\n{rule}\n"))


def test_a_rule_of_an_unknown_make(tmp_path: Path) -> None:
    text = '[[rule]]\nid = "x"\npattern = "{month} ides"\nmake = "nothing"\n'
    grammar = Grammar.load(DATA, own(tmp_path, rules_toml=text))
    with pytest.raises(KnowledgeError, match="rule x: no constructor 'nothing'"):
        find_times("the March ides", (), (), DAY, grammar)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("holidays_toml", "[[holiday]]\nfixed = [7, 29]\n", "needs id and names"),
        ("movable_csv", "holiday,first,about,source\nx,2024-02-30,,y\n", "movable.csv: x: day is out of range"),
    ],
)
def test_a_holiday_that_is_wrong(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message):
        Grammar.load(DATA, own(tmp_path, **{name: text}))


def test_a_holiday_without_its_table(tmp_path: Path) -> None:
    text = '[[holiday]]\nid = "x"\nnames = ["Xday"]\ntable = "none"\n'
    with pytest.raises(KnowledgeError, match="no rows of 'none'"):
        Grammar.load(DATA, own(tmp_path, holidays_toml=text))
