"""Make ``data/people/tenures.csv`` from the reference files and the mends, and check it against lists made by others.

Usage: ``python training/offices/check.py FOLDER [--write]``. FOLDER holds ``offices-1990-2026.csv`` and the two lists beside
it (TABARI actors with days in office, up to 2014, and leaders by year, 2022). Without ``--write`` the table that is shipped is
checked as it is. What is done:

1. the rows of the reference file, then the mends of ``mends.csv`` beside this file (replace, add, drop; each with a reason);
2. a row becomes ``checked`` where a list that was made independently has the same person in the same country with the same
   days (to a month, or to the year where the list has years only); the list is added to the source;
3. printed: counts, rows that a list contradicts, holders of one single office at the same time, gaps.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import gzip
import re
from collections import Counter, defaultdict
from pathlib import Path

from summitry.lexicon.files import DATA, read_toml
from summitry.lexicon.people import COLUMNS, name_words
from summitry.model.dates import Unit

HERE = Path(__file__).resolve().parent
TABLE = DATA / "people" / "tenures.csv"
NEAR, LAG = dt.timedelta(days=31), dt.timedelta(days=92)
ROLE = re.compile(r"\[([A-Z]{3})GOV[A-Z]*\s+([<>]?)(\d{6})(?:-(\d{6}))?\]")
# Codes of that list that are not ISO 3166-1, and names of countries of the other, with the alpha-3 codes.
CODES = {"ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "WBK": "PSE", "PAL": "PSE", "SRB": "SRB", "KSV": "XKX", "GME": "DEU"}


def day(digits: str) -> dt.date:
    """A day as yymmdd; months and days of 00 are taken as the first."""
    year = int(digits[:2])
    year += 1900 if year > 30 else 2000
    return dt.date(
        year,
        max(1, int(digits[2:4])),
        min(28, max(1, int(digits[4:6]))) if digits[4:6] > "28" else max(1, int(digits[4:6])),
    )


def tabari(path: Path) -> dict[tuple[str, ...], list[tuple[str, dt.date | None, dt.date | None]]]:
    """Folded name to (country, first day, last day) of every role in a government."""
    held: dict[tuple[str, ...], list[tuple[str, dt.date | None, dt.date | None]]] = defaultdict(list)
    names: list[tuple[str, ...]] = []
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            line = line.split("#")[0].rstrip()
            if not line:
                continue
            if line[0] not in "+\t ":
                names = []
            if line[0] != "\t":
                word = line.lstrip("+").split("[")[0].split("\t")[0].strip(" _")
                names.append(name_words(word.replace("_", " ")))
            for country, sign, first, last in ROLE.findall(line):
                start = None if sign == "<" else day(first)
                end = day(first) if sign == "<" else day(last) if last else None
                for name in names:
                    held[name].append((CODES.get(country, country), start, end))
    return held


def yearly(path: Path) -> dict[tuple[str, ...], list[tuple[str, int | None, int | None]]]:
    """Folded name to (office in words, first year, last year)."""
    held: dict[tuple[str, ...], list[tuple[str, int | None, int | None]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            years = [int(row[c][:4]) if row[c][:4].isdigit() else None for c in ("start_year", "end_year")]
            held[name_words(row["officeholderLabel"])].append((row["positionLabel"], years[0], years[1]))
    return held


def forms(row: dict[str, str]) -> list[tuple[str, ...]]:
    """All folded forms of a row's name."""
    return [name_words(n) for n in (row["person"], *row["variants"].split("|")) if n.strip()]


def span(row: dict[str, str]) -> tuple[Unit | None, Unit | None]:
    """Start and end of a row. Raises ValueError."""
    return tuple(Unit.parse(row[c]) if row[c] else None for c in ("start", "end"))  # type: ignore[return-value]


def agrees(unit: Unit | None, other: dt.date | None) -> bool | None:
    """Whether a day is inside a unit, from a month before to three after (a list of months lags); None if one is not told."""
    if unit is None or other is None:
        return None
    return unit.first - NEAR <= other <= unit.last + LAG


def joined(
    roles: list[tuple[str, dt.date | None, dt.date | None]], country: str
) -> list[tuple[dt.date, dt.date | None]]:
    """The roles in one country as spans, and every run of spans that follow one another within two months as one more."""
    spans = sorted((a, b or dt.date.max) for c, a, b in roles if c == country and a is not None)
    out = list(spans)
    for n, (start, end) in enumerate(spans):
        for a, b in spans[n + 1 :]:
            if a - NEAR * 2 <= end if end != dt.date.max else False:
                end = max(end, b)
                out.append((start, end))
    return [(a, None if b == dt.date.max else b) for a, b in out]


def against_days(
    row: dict[str, str], held: dict[tuple[str, ...], list[tuple[str, dt.date | None, dt.date | None]]]
) -> str:
    """ "agrees", "contradicts" or "" (nothing comparable) against the list with days."""
    start, end = span(row)
    verdict = ""
    for name in forms(row):
        for first, last in joined(held.get(name, []), row["country"]):
            at_start, at_end = agrees(start, first), agrees(end, last)
            if at_start and (at_end or (last is None and (end is None or end.last >= dt.date(2013, 6, 1)))):
                return "agrees"
            if at_start and at_end is False:
                verdict = "contradicts"
    return verdict


