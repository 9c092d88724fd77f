"""``summitry publish``: the register as a data package, or as plain pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from summitry.cli.choose import AsOfOption, QuotesOption, a_day
from summitry.cli.common import REGISTER, Exit, RegisterOption, fail, many, say, told

T = TypeVar("T")

EXAMPLES = """
Examples:

  summitry publish package/

  summitry publish package/ --title "Visits to Serbia" --author "Ana Petrović" --license CC-BY-4.0 --quotes none

  summitry publish --site public/
"""


@told
def publish(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write; it is made.")],
    site: Annotated[
        bool, typer.Option("--site", help="Plain pages for any web host, instead of a data package.")
    ] = False,
    title: Annotated[str | None, typer.Option(help="What the data are called.")] = None,
    author: Annotated[list[str] | None, typer.Option(help="Who is to be cited; may be given several times.")] = None,
    license: Annotated[str | None, typer.Option(help="A licence for the data, as SPDX calls it: CC-BY-4.0.")] = None,
    quotes: QuotesOption = None,
    as_of: AsOfOption = None,
    register: RegisterOption = REGISTER,
) -> None:
    """Write a data package: CSV, Parquet, descriptions for Frictionless and Croissant, a codebook, how to cite, checksums.

    The same register gives the same bytes. Full texts of reports are never in it.
    """
    from summitry.publish.package import About, write_package
    from summitry.publish.terms import Quotes, Terms
    from summitry.register.exporting import opened

    day, shown = a_day(as_of, "--as-of"), Quotes.parse(quotes)
    if site:
        from summitry.cli.plain_site import write_site

        if title or author or license:
            raise fail("--title, --author and --license are of a data package, not of --site", Exit.USAGE)
        pages = _safely(folder, lambda: write_site(register, folder, shown))
        say(f"{many(pages, 'file')} written to {folder}; serve the folder with any web server")
        return
    given = {"title": title, "authors": tuple(author) if author else None, "licence": license}
    about = About(**{k: v for k, v in given.items() if v})  # type: ignore[arg-type]
    terms = Terms.load(day, shown)
    with opened(register, about=frozenset({"sources"})) as visits:
        terms.as_of = terms.as_of or visits.newest()
        number, names = _safely(folder, lambda: write_package(visits, folder, terms, about))
    say(f"{many(number, 'visit')} written to {folder}: {', '.join(names)}")
    if not number:
        raise typer.Exit(int(Exit.NOTHING))


def _safely(folder: Path, write: Callable[[], T]) -> T:
    try:
        return write()
    except OSError as error:
        raise fail(f"{folder} cannot be written ({error.strerror}); choose another folder", Exit.NOTHING) from error
