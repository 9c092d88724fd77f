"""The codebook of a package, from the list of columns, what is counted in them, and the coding rules: HTML and PDF.

Both are made from one list of blocks, so that they say the same; neither holds a clock.
"""

from __future__ import annotations

import html
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, BinaryIO

from markdown_it import MarkdownIt
from markdown_it.token import Token

from summitry.lexicon.files import DATA, read_toml
from summitry.publish.columns import CLAIMS, flat
from summitry.publish.counts import Counted

STYLE = """body{font:16px/1.5 Georgia,serif;max-width:54rem;margin:2rem auto;padding:0 1rem;color:#222}
table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{border:1px solid #bbb;padding:.3rem .5rem;text-align:left;
vertical-align:top}th{background:#f3f1ec}code{background:#f3f1ec;padding:0 .2em}h1,h2,h3{line-height:1.2}"""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the codebook: ``kind`` is "h1" to "h3", "p", "li" or "table"; texts are HTML with b, code, i and a."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The words around what is counted: ``data/publish/codebook.toml``."""
    return read_toml(DATA / "publish" / "codebook.toml")


def blocks(title: str, counted: Sequence[Counted], facts: Sequence[tuple[str, str]]) -> Iterator[Block]:
    """The whole codebook. ``facts`` are names and values that stand at its head (versions, day, counts)."""
    told = words()
    yield Block("h1", f"{html.escape(title)}: {told['title'].lower()}")
    yield from (Block("p", html.escape(text)) for text in told["about"])
    yield Block("table", rows=(("fact", "value"), *((html.escape(k), html.escape(v)) for k, v in facts)))
    yield Block("p", html.escape(told["rights"]))
    yield Block("h2", "Files")
    files = tuple((f"<code>{name}</code>", html.escape(text)) for name, text in told["file"].items())
    yield Block("table", rows=(("file", "holds"), *files))
    yield Block("h2", "Columns of visits")
    rows = tuple(
        (
            f"<code>{c.column.name}</code>",
            html.escape(c.column.field.label),
            c.column.type,
            f"{c.told:,}",
            f"{c.missing:.1%}",
        )
        for c in counted
    )
    yield Block("table", rows=(("column", "label", "type", "told", "missing"), *rows))
    for c in counted:
        yield from _column(c)
    yield Block("h2", "Columns of claims")
    claims = tuple((f"<code>{f.name}</code>", f.type, html.escape(f.holds)) for f in CLAIMS)
    yield Block("table", rows=(("column", "type", "holds"), *claims))
    yield from coding_rules()


def _column(c: Counted) -> Iterator[Block]:
    field = c.column.field
    yield Block("h3", f"<code>{field.name}</code>")
    rule = f' See the coding rules: <a href="#{slug(field.rule)}">{html.escape(field.rule)}</a>.' if field.rule else ""
    yield Block("p", html.escape(field.holds[0].upper() + field.holds[1:]) + "." + rule)
    rows = [("type", field.type), ("visits with a value", f"{c.told:,} of {c.rows:,}"), ("missing", f"{c.missing:.1%}")]
    if c.least is not None:
        rows.append(("from, to", f"{flat(c.least)}, {flat(c.most)}"))
    if c.example:
        rows.append(("example", html.escape(c.example)))
    codes = [(f"<code>{code}</code>", f"{number:,}") for code, number in c.by_code()]
    yield Block("table", rows=(("about", "value"), *rows, *codes))


def coding_rules() -> Iterator[Block]:
    """The coding rules, as ``docs/coding.md`` has them, one level of heading down."""
    source = (DATA / "publish" / "coding.md").read_text(encoding="utf-8")
    tokens = MarkdownIt("commonmark").enable("table").parse(source)
    rows: list[tuple[str, ...]] = []
    cells: list[str] = []
    kind = "p"
    numbers: list[int | None] = []
    for token in tokens:
        match token.type:
            case "heading_open":
                kind = f"h{min(3, int(token.tag[1]) + 1)}"
            case "ordered_list_open":
                numbers.append(0)
            case "bullet_list_open":
                numbers.append(None)
            case "ordered_list_close" | "bullet_list_close":
                numbers.pop()
            case "list_item_open":
                kind = "li"
                if numbers[-1] is not None:
                    numbers[-1] += 1
            case "table_open":
                rows, kind = [], "td"
            case "tr_open":
                cells = []
            case "tr_close":
                rows.append(tuple(cells))
            case "table_close":
                yield Block("table", rows=tuple(rows))
                kind = "p"
            case "inline":
                text = _inline(token)
                if kind == "td":
                    cells.append(text)
                    continue
                number = numbers[-1] if kind == "li" and numbers else None
                yield Block(kind, f"{number}. {text}" if number else text)
                kind = "p" if not numbers else kind
            case _:
                pass