def against_years(row: dict[str, str], held: dict[tuple[str, ...], list[tuple[str, int | None, int | None]]]) -> bool:
    """Whether the list with years has the person in office from and to the same years."""
    if row["office"] not in {"head_of_state", "head_of_government"}:
        return False
    start, end = span(row)
    for name in forms(row):
        for _, first, last in held.get(name, ()):
            if (
                start
                and first == start.year
                and (last == (end.year if end else None) or (last is None and end and end.year >= 2022))
            ):
                return True
    return False


def mended(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows after the mends. Raises SystemExit for a mend that finds no row."""
    with (HERE / "mends.csv").open(encoding="utf-8", newline="") as lines:
        for mend in csv.DictReader(lines):
            key = tuple(mend[c] for c in ("person", "office", "country", "start"))
            hits = [r for r in rows if tuple(r[c] for c in ("person", "office", "country", "start")) == key]
            if mend["action"] == "add":
                if not hits:
                    rows.append({c: mend[c] for c in COLUMNS})
                continue
            if len(hits) != 1:
                raise SystemExit(f"mends.csv: {mend['action']} {key}: {len(hits)} rows")
            if mend["action"] == "drop":
                rows.remove(hits[0])
            else:
                hits[0][mend["column"]] = mend["value"]
    return rows


def overlaps(rows: list[dict[str, str]]) -> list[str]:
    """Two holders at once of an office that has one holder, beyond the declared exceptions; days of change may touch."""
    single = {code for code, o in read_toml(DATA / "people" / "offices.toml").items() if o.get("single")}
    exempt = read_toml(DATA / "people" / "exceptions.toml")
    shared = {(e["office"], e["country"]) for e in exempt.get("shared", [])}
    titles = tuple(exempt["titles"]["beside"])
    held: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        key = (row["office"], row["country"])
        if row["office"] in single and key not in shared and not any(t in row["title"].lower() for t in titles):
            held[key].append(row)
    found = []
    for key, group in sorted(held.items()):
        group.sort(key=lambda r: r["start"])
        for n, a in enumerate(group):
            for b in group[n + 1 :]:
                (_, a_end), (b_start, _) = span(a), span(b)
                if b_start is None:
                    continue
                if a["person"] != b["person"] and (a_end is None or b_start.last < a_end.first):
                    found.append(
                        f"{key}: {a['person']} {a['start']}..{a['end']} and {b['person']} {b['start']}..{b['end']}"
                    )
    return found


def gaps(rows: list[dict[str, str]]) -> list[str]:
    """Years from 1990 without a known holder of a head of government or foreign minister, by country."""
    out = []
    for office in ("head_of_state", "head_of_government", "foreign_minister"):
        held: dict[str, set[int]] = defaultdict(set)
        for row in rows:
            if row["office"] == office:
                start, end = span(row)
                first = start.first.year if start else 1990
                held[row["country"]].update(range(max(1990, first), (end.last.year if end else 2026) + 1))
        for country, years in sorted(held.items()):
            missing = sorted(set(range(min(years), 2026)) - years)
            if missing:
                out.append(f"{office} {country}: {', '.join(map(str, missing))}")
    return out


def main() -> None:
    """Run the checks and print what they find."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="write the table anew")
    args = parser.parse_args()
    source = args.folder / "offices-1990-2026.csv" if args.write else TABLE
    with source.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    days = tabari(args.folder / "oeda-country-actors-2014.txt.gz")
    for name, roles in tabari(args.folder / "oeda-international-actors-2014.txt.gz").items():
        days[name].extend(roles)
    years = yearly(args.folder / "wikidata-leaders-2022.csv")
    if args.write:
        rows = mended(rows)
    verdicts: Counter[str] = Counter()
    for row in rows:
        first, _ = span(row)
        if first is None:
            print("no start:", row)
        verdict, yearly_too = against_days(row, days), against_years(row, years)
        verdicts[verdict or ("agrees by year" if yearly_too else "not in the lists")] += 1
        if verdict == "contradicts":
            print("contradicted:", row["person"], row["office"], row["country"], row["start"], row["end"],
                  [x for n in forms(row) for x in days.get(n, ()) if x[0] == row["country"]])  # fmt: skip
        if args.write and (verdict == "agrees" or yearly_too):
            lists = [n for n, yes in (("oeda-2014", verdict == "agrees"), ("wikidata-2022", yearly_too)) if yes]
            parts = row["source"].split("; ")
            row["source"] = "; ".join([*parts, *(n for n in lists if n not in parts)])
            if row["certainty"] in {"high", "medium"}:
                row["certainty"] = "checked"
    print(dict(verdicts), dict(Counter(r["certainty"] for r in rows)), dict(Counter(r["office"] for r in rows)))
    for line in overlaps(rows):
        print("at once:", line)
    for line in gaps(rows):
        print("gap:", line)
    if args.write:
        rows.sort(key=lambda r: (r["country"], r["office"], r["start"], r["person"]))
        with TABLE.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    main()
