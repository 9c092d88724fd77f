"""A reliability diagram: what was said against how often it was right, as SVG in plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from summitry.evaluate.intervals import wilson

BINS = 8
SIZE, EDGE = 360, 48


@dataclass(frozen=True)
class Bin:
    """Records said about equally sure: the mean of what was said, the share that is right, and their number."""

    said: float
    right: float
    count: int


def bins(p: np.ndarray, y: np.ndarray, number: int = BINS) -> list[Bin]:
    """Bins of equal numbers of records, from the least sure to the surest."""
    order = np.argsort(p, kind="stable")
    return [
        Bin(float(p[part].mean()), float(y[part].mean()), len(part))
        for part in np.array_split(order, number)
        if len(part)
    ]


def draw(series: Sequence[tuple[str, Sequence[Bin]]]) -> str:
    """The diagram: a point a bin with its 95 % interval; the diagonal is perfect calibration."""
    whole = SIZE + 2 * EDGE

    def at(x: float, y: float) -> tuple[float, float]:
        return EDGE + x * SIZE, EDGE + (1 - y) * SIZE

    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" font-family="sans-serif" font-size="12">',
        "<title>Reliability of the confidence of records</title>",
        f'<rect width="{whole}" height="{whole}" fill="white"/>',
        f'<rect x="{EDGE}" y="{EDGE}" width="{SIZE}" height="{SIZE}" fill="none" stroke="#888"/>',
        f'<line x1="{EDGE}" y1="{EDGE + SIZE}" x2="{EDGE + SIZE}" y2="{EDGE}" stroke="#aaa" stroke-dasharray="4 4"/>',
    ]
    for n in range(0, 11, 2):
        x, y = at(n / 10, 0)
        lines.append(f'<text x="{x:.0f}" y="{y + 16:.0f}" text-anchor="middle">{n / 10:.1f}</text>')
        x, y = at(0, n / 10)
        lines.append(f'<text x="{x - 6:.0f}" y="{y + 4:.0f}" text-anchor="end">{n / 10:.1f}</text>')
    lines.append(f'<text x="{whole / 2:.0f}" y="{whole - 10}" text-anchor="middle">confidence of the record</text>')
    lines.append(
        f'<text transform="translate(14 {whole / 2:.0f}) rotate(-90)" text-anchor="middle">share of records that are right</text>'
    )
    for number, ((name, found), colour) in enumerate(zip(series, ("#1f5fa8", "#c05a1c"), strict=False)):
        lines.append(f'<text x="{EDGE + 10}" y="{EDGE + 18 + 16 * number}" fill="{colour}">{name}</text>')
        for b in found:
            low, high = wilson(b.right * b.count, b.count)
            x, y = at(b.said, b.right)
            top, bottom = at(b.said, high)[1], at(b.said, low)[1]
            lines.append(f'<line x1="{x:.1f}" y1="{top:.1f}" x2="{x:.1f}" y2="{bottom:.1f}" stroke="{colour}"/>')
            lines.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}">'
                f"<title>{name}: said {b.said:.2f}, right {b.right:.2f} of {b.count}</title></circle>"
            )
    return "\n".join([*lines, "</svg>"]) + "\n"
