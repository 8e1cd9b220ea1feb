"""Templates that go out, are painted on by other programs, and come back: is every panel right and upright?

    python benchmarks/template_trips.py [--sizes 40 90 300 600] [--ways svg png tiff raw] [--shapes wrap]
    python benchmarks/template_trips.py --turned 20

Each trip: `packdesk template`, painted (SVG by Inkscape with a picture of up to 30 megapixels in it, PNG and
TIFF by Pillow; `raw` is TIFF not packed), `packdesk import-sheet` without a question, `packdesk export` as
PDF, drawn by pdftoppm. Printed is the peak signal to noise ratio of the worst panel to what was painted
there, in dB; one that is turned has less than 20. Inkscape and poppler are needed. `--turned` instead finds
sheets of random artwork on random boxes, turned (and with our marks on them, mirrored) at random; no file
says a word.
"""

from __future__ import annotations

import argparse
import base64
import io
import json
import math
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image
from PIL.PngImagePlugin import PngInfo

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from support.sheets import file_of, painted, turned

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.values import DielineOptions, DielineStyle
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.sheet.finding import find_sheet
from packdesk.domain.sheet.template import template_page
from packdesk.export.template.writing import write_template
from packdesk.textures.check import clean_sheet
from packdesk.textures.sheet_cutting import opened_sheet, small_copy

Image.MAX_IMAGE_PIXELS = None
MM_PER_INCH, MOST_PIXELS, DRAWN_DPI, MOST_DRAWN = 25.4, 30e6, 150.0, 80e6
INSET_MM, MARGIN_PX = 1.0, 2
SHAPES = ("straight-tuck", "reverse-tuck", "cross", "wrap")
WAYS = ("svg", "png", "tiff")
DESCRIPTION = 270


@dataclass(frozen=True)
class Guide:
    """A template's page in millimetres (left, top, width, height), and its panels' safe areas on it."""

    page: tuple[float, ...]
    panels: tuple[tuple[float, float, float, float], ...]


def paint(x: npt.NDArray[np.floating], y: npt.NDArray[np.floating]) -> npt.NDArray[np.uint8]:
    """Waves that are nowhere the same, at columns x and rows y in millimetres; outer products are quick."""
    slanted = np.outer(np.cos(y / 31), np.sin(x / 7)) + np.outer(np.sin(y / 31), np.cos(x / 7))
    down = np.repeat(np.sin(y / 9)[:, None], len(x), 1)
    both = np.outer(np.cos(y / 13), np.cos(x / 13)) - np.outer(np.sin(y / 13), np.sin(x / 13))
    picture: npt.NDArray[np.uint8] = np.stack(
        [127 + 100 * wave for wave in (slanted, down, both)], -1
    ).astype(np.uint8)
    return picture


def painted_page(guide: Guide, size: tuple[int, int]) -> Image.Image:
    """The page, painted."""
    left, top, width, height = guide.page
    x = left + (np.arange(size[0], dtype=np.float32) + 0.5) / size[0] * width
    y = top + (np.arange(size[1], dtype=np.float32) + 0.5) / size[1] * height
    return Image.fromarray(paint(x, y))


class Desk:
    """packdesk with folders of its own, and a package of one shape and size."""

    def __init__(self, folder: Path, shape: str, side: float) -> None:
        self.folder = folder
        kept = {f"PACKDESK_{name}_DIR": str(folder / name.lower()) for name in ("DATA", "CACHE", "CONFIG")}
        self._environment = {**os.environ, **kept}
        self._environment.pop("PACKDESK_REDIS_URL", None)
        box = shape != "wrap"
        self.style = ["--style", shape] if box else []
        size = [side, round(side * 0.7), round(side * 0.5)] if box else [side, side, side]
        self.run("dimensions", "box" if box else "cylinder", *size)

    def run(self, *words: object) -> str:
        command = [sys.executable, "-m", "packdesk", *map(str, words)]
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr.strip()[-300:])
        return done.stdout

    def template(self, kind: str) -> Path:
        file = self.folder / f"template.{kind}"
        self.run("template", file, "--force", *self.style)
        return file