def _inline(token: Token) -> str:
    found = []
    for child in token.children or ():
        match child.type:
            case "text":
                found.append(html.escape(child.content))
            case "code_inline":
                found.append(f"<code>{html.escape(child.content)}</code>")
            case "strong_open" | "strong_close":
                found.append("<b>" if child.type == "strong_open" else "</b>")
            case "em_open" | "em_close":
                found.append("<i>" if child.type == "em_open" else "</i>")
            case "link_open":
                found.append(f'<a href="{html.escape(str(child.attrGet("href")))}">')
            case "link_close":
                found.append("</a>")
            case _:
                found.append(" ")
    return "".join(found)


def slug(heading: str) -> str:
    """The anchor of a heading."""
    return "".join(c if c.isalnum() else "-" for c in heading.lower()).strip("-")


def write_html(found: Sequence[Block], out: BinaryIO, title: str) -> None:
    """The codebook as one page without scripts and without anything from elsewhere."""
    page = io.StringIO()
    page.write(
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{html.escape(title)}</title>\n'
    )
    page.write(f"<style>{STYLE}</style>\n</head>\n<body>\n")
    for block in found:
        if block.kind == "table":
            head, *rest = block.rows
            page.write("<table>\n<tr>" + "".join(f"<th>{cell}</th>" for cell in head) + "</tr>\n")
            page.writelines("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rest)
            page.write("</table>\n")
        elif block.kind.startswith("h"):
            page.write(f'<{block.kind} id="{slug(_bare(block.text))}">{block.text}</{block.kind}>\n')
        else:
            page.write(f"<p>{'• ' if block.kind == 'li' and not block.text[:1].isdigit() else ''}{block.text}</p>\n")
    page.write("</body>\n</html>\n")
    out.write(page.getvalue().encode("utf-8"))


def _bare(text: str) -> str:
    return html.unescape("".join(part.partition(">")[2] if n else part for n, part in enumerate(text.split("<"))))


def write_pdf(found: Sequence[Block], out: BinaryIO, title: str) -> None:
    """The codebook as PDF."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

    sheet = getSampleStyleSheet()
    small = ParagraphStyle("cell", parent=sheet["BodyText"], fontSize=8, leading=10, splitLongWords=1)
    styles = {
        "h1": sheet["Title"],
        "h2": sheet["Heading2"],
        "h3": sheet["Heading3"],
        "p": sheet["BodyText"],
        "td": small,
    }
    styles["li"] = ParagraphStyle("item", parent=sheet["BodyText"], leftIndent=14)
    lines = TableStyle([("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP"),
                        ("BACKGROUND", (0, 0), (-1, 0), colors.Color(0.95, 0.94, 0.92))])  # fmt: skip
    document = SimpleDocTemplate(out, pagesize=A4, title=title, author="Summitry", invariant=1)
    named = {slug(_bare(b.text)) for b in found if b.kind.startswith("h")}
    story: list[Any] = []
    for block in (*found, Block("p", f"<i>{html.escape(words()['latin'])}</i>")):
        if block.kind == "table":
            rows = [[Paragraph(_latin(cell, named), small) for cell in row] for row in block.rows]
            width = document.width / len(block.rows[0])
            widths = (
                [0.28 * document.width, 0.72 * document.width] if len(block.rows[0]) == 2 else [width] * len(rows[0])
            )
            story += [Table(rows, colWidths=widths, style=lines, repeatRows=1), Spacer(0, 8)]
            continue
        anchor = f'<a name="{slug(_bare(block.text))}"/>' if block.kind.startswith("h") else ""
        story.append(Paragraph(anchor + _latin(block.text, named), styles[block.kind]))
    document.build(story)


def _latin(text: str, named: set[str]) -> str:
    """Text for the typeface of the PDF: letters it has not are written without their marks, links inside kept if they lead."""
    found = []
    for c in text:
        try:
            c.encode("cp1252")
            found.append(c)
        except UnicodeEncodeError:
            plain = "".join(x for x in unicodedata.normalize("NFKD", c) if x.isascii())
            found.append(html.escape(plain) or "?")
    kept = "".join(found).replace("<code>", '<font face="Courier">').replace("</code>", "</font>")
    for part in kept.split('<a href="#')[1:]:
        anchor = part.partition('"')[0]
        if anchor not in named:
            kept = kept.replace(f'<a href="#{anchor}">', "<a>")
    return kept
