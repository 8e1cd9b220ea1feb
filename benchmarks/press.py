"""A PDF for a press read by programs of others: plates, inks, tags; our separation beside that of `tificc`.

    python benchmarks/press.py [--profile FILE.icc]

Needs Ghostscript, poppler-utils, exiftool and LittleCMS's `tificc` (liblcms2-utils); without a profile,
Ghostscript's own is taken. Exits 1 when a patch is off by more than 0.5 (CIE 1976), ink is over the limit, a
neutral pixel has colour in it, a picture is not tagged, or a plate of lines has marks.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pikepdf
from PIL import Image, ImageCms
from PySide6.QtGui import QGuiApplication
from tables import table

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.panels import panel_sizes
from packdesk.domain.request import PanelRequest
from packdesk.export.flat.pdf import write_pdf
from packdesk.export.flat.sheet import FlatOptions, Sheet
from packdesk.export.press.inks import Separation, coverage
from packdesk.export.press.options import PressOptions
from packdesk.export.press.profile import read_press_profile
from packdesk.generation.offline.panels import paint_panel

if TYPE_CHECKING:
    from collections.abc import Iterator

GHOSTSCRIPTS = Path("/usr/share/color/icc/ghostscript/default_cmyk.icc")
PATCHES, LIMIT, DPI = 20, 280.0, 150
SIZE = Dimensions(width=100, height=150, depth=100)
WORDS = 'vintage roses in blush and navy, "Sol Field"'


def lab_of(inks: np.ndarray[Any, Any], profile: Path) -> np.ndarray[Any, Any]:
    """L*a*b* of inks, (n, 3), as the profile tells it."""
    image = Image.frombytes("CMYK", (len(inks), 1), inks.tobytes())
    made = ImageCms.profileToProfile(
        image,
        str(profile),
        ImageCms.createProfile("LAB"),
        renderingIntent=ImageCms.Intent.ABSOLUTE_COLORIMETRIC,
        outputMode="LAB",
    )
    assert made is not None
    planes = [np.asarray(made.getchannel(plane), float)[0] for plane in range(3)]
    return np.stack([planes[0] / 2.55, *((one + 128) % 256 - 128 for one in planes[1:])], axis=1)


def beside_tificc(profile: Path, folder: Path) -> bool:
    """Twenty patches by both; are they the same?"""
    colours = np.random.default_rng(28).integers(0, 256, (1, PATCHES, 3), np.uint8)
    Image.fromarray(np.repeat(colours, 4, axis=0)).save(folder / "in.tif")
    subprocess.run(
        ["tificc", "-i*sRGB", f"-o{profile}", "-t1", "-b", folder / "in.tif", folder / "out.tif"],
        check=True,
        capture_output=True,
    )
    with Image.open(folder / "out.tif") as opened:
        theirs = np.asarray(opened)[0]
    ours = Separation(read_press_profile(profile)).inks(colours)[0]
    apart = np.linalg.norm(lab_of(ours, profile) - lab_of(np.ascontiguousarray(theirs), profile), axis=1)
    table(
        ("20 patches beside tificc", "worst dE", "mean dE"), [("", float(apart.max()), float(apart.mean()))]
    )
    return float(apart.max()) <= 0.5


def painted() -> Sheet:
    """A box as the painter on this computer makes it."""
    artwork = {
        panel_id: paint_panel(
            PanelRequest(
                prompt=WORDS,
                panel_id=panel_id,
                size=size,
                package_type="box",
                package_dimensions=SIZE,
                dpi=DPI,
            )
        )
        for panel_id, size in panel_sizes("box", SIZE).items()
    }
    return Sheet(make_dieline("box", SIZE), artwork)


def pictures(pdf: pikepdf.Pdf) -> Iterator[tuple[Any, np.ndarray[Any, Any]]]:
    for one in pdf.objects:
        if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image":
            data = np.frombuffer(one.read_bytes(), np.uint8)
            yield one, data.reshape(int(one.Height), int(one.Width), -1)


def inks_of(sheet: Sheet, profile: Path, folder: Path) -> bool:
    """What is in the separated file, pixel by pixel."""
    write_pdf(sheet, folder / "plain.pdf")
    press = PressOptions(profile, separated=True, ink_limit=LIMIT)
    write_pdf(sheet, folder / "press.pdf", FlatOptions(press=press, marks=True, legend=True))
    most, neutral, coloured, tagged = 0.0, 0, 0, True
    with pikepdf.open(folder / "plain.pdf") as plain, pikepdf.open(folder / "press.pdf") as made:
        for (before, colours), (_, inks) in zip(pictures(plain), pictures(made), strict=True):
            tagged = tagged and str(before.ColorSpace[0]) == "/ICCBased"
            most = max(most, float(coverage(inks).max()))
            grey = colours.max(axis=-1) == colours.min(axis=-1)
            neutral += int(grey.sum())
            coloured += int(inks[grey][:, :3].any(axis=-1).sum())
    rows = [
        ("most ink, %", most),
        ("its limit, %", LIMIT),
        ("neutral pixels", neutral),
        ("of them with cyan, magenta or yellow", coloured),
        ("all pictures tagged sRGB when not separated", tagged),
    ]
    table(("pictures of a painted box", ""), rows)
    return most <= LIMIT and coloured == 0 and tagged


def plates(folder: Path) -> bool:
    """Ghostscript's plates: the marks are on the process plates only."""
    gs = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-r72"]
    subprocess.run(
        [*gs, "-sDEVICE=tiffsep", f"-sOutputFile={folder}/plate.tif", folder / "press.pdf"], check=True
    )
    rows, marks = [], False
    for file in sorted(folder.glob("plate*(*).tif")):
        name = file.stem[file.stem.index("(") + 1 : -1]
        with Image.open(file) as plate:
            dark = np.asarray(plate.convert("L")) < 128
        corner = int(dark[:, : dark.shape[1] // 40].sum())  # left of all lines of the blank
        marks = marks or (corner > 0 and name not in {"Cyan", "Magenta", "Yellow", "Black"})
        rows.append((name, int(dark.sum())))
    table(("plate (tiffsep)", "dark pixels at 72 dpi"), rows)
    covered = subprocess.run(
        [*gs, "-sDEVICE=inkcov", "-o-", folder / "press.pdf"], check=True, capture_output=True
    )
    print("inkcov:", covered.stdout.decode().strip())
    for words in (
        ["pdfimages", "-list", folder / "press.pdf"],
        ["pdfinfo", folder / "press.pdf"],
        ["exiftool", "-GTS_PDFXVersion", "-Trapped", "-DocumentID", "-RenditionClass", folder / "press.pdf"],
    ):
        print(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
    return not marks


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", type=Path, default=GHOSTSCRIPTS)
    profile = parser.parse_args().profile
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    application.setApplicationName("press")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sheet = painted()
        right = [beside_tificc(profile, folder), inks_of(sheet, profile, folder), plates(folder)]
    sys.exit(0 if all(right) else 1)


if __name__ == "__main__":
    main()