def guide_of(svg: str) -> Guide:
    found = re.search(r'viewBox="([^"]+)"', svg)
    safe = re.search(r'id="packdesk-guide-safe".*?</g>', svg, re.DOTALL)
    if found is None or safe is None:
        raise RuntimeError("not a template")
    panels = tuple(_area(path) for path in re.findall(r' d="([^"]+)"', safe[0]))
    return Guide(tuple(float(number) for number in found[1].split()), panels)


def _area(path: str) -> tuple[float, float, float, float]:
    """The rectangle of a panel, or a square within its circle."""
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", path)]
    if " A " not in path:
        return min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])
    right, y, radius = numbers[:3]
    half = radius / 2**0.5
    return right - radius - half, y - half, right - radius + half, y + half


def by_inkscape(desk: Desk, guide: Guide, svg: str) -> Path:
    """A picture put into the layer for artwork, opened and saved by Inkscape."""
    left, top, width, height = guide.page
    dpi = min(300.0, MM_PER_INCH * (MOST_PIXELS / (width * height)) ** 0.5)
    buffer = io.BytesIO()
    size = round(width / MM_PER_INCH * dpi), round(height / MM_PER_INCH * dpi)
    painted_page(guide, size).save(buffer, "PNG", compress_level=1)
    link = f"data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}"
    place = f'x="{left}" y="{top}" width="{width}" height="{height}" preserveAspectRatio="none"'
    image = f'<image {place} href="{link}"/>'
    drawn, saved = desk.folder / "drawn.svg", desk.folder / "back.svg"
    drawn.write_text(re.sub(r'(<g id="artwork"[^>]*?)\s*/>', lambda found: f"{found[1]}>{image}</g>", svg))
    subprocess.run(
        ["inkscape", drawn, "--export-type=svg", f"--export-filename={saved}"],
        capture_output=True,
        check=True,
    )
    return saved


def by_pillow(desk: Desk, guide: Guide, way: str) -> Path:
    """The page painted over; a TIFF file keeps its second page, the guides."""
    with Image.open(desk.template("png" if way == "png" else "tiff")) as template:
        dpi = template.info["dpi"]
        width, height = (side * MM_PER_INCH / round(float(dpi[0])) for side in template.size)
        whole = replace(guide, page=(*guide.page[:2], width, height))  # it is rounded up to whole pixels
        picture = painted_page(whole, template.size).convert("RGBA")
        if way == "png":
            words, saved = PngInfo(), desk.folder / "back.png"
            for name, text in template.text.items():  # type: ignore[attr-defined]  # of a PNG file
                words.add_text(name, text)
            picture.save(saved, pnginfo=words, dpi=dpi, compress_level=1)
            return saved
        note, saved = template.tag_v2[DESCRIPTION], desk.folder / "back.tiff"  # type: ignore[attr-defined]  # of TIFF
        template.seek(1)
        packing = "raw" if way == "raw" else "tiff_lzw"
        picture.save(
            saved,
            save_all=True,
            append_images=[template.convert("RGBA")],
            description=note,
            dpi=dpi,
            compression=packing,
        )
        return saved


def panels_in(desk: Desk, guide: Guide) -> list[float]:
    """The ratio of each panel, as it is exported."""
    pdf = desk.folder / "out.pdf"
    desk.run("export", pdf, "--force", *desk.style)
    told = subprocess.run(["pdfinfo", "-box", pdf], capture_output=True, text=True, check=True).stdout
    boxes = {name: [float(n) for n in rest.split()] for name, rest in re.findall(r"(\w+Box):\s+(.*)", told)}
    trim, media = boxes["TrimBox"], boxes["MediaBox"]
    area = (media[2] - media[0]) * (media[3] - media[1]) / 72**2
    dpi = min(DRAWN_DPI, (MOST_DRAWN / area) ** 0.5)
    subprocess.run(["pdftoppm", "-r", f"{dpi}", "-singlefile", pdf, pdf.with_suffix("")], check=True)
    with Image.open(pdf.with_suffix(".ppm")) as opened:
        drawn = np.asarray(opened.convert("RGB"))
    start, scale = (trim[0] / 72 * dpi, (media[3] - trim[3]) / 72 * dpi), dpi / MM_PER_INCH
    return [ratio(drawn, panel, start, scale) for panel in guide.panels]


