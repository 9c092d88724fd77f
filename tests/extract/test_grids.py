"""Sentences put together from the parts of tests/cases/grids.toml, each read by the whole program.

A row is a test: one telling with every time, one deed in every order. What a combination means is worked out here from
what its parts mean; ``left`` in the table are those that are not read right yet, so that one that is mended must go.
"""

import re
import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest

from summitry.ingest.inputs import Raw

GRIDS = tomllib.loads((Path(__file__).parents[1] / "cases" / "grids.toml").read_text(encoding="utf-8"))
LEFT = frozenset(GRIDS["left"])
ANY = "*"
"""Days that the parts leave open."""


class Cell(NamedTuple):
    """A text, the days of each visit of the guest by its host ("null" for none, ``ANY``), and the standings it may have."""

    text: str
    stays: dict[str, str]
    standings: frozenset[str] = frozenset()


def tidy(text: str) -> str:
    """With one space between words, one comma at a time, and a capital at the start."""
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"\s+([,.])", r"\1", text)
    return upper(re.sub(r",\s*([,.])", r"\1", text))


def upper(text: str) -> str:
    """With a capital at the start."""
    return text[0].upper() + text[1:]


def filled(text: str, **parts: str) -> str:
    """A text with its parts, the people of the table among them."""
    people = {name: GRIDS[name] for name in ("guest", "host", "next")}
    for name, part in {**people, **parts}.items():
        text = text.replace("{" + name + "}", part)
    return text


def read(reader, cell: Cell) -> bool:
    """Whether the visits of the guest, and no others, are read with their days and standing."""
    raw = Raw("grid", "text", cell.text, given_id=None, url=None, title=None, published=GRIDS["on"])
    visits = reader.read(raw).visits
    told = {v.host_country: str(v.dates) if v.dates else "null" for v in visits if v.visitor == GRIDS["name"]}
    if len(visits) != len(told) or told.keys() != cell.stays.keys():
        return False
    right = all(days in {ANY, told[host]} or _from(days, told[host]) for host, days in cell.stays.items())
    return right and (not cell.standings or all(str(v.status) in cell.standings for v in visits))


def _from(days: str, told: str) -> bool:
    """ "2024-05-03*" stands for days that begin then."""
    return len(days) > 1 and days.endswith(ANY) and told.split("/")[0] == days[:-1]


def meant(act: str, days: str, kind: str) -> str:
    """The days of a stay of which the act happens at a time."""
    if kind == "start" or (kind == "day" and act == "start"):
        return f"{days}/.."
    return f"../{days}" if kind == "day" and act == "end" else days


# What makes no sentence, or one with two meanings: "begins from Monday to Tuesday", "will meet from Friday",
# "received on Friday for two days", "on Friday a visit is planned".
NO_STAY = re.compile(r"beg[ia]n|start|arriv|land|left|leave")
NO_START = re.compile(r"begin|start|arriv|meet|take place|confirmed|due \{")
NO_LENGTH = re.compile(
    r"talks|meet|met|receiv|address|host|welcom|laid|sp(oke|ee)|discuss|plan|sched|due|p?lace|confirm"
)
NO_FRONT = re.compile(r"planned|scheduled \{|due \{|success|confirmed|intends|, who")
FRONT = re.compile(r"(on|in|last|next|this|early|late|two|tomorrow|yesterday|at|a year|between)\b")
FOR = re.compile(r"(is planned|visit to Latvia by \{guest\} is scheduled|is due) \{time\}")
PLAIN = re.compile(r"(from|between|in|at|early|later|for|late|starting|beginning|next|tomorrow)\b")


def fits(act: str, telling: str, words: str, kind: str) -> bool:
    """Whether a telling and a time make a sentence that has one meaning."""
    if kind == "stay" and act == "start" and NO_STAY.search(telling):
        return False
    if kind == "start" and NO_START.search(telling):
        return False
    if "for two" in words and act == "at":
        return not NO_LENGTH.search(telling)
    return not (act == "end" and kind != "day")


def for_noun(telling: str, words: str) -> str:
    """ "Is planned for Friday" of "on Friday"; other times as they are."""
    if not FOR.search(telling) or PLAIN.match(words):
        return words
    return f"for {words.removeprefix('on ')}"


