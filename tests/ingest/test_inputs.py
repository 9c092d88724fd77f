"""Paths to raw reports, and every kind of bad input: named, explained, and nothing else lost."""

import io
import json
import os
import sys
from pathlib import Path

import pytest

from summitry.ingest.inputs import Raw, inputs
from summitry.model.errors import Problem, UsageError


def lines(*items):
    return "\n".join(item if isinstance(item, str) else json.dumps(item) for item in items) + "\n"


@pytest.fixture
def write(tmp_path):
    def one(name, content=""):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return one


def only(paths, **options):
    found = list(inputs([paths] if isinstance(paths, str) else paths, **options))
    assert len(found) == 1, found
    return found[0]


def test_plain_text_is_untouched(write):
    text = "A headline\r\n\r\n Two ministers\u00a0met.  \n"
    path = write("a.txt", text)
    assert only(path) == Raw(path, "text", text)


def test_a_line_of_json_keeps_what_came_with_it(write):
    path = write(
        "a.jsonl", lines({"id": "r1", "url": "u", "title": "T", "published": "2024-05-14", "text": "x", "gold": 1})
    )
    assert only(path) == Raw(f"{path}:1", "text", "x", "r1", "u", "T", "2024-05-14")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.html", "<p>x</p>", "html"),
        ("a.XHTML", "<p>x</p>", "html"),
        ("page", "<!DOCTYPE html><p>x</p>", "html"),
        ("page", " \n<html><p>x</p>", "html"),
        ("note", "Plain words", "text"),
        ("note.md", "Plain words about <html>-like signs far down" + " " * 3000 + "<html>", "text"),
        ("records", '{"text": "x"}\n{"text": "y"}', "text"),
    ],
)
def test_content_is_sniffed_where_the_name_says_nothing(write, name, content, kind):
    found = list(inputs([write(name, content)]))
    assert all(isinstance(item, Raw) and item.kind == kind for item in found)


@pytest.mark.parametrize("content", ['[{"text": "x"}, {"text": "y"}]', '{"text": "x"}\n{"text": "y"}\n'])
def test_a_json_file_is_a_list_or_lines(write, content):
    assert [item.text for item in inputs([write("a.json", content)])] == ["x", "y"]


def test_a_json_file_of_one_object_over_many_lines(write):
    assert only(write("a.json", '{\n "text":\n "x"}')).text == "x"


def test_a_folder_is_read_in_order_and_codings_are_passed_over(write, tmp_path):
    for name in ("b.txt", "a/z.html", "a/b.jsonl", "a/b.gold.json", "notes.md", ".hidden.txt", ".git/x.txt"):
        write(name, '{"text": "x"}')
    names = [os.path.relpath(item.source, tmp_path) for item in inputs([str(tmp_path)])]
    assert names == ["a/b.jsonl:1", "a/z.html", "b.txt"]


def test_standard_input(monkeypatch):
    for content, texts in ((b"Plain words", ["Plain words"]), (b'{"text": "x"}\n{"text": "y"}', ["x", "y"])):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        assert [item.text for item in inputs(["-"])] == texts


def test_byte_order_marks(write):
    for encoding in ("utf-8-sig", "utf-16"):
        assert only(write("a.txt", "Schrö\n".encode(encoding))).text == "Schrö\n"


def test_published_is_for_those_without(write):
    path = write("a.jsonl", lines({"text": "x", "published": "2024-05-14"}, {"text": "y"}))
    assert [item.published for item in inputs([path], published="2020-01-02")] == ["2024-05-14", "2020-01-02"]


@pytest.mark.parametrize("value", ["yesterday", "14/05/2024", "2024-13-01", ""])
def test_a_bad_option_is_a_wrong_usage_at_once(value):
    with pytest.raises(UsageError, match="2024-05-14"):
        inputs(["a.txt"], published=value)


