"""Finishes by area in a PDF, read by programs of others: each plate, and the process plates beneath.

    python benchmarks/finishes.py [--profile FILE.icc]

Needs Ghostscript and poppler-utils; without a profile, Ghostscript's own is taken. Each plate is laid over
what its mask says, panel by panel at 300 dpi, and the process plates with finishes over those
without. Exits 1 when a plate is off in more than a hundredth of its pixels, or a process plate has changed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pikepdf
from PIL import Image
from press import GHOSTSCRIPTS, painted
from PySide6.QtGui import QGuiApplication
from tables import table

from packdesk.domain.area_finish import AreaFinish, AreaKind, ColourRange
from packdesk.domain.units import MM_PER_INCH
from packdesk.export.flat.area_plates import AREA_STYLES, placed_areas
from packdesk.export.flat.pdf import write_pdf
from packdesk.export.flat.sheet import FlatOptions
from packdesk.export.press.options import PressOptions

if TYPE_CHECKING:
    from packdesk.export.flat.sheet import Sheet

DPI = 300
PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
MOST_OFF = 0.01
GOLD = ColourRange("#f0d8d0", 40)


def separated(pdf: Path, folder: Path) -> dict[str, np.ndarray[Any, Any]]:
    """Ghostscript's plates by name; 255 is an ink in full."""
    folder.mkdir()
    gs = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", f"-r{DPI}", "-sDEVICE=tiffsep"]
    subprocess.run([*gs, f"-sOutputFile={folder}/plate.tif", pdf], check=True)
    found = {}
    for file in folder.glob("plate(*).tif"):
        with Image.open(file) as plate:
            found[file.stem[6:-1]] = 255 - np.asarray(plate.convert("L"))
    return found


def compared(sheet: Sheet, kind: AreaKind, plate: np.ndarray[Any, Any], page: pikepdf.Page) -> float:
    """The share of a plate's pixels that are not as its masks say."""
    box, trim = [float(one) for one in page.mediabox], [float(one) for one in page.trimbox]
    left, top = trim[0] - box[0], box[3] - trim[3]  # of the sheet, in points
    per_mm, wrong, seen = DPI / MM_PER_INCH, 0, 0
    for area in placed_areas(sheet, kind):
        panel = next(one for one in sheet.dieline.panels if one.panel_id == area.panel_id)
        width, height = panel.sheet_size
        rows = np.arange(round(height * per_mm)) + 0.5
        columns = np.arange(round(width * per_mm)) + 0.5
        down = (panel.y + rows / per_mm - area.box.top) / (area.box.bottom - area.box.top)
        across = (panel.x + columns / per_mm - area.box.left) / (area.box.right - area.box.left)
        tall, wide = area.mask.shape
        wanted = area.mask[(down * tall).astype(int)[:, None], (across * wide).astype(int)[None]]
        first, start = round(top / 72 * DPI + panel.y * per_mm), round(left / 72 * DPI + panel.x * per_mm)
        got = plate[first : first + len(rows), start : start + len(columns)] > 127
        inner = np.s_[8:-8, 8:-8]  # lines of the blank stand on plates of their own; rims are off by a pixel
        wrong += int(_apart(wanted, got)[inner].sum())
        seen += got[inner].size
    return wrong / seen


def _apart(wanted: np.ndarray[Any, Any], got: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Where they differ by more than a pixel's shift."""
    near = [np.roll(wanted, (down, across), (0, 1)) for down in (-1, 0, 1) for across in (-1, 0, 1)]
    return ~np.any([one == got for one in near], axis=0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", type=Path, default=GHOSTSCRIPTS)
    profile = parser.parse_args().profile
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    application.setApplicationName("finishes")
    plain = painted()
    areas = [AreaFinish(panel, AreaKind.WHITE) for panel in plain.artwork]
    areas += [AreaFinish("front", kind, GOLD) for kind in (AreaKind.FOIL, AreaKind.EMBOSS)]
    areas += [AreaFinish("back", AreaKind.VARNISH, GOLD)]
    sheet = replace(plain, areas=tuple(areas))
    options = FlatOptions(press=PressOptions(profile, separated=True))
    right = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_pdf(plain, folder / "plain.pdf", options)
        write_pdf(sheet, folder / "finished.pdf", options)
        before = separated(folder / "plain.pdf", folder / "a")
        after = separated(folder / "finished.pdf", folder / "b")
        rows = []
        with pikepdf.open(folder / "finished.pdf") as pdf:
            for kind in AreaKind:
                plate = str(AREA_STYLES[kind].spot)
                off = compared(sheet, kind, after[plate], pdf.pages[0])
                right = right and off < MOST_OFF
                rows.append((plate, int((after[plate] > 127).sum()), 100 * off))
            groups = [(str(one.Name), _step(one)) for one in pdf.Root.OCProperties.OCGs]
        table(("plate (tiffsep, 300 dpi)", "pixels with ink", "not as the mask says, %"), rows)
        same = [(one, int((before[one] != after[one]).sum())) for one in PROCESS]
        right = right and not any(count for _, count in same)
        table(("process plate beneath", "pixels that changed"), same)
        table(("layer", "processing step"), groups)
        listed = subprocess.run(
            ["pdfimages", "-list", folder / "finished.pdf"], check=True, capture_output=True, text=True
        )
        print(listed.stdout)
    sys.exit(0 if right else 1)


def _step(group: Any) -> str:
    step = group.get("/GTS_Metadata")
    if step is None:
        return "none"
    kind = step.get("/GTS_ProcStepsType")
    return str(step.GTS_ProcStepsGroup)[1:] + (f"/{str(kind)[1:]}" if kind is not None else "")


if __name__ == "__main__":
    main()