def inner(clause: str) -> str:
    """A sentence as a clause within another: "a visit by", but "Latvian President"."""
    named = clause.startswith((GRIDS["guest"], GRIDS["host"]))
    return clause if named else clause[0].lower() + clause[1:]


def timed(grid: str) -> Iterator[tuple[str, list[Cell]]]:
    """Each telling with every time; the clause goes through the frames in turn, and every other time stands in front."""
    table = GRIDS[grid]
    for n, (act, telling) in enumerate(table["tellings"]):
        row = []
        for m, (words, days, kind) in enumerate(table["times"]):
            if not fits(act, telling, words, kind):
                continue
            time, stays = for_noun(telling, words), {"LVA": meant(act, days, kind)}
            frame = table["frames"][(n + m) % len(table["frames"])]
            row.append(Cell(tidy(frame.replace("{clause}", inner(filled(telling, time=time)))), stays))
            fronted = " for " not in time and FRONT.match(time) and not NO_FRONT.search(telling)
            if fronted and (n + m) % 2:
                row.append(Cell(tidy(f"{time}, {inner(tidy(filled(telling, time='')))}."), stays))
        yield f"{grid}: {telling}", row


SUBJECTS = (
    ("He", "he", "His"),
    ("The minister", "the minister", "The minister's"),
    ("Tsahkna", "Tsahkna", "Tsahkna's"),
)
"""Who the second sentence is of: at its start, within it, and as an owner."""


