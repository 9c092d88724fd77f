"""The table of tenures: its form, its holders, and the questions that it answers."""

import datetime as dt
import time
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from summitry.lexicon.countries import Countries
from summitry.lexicon.files import DATA, read_table, read_toml
from summitry.lexicon.offices_question import answer, neighbours, similar, understand
from summitry.lexicon.people import COLUMNS, People, may_hold, name_words, surely_holds
from summitry.model.dates import DateRange, Unit
from summitry.model.entities import Rank, Sure, Tenure
from summitry.model.errors import KnowledgeError

FOLDER = DATA / "people"
CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "people_offices.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def people() -> People:
    return People.load()


@pytest.fixture(scope="module")
def countries() -> Countries:
    return Countries.load()


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return list(read_table(FOLDER / "tenures.csv", COLUMNS))


def test_rows_have_keys_codes_sources_and_order(rows, people, countries):
    keys = Counter((r["person"], r["office"], r["country"], r["start"]) for r in rows)
    assert [k for k, n in keys.items() if n > 1] == []
    known = {c.code for c in countries} | set(people.offices.bodies) | set(people.successors)
    for row in rows:
        assert row["person"] and row["family_name"] and row["source"] and row["start"], row
        assert row["office"] in people.offices.offices, row
        assert row["country"] in known, row
        assert row["certainty"] in {str(s) for s in Sure}, row
        start, end = Unit.parse(row["start"]), Unit.parse(row["end"]) if row["end"] else None
        assert end is None or start.first <= end.last, row
        assert start.first <= dt.date(2026, 12, 31), row


def test_no_two_holders_of_a_single_office_at_once(rows):
    offices = read_toml(FOLDER / "offices.toml")
    exempt = read_toml(FOLDER / "exceptions.toml")
    shared = {(e["office"], e["country"]) for e in exempt["shared"]}
    beside = tuple(exempt["titles"]["beside"])
    held: dict[tuple[str, str], list[tuple[Unit, Unit | None, str]]] = {}
    for row in rows:
        key = (row["office"], row["country"])
        if (
            offices[row["office"]].get("single")
            and key not in shared
            and not any(t in row["title"].lower() for t in beside)
        ):
            end = Unit.parse(row["end"]) if row["end"] else None
            held.setdefault(key, []).append((Unit.parse(row["start"]), end, row["person"]))
    clashes = []
    for key, group in held.items():
        group.sort(key=lambda g: g[0].first)
        for n, (_, end, one) in enumerate(group):
            clashes += [
                (key, one, two)
                for start, _, two in group[n + 1 :]
                if one != two and (end is None or start.last < end.first)
            ]
    assert clashes == []
    assert all(e["why"] for e in exempt["shared"])


def test_every_declared_exception_is_one(rows):
    held = {(r["office"], r["country"]) for r in rows}
    assert {(e["office"], e["country"]) for e in read_toml(FOLDER / "exceptions.toml")["shared"]} <= held


def test_each_state_has_its_heads_since_1990(people, countries):
    """At least: a head of state or government on every first of July since 1995 for nine states in ten."""
    states = [c.code for c in countries if c.status == "state"]
    days = [dt.date(year, 7, 1) for year in range(1995, 2026)]
    asked = found = 0
    for code in states:
        for day in days:
            asked += 1
            found += bool(people.holders("head_of_state", code, day) or people.holders("head_of_government", code, day))
    assert found / asked > 0.9
    counts = Counter(t.office for h in people.people for t in h.tenures)
    least = {"head_of_state": 1300, "head_of_government": 2100, "foreign_minister": 1800, "defence_minister": 400}
    assert {k: counts[k] >= v for k, v in least.items()} == dict.fromkeys(least, True)


def test_homonyms_are_declared_and_kept_apart(people, rows):
    names = {e["name"] for e in read_toml(FOLDER / "homonyms.toml")["homonym"]}
    assert names <= {r["person"] for r in rows}
    belgian, monegasque = (people.who("head_of_state", code, dt.date(2008, 1, 1)) for code in ("BEL", "MCO"))
    assert belgian is not None and monegasque is not None and belgian is not monegasque
    assert belgian.name == monegasque.name == "Albert II"