def ratio(
    drawn: npt.NDArray[np.uint8], panel: tuple[float, ...], start: tuple[float, float], scale: float
) -> float:
    left, top, right, bottom = (
        round(end * scale + start[index % 2]) + (MARGIN_PX if index < 2 else -MARGIN_PX)
        for index, end in enumerate(panel)
    )
    x = (np.arange(left, right, dtype=np.float32) + 0.5 - start[0]) / scale
    y = (np.arange(top, bottom, dtype=np.float32) + 0.5 - start[1]) / scale
    wanted, found = paint(x, y), drawn[top:bottom, left:right].astype(np.float32)
    return float(10 * np.log10(255**2 / max(1e-9, ((found - wanted) ** 2).mean())))


def trip(shape: str, side: float, way: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), shape, side)
        svg = desk.template("svg").read_text()
        guide = guide_of(svg)
        back = by_inkscape(desk, guide, svg) if way == "svg" else by_pillow(desk, guide, way)
        size, start = back.stat().st_size / 1e6, time.perf_counter()
        try:
            desk.run("import-sheet", back)
        except RuntimeError as error:
            return f"| {shape} | {side:g} | {way} | {size:.0f} | | refused: {error} |"
        took = time.perf_counter() - start
        found = panels_in(desk, guide)
        sound = len(json.loads(desk.run("state", "--json"))["panel_textures"]) == len(found)
        worst = f"{min(found):.1f}" + ("" if sound else ", a panel is bare")
        return f"| {shape} | {side:g} | {way} | {size:.0f} | {took:.0f} | {len(found)} | {worst} |"


def found_again(number: int, *, marks: bool) -> bool:
    """Whether one random sheet, turned and mirrored at random, is found as it lies."""
    rng = random.Random(number)
    width, height, depth = (rng.randrange(30, 240) for _ in range(3))
    style = DielineStyle(rng.choice(SHAPES[:3]))
    size = Dimensions(width=width, height=height, depth=depth)
    dieline = make_dieline("box", size, DielineOptions(style))
    page = template_page(dieline)
    per_mm = 2000 / max(page.width, page.height)
    sheet = painted(dieline, rng, around=-page.left if marks else 3, per_mm=per_mm)
    if marks:
        with tempfile.TemporaryDirectory() as folder:
            write_template(dieline, Path(folder) / "a.png", dpi=MM_PER_INCH * per_mm)
            with Image.open(Path(folder) / "a.png") as guides:
                sheet = Image.alpha_composite(sheet.resize(guides.size), guides.convert("RGBA"))
    turns, mirrored = rng.randrange(4), marks and rng.random() < 0.5
    sheet = turned(sheet, turns)
    if mirrored:
        sheet = sheet.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    clean, facts = clean_sheet(file_of(sheet, per_mm))
    place = find_sheet(facts, np.asarray(small_copy(opened_sheet(clean.png))), dieline).placement
    middle = math.dist((place.x, place.y), (dieline.width / 2, dieline.height / 2))
    found = place.turns, place.mirrored
    return found == (-turns % 4, mirrored) and middle < 1 and abs(place.scale - 1) < 0.01


def print_found(count: int) -> None:
    print("| 20 random sheets | found |\n|---|---|".replace("20", str(count)))
    for marks, words in ((False, "of the blank alone, turned"), (True, "with marks, turned and mirrored")):
        print(f"| {words} | {sum(found_again(number, marks=marks) for number in range(count))} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", nargs="+", type=float, default=[40, 90, 300, 600])
    parser.add_argument("--ways", nargs="+", choices=(*WAYS, "raw"), default=list(WAYS))
    parser.add_argument("--shapes", nargs="+", choices=SHAPES, default=list(SHAPES))
    parser.add_argument("--turned", type=int, metavar="COUNT")
    chosen = parser.parse_args()
    if chosen.turned:
        print_found(chosen.turned)
        return
    print("| shape | width in mm | by | MB | s | panels | worst panel in dB |\n|---|---|---|---|---|---|---|")
    for shape in chosen.shapes:
        for side in chosen.sizes:
            for way in chosen.ways:
                print(trip(shape, side, way), flush=True)


if __name__ == "__main__":
    main()
