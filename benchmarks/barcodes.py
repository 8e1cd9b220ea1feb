"""The painted barcodes of 40 designs, read by zxing-cpp and zbar: from panel, PDF at 300 dpi, and render.

Needs the extra `bench`, the library libzbar, poppler's pdftoppm, and a display or Xvfb.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tempfile
from itertools import product
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


def designs() -> list[Design]:
    sizes: list[tuple[PackageType, tuple[int, ...]]] = [("box", size) for size in BOXES]
    sizes += [("cylinder", (*size, size[0])) for size in CYLINDERS]
    made = []
    for seed, ((kind, size), prompt) in enumerate(product(sizes, PROMPTS)):
        dimensions = Dimensions(width=size[0], height=size[1], depth=size[2])
        number = article_number(seed)
        made.append(Design(kind, dimensions, number, painted(kind, dimensions, prompt, number)))
    return made


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


def look_at(design: Design, folder: Path) -> dict[tuple[str, str], bool]:
    """By source and reader, whether every code of the design was read."""
    found = {}
    panels = [read(Image.open(io.BytesIO(png))) for png in design.panels.values()]
    drawn = [seen_by(design, panel_id, folder) for panel_id in design.panels]
    sheet = read(as_printed(design, folder))
    for reader in READERS:
        found["panel", reader] = all(design.number in one[reader] for one in panels)
        found["PDF", reader] = sheet[reader] == {design.number}
        found["render", reader] = all(reader in one for one in drawn)
    return found


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--first", type=int, default=40, help="so many designs only")
    asked = options.parse_args()
    counts, bare = dict.fromkeys(product(FROM, READERS), 0), 0
    with some_display(), tempfile.TemporaryDirectory() as folder:
        application = make_application()
        made = designs()[: asked.first]
        for number, design in enumerate(made):
            found = look_at(design, Path(folder))
            bare += not design.panels
            missed = [place for place, read_there in found.items() if not read_there]
            for place in found:
                counts[place] += place not in missed
            if missed or not design.panels:
                print(
                    number,
                    design.kind,
                    design.dimensions.as_tuple(),
                    [*design.panels],
                    missed,
                    file=sys.stderr,
                )
        del application
    table(
        ["read from", *READERS],
        [[place, *(f"{counts[place, reader]} of {len(made)}" for reader in READERS)] for place in FROM],
    )
    return 0 if set(counts.values()) == {len(made)} and not bare else 1


if __name__ == "__main__":
    raise SystemExit(main())
