"""A data package: the tables, their descriptions for people and for machines, how to cite them, and checksums.

Nothing in it depends on when or where it was made: the same register, terms and program give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summitry import __version__
from summitry.lexicon.files import DATA, knowledge_hash
from summitry.model.errors import UsageError
from summitry.publish.codebook import blocks, words, write_html, write_pdf
from summitry.publish.columns import CLAIMS, COLUMNS, Field
from summitry.publish.counts import Counts
from summitry.publish.files import whole
from summitry.publish.parquet import write_parquet
from summitry.publish.tables import write_claims, write_csv
from summitry.publish.terms import Terms
from summitry.register.exporting import Visits

SUMS = "SHA256SUMS"
TABLES = (
    ("visits.csv", "text/csv"),
    ("claims.csv", "text/csv"),
    ("visits.parquet", "application/vnd.apache.parquet"),
)
FRICTIONLESS = {"string": "string", "list": "string", "integer": "integer", "number": "number", "boolean": "boolean",
                "date": "date"}  # fmt: skip
CROISSANT = {"string": "sc:Text", "list": "sc:Text", "integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean",
             "date": "sc:Date"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class About:
    """What a package says of itself. ``licence`` is a code of SPDX, or empty where the owner names none."""

    title: str = "Register of visits"
    authors: tuple[str, ...] = ("Summitry",)
    licence: str = ""
    description: str = (
        "Visits that leaders and ministers paid to foreign countries, "
        "read from press reports, each value with its source."
    )


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    media: str
    hash: str
    size: int


def write_package(visits: Visits, folder: Path, terms: Terms, about: About) -> tuple[int, list[str]]:
    """Write the package into a folder, which is made; the number of visits, and the names of the files.

    Files of other names in the folder are left alone. The checksums go first and come last, so that a package that was
    stopped half-way is known by having none. Raises UsageError where the folder is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; a package is a folder: give another name")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SUMS).unlink(missing_ok=True)
    counts = Counts()
    with whole(folder / "visits.csv") as out:
        number = write_csv(visits, out, terms, seen=counts.add)
    with whole(folder / "visits.parquet") as out:
        write_parquet(visits, out, terms)
    with whole(folder / "claims.csv") as out:
        claims = write_claims(visits, out, terms)
    versions = _versions(visits, terms, number, claims)
    _json(folder / "VERSIONS.json", versions)
    found = list(blocks(about.title, counts.columns, [(k, str(v)) for k, v in versions.items()]))
    with whole(folder / "codebook.html") as out:
        write_html(found, out, f"{about.title}: {words()['title'].lower()}")
    with whole(folder / "codebook.pdf") as out:
        write_pdf(found, out, f"{about.title}: {words()['title'].lower()}")
    tables = [_file(folder / name, media) for name, media in TABLES]
    _json(folder / "datapackage.json", _datapackage(about, tables, terms))
    _json(folder / "croissant.json", _croissant(about, tables, terms))
    with whole(folder / "CITATION.cff") as out:
        out.write(_citation(about, tables[0].hash, terms).encode("utf-8"))
    names = sorted(name for name in words()["file"] if name != SUMS)
    with whole(folder / SUMS) as out:
        out.writelines(f"{_file(folder / name, '').hash}  {name}\n".encode() for name in names)
    return number, [*names, SUMS]


def _versions(visits: Visits, terms: Terms, number: int, claims: int) -> dict[str, Any]:
    read_with, knowledge = visits.knowledge()
    return {
        "summitry": __version__,
        "knowledge": knowledge_hash(DATA),
        "reports read with summitry": read_with,
        "reports read with knowledge": knowledge,
        "as of": terms.as_of.isoformat() if terms.as_of else "",
        "quotes": "the evidence sentence" if terms.quotes.most is None else terms.quotes.most or "none",
        "visits": number,
        "claims": claims,
    }


def _file(path: Path, media: str) -> _File:
    total, size = hashlib.sha256(), 0
    with path.open("rb") as stream:
        while part := stream.read(1 << 20):
            total.update(part)
            size += len(part)
    return _File(path.name, media, total.hexdigest(), size)


