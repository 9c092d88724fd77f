"""Visits as a Stata file (.dta, format 118: Stata 14 and later, UTF-8) with variable and value labels.

Source: Stata's own description of the format ("help dta"). Written row by row in two passes, the first of which finds how
wide each text is, so that a register of any size needs the memory of one visit; ``docs/decisions`` says why not by a library.
"""

from __future__ import annotations

import datetime as dt
import shutil
import struct
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from summitry.publish.columns import COLUMNS, Field, flat, values
from summitry.publish.terms import Terms
from summitry.register.exporting import Entry

EPOCH = dt.date(1960, 1, 1)
LONGEST = 255
"""A text column with longer values (in bytes) is kept as long strings (strL), which do not pad the others."""

STRL, DOUBLE, LONG, BYTE = 32768, 65526, 65528, 65530
NO_BYTE, NO_LONG = 101, 2147483621
NO_DOUBLE = struct.pack("<Q", 0x7FE0000000000000)
YES_NO = "yesno"
LABEL = "Visits of leaders and ministers"
_NAME, _FORMAT, _TEXT = 129, 57, 321


@dataclass(frozen=True, slots=True)
class _Variable:
    """A variable: its type in the file, its display format, its value labels (name and texts), how a value is packed."""

    field: Field
    type: int
    format: str
    labels: str
    pack: Callable[[Any], bytes]


def write_dta(visits: Iterable[Entry], out: BinaryIO, terms: Terms) -> int:
    """Write all visits; returns their number. Goes through the visits twice."""
    texts = [n for n, c in enumerate(COLUMNS) if c.type in ("string", "list") and not c.field.values]
    widths, count = dict.fromkeys(texts, 1), 0
    for entry in visits:
        count += 1
        for n in texts:
            widths[n] = max(widths[n], len(flat(COLUMNS[n].value(entry, terms)).encode("utf-8")))
    with tempfile.TemporaryFile() as long:
        strings = _Long(long)
        variables = [_variable(c.field, n, widths.get(n, 0), strings) for n, c in enumerate(COLUMNS)]
        file = _Parts(out)
        file.part(_header(len(variables), count))
        file.part(b"<map>" + bytes(8 * 14) + b"</map>")
        for tag, body in _about(variables):
            file.part(f"<{tag}>".encode() + body + f"</{tag}>".encode())
        file.part(b"<data>")
        for strings.row, entry in enumerate(visits, 1):
            found = values(entry, terms)
            file.more(b"".join(v.pack(value) for v, value in zip(variables, found, strict=True)))
        file.more(b"</data>")
        file.part(b"<strls>")
        long.seek(0)
        shutil.copyfileobj(long, out, 1 << 20)
        file.more(b"</strls>")
        file.part(b"<value_labels>" + b"".join(_labels(variables)) + b"</value_labels>")
        file.part(b"</stata_dta>")
        file.end()
    return count


class _Parts:
    """The parts of the file, whose places are written into its map at the end."""

    def __init__(self, out: BinaryIO) -> None:
        self.out = out
        self.places: list[int] = []

    def part(self, data: bytes) -> None:
        self.places.append(self.out.tell())
        self.out.write(data)

    def more(self, data: bytes) -> None:
        self.out.write(data)

    def end(self) -> None:
        places = [*self.places, self.out.tell()]
        # The header counts as the beginning of the file; its end is where the map begins.
        self.out.seek(places[1] + len(b"<map>"))
        self.out.write(struct.pack("<14Q", *places))
        self.out.seek(places[-1])


class _Long:
    """The long strings, kept aside until the rows are written."""

    def __init__(self, out: BinaryIO) -> None:
        self.out = out
        self.row = 0

    def add(self, variable: int, text: bytes) -> bytes:
        """Keep a text for a variable of the present row; what stands for it in the row."""
        if not text:
            return bytes(8)
        self.out.write(b"GSO" + struct.pack("<IQBI", variable, self.row, 130, len(text) + 1) + text + b"\0")
        return struct.pack("<H", variable) + struct.pack("<Q", self.row)[:6]


def _variable(field: Field, n: int, width: int, strings: _Long) -> _Variable:
    if field.values:
        places = {value: number for number, value in enumerate(field.values, 1)}
        return _Variable(field, BYTE, "%12.0g", field.name, lambda v: bytes([places.get(v, NO_BYTE)]))
    if field.type == "boolean":
        return _Variable(field, BYTE, "%8.0g", YES_NO, lambda v: bytes([NO_BYTE if v is None else int(v)]))
    if field.type == "date":
        return _Variable(field, LONG, "%td", "", lambda v: _long(None if v is None else (v - EPOCH).days))
    if field.type == "integer":
        return _Variable(field, LONG, "%12.0g", "", _long)
    if field.type == "number":
        return _Variable(field, DOUBLE, "%9.4g", "", lambda v: NO_DOUBLE if v is None else struct.pack("<d", v))
    if width > LONGEST:
        return _Variable(field, STRL, "%9s", "", lambda v: strings.add(n + 1, _bytes(v)))
    return _Variable(field, width, f"%{min(width, 40)}s", "", lambda v: _bytes(v).ljust(width, b"\0"))


def _bytes(value: Any) -> bytes:
    return flat(value).replace("\0", " ").encode("utf-8")


def _long(value: int | None) -> bytes:
    return struct.pack("<i", NO_LONG if value is None else value)


def _header(variables: int, count: int) -> bytes:
    label = LABEL.encode()
    return (
        b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder><K>"
        + struct.pack("<H", variables) + b"</K><N>" + struct.pack("<Q", count) + b"</N><label>"
        + struct.pack("<H", len(label)) + label + b"</label><timestamp>\0</timestamp></header>"
    )  # fmt: skip


def _about(variables: Sequence[_Variable]) -> list[tuple[str, bytes]]:
    return [
        ("variable_types", struct.pack(f"<{len(variables)}H", *(v.type for v in variables))),
        ("varnames", b"".join(_fixed(v.field.name, _NAME) for v in variables)),
        ("sortlist", bytes(2 * (len(variables) + 1))),
        ("formats", b"".join(_fixed(v.format, _FORMAT) for v in variables)),
        ("value_label_names", b"".join(_fixed(v.labels, _NAME) for v in variables)),
        ("variable_labels", b"".join(_fixed(v.field.label, _TEXT) for v in variables)),
        ("characteristics", b""),
    ]


def _fixed(text: str, size: int) -> bytes:
    return text.encode("utf-8")[: size - 1].ljust(size, b"\0")


def _labels(variables: Sequence[_Variable]) -> Iterable[bytes]:
    yield _label(YES_NO, [(0, "false"), (1, "true")])
    for v in variables:
        if v.field.values:
            yield _label(v.labels, list(enumerate(v.field.values, 1)))


def _label(name: str, entries: Sequence[tuple[int, str]]) -> bytes:
    texts = [text.encode("utf-8") + b"\0" for _, text in entries]
    starts = [sum(map(len, texts[:n])) for n in range(len(texts))]
    table = struct.pack("<II", len(entries), sum(map(len, texts)))
    table += struct.pack(f"<{len(entries)}I", *starts) + struct.pack(f"<{len(entries)}i", *(n for n, _ in entries))
    table += b"".join(texts)
    return b"<lbl>" + struct.pack("<I", len(table)) + _fixed(name, _NAME) + bytes(3) + table + b"</lbl>"
