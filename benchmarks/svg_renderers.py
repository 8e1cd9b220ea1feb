"""Which renderer of SVG draws what: Qt's and resvg, by the colours of a few pixels.

python benchmarks/svg_renderers.py
"""

# ruff: noqa: E501  (a drawing is clearest on one line)

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import resvg_py
from PIL import Image
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

if TYPE_CHECKING:
    from collections.abc import Callable

    Colour = tuple[int, ...]

RED, BLUE, BARE = (255, 0, 0, 255), (0, 0, 255, 255), (0, 0, 0, 0)
ALL = "width='100' height='100'"
CASES: dict[str, tuple[str, dict[tuple[int, int], Colour]]] = {
    "clip path": (
        "<clipPath id='c'><circle cx='50' cy='50' r='20'/></clipPath><rect width='100' height='100' fill='red' clip-path='url(#c)'/>",
        {(50, 50): RED, (5, 5): BARE},
    ),
    "mask": (
        "<mask id='m'><rect width='50' height='100' fill='white'/></mask><rect width='100' height='100' fill='red' mask='url(#m)'/>",
        {(20, 50): RED, (80, 50): BARE},
    ),
    "CSS class": (
        "<style>.a{fill:red} rect+rect{fill:blue}</style><rect class='a' width='50' height='100'/><rect x='50' width='50' height='100'/>",
        {(20, 50): RED, (80, 50): BLUE},
    ),
    "blend mode": (
        "<rect width='100' height='100' fill='#ffff00'/><rect width='100' height='100' fill='#00ffff' style='mix-blend-mode:multiply'/>",
        {(50, 50): (0, 255, 0, 255)},
    ),
    "filter": (
        "<filter id='f'><feFlood flood-color='red'/></filter><rect x='10' y='10' width='80' height='80' filter='url(#f)'/>",
        {(50, 50): RED},
    ),
    "drop shadow filter offset": (
        "<filter id='f' x='0' y='0' width='2' height='2'><feOffset dx='40'/></filter><rect width='30' height='100' fill='red' filter='url(#f)'/>",
        {(55, 50): RED, (10, 50): BARE},
    ),
    "pattern": (
        "<pattern id='p' width='10' height='10' patternUnits='userSpaceOnUse'><rect width='10' height='10' fill='blue'/></pattern><rect width='100' height='100' fill='url(#p)'/>",
        {(50, 50): BLUE},
    ),
    "symbol and use": (
        "<symbol id='s' viewBox='0 0 1 1'><rect width='1' height='1' fill='red'/></symbol><use href='#s' x='50' width='50' height='50'/>",
        {(75, 25): RED, (25, 25): BARE},
    ),
    "nested svg, viewBox": (
        "<svg x='50' width='50' height='50' viewBox='0 0 1 1'><rect width='1' height='1' fill='red'/></svg>",
        {(75, 25): RED, (25, 75): BARE},
    ),
    "gradient href": (
        "<linearGradient id='a'><stop stop-color='red'/></linearGradient><linearGradient id='b' xlink:href='#a'/><rect width='100' height='100' fill='url(#b)'/>",
        {(50, 50): RED},
    ),
    "marker": (
        "<marker id='m' markerWidth='40' markerHeight='40' refX='0' refY='0' markerUnits='userSpaceOnUse'><rect width='40' height='40' fill='red'/></marker><path d='M50 50h1' marker-start='url(#m)'/>",
        {(70, 70): RED},
    ),
    "group opacity": (
        "<g opacity='.5'><rect width='100' height='100' fill='red'/><rect width='100' height='100' fill='red'/></g>",
        {(50, 50): (255, 0, 0, 128)},
    ),
    "even-odd": (
        "<path fill-rule='evenodd' fill='red' d='M0 0h100v100h-100zM25 25h50v50h-50z'/>",
        {(10, 10): RED, (50, 50): BARE},
    ),
    "paint order": (
        "<rect x='20' y='20' width='60' height='60' fill='red' stroke='blue' stroke-width='40' paint-order='stroke'/>",
        {(25, 50): RED, (5, 50): BLUE},
    ),
    "transform-origin, CSS transform": (
        "<rect width='50' height='50' fill='red' style='transform:translate(50px,50px)'/>",
        {(75, 75): RED, (25, 25): BARE},
    ),
    "switch": (
        "<switch><rect requiredExtensions='x' width='100' height='100' fill='blue'/><rect width='100' height='100' fill='red'/></switch>",
        {(50, 50): RED},
    ),
    "embedded SVG picture": (
        "<image width='100' height='100' href=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E%3Crect width='9' height='9' fill='red'/%3E%3C/svg%3E\"/>",
        {(50, 50): RED},
    ),
    "dash": (
        "<path d='M0 50h100' stroke='red' stroke-width='20' stroke-dasharray='50 50'/>",
        {(25, 50): RED, (75, 50): BARE},
    ),
    "preserveAspectRatio": (
        "<svg width='100' height='100' viewBox='0 0 2 1' preserveAspectRatio='xMidYMax meet'><rect width='2' height='1' fill='red'/></svg>",
        {(50, 75): RED, (50, 25): BARE},
    ),
    "hsl, currentColor": (
        "<g color='hsl(0,100%,50%)'><rect width='100' height='100' fill='currentColor'/></g>",
        {(50, 50): RED},
    ),
}


def by_qt(drawing: str) -> Image.Image:
    image = QImage(100, 100, QImage.Format.Format_RGBA8888)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter)
    painter.end()
    return Image.frombytes("RGBA", (100, 100), bytes(image.constBits()))


def by_resvg(drawing: str) -> Image.Image:
    png = resvg_py.svg_to_bytes(svg_string=drawing, skip_system_fonts=True)
    return Image.open(io.BytesIO(png)).convert("RGBA")


def right(draw: Callable[[str], Image.Image], inside: str, expected: dict[tuple[int, int], Colour]) -> bool:
    links = "xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
    drawn = draw(f"<svg {links} {ALL}>{inside}</svg>")
    found = {place: drawn.getpixel(place) for place in expected}
    return all(
        found[place][3] < 4 if not colour[3] else max(map(abs, map(int.__sub__, found[place], colour))) < 5
        for place, colour in expected.items()
    )


def main() -> None:
    application = QGuiApplication(["svg", "-platform", "offscreen"])
    totals = [0, 0]
    print("| feature | Qt | resvg |\n|---|---|---|")
    for name, (inside, expected) in CASES.items():
        told = [right(draw, inside, expected) for draw in (by_qt, by_resvg)]
        totals = [total + one for total, one in zip(totals, told, strict=True)]
        print(f"| {name} | {' | '.join('yes' if one else 'no' for one in told)} |")
    print(f"| of {len(CASES)} | {totals[0]} | {totals[1]} |")
    del application


if __name__ == "__main__":
    main()