def sequels() -> Iterator[tuple[str, list[Cell]]]:
    """Each second sentence after every first, its subject in turn a pronoun, the office and the name."""
    table = GRIDS["sequels"]
    for stand in ("under_way", "to_come"):
        for n, (end, *rest) in enumerate(table[f"{stand}_then"]):
            *onward, second = rest
            row = []
            for m, (start, first) in enumerate(table[stand]):
                he, him, his = SUBJECTS[(n + m) % 3]
                said = re.sub(r"^He ", f"{he} ", second)
                said = re.sub(r" he ", f" {him} ", said)
                said = re.sub(r"^His (next stop|trip|visit|departure)", rf"{his} \1", said)
                between = table["between"][(n // 3 + m) % 2]
                stays = {"LVA": f"{start}/{end}", **dict.fromkeys(onward, f"{end}/..")}
                row.append(Cell(tidy(filled(f"{first} {between} {said}")), stays))
            yield f"sequels: {second}", row


def narratives() -> Iterator[tuple[str, list[Cell]]]:
    """Each second place after every first."""
    for tense in ("behind", "ahead"):
        for days, second in GRIDS["narratives"][f"{tense}_then"]:
            firsts = GRIDS["narratives"][tense]
            row = [Cell(tidy(filled(f"{one} {second}")), {"LVA": f"{d[:10]}*", "LTU": days}) for d, one in firsts]
            yield f"narratives: {second}", row


def deeds() -> Iterator[tuple[str, list[Cell]]]:
    """Each deed in every order, through the places and times in turn."""
    table = GRIDS["deeds"]
    for tense in ("behind", "ahead"):
        times, places = table[f"times_{tense}"], table["places"]
        for n, deed in enumerate(table[tense]):
            row = []
            for m, (order, k) in enumerate(product(table["orders"], range(2))):
                said = re.search(r"that trade|said trade|called for|thanked", deed)
                if said and not order.startswith("{Place}"):
                    continue
                (time, days), place = times[(n + m + k) % len(times)], places[(n + 2 * m + k) % len(places)]
                parts = {"deed": filled(deed), "place": place, "time": time, "Place": upper(place), "Time": upper(time)}
                row.append(Cell(tidy(filled(order, **parts)), {"LVA": days}))
            yield f"deeds: {deed}", row


def meetings() -> Iterator[tuple[str, list[Cell]]]:
    """Each meeting with every name of the guest, those of the host and the times in turn."""
    table = GRIDS["meetings"]
    for tense in ("behind", "ahead"):
        for n, frame in enumerate(table[tense]):
            row = []
            for m, guest in enumerate(table["guests"]):
                inside = guest.startswith(("her", "visiting")) and frame.startswith("{guest}")
                if inside or (guest.startswith("visiting") and tense == "ahead"):
                    continue
                for k in range(3):
                    host = table["hosts"][(n + m + k) % len(table["hosts"])]
                    time, days = table[f"times_{tense}"][k]
                    travels = "travel" in frame or "flew" in frame
                    text = frame.replace("{guest}", guest).replace("{host}", host).replace("{time}", time)
                    row.append(Cell(tidy(f"{text}."), {"LVA": ANY if days == "X" or travels else days}))
            yield f"meetings: {frame}", row


def clauses() -> Iterator[tuple[str, list[Cell]]]:
    """Each frame around every telling; what a frame adds of other journeys is not looked at."""
    for frame in GRIDS["clauses"]["frames"]:
        row = []
        for days, telling in GRIDS["clauses"]["tellings"]:
            if "where he has" in frame and re.search(r"Friday|Monday|week", telling):
                continue
            if frame.startswith("Trade will") and not telling.startswith(("will", "is to", "flies")):
                continue
            if "to discuss the war" in frame and "for " in telling:
                continue
            plural = re.sub(
                r"^(is|was|has|flies)\b",
                lambda m: {"is": "are", "was": "were", "has": "have"}.get(m[1], "fly"),
                telling,
            )
            text = filled(filled(frame, telling=telling, plural=plural))
            text = re.sub(r"\balso (will|is|was|has)\b", r"\1 also", text)
            also = {"FRA": ANY} if "in Paris" in frame else {}
            row.append(Cell(tidy(text), {"LVA": days, **also}))
        yield f"clauses: {frame}", row


def references() -> Iterator[tuple[str, list[Cell]]]:
    """Each way to mean the guest in a second sentence, with every telling, after the first sentences in turn."""
    table = GRIDS["references"]
    for n, word in enumerate(table["words"]):
        owner = {"He": "His"}.get(word, f"{word}'s")
        told = [(d, f"{word} {t}") for d, t in table["tellings"]] + [(d, f"{owner} {t}") for d, t in table["owned"]]
        firsts = table["firsts"]
        row = [
            Cell(tidy(f"{firsts[(n + m) % len(firsts)]} {second}."), {"LVA": d}) for m, (d, second) in enumerate(told)
        ]
        yield f"references: {word}", row


def lists() -> Iterator[tuple[str, list[Cell]]]:
    """What stands in the table as it is."""
    for text, *stays in GRIDS["tours"]["rows"]:
        yield f"tours: {text}", [Cell(tidy(filled(text)), dict(s.split(" ") for s in stays))]
    for text, days in GRIDS["headlines"]["rows"]:
        yield f"headlines: {text}", [Cell(f"{text}\n\n{GRIDS['headlines']['body']}", {"LVA": days})]
    words, over = GRIDS["words"], frozenset({"cancelled", "postponed", "ruled_out"})
    for name, time, days, standings in (
        ("at", " on Monday", "2024-05-13", frozenset()),
        ("start", " on Monday", "2024-05-13*", frozenset()),
        ("end", " on Monday", "../2024-05-13", frozenset()),
        ("planned", " on Friday", "2024-05-17*", frozenset({"planned", "proposed"})),
        ("off", "", ANY, over),
    ):
        for telling in words[name]:
            text = tidy(filled(f"{{guest}} {telling}{time}."))
            yield f"words: {telling}", [Cell(text, {"LVA": ANY if "night" in telling else days}, standings)]
    for text in GRIDS["afar"]["rows"]:
        yield (
            f"afar: {text}",
            [Cell(tidy(f"{t}"), {}) for t in (f"On Monday, {text}", f"{text.rstrip('.')} on Monday.")],
        )


ROWS = [
    *timed("ahead"),
    *timed("behind"),
    *sequels(),
    *narratives(),
    *deeds(),
    *meetings(),
    *clauses(),
    *references(),
    *lists(),
]


@pytest.mark.parametrize("cells", [pytest.param(cells, id=name) for name, cells in ROWS if cells])
def test_row(reader, cells):
    wrong = {cell.text for cell in cells if not read(reader, cell)}
    assert wrong == {cell.text for cell in cells} & LEFT


def test_what_is_left_is_of_the_grids():
    assert {cell.text for _, cells in ROWS for cell in cells} >= LEFT


def test_most_is_read():
    cells = sum(len(cells) for _, cells in ROWS)
    assert cells > 5000
    assert len(LEFT) < 0.05 * cells
