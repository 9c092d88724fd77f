"""A sheet of the screenshots in a folder, to look through them side by side."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

HEAD = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Screenshots</title>
<style>body { font: 14px sans-serif; margin: 1em; } th { text-align: left; vertical-align: top; padding-right: 1em; }
td { vertical-align: top; padding: 0 1em 1.5em 0; } img { max-height: 34em; max-width: 34em; border: 1px solid #999; }
a { color: inherit; } thead th { position: sticky; top: 0; background: #fff; }</style></head>
<body><h1>Screenshots</h1><table><thead><tr><td></td>"""


def write_sheet(folder: Path, pages: Sequence[str], looks: Sequence[str]) -> Path:
    """Write ``index.html``: a row for each page, a column for each look; those that are not there are left out."""
    rows = [HEAD, *(f"<th>{escape(look)}</th>" for look in looks), "</tr></thead><tbody>\n"]
    for page in pages:
        rows.append(f"<tr><th>{escape(page)}</th>")
        for look in looks:
            name = escape(f"{page}-{look}.png")
            there = (folder / f"{page}-{look}.png").exists()
            rows.append(
                f'<td><a href="{name}"><img src="{name}" alt="{name}" loading="lazy"></a></td>'
                if there
                else "<td></td>"
            )
        rows.append("</tr>\n")
    place = folder / "index.html"
    place.write_text("".join([*rows, "</tbody></table></body></html>\n"]), encoding="utf-8")
    return place
