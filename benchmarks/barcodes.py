"""The painted barcodes of 40 designs, read by zxing-cpp and zbar: from panel, PDF at 300 dpi, and render.

Needs the extra `bench`, the library libzbar, poppler's pdftoppm, and a display or Xvfb.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import zxingcpp
from PIL import Image
from pyzbar import pyzbar
from tables import table

from packdesk.app.application import make_application
from packdesk.app.display import some_display
from packdesk.app.rendering import ViewOptions
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.domain.pack_words import PackWords
from packdesk.domain.panels import panel_sizes
from packdesk.domain.request import PanelRequest
from packdesk.domain.state import PackagingState, default_state
from packdesk.export.flat.pdf import write_pdf
from packdesk.export.flat.sheet import Sheet
from packdesk.generation.offline.barcode import article_number
from packdesk.generation.offline.panels import paint_and_tell
from packdesk.jobs.drawing import PictureOrder, Shot, draw

if TYPE_CHECKING:
    from collections.abc import Iterator

PROMPTS = ("floral tea", "bold geometric coffee", "dots for children", "dark marble perfume")
BOXES = (
    (100, 150, 100),
    (60, 90, 40),
    (120, 60, 80),
    (75, 210, 75),
    (200, 150, 90),
    (90, 90, 90),
    (150, 300, 110),
)
CYLINDERS = ((80, 150), (60, 120), (110, 90))
VIEWS = {
    "back": [("back", None)],
    "bottom": [("bottom", None)],
    "left": [("left", None)],
    "top": [("top", None)],
}
AROUND = [("front", -90.0 + 15 * turn) for turn in range(24)]
DPI = 300
SIDE_PX = 3400  # of a render: three pixels a module where a small code is on a tall package
READERS = ("zxing", "zbar")
FROM = ("panel", "PDF", "render")


class Design(NamedTuple):
    """One package, its number, and its panels that carry bars."""

    kind: PackageType
    dimensions: Dimensions
    number: str
    panels: dict[str, bytes]


def asked_for() -> list[tuple[PackageType, tuple[int, ...], str]]:
    sizes: list[tuple[PackageType, tuple[int, ...]]] = [("box", size) for size in BOXES]
    sizes += [("cylinder", (*size, size[0])) for size in CYLINDERS]
    return [(kind, size, prompt) for (kind, size), prompt in product(sizes, PROMPTS)]


def design(seed: int) -> Design:
    kind, size, prompt = asked_for()[seed]
    dimensions = Dimensions(width=size[0], height=size[1], depth=size[2])
    number = article_number(seed)
    return Design(kind, dimensions, number, painted(kind, dimensions, prompt, number))


def painted(kind: PackageType, dimensions: Dimensions, prompt: str, number: str) -> dict[str, bytes]:
    found = {}
    for panel_id, size in panel_sizes(kind, dimensions).items():
        request = PanelRequest(
            prompt=prompt,
            panel_id=panel_id,
            size=size,
            package_type=kind,
            package_dimensions=dimensions,
            dpi=DPI,
            words=PackWords(brand="Halden", product="Sencha", barcode=number),
        )
        picture = paint_and_tell(request)
        if picture.bars:
            found[panel_id] = picture.png
    return found


def read(image: Image.Image) -> dict[str, set[str]]:
    grey = image.convert("L")
    return {
        "zxing": {found.text for found in zxingcpp.read_barcodes(grey)},
        "zbar": {found.data.decode() for found in pyzbar.decode(grey)},
    }


def as_printed(design: Design, folder: Path) -> Image.Image:
    file = folder / "sheet.pdf"
    write_pdf(Sheet(make_dieline(design.kind, design.dimensions), design.panels), file)
    subprocess.run(["pdftoppm", "-r", str(DPI), "-png", "-singlefile", file, folder / "sheet"], check=True)
    return Image.open(folder / "sheet.png")


def around(png: bytes) -> list[tuple[str, float | None]]:
    """The views around a cylinder, those first that its code is turned to."""
    picture = Image.open(io.BytesIO(png))
    corner = next((one.position.top_left.x for one in zxingcpp.read_barcodes(picture)), 0)
    towards = -90.0 + 360.0 * (corner / picture.width - 0.5)
    return sorted(AROUND, key=lambda view: abs((view[1] - towards + 180.0) % 360.0 - 180.0))


def as_drawn(design: Design, panel_id: str, folder: Path) -> Iterator[Image.Image]:
    """One picture after the other, for as long as somebody looks for the code."""
    values = {**default_state(design.kind).model_dump(), "package_dimensions": design.dimensions}
    state = PackagingState.model_validate(values)
    for name, azimuth in VIEWS.get(panel_id) or around(design.panels[panel_id]):
        view = ViewOptions(name, azimuth=azimuth).view()
        shot = Shot(view, folder / f"{panel_id}.png")
        draw(PictureOrder(state, (shot,), SIDE_PX, SIDE_PX, force=True), design.panels)
        yield Image.open(io.BytesIO(shot.target.read_bytes()))


def seen_by(design: Design, panel_id: str, folder: Path) -> set[str]:
    """Who reads a panel's code in some view of the package."""
    seen: set[str] = set()
    for picture in as_drawn(design, panel_id, folder):
        seen |= {reader for reader, found in read(picture).items() if design.number in found}
        if seen == set(READERS):
            break
    return seen


class Looked(NamedTuple):
    """Which codes of a design were read: by source and reader, whether all."""

    seed: int
    design: Design
    found: dict[tuple[str, str], bool]

    @property
    def missed(self) -> list[tuple[str, str]]:
        return [place for place, read_there in self.found.items() if not read_there]


def look_at(seed: int) -> Looked:
    """In a process that has its application."""
    made = design(seed)
    found = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        panels = [read(Image.open(io.BytesIO(png))) for png in made.panels.values()]
        drawn = [seen_by(made, panel_id, folder) for panel_id in made.panels]
        sheet = read(as_printed(made, folder))
    for reader in READERS:
        found["panel", reader] = all(made.number in one[reader] for one in panels)
        found["PDF", reader] = sheet[reader] == {made.number}
        found["render", reader] = all(reader in one for one in drawn)
    return Looked(seed, made, found)


def begin() -> None:
    """Each process has one application, and keeps it."""
    application.append(make_application())


application: list[object] = []


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--first", type=int, default=len(asked_for()), help="so many designs only")
    options.add_argument("--jobs", type=int, default=2, help="processes beside one another")
    asked = options.parse_args()
    count = min(asked.first, len(asked_for()))
    with some_display(), ProcessPoolExecutor(asked.jobs, get_context("spawn"), begin) as pool:
        looked = list(pool.map(look_at, range(count)))
    for one in looked:
        if one.missed or not one.design.panels:
            kind, dimensions = one.design.kind, one.design.dimensions.as_tuple()
            print(one.seed, kind, dimensions, [*one.design.panels], one.missed, file=sys.stderr)
    counts = {place: sum(one.found[place] for one in looked) for place in product(FROM, READERS)}
    table(
        ["read from", *READERS],
        [[place, *(f"{counts[place, reader]} of {count}" for reader in READERS)] for place in FROM],
    )
    return 0 if set(counts.values()) == {count} and all(one.design.panels for one in looked) else 1


if __name__ == "__main__":
    raise SystemExit(main())
