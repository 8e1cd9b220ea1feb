"""White hairlines along creases: all panels one navy, drawn by programs of others at 96 dpi.

    python benchmarks/seams.py

Of every crease between panels the brightest pixel near it is told, in levels above the navy. Programs
that are not installed are left out. Exits 1 where one is brighter by more than 2 levels.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image
from tables import table

# isort: split
from support.browser import CHROMIUM

from packdesk.domain.dieline.board import even_board
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.values import DielineOptions, DielineStyle
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.units import MM_PER_INCH
from packdesk.export.flat.layout import MARGIN_MM
from packdesk.export.flat.pdf import write_pdf
from packdesk.export.flat.sheet import FlatOptions, Sheet
from packdesk.export.flat.svg import write_svg

NAVY, DPI, MOST = (10, 20, 60), 96, 2
SIZE = Dimensions(width=101.3, height=150.7, depth=99.9)
FLUTE = even_board("E flute", 1.6)
STYLES = (
    (DielineStyle.STRAIGHT_TUCK, None),
    (DielineStyle.CROSS, None),
    (DielineStyle.AUTO_LOCK, FLUTE),
    (DielineStyle.MAILER, FLUTE),
    (DielineStyle.TRAY_LID, FLUTE),
)
NO_LINES = FlatOptions(kinds=frozenset())


def programs(folder: Path) -> dict[str, list[str]]:
    """What draws `sheet.pdf` or `sheet.svg` to `NAME.png`, by name."""
    pdf, svg = folder / "sheet.pdf", folder / "sheet.svg"
    out = {name: str(folder / f"{name}.png") for name in ("gs", "mutool", "inkscape", "chromium")}
    quiet = ["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-dGraphicsAlphaBits=4", "-sDEVICE=png16m"]
    browser = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=4000,4000"]
    return {
        "gs": ["gs", *quiet, f"-r{DPI}", f"-sOutputFile={out['gs']}", str(pdf)],
        "mutool": ["mutool", "draw", "-q", "-r", str(DPI), "-o", out["mutool"], str(pdf)],
        "pdftoppm": ["pdftoppm", "-r", str(DPI), "-png", "-singlefile", str(pdf), str(folder / "pdftoppm")],
        "pdftocairo": [
            "pdftocairo",
            "-r",
            str(DPI),
            "-png",
            "-singlefile",
            str(pdf),
            str(folder / "pdftocairo"),
        ],
        "inkscape": ["inkscape", "-d", str(DPI), "-b", "white", "-o", out["inkscape"], str(svg)],
        "chromium": [CHROMIUM or "chromium", *browser, f"--screenshot={out['chromium']}", svg.as_uri()],
    }


def brightest(file: Path, sheet: Sheet) -> int:
    """How much a crease is brighter than the navy beside it, at the worst; in the middle of each panel."""
    with Image.open(file) as opened:
        pixels = np.asarray(opened.convert("RGB")).astype(int)
    bleed, scale, worst = sheet.bleed, DPI / MM_PER_INCH, 0
    for panel in sheet.dieline.panels:
        width, height = panel.sheet_size
        x, y = ((value - low + MARGIN_MM) * scale for value, low in zip(panel.centre, bleed[:2], strict=True))
        right, below = round(x + width * scale), round(y + height * scale)
        row, column = pixels[round(y), round(x) : right], pixels[round(y) : below, round(x)]
        for line in (row, column):  # to the middle of what is beside it, if there is something
            if (np.abs(line[-1] - NAVY) <= MOST).all():
                worst = max(worst, int((line - NAVY).max()))
    return worst


def main() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (400, 600), NAVY).save(buffer, "PNG")
    rows, found = [], 0
    for style, board in STYLES:
        dieline = make_dieline("box", SIZE, DielineOptions(style=style, board=board))
        sheet = Sheet(dieline, {panel.panel_id: buffer.getvalue() for panel in dieline.panels})
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_pdf(sheet, folder / "sheet.pdf", NO_LINES)
            write_svg(sheet, folder / "sheet.svg", NO_LINES)
            for program, words in programs(folder).items():
                if shutil.which(words[0]):
                    subprocess.run(words, check=True, capture_output=True)
                    rows.append((style.value, program, brightest(folder / f"{program}.png", sheet)))
                    found = max(found, rows[-1][-1])
    table(("style", "drawn by", "levels"), rows)
    sys.exit(int(found > MOST))


if __name__ == "__main__":
    main()
