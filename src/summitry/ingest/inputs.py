"""From paths to raw reports: files, folders and standard input; plain text, HTML and JSON lines.

What cannot be read becomes a ``Problem`` in its place, with the path (and line) and a sentence that says what to do;
nothing that a file holds can raise out of the iterator.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from summitry.ingest.decode import BadBytes, binary_kind, decode_html, decode_text
from summitry.ingest.values import read_day
from summitry.model.errors import Problem, UsageError

MAX_CHARS = 1_000_000
"""The longest text that is read, in code points: far beyond any report, and spaCy's own limit."""

HTML_FACTOR = 10
"""A page may be this many times longer than a text, for its mark-up."""

STAGE = "ingest"
STDIN = "-"

KINDS = {
    ".txt": "text", ".text": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "lines", ".ndjson": "lines", ".json": "json",
}  # fmt: skip
IN_FOLDERS = frozenset({".txt", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson"})
"""What counts as a report inside a folder; other files there (codings, notes, images) are passed over."""

_SNIFF = 4096
_WARC = b"WARC/"
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml.{0,200}?\?>\s*|<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Raw:
    """One report as it was found. ``kind`` is "text" or "html"; ``text`` is the decoded source, untouched.

    ``source`` names where it stands ("news.jsonl:12"); ``published`` is the value given with it, which
    ``values.read_day`` can read; ``notes`` say what was odd about the input though it was read.
    """

    source: str
    kind: str
    text: str
    given_id: str | None = None
    url: str | None = None
    title: str | None = None
    published: str | None = None
    notes: tuple[str, ...] = ()


def inputs(paths: Sequence[str], published: str | None = None, max_chars: int = MAX_CHARS) -> Iterator[Raw | Problem]:
    """All reports of ``paths`` in order: files, folders (recursive, sorted by name) and "-" for standard input.

    ``published`` is the day (ISO 8601) of those that are given none. Raises UsageError if it is no date, or if no
    path is given; everything else that is wrong is yielded as a ``Problem``.
    """
    if not paths:
        raise UsageError("nothing to read: give a file, a folder, or - for standard input")
    if published is not None and read_day(published) is None:
        raise UsageError(f"--published {published!r} is no date: write it as 2024-05-14 (or 2024-05, or 2024)")
    return _all(paths, published, max_chars)


def _all(paths: Sequence[str], published: str | None, limit: int) -> Iterator[Raw | Problem]:
    for path in paths:
        found = _stream(sys.stdin.buffer, STDIN, "", limit) if path == STDIN else _path(Path(path), limit)
        for item in found:
            if isinstance(item, Raw) and item.published is None and published is not None:
                item = replace(item, published=published)
            yield item


def _path(path: Path, limit: int) -> Iterator[Raw | Problem]:
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except (OSError, ValueError) as error:
        yield _problem(path, f"cannot be opened ({_reason(error)}): check the path")
        return
    if is_folder:
        yield from _folder(path, limit)
    elif exists:
        yield from _file(path, limit)
    else:
        yield _problem(path, "no such file or folder: check the path")


def _folder(folder: Path, limit: int) -> Iterator[Raw | Problem]:
    closed: list[OSError] = []
    files: list[Path] = []
    for root, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files += (
            Path(root, name) for name in names if Path(name).suffix.lower() in IN_FOLDERS and not name.startswith(".")
        )
    for error in closed:
        yield _problem(str(error.filename), f"cannot be opened ({_reason(error)}): check its permissions")
    if not files and not closed:
        kinds = " ".join(sorted(IN_FOLDERS))
        yield _problem(folder, f"no reports in this folder: reports are files that end in {kinds}")
    for path in sorted(files, key=lambda p: p.as_posix()):
        yield from _file(path, limit)


def _file(path: Path, limit: int) -> Iterator[Raw | Problem]:
    try:
        with path.open("rb") as stream:
            yield from _stream(stream, str(path), KINDS.get(path.suffix.lower(), ""), limit)
    except (OSError, ValueError) as error:
        yield _problem(path, f"cannot be read ({_reason(error)}): check that it is a file and that you may read it")


def _stream(stream: BinaryIO, source: str, kind: str, limit: int) -> Iterator[Raw | Problem]:
    head = stream.read(_SNIFF)
    if not head.strip():
        head += stream.read(_SNIFF)
    if not head.strip(b"\xef\xbb\xbf \t\r\n") and len(head) < _SNIFF:
        yield _problem(source, "the file is empty: there is nothing to read")
        return
    what = binary_kind(head)
    if head.startswith(_WARC) or (what and ".warc" in Path(source).suffixes):
        yield _problem(source, "this is a crawl (WARC), not a report: read it with 'summitry scan FILE -o parts'")
        return
    if what:
        yield _problem(source, f"this is {what}, not text: convert it to plain text, HTML or JSON lines first")
        return
    kind = kind or _sniff(head)
    if kind == "lines":
        yield from _lines(stream, head, source, limit)
        return
    # Four bytes hold any code point; reading stops there, so a file of any size costs no more memory than the limit.
    most = 4 * limit * (HTML_FACTOR if kind == "html" else 1)
    data = head + stream.read(max(0, most + 1 - len(head)))
    if len(data) > most:
        yield _too_long(source, limit)
    elif kind == "json":
        yield from _json_file(data, source, limit)
    else:
        yield _whole(data, source, kind, limit)


def _sniff(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return "lines"
    if start.startswith(b"[") and start[1:].lstrip().startswith(b"{"):
        return "json"
    return "html" if _MARKUP.match(head) else "text"


def _whole(data: bytes, source: str, kind: str, limit: int) -> Raw | Problem:
    notes: tuple[str, ...] = ()
    try:
        if kind == "html":
            text, notes = decode_html(data)
        else:
            text = decode_text(data)
    except BadBytes as error:
        return _problem(source, str(error))
    if len(text) > limit * (HTML_FACTOR if kind == "html" else 1):
        return _too_long(source, limit)
    if not text.strip():
        return _problem(source, "the file is empty: there is nothing to read")
    return _raw(source, kind, text, {}, notes)


def _lines(stream: BinaryIO, head: bytes, source: str, limit: int) -> Iterator[Raw | Problem]:
    """JSON lines, one at a time, so that a file of any length is read in the memory of its longest line."""
    seen = 0
    most = 6 * limit + _SNIFF * 16  # an escaped code point takes six bytes, or twelve beyond the basic plane
    for number, line in enumerate(_split(stream, head, most), 1):
        where = f"{source}:{number}"
        if line is None:
            seen += 1
            yield _too_long(where, limit)
            continue
        line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not line.strip():
            continue
        seen += 1
        try:
            yield raw_of(json.loads(line.decode("utf-8")), where, limit)
        except UnicodeDecodeError as error:
            yield _problem(where, f"not UTF-8 at byte {error.start + 1} of the line: save the file as UTF-8")
        except (ValueError, RecursionError) as error:
            yield _problem(where, f"not JSON ({_json_reason(error)}): each line must be one JSON object with a text")
    if not seen:
        yield _problem(source, "the file is empty: there is nothing to read")


def _split(stream: BinaryIO, head: bytes, most: int) -> Iterator[bytes | None]:
    """The lines of ``head`` and of what follows it; None stands for a line of more than ``most`` bytes."""
    if head and not head.endswith(b"\n"):
        head += stream.readline(most + 1)
    *lines, last = head.split(b"\n")
    yield from lines
    while last or (last := stream.readline(most + 1)):
        if len(last) > most and not last.endswith(b"\n"):
            while (part := stream.readline(1 << 20)) and not part.endswith(b"\n"):
                pass
            yield None
        else:
            yield last
        last = b""


def _json_file(data: bytes, source: str, limit: int) -> Iterator[Raw | Problem]:
    """A file that ends in .json: one object, a list of them, or JSON lines."""
    try:
        whole = json.loads(decode_text(data))
    except BadBytes as error:
        yield _problem(source, str(error))
        return
    except (ValueError, RecursionError):
        yield from _lines(io.BytesIO(data), b"", source, limit)
        return
    if isinstance(whole, list):
        for number, item in enumerate(whole, 1):
            yield raw_of(item, f"{source}[{number}]", limit)
        if not whole:
            yield _problem(source, "an empty list: there is nothing to read")
    else:
        yield raw_of(whole, source, limit)


def raw_of(item: object, where: str, limit: int = MAX_CHARS) -> Raw | Problem:
    """One JSON object as a report; keys that are not known ("gold" among them) are ignored."""
    if not isinstance(item, Mapping):
        return _problem(where, f'this is {_type(item)}, not an object: write {{"text": "..."}}')
    given = item.get("id")
    name = str(given) if isinstance(given, str | int) and not isinstance(given, bool) else None
    text = item.get("text")
    if "text" not in item:
        return _problem(where, 'no "text" in this object: add the text of the report', name)
    if not isinstance(text, str):
        return _problem(where, f'"text" is {_type(text)}: it must be a string', name)
    if not text.strip():
        return _problem(where, '"text" is empty: there is nothing to read', name)
    if len(text) > limit:
        return _too_long(where, limit, name)
    return _raw(where, "text", text, item, ())


def _raw(source: str, kind: str, text: str, item: Mapping[str, object], notes: tuple[str, ...]) -> Raw:
    odd = list(notes)
    values: dict[str, str | None] = {}
    for key in ("id", "url", "title", "published"):
        value = item.get(key)
        if key == "id" and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is not None and not isinstance(value, str):
            odd.append(f'"{key}" is {_type(value)}, not a string: left aside')
            value = None
        values[key] = _UNSTORABLE.sub("\ufffd", value).strip() or None if isinstance(value, str) else None
    if values["published"] and read_day(values["published"]) is None:
        odd.append(f'"published" is {values["published"]!r}, which is no date (write 2024-05-14): left aside')
        values["published"] = None
    clean, replaced = _UNSTORABLE.subn("\ufffd", text)
    if replaced:
        # One for one, so that offsets hold: no database stores a NUL or half of a surrogate pair.
        odd.append(f"{replaced} characters that no database can store were replaced by U+FFFD")
    return Raw(source, kind, clean, values["id"], values["url"], values["title"], values["published"], tuple(odd))


def _problem(source: str | Path, error: str, report: str | None = None) -> Problem:
    return Problem(str(source), STAGE, error, report)


def _too_long(source: str, limit: int, report: str | None = None) -> Problem:
    return _problem(source, f"too long: more than {limit:,} characters in one report; split it into reports", report)


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__


def _json_reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at column {error.colno}"
    return "nested too deep" if isinstance(error, RecursionError) else str(error)


def _type(value: object) -> str:
    names = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        str: "a string",
        list: "a list",
        type(None): "null",
    }
    return names.get(type(value), "an object")
