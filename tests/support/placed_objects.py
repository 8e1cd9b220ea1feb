"""Where objects are in written files, in millimetres: by paths in PDF and SVG, by pixels in PNG."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import ezdxf
import numpy as np
import pikepdf
import pypdfium2
from PIL import Image

from packdesk.domain.affine import Affine
from packdesk.domain.objects.inks import ink_of
from packdesk.domain.objects.kept import KeptObjects
from packdesk.domain.objects.recipe import Recipe
from packdesk.domain.objects.shown import ShownObjects
from packdesk.domain.objects.values import Shape
from packdesk.domain.panels import FlatSize
from packdesk.export.flat.layout import draw_sheet
from packdesk.export.flat.sheet import FlatOptions, Sheet
from packdesk.textures.objects.drawing import drawn_objects
from packdesk.textures.objects.flattening import flattened
from support.measuring import MM_PER_POINT, instructions

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.objects.lettering import Lettering
    from packdesk.domain.objects.values import PanelObject

Centres = dict[str, tuple[float, float]]


def plain_png(width: int, height: int, colour: str = "#ffffff") -> bytes:
    """A picture of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "PNG")
    return buffer.getvalue()


def scattered(size: FlatSize, count: int, rng: random.Random) -> tuple[Shape, ...]:
    """Turned red rectangles, each alone in its cell of a grid."""
    columns = max(1, int(count**0.5))
    rows = -(-count // columns)
    wide, high = size.width / columns, size.height / rows
    most = min(wide, high) / 3
    made = []
    for number in range(count):
        width, height = rng.uniform(most / 2, most), rng.uniform(most / 2, most)
        x = (number % columns + 0.5) * wide + rng.uniform(-0.1, 0.1) * most - width / 2
        y = (number // columns + 0.5) * high + rng.uniform(-0.1, 0.1) * most - height / 2
        place = {"x": round(x, 3), "y": round(y, 3), "turn": rng.uniform(0, 360)}
        sides = {"width": round(width, 3), "height": round(height, 3)}
        made.append(Shape(id=f"o{number}", ink=ink_of("#ff0000"), **place, **sides))
    return tuple(made)


def sheet_with(
    dieline: Dieline,
    objects: Mapping[str, Sequence[PanelObject]],
    lettering: dict[str, Lettering] | None = None,
) -> Sheet:
    """A sheet with objects on white panels."""
    artwork, shown = {}, {}
    for panel in dieline.panels:
        size = FlatSize(width=panel.picture_size[0], height=panel.picture_size[1])
        recipe = Recipe.empty(size).with_objects(tuple(objects.get(panel.panel_id, ())))
        beneath = plain_png(round(size.width * 2), round(size.height * 2))
        drawn = drawn_objects(KeptObjects.of(recipe, lettering or {}), lambda _: None)
        artwork[panel.panel_id] = flattened(beneath, drawn, size, lambda _: b"").png
        shown[panel.panel_id] = ShownObjects(recipe.panel, beneath, drawn)
    return Sheet(dieline, artwork, objects=shown)


def centres_meant(sheet: Sheet, objects: Mapping[str, Sequence[PanelObject]]) -> Centres:
    """Where the middles of boxes should be, computed by the shares of each panel's picture."""
    found = {}
    for panel_id, ones in objects.items():
        panel = sheet.dieline.panel(panel_id)
        width, height = panel.picture_size
        for one in ones:
            across, down = (one.x + one.width / 2) / width, (one.y + one.height / 2) / height
            found[f"{panel_id}-{one.id}"] = panel.point(across, down)
    return found


def centres_in_pdf(file: Path, sheet: Sheet) -> list[tuple[float, float]]:
    """The middles of all filled red paths of a page, in the order they are drawn."""
    page = draw_sheet(sheet, FlatOptions()).page
    with pikepdf.open(file) as pdf:
        found = list(_middles(instructions(pdf.pages[0])))
    return [(x * MM_PER_POINT + page.left, page.bottom - y * MM_PER_POINT) for x, y in found]


def _middles(steps: Iterator[tuple[str, Any]]) -> Iterator[tuple[float, float]]:
    place, kept, points, red = Affine(), [], [], False
    for name, words in steps:
        if name == "q":
            kept.append(place)
        elif name == "Q":
            place = kept.pop()
        elif name == "cm":
            place = Affine(*(float(word) for word in words)).then(place)
        elif name == "rg":
            red = [float(word) for word in words] == [1, 0, 0]
        elif name in {"m", "l"}:
            points.append(place.point(float(words[0]), float(words[1])))
        elif name in {"f", "f*", "n", "S"}:
            if name == "f" and red:
                yield tuple(np.mean(points, axis=0))
            points = []


def panel_of_pdf(file: Path, sheet: Sheet, panel_id: str, dpi: float = 300) -> Image.Image:
    """A panel that lies upright on the page, in greys, drawn by PDFium at that many pixels per inch.

    The page is cut to the panel first, so that pixels begin at its corner.
    """
    page, panel = draw_sheet(sheet, FlatOptions(kinds=frozenset())).page, sheet.dieline.panel(panel_id)
    left, bottom = panel.x - page.left, page.bottom - panel.y - panel.height
    box = [left, bottom, left + panel.width, bottom + panel.height]
    cut = io.BytesIO()
    with pikepdf.open(file) as pdf:
        pdf.pages[0].mediabox = pikepdf.Array([side / MM_PER_POINT for side in box])
        for key in ("/CropBox", "/TrimBox", "/BleedBox"):
            if key in pdf.pages[0].obj:
                del pdf.pages[0].obj[key]
        pdf.save(cut)
    across = round(panel.width / 25.4 * dpi)
    with pypdfium2.PdfDocument(cut.getvalue()) as document:
        drawn: Image.Image = document[0].render(scale=across * MM_PER_POINT / panel.width).to_pil()
        return drawn.convert("L")


def panel_of_svg(file: Path, sheet: Sheet, panel_id: str, dpi: float = 300) -> Image.Image:
    """As `panel_of_pdf`, of an SVG file, by resvg."""
    import resvg_py

    root, panel = ET.parse(file).getroot(), sheet.dieline.panel(panel_id)
    width, height = panel.width, panel.height
    root.attrib |= {
        "viewBox": f"{panel.x} {panel.y} {width} {height}",
        "width": f"{width}",
        "height": f"{height}",
    }
    across = round(width / 25.4 * dpi)
    png = resvg_py.svg_to_bytes(ET.tostring(root, encoding="unicode"), width=across, background="#ffffff")
    return Image.open(io.BytesIO(png)).convert("L")


def centres_in_svg(file: Path) -> Centres:
    """The middles of objects by their ids, read by svgelements."""
    from svgelements import SVG, Group
    from svgelements import Path as SvgPath

    svg = SVG.parse(str(file), ppi=25.4, reify=True)
    left, top, *_ = (float(word) for word in svg.values["viewBox"].split())
    found: Centres = {}
    for group in svg.elements():
        if isinstance(group, Group) and group.id and "-o" in group.id and len(group) == 1:
            (path,) = (item for item in group if isinstance(item, SvgPath))
            x0, y0, x1, y1 = path.bbox()
            found[group.id] = (x0 + x1) / 2 + left, (y0 + y1) / 2 + top
    return found


def centres_in_dxf(file: Path, sheet: Sheet) -> list[tuple[float, float]]:
    """The middles of the boxes on the layer of objects, in the order they are drawn, read by ezdxf."""
    document: Any = ezdxf.readfile(file)  # type: ignore[attr-defined]  # as in `dxf`
    boxes = (one.get_points("xy") for one in document.modelspace().query('LWPOLYLINE[layer=="OBJECTS"]'))
    middles = (np.mean(corners, axis=0) for corners in boxes)
    return [(float(x), sheet.dieline.height - float(y)) for x, y in middles]


def centres_in_png(png: bytes, box: tuple[float, float], meant: Centres, reach: float) -> Centres:
    """The middles of red on white, each looked for near where it is meant to be.

    Args:
        png: the picture.
        box: millimetres it shows across and down, from 0, 0.
        meant: where to look.
        reach: how far from there, in millimetres.
    """
    with Image.open(io.BytesIO(png)) as picture:
        pixels = np.asarray(picture.convert("RGB"), dtype=float)
    down, across = pixels.shape[0] / box[1], pixels.shape[1] / box[0]
    found = {}
    for name, (x, y) in meant.items():
        rows = slice(max(0, round((y - reach) * down)), round((y + reach) * down))
        columns = slice(max(0, round((x - reach) * across)), round((x + reach) * across))
        share = 1 - pixels[rows, columns, 1] / 255
        ys, xs = np.mgrid[: share.shape[0], : share.shape[1]] + 0.5
        total = share.sum()
        found[name] = (
            (columns.start + (xs * share).sum() / total) / across,
            (rows.start + (ys * share).sum() / total) / down,
        )
    return found