def test_women_are_in_the_table(people):
    names = {h.name for h in people.people}
    assert [n for n in read_toml(FOLDER / "women.toml")["names"] if n not in names] == []


@pytest.mark.parametrize(("question", "day", "name"), CASES["holders"])
def test_spot_checks(people, countries, question, day, name):
    asked = understand(question, people, countries)
    assert [t.person for t in answer(asked, people, DateRange.parse(day))] == [name]


@pytest.mark.parametrize(("question", "day"), CASES["open"])
def test_questions_without_one_answer(people, countries, question, day):
    asked = understand(question, people, countries)
    assert len({t.person for t in answer(asked, people, DateRange.parse(day))}) != 1


def test_a_name_is_a_question_too(people, countries):
    offices = {t.office for t in answer(understand("Angela Merkel", people, countries), people, None)}
    assert offices == {"head_of_government"}


@pytest.mark.parametrize(
    ("question", "day", "names"),
    [
        ("Soviet president", "1991-06-01", ["Mikhail Gorbachev"]),
        ("president of Russia", "1991-08-01", ["Boris Yeltsin"]),
        ("prime minister of East Germany", "1990-05", ["Lothar de Maizière"]),
        ("former president of France", "2010", ["Jacques Chirac", "François Mitterrand"]),
        ("ex-chancellor of Germany", "2006-06", ["Gerhard Schröder", "Helmut Kohl"]),
        ("Pentagon chief", "2009", ["Robert Gates"]),
        ("the Taoiseach", "2015", ["Enda Kenny"]),
        ("President of the European Council", "2016", ["Donald Tusk"]),
        ("secretary-general of the United Nations", "2021-03", ["António Guterres"]),
        ("President of the Republic of Korea", "2005", ["Roh Moo-hyun"]),
        ("Vietnamese party chief", "2015", ["Nguyen Phu Trong"]),
        ("President Putin", "2003", ["Vladimir Putin"]),
        ("Mr Putin", "2003", ["Vladimir Putin"]),
        ("Bulgarian Prime Minister Boyko Borisov", "2016", ["Boyko Borisov"]),
        ("Ireland", "2000-06", ["Bertie Ahern", "Brian Cowen", "Mary McAleese"]),
    ],
)  # fmt: skip
def test_questions_in_many_words(people, countries, question, day, names):
    asked = understand(question, people, countries)
    found = [t.person for t in answer(asked, people, DateRange.parse(day))]
    assert (found if asked.former else sorted(found)) == names


def test_who_came_before_and_after_and_who_is_called_alike(people, countries):
    asked = understand("Tony Blair", people, countries)
    assert [str(t.end) for t in neighbours(asked, people, dt.date(2015, 1, 1))] == ["2007-06-27"]
    assert similar("Angela Merkl", people)[0] == "Angela Merkel"
    assert similar("Qzzx Vbbn", people) == ()


def test_a_party_leader_is_not_the_president(people):
    day = dt.date(2015, 5, 1)
    found = {o: people.who(o, "VNM", day) for o in ("head_of_state", "party_leader_ruling")}
    assert {o: h.name for o, h in found.items() if h} == {
        "head_of_state": "Truong Tan Sang", "party_leader_ruling": "Nguyen Phu Trong",
    }  # fmt: skip
    soviet = people.who("head_of_state", "RUS", dt.date(1991, 8, 1), ("the", "soviet", "president"))
    assert soviet is not None and soviet.name == "Mikhail Gorbachev"


def test_precision_bounds_what_is_sure():
    tenure = Tenure("A", "foreign_minister", "CHL", Unit(2004, 10), Unit(2006), Sure.HIGH)
    inside, edge, after = dt.date(2005, 1, 1), dt.date(2004, 10, 5), dt.date(2007, 1, 1)
    assert [may_hold(tenure, d) for d in (inside, edge, after)] == [True, True, False]
    assert [surely_holds(tenure, d) for d in (inside, edge, after)] == [True, False, False]
    assert may_hold(tenure, DateRange.parse("2003/2004"))


