"""``summitry who``: answers, and what is said where there is none."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner, Result

from summitry.cli import app
from summitry.cli.who import COLUMNS


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["who", *words])


def test_a_holder_on_a_day() -> None:
    done = run("foreign minister of China", "--on", "1997-04-04")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "\t".join(COLUMNS),
        "Qian Qichen\tforeign_minister\tForeign Minister\tCHN\t1988-04-12\t1998-03-18\thigh",
    ]


def test_the_day_may_stand_in_the_question() -> None:
    assert run("Who was president of Chile in 2007?").stdout == run("president of Chile", "--on", "2007").stdout


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("prime minister",), 2, "of which country or body? For example"),
        (("president of Chile", "--on", "20x7"), 2, "write 1997-04-04, 1997-04 or 1997"),
        (("Tony Blair", "--on", "2015"), 1, "before and after it has Tony Blair, Prime Minister, 1997-05-02 to 2007-06-27"),
        (("Angela Merkl",), 1, "did you mean Angela Merkel?"),
        (("Dalai Lama",), 1, "it lists no holders of this kind of office"),
        (("Qzzx Vbbn",), 1, "by office or by name"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_told(words: tuple[str, ...], status: int, told: str) -> None:
    done = run(*words)
    assert (done.exit_code, done.stdout) == (status, "")
    assert told in done.stderr
