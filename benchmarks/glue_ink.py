"""Ink where a blank takes glue: all panels one navy, each file drawn, and every glue area looked at.

    python benchmarks/glue_ink.py [STYLE …]

Every style, bleed 0 to 10 mm, glue flaps 5 to 30 mm, nominal and of 0.5 mm board, artwork on tuck and dust
flaps as well. PDF is drawn by poppler, SVG by Inkscape where it is installed; PNG is read. Told is the
largest share of a glue area that is inked, but for a rim of one pixel. Exits 1 where there is any.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFilter
from tables import table

from packdesk.domain.dieline.board import even_board
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.outline import flattened
from packdesk.domain.dieline.structures import BOX_STYLES
from packdesk.domain.dieline.values import DielineOptions, DielineStyle, LineType
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.units import MM_PER_INCH
from packdesk.export.flat.layout import MARGIN_MM
from packdesk.export.flat.pdf import write_pdf
from packdesk.export.flat.png import write_flat_png
from packdesk.export.flat.sheet import FlatOptions, Sheet
from packdesk.export.flat.svg import write_svg

if TYPE_CHECKING:
    from collections.abc import Sequence

NAVY, DPI, DARK = (10, 20, 60), 96, 128
BOX, CAN = Dimensions(width=100, height=150, depth=80), Dimensions(width=80, height=150, depth=80)
BLEEDS, FLAPS, BOARDS = (0.0, 3.0, 5.0, 10.0), (5.0, 12.0, 30.0), (None, 0.5)
NO_LINES = FlatOptions(kinds=frozenset())


def drawn(sheet: Sheet, folder: Path, *, with_svg: bool) -> dict[str, Path]:
    """The sheet in every format that holds the blank, as pictures."""
    made = {"png": folder / "sheet.png"}
    write_flat_png(sheet, made["png"], DPI, NO_LINES)
    write_pdf(sheet, folder / "sheet.pdf", NO_LINES)
    words = [
        "pdftoppm",
        "-r",
        str(DPI),
        "-png",
        "-singlefile",
        str(folder / "sheet.pdf"),
        str(folder / "pdf"),
    ]
    subprocess.run(words, check=True, capture_output=True)
    made["pdf"] = folder / "pdf.png"
    if with_svg and shutil.which("inkscape"):
        write_svg(sheet, folder / "sheet.svg", NO_LINES)
        made["svg"] = folder / "svg.png"
        words = ["inkscape", "-d", str(DPI), "-b", "white", "-o", str(made["svg"]), str(folder / "sheet.svg")]
        subprocess.run(words, check=True, capture_output=True)
    return made


def inked(file: Path, sheet: Sheet) -> float:
    """The largest share of a glue area that is dark, in percent."""
    with Image.open(file) as opened:
        dark = np.asarray(opened.convert("L")) < DARK
    left, top, scale, worst = sheet.bleed[0], sheet.bleed[1], DPI / MM_PER_INCH, 0.0
    for path in sheet.dieline.of_kind(LineType.GLUE):
        corners = flattened(path.curves)
        placed = [((x - left + MARGIN_MM) * scale, (y - top + MARGIN_MM) * scale) for x, y in corners]
        mask = Image.new("L", dark.shape[::-1])
        ImageDraw.Draw(mask).polygon(placed, fill=255)
        within = np.asarray(mask.filter(ImageFilter.MinFilter(3))) > 0
        worst = max(worst, 100 * float(dark[within].mean()) if within.any() else 0.0)
    return worst


def main(styles: Sequence[DielineStyle]) -> None:
    """Draw every style asked for, and tell."""
    buffer = io.BytesIO()
    Image.new("RGB", (400, 600), NAVY).save(buffer, "PNG")
    rows, found = [], 0.0
    for style, flap in product(styles, FLAPS):
        worst: dict[str, float] = {}
        for bleed, caliper in product(BLEEDS, BOARDS):
            board = even_board("board", caliper) if caliper else None
            asked = DielineOptions(style, glue_flap=flap, bleed=bleed, board=board, flap_art=True)
            kind, size = ("cylinder", CAN) if style is DielineStyle.WRAP else ("box", BOX)
            dieline = make_dieline(kind, size, asked)
            sheet = Sheet(dieline, {panel.panel_id: buffer.getvalue() for panel in dieline.panels})
            with tempfile.TemporaryDirectory() as name:
                for program, file in drawn(sheet, Path(name), with_svg=bleed == BLEEDS[-1]).items():
                    worst[program] = max(worst.get(program, 0.0), inked(file, sheet))
        rows.append((style.value, flap, *(worst.get(program, "") for program in ("png", "pdf", "svg"))))
        found = max(found, *worst.values())
    table(("style, bleed 0 to 10 mm", "glue flap mm", "PNG %", "PDF %", "SVG %"), rows)
    sys.exit(int(found > 0))


if __name__ == "__main__":
    main([DielineStyle(style) for style in sys.argv[1:]] or (*BOX_STYLES, DielineStyle.WRAP))