def test_rank_follows_the_day(people):
    assert people.rank_on("Gerhard Schröder", dt.date(2001, 5, 1)) is Rank.VISITOR
    assert people.rank_on("Gerhard Schröder", dt.date(2010, 5, 1)) is Rank.OTHER
    assert people.rank_on("Gerhard Schröder", None) is Rank.UNKNOWN
    assert people.rank_on("Nobody Atall", dt.date(2010, 5, 1)) is Rank.UNKNOWN


def test_unsure_rows_name_nobody(people, tmp_path):
    folder = tmp_path / "people"
    folder.mkdir()
    table = ",".join(COLUMNS) + "\nIvo Kral,Kral,,foreign_minister,Foreign Minister,CHL,2050-01-01,,medium,test\n"
    (folder / "tenures.csv").write_text(table, encoding="utf-8")
    more = People.load(DATA, tmp_path)
    day = dt.date(2051, 1, 1)
    assert "Ivo Kral" in {t.person for t in more.holders("foreign_minister", "CHL", day)}
    assert "Ivo Kral" not in {t.person for t in more.holders("foreign_minister", "CHL", day, sure=True)}
    assert more.who("foreign_minister", "CHL", day) is None


def test_a_second_folder_overrides_a_row(tmp_path):
    folder = tmp_path / "people"
    folder.mkdir()
    row = "Jacques Chirac,Chirac,,head_of_state,President,FRA,1995-05-17,1999-01-01,high,test"
    (folder / "tenures.csv").write_text(",".join(COLUMNS) + f"\n{row}\n", encoding="utf-8")
    more = People.load(DATA, tmp_path)
    assert [str(t.end) for t in more.by_name("Jacques Chirac") if t.office == "head_of_state"] == ["1999-01-01"]


def test_a_wrong_row_is_named(tmp_path):
    folder = tmp_path / "people"
    folder.mkdir()
    (folder / "tenures.csv").write_text(
        ",".join(COLUMNS) + "\nIvo Kral,Kral,,foreign_minister,FM,CHL,2050-13-01,,high,test\n", encoding="utf-8"
    )
    with pytest.raises(KnowledgeError, match=r"tenures\.csv:2"):
        People.load(DATA, tmp_path)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Nuri al-Maliki", ("nuri", "al", "maliki")),
        ("S.R. Nathan", ("s", "r", "nathan")),
        ("Recep Tayyip Erdoğan", ("recep", "tayyip", "erdogan")),
        ("Khaled Mash’al", ("khaled", "mash'al")),
        ("", ()),
    ],
)
def test_names_as_words(name, words):
    assert name_words(name) == words


def test_loading_is_fast():
    start = time.process_time()
    People.load(DATA)
    assert time.process_time() - start < 1.6, "twice the promise, for a busy machine"


def test_who_is_in_office_is_sure_up_to_the_day_to_which_the_table_was_kept(people):
    in_office = next(t for t in people.holders("head_of_government", "ITA", dt.date(2024, 5, 1)))
    assert (in_office.end, str(in_office.sure)) == (None, "medium")
    assert people.surely(in_office, dt.date(2024, 5, 1))
    assert people.surely(in_office, people.known_to)
    assert not people.surely(in_office, people.known_to + dt.timedelta(1))
    assert not people.surely(in_office, None)


def test_an_open_end_with_a_vague_start_is_not_sure(people):
    day = people.known_to
    vague = [t for h in people.people for t in h.tenures if t.end is None and t.start and t.start.first != t.start.last]
    unsure = [t for t in vague if str(t.sure) in {"medium", "low"}]
    assert unsure
    assert not any(people.surely(t, day) for t in unsure)


def test_of_two_speakers_the_words_tell_which(people):
    day = dt.date(2018, 5, 10)
    assert people.who("speaker", "RUS", day) is None
    found = people.who("speaker", "RUS", day, ("the", "speaker", "of", "the", "federation", "council"))
    assert found.name == "Valentina Matviyenko"


def test_the_shipped_tables_are_read_once():
    assert People.load() is People.load()