def _json(path: Path, value: Any) -> None:
    with whole(path) as out:
        out.write((json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8"))


def _datapackage(about: About, tables: Sequence[_File], terms: Terms) -> dict[str, Any]:
    visits, claims, parquet = tables
    resources = [
        _resource(visits, [c.field for c in COLUMNS], "id"),
        _resource(claims, CLAIMS, None)
        | {"schema": _schema(CLAIMS, None) | {"foreignKeys": [
            {"fields": "visit", "reference": {"resource": "visits", "fields": "id"}}]}},
        {"name": "visits-parquet", "path": parquet.name, "mediatype": parquet.media, "bytes": parquet.size,
         "hash": f"sha256:{parquet.hash}", "format": "parquet", "type": "file"},
    ]  # fmt: skip
    found: dict[str, Any] = {
        "profile": "data-package",
        "name": "register-of-visits",
        "title": about.title,
        "description": about.description,
        "version": visits.hash[:12],
        "contributors": [{"title": name, "role": "author"} for name in about.authors],
        "resources": resources,
    }
    if terms.as_of:
        found["created"] = f"{terms.as_of.isoformat()}T00:00:00Z"
    if about.licence:
        found["licenses"] = [{"name": about.licence}]
    return found


def _resource(file: _File, columns: Sequence[Field], key: str | None) -> dict[str, Any]:
    return {
        "name": file.name.partition(".")[0],
        "path": file.name,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": file.media,
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.hash}",
        "schema": _schema(columns, key),
    }


def _schema(columns: Sequence[Field], key: str | None) -> dict[str, Any]:
    fields: list[dict[str, Any]] = []
    for c in columns:
        one: dict[str, Any] = {"name": c.name, "type": FRICTIONLESS[c.type], "title": c.label, "description": c.holds}
        if c.type == "boolean":
            one |= {"trueValues": ["true"], "falseValues": ["false"]}
        if c.values:
            one["constraints"] = {"enum": list(c.values)}
        fields.append(one)
    return {"fields": fields, "missingValues": [""]} | ({"primaryKey": key} if key else {})


def _croissant(about: About, tables: Sequence[_File], terms: Terms) -> dict[str, Any]:
    context = json.loads((DATA / "publish" / "croissant_context.json").read_text(encoding="utf-8"))
    found: dict[str, Any] = {
        "@context": context,
        "@type": "sc:Dataset",
        "name": about.title,
        "description": about.description,
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "version": f"1.0.0+{tables[0].hash[:12]}",
        "citeAs": f"{'; '.join(about.authors)}: {about.title}, version {tables[0].hash[:12]}",
        "creator": [{"@type": "sc:Organization", "name": name} for name in about.authors],
        "distribution": [
            {"@type": "cr:FileObject", "@id": f.name, "name": f.name, "contentUrl": f.name, "encodingFormat": f.media,
             "sha256": f.hash, "contentSize": f"{f.size} B"}
            for f in tables
        ],
        "recordSet": [
            _records("visits", tables[0].name, [c.field for c in COLUMNS], "id"),
            _records("claims", tables[1].name, CLAIMS, None),
        ],
    }  # fmt: skip
    if terms.as_of:
        found["datePublished"] = terms.as_of.isoformat()
    if about.licence:
        found["license"] = about.licence
    return found


def _records(name: str, file: str, columns: Sequence[Field], key: str | None) -> dict[str, Any]:
    fields = [
        {"@type": "cr:Field", "@id": f"{name}/{c.name}", "name": c.name, "description": c.holds,
         "dataType": CROISSANT[c.type], "source": {"fileObject": {"@id": file}, "extract": {"column": c.name}}}
        for c in columns
    ]  # fmt: skip
    found: dict[str, Any] = {"@type": "cr:RecordSet", "@id": name, "name": name, "field": fields}
    return found | ({"key": {"@id": f"{name}/{key}"}} if key else {})


def _citation(about: About, version: str, terms: Terms) -> str:
    """The file CITATION.cff (version 1.2.0): strings are written as JSON, which is YAML too."""
    lines = [
        "cff-version: 1.2.0",
        "message: If you use these data, please cite them as below.",
        "type: dataset",
        f"title: {json.dumps(about.title, ensure_ascii=False)}",
        f"abstract: {json.dumps(about.description, ensure_ascii=False)}",
        "authors:",
        *(f"  - name: {json.dumps(name, ensure_ascii=False)}" for name in about.authors),
        f"version: {json.dumps(version[:12])}",
    ]
    if terms.as_of:
        lines.append(f"date-released: {json.dumps(terms.as_of.isoformat())}")
    if about.licence:
        lines.append(f"license: {json.dumps(about.licence)}")
    return "\n".join(lines) + "\n"
