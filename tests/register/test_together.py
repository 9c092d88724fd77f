"""Several processes on one register: nothing is lost, nobody who reads is shown an error; a full disk loses nothing."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from collections.abc import Sequence
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from pathlib import Path

from summitry.model.reading import Reading
from summitry.register.engine import copy_register
from summitry.register.linking import link_host, notes_of, plan_host
from summitry.register.reader import Reader
from summitry.register.writer import Writer
from tests.register.making import reading
from tests.register.test_writer import NOW, export, xi

HOSTS = ("FRA", "DEU", "ITA", "ESP")
MADE = [
    reading(f"Report {n}", "2020-05-01", xi(HOSTS[n % 4], f"2020-{n % 12 + 1:02d}"), given_id=f"r{n % 36}")
    for n in range(40)
]


def write(place: str, mine: Sequence[Reading], told: Queue) -> None:
    try:
        with Writer(place, started=NOW, version="test") as writer:
            for n, r in enumerate(mine):
                writer.add(r)
                if n % 7 == 0:
                    writer.link()
        told.put("")
    except BaseException as error:
        told.put(repr(error))


def look(place: str, over: Event, told: Queue) -> None:
    try:
        while not over.is_set():
            with Reader(place) as reader:
                for row in reader.visits()[:5]:
                    full = reader.full(row["id"])
                    assert len(full.visit.reports) == len(full.accounts)
        told.put("")
    except BaseException as error:
        told.put(repr(error))


def test_two_write_and_two_read_and_a_copy_is_made_meanwhile(place: str, tmp_path: Path) -> None:
    with Writer(place, started=NOW, version="test"):
        pass
    context = multiprocessing.get_context("spawn")
    told, over = context.Queue(), context.Event()
    # Both write the first ten, the rest is shared out.
    writers = [context.Process(target=write, args=(place, MADE[:10] + MADE[10 + n :: 2], told)) for n in range(2)]
    readers = [context.Process(target=look, args=(place, over, told)) for _ in range(2)]
    for worker in (*writers, *readers):
        worker.start()
    copy_register(place, tmp_path / "copy.db")
    found = [told.get(timeout=120) for _ in writers]
    over.set()
    found += [told.get(timeout=120) for _ in readers]
    for worker in (*writers, *readers):
        worker.join()
    assert found == [""] * 4
    with Reader(str(tmp_path / "copy.db")) as reader:
        reader.visits()
    with Reader(place) as reader:
        assert reader.counts()["articles"] == len(MADE)
    with Writer(str(tmp_path / "one.db"), started=NOW, version="test") as writer:
        writer.add_all(MADE, batch=7)
    assert export(place) == export(str(tmp_path / "one.db"))


FULL = """
import resource, signal, sys
sys.path.insert(0, {root!r})
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from pathlib import Path
from summitry.model.errors import RegisterError
from summitry.register.writer import Writer
from tests.register.making import reading
from tests.register.test_writer import NOW, xi
size = Path({place!r}).stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 200_000, size + 200_000))
writer = Writer({place!r}, started=NOW, version="test")
try:
    for n in range(300):
        writer.add(reading(f"Long report {{n}} " * 2000, "2020-05-01", xi("FRA", "2021-05-10")))
        done = n
except RegisterError as error:
    print(n, error)
"""


def test_a_disk_that_takes_no_more(tmp_path: Path) -> None:
    place = tmp_path / "r.db"
    with Writer(str(place), started=NOW, version="test") as writer:
        writer.add_all(MADE)
    before = export(str(place))
    code = FULL.format(root=str(Path(__file__).resolve().parents[2]), place=str(place))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "no space is left" in done.stdout, done.stderr
    number = int(done.stdout.split()[0])
    with Reader(str(place)) as reader:
        assert reader.counts()["articles"] >= len(MADE) + number
    with Writer(str(place), started=NOW, version="test") as writer:
        for n in range(number + 1):
            article = reading(f"Long report {n} " * 2000, "2020-05-01", xi("FRA", "2021-05-10")).article.id
            writer.forget(article) if n < number else None
    assert export(str(place)) == before


def test_many_at_once_are_as_one_by_one(place: str, tmp_path: Path) -> None:
    bad = reading("bad", "2020-05-01", xi("FRA", "2020-05-10", sentence="half a pair: \ud83d"))
    with Writer(place, started=NOW, version="test") as writer:
        number, refused = writer.add_all([*MADE[:20], bad, *MADE, *MADE], batch=9)
        assert number == len(MADE)
        assert [p.stage for p in refused] == ["register"]
    with Writer(str(tmp_path / "one.db"), started=NOW, version="test") as writer:
        for r in MADE:
            writer.add(r)
            writer.link()
    assert export(place) == export(str(tmp_path / "one.db"))


MANY_HOSTS = ("FRA", "DEU", "ITA", "ESP", "RUS", "KAZ", "GRC", "SRB", "POL")


def part(number: int) -> list[Reading]:
    return [
        reading(
            f"Part {number}, report {n}",
            f"2020-0{number + 1}-01",
            xi(host, "2020-05-10"),
            xi("CHE", f"2020-0{n % 9 + 1}"),
        )
        for n, host in enumerate(MANY_HOSTS)
    ]


def test_on_several_processes_the_same_is_written(place: str, tmp_path: Path) -> None:
    with Writer(place, started=NOW, version="test") as writer:
        assert writer.add_parts(range(3), part, jobs=2, batch=8) == (27, [])
        assert writer.link(jobs=2) > 0
    with Writer(str(tmp_path / "one.db"), started=NOW, version="test") as writer:
        for number in (2, 0, 1):
            writer.add_all(part(number))
    assert export(place) == export(str(tmp_path / "one.db"))


def test_a_plan_is_made_anew_where_somebody_wrote_since(place: str) -> None:
    with Writer(place, started=NOW, version="test") as writer:
        writer.add_all(MADE[:8])
        with writer.engine.connect() as connection:
            plan = plan_host(connection, "FRA", notes_of(connection, "FRA"))
        writer.add_all(MADE[8:16])
        with writer.engine.begin() as connection:
            assert link_host(connection, "FRA", plan) > plan.changed
            assert notes_of(connection, "FRA") == ()
