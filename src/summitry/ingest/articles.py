"""A raw report to an ``Article``: text, blocks, dateline, outlet, agency, stated publication date, language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from summitry.ingest.blocks import BlockKnowledge, Page, read_page
from summitry.ingest.datelines import Datelines
from summitry.ingest.dates import DateWords
from summitry.ingest.html import PageText, read_html
from summitry.ingest.inputs import Raw
from summitry.ingest.language import Languages
from summitry.ingest.published import published
from summitry.lexicon.debris import LineRules
from summitry.lexicon.files import DATA
from summitry.lexicon.outlets import Outlet, OutletKind, Outlets
from summitry.model.article import Article, Dateline, Role, digest
from summitry.model.errors import InputError


@dataclass(frozen=True, slots=True)
class IngestKnowledge:
    """All tables of this stage. Load once, pass on."""

    lines: LineRules
    dates: DateWords
    datelines: Datelines
    outlets: Outlets
    languages: Languages

    @classmethod
    def load(cls, *folders: Path) -> IngestKnowledge:
        """Read the tables of the knowledge folders, the shipped one if none is named; later ones add and replace."""
        folders = folders or (DATA,)
        dates, outlets = DateWords.load(*folders), Outlets.load(*folders)
        datelines = Datelines.load(dates, outlets, *folders)
        return cls(LineRules.load(*folders), dates, datelines, outlets, Languages.load(*folders))


def to_article(raw: Raw, knowledge: IngestKnowledge) -> Article:
    """Read one raw report.

    The text of plain text and JSON lines is untouched; that of a page is its main text, with ``anchors`` that lead
    back. Raises InputError for a page without text. Specimen: ``to_article(raw, IngestKnowledge.load()).dateline``.
    """
    html = read_html(raw.text, raw.url) if raw.kind == "html" else None
    text = html.text if html else raw.text
    if html and not text.strip():
        raise InputError("no text was found in this page: give its text as plain text instead")
    title = raw.title or (html.title if html else None)
    url = raw.url or (html.url if html else None)
    known = BlockKnowledge(knowledge.lines, knowledge.dates, knowledge.datelines, knowledge.outlets)
    page = read_page(text, title, known)
    dateline = _dateline(page)
    outlet = _outlet(page, text, url, html, knowledge.outlets)
    return Article(
        id=digest(raw.text, raw.url, raw.title, raw.published),
        source=raw.source,
        text=text,
        blocks=tuple(page.blocks),
        given_id=raw.given_id,
        url=url,
        title=title,
        language=knowledge.languages.of(text),
        published=published(
            raw.published, url, html.date if html else None, page.stated, page.datelines, knowledge.dates
        ),
        dateline=dateline,
        outlet=outlet.name if outlet else None,
        agency=_agency(dateline, page, text, outlet, knowledge.outlets),
        anchors=html.anchors if html else (),
    )


def _dateline(page: Page) -> Dateline | None:
    """The dateline at which the body begins; agencies that put one above the headline may put a truer one there."""
    placed = [line for line in page.datelines if line.place]
    if not placed:
        return page.datelines[0] if page.datelines else None
    first_body = next((b.span.start for b in page.blocks if b.role is Role.BODY), None)
    heads = [line for line in placed if first_body is None or line.span.start <= first_body]
    return (heads or placed)[-1 if heads else 0]


def _outlet(page: Page, text: str, url: str | None, html: PageText | None, outlets: Outlets) -> Outlet | None:
    """By address, by the name of the site, or by a line of the head that is its name; unknown otherwise."""
    names: Iterable[str] = (span.of(text).strip(" |-–—:") for span in page.outlets)
    found = (outlets.by_domain(url) if url else None) or (outlets.by_form(html.site) if html and html.site else None)
    return found or next(
        (o for name in names if (o := outlets.by_form(name)) and o.kind is not OutletKind.AGENCY), None
    )


def _agency(dateline: Dateline | None, page: Page, text: str, outlet: Outlet | None, outlets: Outlets) -> str | None:
    """Whose words these are: by the dateline, a credit line, or the outlet itself where it is an agency."""
    if dateline and dateline.agency:
        known = outlets.agency(dateline.agency)
        return known.name if known else dateline.agency
    for block in page.blocks:
        if block.role is Role.BYLINE:
            for piece in _pieces(block.span.of(text)):
                known = outlets.agency(piece)
                if known and known.kind is OutletKind.AGENCY:
                    return known.name
    return outlet.name if outlet and outlet.kind is OutletKind.AGENCY else None


def _pieces(line: str) -> list[str]:
    for mark in "|•·—–,;/()":
        line = line.replace(mark, "\n")
    return [piece.strip(" :") for piece in line[:400].split("\n") if piece.strip(" :")]
