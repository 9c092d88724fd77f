"""A crawl as units of work: WARC files, JSON lines, Parquet, folders of pages; each unit gives records one after another.

What is wrong with one record (cut off, no JSON, too long) is told in the record; what is wrong with a whole file ends its unit
with a record that says so. Paths may be local or any address that fsspec knows (s3://, https://).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from summitry.ingest.inputs import MAX_CHARS, raw_of
from summitry.model.errors import Problem, UsageError
from summitry.scale.cascade import LARGEST, Record

PAGES = 500
"""Pages of a folder in one unit."""

LINE = 16_000_000
"""Bytes of a line of JSON; a longer one is passed over."""

ROWS = 1000
"""Rows of a Parquet file that are held at once."""

STOPS = (KeyboardInterrupt, SystemExit, GeneratorExit)
"""What is no failure of a record, and goes through."""

WARC, LINES, PARQUET, HTML = "warc", "lines", "parquet", "html"
_KINDS = {
    ".warc": WARC, ".warc.gz": WARC, ".warc.zst": WARC, ".jsonl": LINES, ".ndjson": LINES, ".jsonl.gz": LINES,
    ".parquet": PARQUET, ".html": HTML, ".htm": HTML, ".xhtml": HTML,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """What one worker takes at once and writes as one part: a file, or some pages of a folder. ``size`` is in bytes."""

    name: str
    kind: str
    paths: tuple[str, ...]
    size: int = 0

    def records(self) -> Iterator[Record]:
        """The records in order. Nothing is raised for what a file holds."""
        for path in self.paths:
            yield from _FORMS[self.kind](path)


def kind_of(path: str) -> str | None:
    """What a file is by its name, None if it is nothing that is read: ``kind_of("a/CC-NEWS-1.warc.gz")`` is "warc"."""
    name = PurePosixPath(path.partition("?")[0]).name.lower()
    return next((kind for ending, kind in _KINDS.items() if name.endswith(ending)), None)


def units(paths: Sequence[str]) -> list[Unit]:
    """The units of files, folders and patterns ("news/*.warc.gz"), in order; names are unique and the same on every run.

    Raises UsageError for a path where nothing is, or where nothing is that can be read.
    """
    import fsspec

    found: list[Unit] = []
    for path in paths:
        fs, root = fsspec.core.url_to_fs(path)
        try:
            files = _files(fs, root)
        except (OSError, ValueError) as error:
            raise UsageError(f"{path} cannot be opened ({error}): check the path") from error
        kinds = [(name, size, kind) for name, size in files if (kind := kind_of(name))]
        if not kinds:
            known = ", ".join(_KINDS)
            raise UsageError(f"{path}: no crawl here; give files that end in {known}, or folders of them")
        single = [(n, s, k) for n, s, k in kinds if k != HTML]
        found += [Unit(_name(n), k, (str(fs.unstrip_protocol(n)),), s) for n, s, k in single]
        pages = [(n, s) for n, s, k in kinds if k == HTML]
        for start in range(0, len(pages), PAGES):
            some = pages[start : start + PAGES]
            names = tuple(str(fs.unstrip_protocol(n)) for n, _ in some)
            found.append(Unit(_name(some[0][0]), HTML, names, sum(s for _, s in some)))
    return _distinct(found)


def _files(fs: Any, root: str) -> list[tuple[str, int]]:
    if "*" in root:
        names = [str(name) for name in fs.glob(root)]
    elif fs.isdir(root):
        names = [str(name) for name in fs.find(root)]
    elif fs.exists(root):
        names = [root]
    else:
        raise FileNotFoundError("no such file or folder")
    return [(name, int(fs.size(name) or 0)) for name in sorted(names)]


def _name(path: str) -> str:
    name = PurePosixPath(path).name
    return "".join(c if c.isalnum() or c in "-_." else "_" for c in name)


def _distinct(found: list[Unit]) -> list[Unit]:
    """Names with a number where two files of different folders are called alike."""
    seen: dict[str, int] = {}
    result = []
    for unit in found:
        seen[unit.name] = count = seen.get(unit.name, 0) + 1
        name = unit.name if count == 1 else f"{unit.name}-{count}"
        result.append(Unit(name, unit.kind, unit.paths, unit.size))
    return result


def _open(path: str) -> Any:
    import fsspec

    return fsspec.open(path, "rb", compression="infer" if kind_of(path) == LINES else None).open()


def _warc(path: str) -> Iterator[Record]:
    """The pages of a WARC file (1.0, 1.1; plain, gzip, zstd): responses and resources that are HTML."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource
    number = 0
    try:
        with _open(path) as stream:
            for record in ArchiveIterator(stream, record_types=wanted, parse_http=True, auto_decode="all"):
                number += 1
                yield from _response(record, f"{path}#{number}")
    except STOPS:
        raise
    except BaseException as error:  # a library in Rust panics beside Exception: the file ends here, and says so
        told = f"the file cannot be read beyond record {number} ({type(error).__name__}: {error}): it is cut off or damaged"
        yield Record(f"{path}#{number + 1}", error=told)


