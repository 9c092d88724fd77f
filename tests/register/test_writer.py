"""Writing a register and reading it back."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summitry.model.article import Known, Published
from summitry.model.dates import DateRange
from summitry.model.errors import InputError, Problem, RegisterError
from summitry.model.reading import Reading
from summitry.model.register import Decision, Verb
from summitry.publish.tables import write_csv, write_jsonl
from summitry.publish.terms import Terms
from summitry.register.exporting import opened
from summitry.register.reader import Filter, Reader
from summitry.register.writer import Writer
from tests.register.making import reading

NOW = dt.datetime(2024, 6, 1, tzinfo=dt.UTC)


def write(place: str, readings: Sequence[Reading]) -> None:
    with Writer(place, started=NOW, version="test") as writer:
        for r in readings:
            writer.add(r)
        writer.finish(NOW, len(readings), 0)


def export(place: str) -> str:
    out = io.BytesIO()
    with opened(place) as visits:
        terms = Terms(as_of=visits.newest())
        write_csv(visits, out, terms)
        write_jsonl(visits, out, terms)
    with Reader(place) as reader:
        for row in reader.visits():
            full = reader.full(row["id"])
            out.write(f"{full.visit!r} {full.tour} {[a.name for a in full.accounts]}\n".encode())
    return out.getvalue().decode()


def xi(host: str, dates: str | None, status: str = "planned", **more: Any) -> dict[str, Any]:
    return {"visitor": "Xi Jinping", "country": "CHN", "host": host, "dates": dates, "status": status, **more}


LIFE = [
    reading("He may come in spring.", "2022-12-30", xi("RUS", "2023-21", "proposed"), given_id="r1"),
    reading("He came in March.", "2024-05-14", xi("RUS", "2023-03", "completed"), given_id="r2"),
    reading("He sets off.", "2015-05-04", xi("KAZ", "2015-05-07"), xi("RUS", "2015-05-08/2015-05-10"), given_id="r3"),
    reading(
        "And on.",
        "2015-05-09",
        xi("RUS", "2015-05-08/..", "ongoing"),
        xi("BLR", "2015-05-10/2015-05-12"),
        given_id="r4",
    ),
    reading("Nothing of visits.", None, given_id="r5"),
    reading("A call.", "2015-05-09", encounters=({"participants": ("Xi Jinping", "Vladimir Putin")},), given_id="r6"),
    reading(
        "Somebody else.", "2015-05-09", {"visitor": "Li Keqiang", "country": "CHN", "dates": "2015-05"}, given_id="r7"
    ),
]


def test_a_life_of_a_visit_and_a_tour(place: str) -> None:
    write(place, LIFE)
    with Reader(place) as reader:
        spring = reader.visits(Filter(visitor="Xi", host="RUS", first=dt.date(2023, 1, 1)))
        assert [(v["dates"], v["status"], v["reports"]) for v in spring] == [("2023-03", "completed", 2)]
        full = reader.full(spring[0]["id"])
        assert [(str(e.told), str(e.status)) for e in full.visit.history] == [
            ("2022-12-30", "proposed"),
            ("2024-05-14", "completed"),
        ]
        tour = reader.visits(Filter(visitor_country="CHN", person="Xi Jinping", last=dt.date(2015, 12, 31)))
        assert len({v["trip"] for v in tour}) == 1
        full = reader.full(tour[1]["id"])
        assert [(host, dates) for _, host, dates in full.tour] == [
            ("KAZ", "2015-05-07"),
            ("RUS", "2015-05-08/2015-05-10"),
            ("BLR", "2015-05-10/2015-05-12"),
        ]
        assert reader.counts() == {
            "articles": 7,
            "visit_reports": 7,
            "visits": 5,
            "encounters": 1,
            "problems": 0,
            "decisions": 0,
            "runs": 1,
        }


def test_the_words_behind_a_value_come_from_the_stored_text(place: str) -> None:
    write(place, LIFE)
    with Reader(place) as reader:
        (row,) = reader.visits(Filter(host="GRC"))
        assert reader.full(row["id"]).accounts[0].words == (("visitor", "Somebody else."),)


def test_the_same_report_twice_changes_nothing(place: str) -> None:
    write(place, LIFE)
    before = export(place)
    write(place, LIFE)
    assert export(place) == before
    with Reader(place) as reader:
        assert reader.counts()["runs"] == 1, "a run that found nothing new leaves no trace"


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(len(LIFE))), cut=st.integers(0, len(LIFE)))
def test_the_order_of_reading_and_of_runs_does_not_matter(tmp_path_factory: Any, order: list[int], cut: int) -> None:
    folder = tmp_path_factory.mktemp("order")
    write(str(folder / "a.db"), LIFE)
    write(str(folder / "b.db"), [LIFE[n] for n in order[:cut]])
    write(str(folder / "b.db"), [LIFE[n] for n in order[cut:]])
    assert export(str(folder / "a.db")) == export(str(folder / "b.db"))


def test_a_new_version_supersedes_the_old_which_is_kept(place: str) -> None:
    old = reading(
        "Three days.", "2020-05-01", xi("FRA", "2020-05-10"), xi("DEU", "2020-05-12"), url="https://x.example/1"
    )
    new = reading("CORRECTED", "2020-05-01", xi("FRA", "2020-05-11"), url="https://x.example/1")
    write(place, [old])
    with Reader(place) as reader:
        was = {v["host_country"]: v["id"] for v in reader.visits()}
    write(place, [new])
    write(place, [old])
    with Reader(place) as reader:
        (now,) = reader.visits()
        assert (now["host_country"], now["dates"], now["reports"]) == ("FRA", "2020-05-11", 1)
        assert reader.resolve(was["FRA"]) == now["id"], "an id once given out goes on resolving"
        with pytest.raises(RegisterError):
            reader.resolve(was["DEU"])
        assert reader.counts()["articles"] == 2


def test_within_a_run_the_later_published_version_counts_in_any_order(tmp_path: Path) -> None:
    versions = [
        reading(f"Version {n}", f"2020-05-0{n}", xi("FRA", f"2020-05-1{n}"), url="https://x.example/1")
        for n in (1, 2, 3)
    ]
    exports = set()
    for n in range(5):
        random.Random(n).shuffle(versions)  # noqa: S311
        write(str(tmp_path / f"{n}.db"), versions)
        exports.add(export(str(tmp_path / f"{n}.db")))
    assert len(exports) == 1
    assert "2020-05-13" in exports.pop()


def test_read_again_with_less_metadata_the_new_reading_counts(place: str) -> None:
    write(place, [reading("One text.", "2020-05-01", xi("FRA", "2020-05-10"), given_id="r")])
    write(place, [reading("One text.", None, xi("FRA", "2020"), given_id="r")])
    with Reader(place) as reader:
        assert [(v["dates"], v["reports"]) for v in reader.visits()] == [("2020", 1)]


def test_a_run_taken_up_after_a_kill_counts_as_one_with_it(tmp_path: Path) -> None:
    url = "https://x.example/1"
    one, two = (reading(f"Version {n}", "2020-05-01", xi("FRA", f"2020-05-1{n}"), url=url) for n in (1, 2))
    exports = set()
    for n, (first, second) in enumerate([(one, two), (two, one)]):
        place = str(tmp_path / f"{n}.db")
        killed = Writer(place, started=NOW, version="test")
        killed.add(first)
        killed.close()
        write(place, [first, second])
        exports.add(export(place))
    write(str(tmp_path / "whole.db"), [one, two])
    exports.add(export(str(tmp_path / "whole.db")))
    assert len(exports) == 1


def test_a_better_program_brings_a_report_up_to_date(place: str) -> None:
    poor = reading(
        "One text.", "2020-05-01", xi("FRA", None, sentence="a"), xi("GAB", None, sentence="b"), given_id="r"
    )
    good = reading(
        "One text.",
        "2020-05-01",
        xi("FRA", "2020-05-10", sentence="c"),
        xi("DEU", "2020-05-12", sentence="d"),
        given_id="r",
    )
    other = reading("Another.", "2020-05-11", xi("FRA", "2020-05-10", "completed"), given_id="o")
    write(place, [poor, other])
    with Reader(place) as reader:
        was = {v["host_country"]: v["id"] for v in reader.visits()}
    write(place, [good])
    with Reader(place) as reader:
        now = {v["host_country"]: v["id"] for v in reader.visits()}
        assert set(now) == {"FRA", "DEU"}
        assert reader.resolve(was["FRA"]) == now["FRA"], "an id once given out goes on resolving"
        assert [v["reports"] for v in reader.visits()] == [2, 1]
        assert reader.counts()["articles"] == 2
    if "://" not in place:
        write(place + ".fresh", [other, good])
        assert export(place) == export(place + ".fresh")
        write(place, [poor])
        write(place + ".poor", [poor, other])
        assert export(place) == export(place + ".poor"), "and back"


def test_the_same_accounts_with_another_date_of_the_report_are_written_anew(place: str) -> None:
    unknown = reading("One text.", "2020-05-01", xi("FRA", "2020-05-10", sentence="a"))
    dated = dataclasses.replace(unknown, published=Published(DateRange.parse("2020-05-02"), Known.INFERRED))
    write(place, [unknown])
    write(place, [dated])
    with Reader(place) as reader:
        (visit,) = reader.visits()
        assert (visit["first_told"], visit["reports"]) == ("2020-05-02", 1)
        assert str(reader.full(visit["id"]).visit.history[0].told) == "2020-05-02"


def test_an_earlier_report_read_later_renames_the_visit_and_the_old_id_stays(place: str) -> None:
    late, early = (
        reading("late", "2020-05-11", xi("FRA", "2020-05-10")),
        reading("early", "2020-05-01", xi("FRA", "2020-05")),
    )
    write(place, [late])
    with Reader(place) as reader:
        first_id = reader.visits()[0]["id"]
    write(place, [early])
    with Reader(place) as reader:
        (now,) = reader.visits()
        assert now["id"] != first_id
        assert reader.resolve(first_id) == reader.resolve(first_id[:6]) == now["id"]
        assert reader.full(first_id).visit.aliases == (first_id,)


def test_resolving_says_what_is_wrong(place: str) -> None:
    write(place, LIFE)
    with Reader(place) as reader:
        with pytest.raises(RegisterError, match="no visit 'zz'"):
            reader.resolve("zz")
        with pytest.raises(RegisterError, match="no visit is named"):
            reader.resolve(" ")
        ids = [v["id"] for v in reader.visits()]
        for given_id in ids:
            assert reader.resolve(given_id) == given_id
            assert reader.resolve(given_id[:12].upper()) == given_id


def test_two_visits_told_in_one_sentence(place: str) -> None:
    both = reading("Twice.", "2020-12-01", xi("FRA", "2020-03", id="same"), xi("FRA", "2020-09", id="same"))
    write(place, [both])
    with Reader(place) as reader:
        assert [v["dates"] for v in reader.visits()] == ["2020-03", "2020-09"]
        assert len(reader.visit_ids(["same", "same-2"])) == 2


def test_a_report_that_cannot_be_stored_is_told_and_leaves_nothing(place: str) -> None:
    bad = reading("bad", "2020-05-01", xi("FRA", "2020-05-10", sentence="half a pair: \ud83d"))
    good = reading("good", "2020-05-01", xi("FRA", "2020-05-10"))
    with Writer(place, started=NOW, version="test") as writer:
        with pytest.raises(InputError, match="cannot be stored"):
            writer.add(bad)
        assert writer.add(good)
    with Reader(place) as reader:
        assert reader.counts()["articles"] == reader.counts()["runs"] == len(reader.visits()) == 1


def test_problems_are_kept_once(place: str) -> None:
    bad = Problem("a.txt", "ingest", "the file is empty: there is nothing to read")
    for _ in range(2):
        with Writer(place, started=NOW, version="test") as writer:
            writer.problem(bad)
    with Reader(place) as reader:
        assert reader.problems() == [bad]


def test_a_problem_is_solved_by_reading_the_report_and_comes_back(place: str) -> None:
    bad = Problem("reports.jsonl:1", "read", "ValueError: no good")
    good = reading("A report.", "2020-05-01", source=bad.source)
    for steps, left in (([bad, good], []), ([bad], [bad]), ([good], []), ([], [])):
        with Writer(place, started=NOW, version="test") as writer:
            for step in steps:
                writer.problem(step) if isinstance(step, Problem) else writer.add(step)
        with Reader(place) as reader:
            assert reader.problems() == left


def decide(of: Reading, verb: Verb, **more: Any) -> Decision:
    v = of.visits[0]
    return Decision(verb, v.article, v.visitor, v.host_country, v.sentence, "a coder", NOW, **more)


def test_decisions_are_replayed_and_outlive_new_reports(place: str) -> None:
    one = reading("one", "2020-05-01", xi("FRA", "2020-05-10"))
    two = reading("two", "2020-05-11", xi("FRA", "2020-05-10", "completed"))
    false = reading("three", "2020-05-11", xi("GAB", "2020-05-10", "completed"))
    write(place, [one, false])
    with Writer(place, started=NOW, version="test") as writer:
        writer.decide(decide(one, Verb.CORRECT, field="dates", value="2020-05-12"))
        writer.decide(decide(false, Verb.REJECT))
        writer.decide(decide(two, Verb.NOTE, note="to be read"))
    for readings in ([], [two]):
        write(place, readings)
        with Reader(place) as reader:
            assert [(v["host_country"], v["dates"]) for v in reader.visits()] == [("FRA", "2020-05-12")]
            assert [d.verb for d in reader.decisions()] == [Verb.CORRECT, Verb.REJECT, Verb.NOTE]
            assert [d.verb for d in reader.lost_decisions()] == ([] if readings else [Verb.NOTE])


def test_views_for_other_tools(place: str) -> None:
    write(place, LIFE)
    with Reader(place) as reader, reader.engine.connect() as connection:
        for view, least in (("accounts", 7), ("timeline", 7), ("disputed", 0), ("aliases", 2)):
            assert len(connection.execute(sa.text(f"SELECT * FROM {view}")).all()) >= least  # noqa: S608


def test_reports_left_unlinked_by_a_kill_are_linked_by_the_next_writer(place: str) -> None:
    writer = Writer(place, started=NOW, version="test")
    for r in LIFE:
        writer.add(r)
    writer.close()
    with Reader(place) as reader:
        assert reader.visits() == []
    write(place, [])
    other = place + "2" if "://" not in place else None
    if other:
        write(other, LIFE)
        assert export(place) == export(other)


KILLED = """
import datetime as dt, sys
sys.path.insert(0, {root!r})
from tests.register.test_writer import LIFE, NOW
from tests.register.making import reading
from summitry.register.writer import Writer
print("go", flush=True)
more = [
    reading(f"R {{n}}", "2020-05-01", dict(visitor="Xi Jinping", country="CHN", host="FRA", dates=f"2020-{{n % 12 + 1:02d}}"))
    for n in range(80)
]
with Writer({place!r}, started=NOW, version="test") as writer:
    for n, r in enumerate(LIFE + more):
        writer.add(r)
        if n % 20 == 0:
            writer.link()