def test_no_path_is_a_wrong_usage():
    with pytest.raises(UsageError, match="nothing to read"):
        inputs([])


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", "", "empty"),
        ("a.txt", " \n\n ", "empty"),
        ("a.jsonl", "\n\n", "empty"),
        ("a.html", "\ufeff", "empty"),
        ("a.txt", b"%PDF-1.7 ...", "a PDF"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "an image"),
        ("a.txt", b"abc\x00\x01\x02def", "a binary file"),
        ("a.jsonl", b"PK\x03\x04zip", "ZIP"),
        ("a.txt", b"Schr\xf6dinger\n", "byte 5 (line 1): save the file as UTF-8"),
        ("a.txt", b"\xff\xfea", "UTF-16"),
    ],
)
def test_files_that_cannot_be_read(write, name, content, says):
    path = write(name, content)
    found = only(path)
    assert isinstance(found, Problem)
    assert (found.source, found.stage) == (path, "ingest")
    assert says in found.error


def test_a_missing_file_among_others(write, tmp_path):
    good = write("a.txt", "x")
    missing, found = inputs([str(tmp_path / "b.txt"), good])
    assert "no such file" in missing.error
    assert found.text == "x"


def test_a_folder_without_reports(write, tmp_path):
    write("notes.md", "x")
    assert "no reports" in only(str(tmp_path)).error


def test_a_file_that_may_not_be_read(write, monkeypatch):
    def closed(path, mode):
        raise PermissionError(13, "Permission denied")

    path = write("a.txt", "x")
    monkeypatch.setattr(Path, "open", closed)  # root, who runs tests in containers, may read everything
    assert "cannot be read (Permission denied)" in only(path).error


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"text": "x"', "not JSON"),
        ("plain words", "not JSON"),
        ('["x"]', "a list, not an object"),
        ('{"id": "r2"}', 'no "text"'),
        ('{"id": "r2", "text": ""}', '"text" is empty'),
        ('{"id": "r2", "text": null}', '"text" is null'),
        ('{"id": "r2", "text": ["x"]}', '"text" is a list'),
        ('{"text": ' + "[" * 100_000, "nested too deep"),
        (b'{"text": "\xe9"}', "not UTF-8 at byte 11 of the line"),
    ],
)
def test_a_broken_line_costs_itself_only(write, line, says):
    line = line if isinstance(line, bytes) else line.encode()
    path = write("a.jsonl", b'{"text": "x"}\n' + line + b'\n\n{"text": "y"}')
    first, broken, last = inputs([path])
    assert (first.text, last.text, last.source) == ("x", "y", f"{path}:4")
    assert isinstance(broken, Problem)
    assert broken.source == f"{path}:2"
    assert says in broken.error
    assert broken.report == ("r2" if b"r2" in line else None)


def test_what_is_too_long_is_named_with_the_limit(write):
    short = {"text": "y"}
    cases = {
        "a.txt": "x" * 41,
        "a.html": "<p>" + "x" * 400,
        "a.jsonl": lines({"text": "x" * 11}, short),
        "b.jsonl": lines({"text": "x" * 200_000}, short),
    }
    for name, content in cases.items():
        first, *rest = inputs([write(name, content)], max_chars=10)
        assert isinstance(first, Problem)
        assert "more than 10 characters" in first.error
        assert [item.text for item in rest] == (["y"] if name.endswith("jsonl") else [])


def test_odd_values_are_left_aside_with_a_note(write):
    path = write("a.jsonl", lines({"text": "a\u0000b\ud800c", "id": 7, "url": ["u"], "published": "soon"}))
    found = only(path)
    assert (found.given_id, found.url, found.published, found.text) == ("7", None, None, "a\ufffdb\ufffdc")
    assert len(found.notes) == 3


def test_a_long_file_of_lines_is_read_line_by_line(write):
    path = write("a.jsonl", lines(*({"id": n, "text": "x" * 700} for n in range(300))))
    assert [item.given_id for item in inputs([path])] == [str(n) for n in range(300)]