def _response(record: Any, source: str) -> Iterator[Record]:
    url = record.headers.get("WARC-Target-URI")
    kind = (record.http_content_type or "") if record.is_http else (record.headers.get("Content-Type") or "")
    if kind and "html" not in kind:
        return
    page = record.reader.read(LARGEST + 1)
    if len(page) > LARGEST:
        record.reader.consume()
        yield Record(source, url=url, error=f"too long: a page of more than {LARGEST:,} bytes")
    elif len(page) < record.content_length and not _encoded(record):
        yield Record(source, url=url, error="the record is cut off: it holds less than its length says")
    else:
        day = record.headers.get("WARC-Date")
        yield Record(source, page=page, url=url, seen=day[:10] if day else None)


def _encoded(record: Any) -> bool:
    """Whether a page comes packed or in chunks, so that its length is not that of the record."""
    headers = record.http_headers if record.is_http else None
    return headers is not None and any(headers.get(n) for n in ("Content-Encoding", "Transfer-Encoding"))


def _lines(path: str) -> Iterator[Record]:
    number = 0
    try:
        with _open(path) as stream:
            while line := stream.readline(LINE + 1):
                number += 1
                where = f"{path}:{number}"
                if len(line) > LINE and not line.endswith(b"\n"):
                    while (rest := stream.readline(1 << 20)) and not rest.endswith(b"\n"):
                        pass
                    yield Record(where, error=f"too long: a line of more than {LINE:,} bytes")
                elif line.strip():
                    yield _line(line, where)
    except Exception as error:  # a compressed file that is cut off raises what its library likes
        told = (
            f"the file cannot be read beyond line {number} ({type(error).__name__}: {error}): it is cut off or damaged"
        )
        yield Record(f"{path}:{number + 1}", error=told)


def _line(line: bytes, where: str) -> Record:
    try:
        return _record(json.loads(line.decode("utf-8-sig")), where)
    except UnicodeDecodeError as error:
        return Record(where, error=f"not UTF-8 at byte {error.start + 1} of the line: save the file as UTF-8")
    except (ValueError, RecursionError) as error:
        told = getattr(error, "msg", None) or "nested too deep"
        return Record(where, error=f"not JSON ({told}): each line must be one JSON object with a text")


def _record(item: object, where: str) -> Record:
    raw = raw_of(item, where, MAX_CHARS)
    if isinstance(raw, Problem):
        return Record(where, error=raw.error)
    return Record(where, raw=raw, url=raw.url)


def _parquet(path: str) -> Iterator[Record]:
    """Rows with a column "text" and, where they are there, id, url, title and published."""
    import pyarrow.parquet as pq

    number = 0
    try:
        with _open(path) as stream, pq.ParquetFile(stream) as table:
            names = [n for n in ("id", "url", "title", "published", "text") if n in table.schema_arrow.names]
            if "text" not in names:
                yield Record(path, error='no column "text" in this table: name the column of the reports\' texts so')
                return
            for batch in table.iter_batches(ROWS, columns=names):
                for row in batch.to_pylist():
                    number += 1
                    clean = {k: str(v) if k == "published" and v is not None else v for k, v in row.items()}
                    yield _record(clean, f"{path}:{number}")
    except Exception as error:
        told = (
            f"the table cannot be read beyond row {number} ({type(error).__name__}: {error}): it is cut off or damaged"
        )
        yield Record(f"{path}:{number + 1}", error=told)


def _page(path: str) -> Iterator[Record]:
    try:
        with _open(path) as stream:
            page = stream.read(LARGEST + 1)
    except OSError as error:
        yield Record(path, error=f"cannot be read ({error}): check that it is a file and that you may read it")
        return
    if len(page) > LARGEST:
        yield Record(path, error=f"too long: a page of more than {LARGEST:,} bytes")
    elif not page.strip():
        yield Record(path, error="the file is empty: there is nothing to read")
    else:
        yield Record(path, page=page)


_FORMS = {WARC: _warc, LINES: _lines, PARQUET: _parquet, HTML: _page}