"""


def test_killed_at_any_moment(tmp_path: Path) -> None:
    """Each time the register opens and holds whole reports; reading again gives the bytes of an unbroken run."""
    root = str(Path(__file__).resolve().parents[2])

    def start(place: Path) -> subprocess.Popen[bytes]:
        code = KILLED.format(root=root, place=str(place))
        return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    whole = tmp_path / "whole.db"
    began = time.monotonic()
    unbroken = start(whole)
    assert unbroken.communicate()[1] == b""
    length = time.monotonic() - began
    wait = random.Random(7)  # noqa: S311
    broken = tmp_path / "broken.db"
    kills = 0
    for _ in range(2):
        run = start(broken)
        assert run.stdout is not None and run.stderr is not None
        run.stdout.readline()
        time.sleep(wait.uniform(0, length * 0.6))
        run.send_signal(signal.SIGKILL)
        kills += run.wait() == -signal.SIGKILL
        run.stdout.close()
        run.stderr.close()
        if not broken.exists() or not broken.stat().st_size:
            continue
        try:
            with Reader(str(broken)) as reader, reader.engine.connect() as connection:
                orphans = (
                    "SELECT count(*) FROM visit_reports r LEFT JOIN articles a ON a.id = r.article WHERE a.id IS NULL"
                )
                assert connection.execute(sa.text(orphans)).scalar() == 0
                assert connection.execute(sa.text("PRAGMA integrity_check")).scalar() == "ok"
        except RegisterError as error:
            assert "empty" in str(error), "killed before the tables were there"
    assert kills
    last = start(broken)
    assert last.communicate()[1] == b""
    assert export(str(broken)) == export(str(whole))
