"""The documentation is true: its commands and options exist, its links lead somewhere, and no file says where it was made."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from summitry.cli import app, common, read, show
from summitry.pipeline import Reader

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "examples" / "README.md", *ROOT.glob("docs/**/*.md")])
COMMANDS = dict(typer.main.get_command(app).commands)

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+)$", re.M)

LINES = 500
"""No module grows longer."""

# Written in two pieces, so that this file does not find itself.
INDEX_HOSTS = tuple(f"{name}.{end}" for name, end in (
    ("pypi", "org"), ("pythonhosted", "org"), ("conda", "anaconda.org"), ("registry", "npmjs.org"),
))  # fmt: skip
MACHINE = re.compile(r"(?<![\w.:/-])/(?:home|root|work|tmp|Users|mnt|srv|opt|var)/[\w.-]+")
DATA_SUFFIXES = {".csv", ".gz", ".png", ".bin", ".db"}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tracked() -> list[Path]:
    try:
        found = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [ROOT / name for name in found.split("\0") if name and (ROOT / name).is_file()]


def mentions(text: str) -> list[list[str]]:
    """The command lines of a page that call summitry: in fenced blocks (with or without a prompt) and in `code`."""
    lines = [line for _, block in FENCE.findall(text) for line in block.replace("\\\n", " ").splitlines()]
    lines = [line.removeprefix("$ ") for line in lines] + CODE.findall(FENCE.sub("", text))
    parts = [part for line in lines for part in re.split(r"\s[|;&>]+\s", line)]
    calls = [part for part in parts if re.match(r"(?:\S*/)?summitry (?!-)", part)]
    return [shlex.split(call, comments=True)[1:] for call in calls]


def options(command: object) -> set[str]:
    names = {"-h", "--help"}
    for parameter in command.params:
        names |= set(parameter.opts) | set(parameter.secondary_opts)
    return names


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_commands_and_options_exist(page: Path) -> None:
    for words in mentions(page.read_text(encoding="utf8")):
        assert words[0] in COMMANDS, f"summitry {words[0]}"
        for word in words[1:]:
            if word.startswith("-") and word != "-":
                assert word.partition("=")[0] in options(COMMANDS[words[0]]), f"summitry {words[0]} {word}"


def test_readme_names_every_command_and_target() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf8")
    assert [c for c in COMMANDS if f"summitry {c}" not in readme] == []
    makefile = (ROOT / "Makefile").read_text(encoding="utf8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.M))
    named = set(re.findall(r"`make ([a-z-]+)`", readme))
    assert {"demo", "test", "check"} <= named <= targets


def test_the_finder_of_commands() -> None:
    text = "Use `summitry show --host X`.\n\n```console\n$ summitry read a | summitry show - --to 2\n12 summitry\n```\n"
    assert mentions(text) == [["read", "a"], ["show", "-", "--to", "2"], ["show", "--host", "X"]]


def anchors(page: Path) -> set[str]:
    headings = HEADING.findall(FENCE.sub("", page.read_text(encoding="utf8")))
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(FENCE.sub("", page.read_text(encoding="utf8"))):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        there = (page.parent / file).resolve() if file else page
        assert there.exists(), target
        if anchor:
            assert anchor in anchors(there), target


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_files_that_are_named_exist(page: Path) -> None:
    for name in CODE.findall(FENCE.sub("", page.read_text(encoding="utf8"))):
        if re.fullmatch(r"(?:src|docs|examples|tests|training|requirements)/[\w./-]+", name):
            assert (ROOT / name).exists(), name


def test_no_module_is_long() -> None:
    lengths = {relative(p): p.read_text(encoding="utf8").count("\n") for p in ROOT.glob("src/**/*.py")}
    assert {name: n for name, n in lengths.items() if n > LINES} == {}


def test_no_file_names_a_package_index_or_a_path_of_a_machine() -> None:
    found = []
    for path in tracked():
        if path.suffix in DATA_SUFFIXES or "/data/syntax/" in path.as_posix():
            continue
        try:
            text = path.read_text(encoding="utf8")
        except UnicodeDecodeError:
            continue
        found += [f"{relative(path)}: {host}" for host in INDEX_HOSTS if host in text]
        if path != Path(__file__):
            found += [f"{relative(path)}: {m.group()}" for m in MACHINE.finditer(text)]
    assert found == []


def test_no_placeholder_is_left() -> None:
    word = "TO" + "DO"
    assert [relative(p) for p in tracked() if p.suffix in {".py", ".md", ".toml"} and word in p.read_text("utf8")] == []


# What the pages show of the program's output is what the program writes. To write it anew after a change:
# SUMMITRY_WRITE_DOCS=1 pytest tests/test_docs.py -k output

WRITE = "SUMMITRY_WRITE_DOCS"
WIDTH = 118
NOT_RUN = {"serve"}
SECONDS = re.compile(r"\b\d+\.\d+ s$", re.M)
CONSOLE = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.M | re.S)
CUT = "..."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("docs")
    (found / "examples").symlink_to(ROOT / "examples")
    return found


@pytest.fixture
def terminal(reader: Reader, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Run a command line as on a terminal of fixed width, in a folder that holds the examples."""
    for module in (common, read, show):
        monkeypatch.setattr(module, "on_terminal", lambda: True)
    monkeypatch.setattr(Reader, "load", lambda *_: reader)
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    monkeypatch.chdir(folder)

    def run(line: str) -> str:
        result = CliRunner().invoke(app, shlex.split(line)[1:])
        assert result.exit_code == 0, result.output
        return "\n".join(x.rstrip() for x in result.output.splitlines()).strip("\n") + "\n"

    return run


def steps(block: str) -> list[tuple[str, str]]:
    """The command lines of a console block, each with the output below it."""
    parts = re.split(r"^\$ (.*)\n", block, flags=re.M)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def shortened(output: str, like: str) -> str:
    """The output, cut in the middle to as many lines above and below "..." as ``like`` has."""
    lines = like.splitlines()
    if CUT not in lines:
        return output
    above, below = lines.index(CUT), len(lines) - lines.index(CUT) - 1
    whole = output.splitlines()
    return "\n".join([*whole[:above], CUT, *whole[len(whole) - below :]]) + "\n"


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "docs" / "tutorial.md"], ids=relative)
def test_output_is_what_the_program_writes(page: Path, terminal: Callable[[str], str], folder: Path) -> None:
    (folder / "register.db").unlink(missing_ok=True)

    def renewed(block: re.Match[str]) -> str:
        found = ""
        for line, output in steps(block.group()):
            words = shlex.split(line)
            runs = words[0] == "summitry" and words[1] not in NOT_RUN and not set(words) & {"|", ">", "<"}
            found += f"$ {line}\n" + (shortened(terminal(line), output) if runs else output)
        return found

    held = page.read_text(encoding="utf8")
    fresh = CONSOLE.sub(renewed, held)
    if os.environ.get(WRITE):
        page.write_text(fresh, encoding="utf8")
    else:
        assert SECONDS.sub("- s", held) == SECONDS.sub("- s", fresh)
