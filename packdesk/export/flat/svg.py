"""SVG in millimetres: a layer for the artwork and one for each line type, arcs as arcs."""

from __future__ import annotations

import base64
import io
import math
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from packdesk.domain.affine import Affine
from packdesk.domain.curves import Arc, halves
from packdesk.domain.text import printable
from packdesk.export.flat.area_plates import AREA_STYLES, placed_areas, shown_kinds
from packdesk.export.flat.joined_objects import object_runs
from packdesk.export.flat.layout import draw_sheet
from packdesk.export.flat.progress import Steps, silent
from packdesk.export.flat.sheet import DEFAULT_OPTIONS, Box
from packdesk.export.flat.sheet_pictures import picture_count, sheet_pictures, shows_artwork
from packdesk.export.flat.styles import HAIRLINE_MM
from packdesk.files import output_file
from packdesk.textures.objects.svg_group import object_group
from packdesk.textures.sheet_surround import SURROUND_DPI, surround_of
from packdesk.textures.typeface import Typeface

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path as FilePath

    from PIL import Image

    from packdesk.domain.curves import Path
    from packdesk.export.flat.drawing import Drawing, Layer, Stroke, Text
    from packdesk.export.flat.progress import Listener
    from packdesk.export.flat.sheet import FlatOptions, Sheet
    from packdesk.export.flat.sheet_pictures import SheetPicture

SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_INKSCAPE = "http://www.inkscape.org/namespaces/inkscape"
_SODIPODI = "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
_SEEN_THROUGH = "0.6"
_FONTS = "'Hanken Grotesk', Helvetica, Arial, sans-serif"


def write_svg(
    sheet: Sheet, target: FilePath, options: FlatOptions = DEFAULT_OPTIONS, progress: Listener = silent
) -> None:
    """Write a sheet as SVG; one unit of it is a millimetre.

    Args:
        sheet: what is written.
        target: the file, which is replaced.
        options: what it shows.
        progress: told how many pictures of how many are in it.

    Raises:
        BadPictureError: artwork cannot be decoded.
        OutputUnwritableError: the file cannot be written.
    """
    register_names()
    drawing = draw_sheet(sheet, options)
    root = sheet_root(sheet, drawing)
    if options.artwork:
        _add_artwork(root, sheet, progress)
    typeface = Typeface() if options.outlines else None
    for layer in drawing.layers:
        add_layer(root, layer, typeface)
    with output_file(target) as path:
        ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def register_names() -> None:
    """Have the elements written with the usual prefixes."""
    for prefix, uri in (("", SVG), ("xlink", _XLINK), ("inkscape", _INKSCAPE), ("sodipodi", _SODIPODI)):
        ET.register_namespace(prefix, uri)


def path_data(path: Path) -> str:
    """A path as SVG writes it, in millimetres."""
    curves = tuple(halves(path.curves))
    words = ["M", *numbers(*curves[0].start)]
    for curve in curves:
        if isinstance(curve, Arc):
            words += ["A", *numbers(curve.radius, curve.radius), "0 0", "1" if curve.sweep > 0 else "0"]
        else:
            words.append("L")
        words += numbers(*curve.end)
    return " ".join(words + ["Z"] * path.closed)


def numbers(*values: float) -> Iterator[str]:
    """Lengths as SVG writes them, to a tenth of a micrometre."""
    for value in values:
        yield f"{round(value, 4) + 0:.4f}".rstrip("0").rstrip(".")  # + 0: no minus before nought


def sheet_root(sheet: Sheet, drawing: Drawing) -> ET.Element:
    """The outermost element: a page in millimetres, and its title."""
    page = drawing.page
    width, height = numbers(page.width, page.height)
    root = ET.Element(
        f"{{{SVG}}}svg",
        {
            "version": "1.1",
            "width": f"{width}mm",
            "height": f"{height}mm",
            "viewBox": " ".join(numbers(page.left, page.top, page.width, page.height)),
        },
    )
    ET.SubElement(root, f"{{{SVG}}}title").text = " ".join(printable(sheet.title).split())
    return root


def add_group(root: ET.Element, name: str, label: str) -> ET.Element:
    """A layer, as Inkscape shows them; elsewhere a group."""
    layer = {"id": name, f"{{{_INKSCAPE}}}groupmode": "layer", f"{{{_INKSCAPE}}}label": label}
    return ET.SubElement(root, f"{{{SVG}}}g", layer)


def _add_artwork(root: ET.Element, sheet: Sheet, progress: Listener) -> None:
    steps = Steps(progress, picture_count(sheet))
    if not shows_artwork(sheet):
        return
    shapes = ET.SubElement(root, f"{{{SVG}}}defs")
    group = add_group(root, "artwork", "Artwork")
    for picture in sheet_pictures(sheet):
        _add_picture(shapes, group, picture)
        steps.step()
    beside = surround_of(sheet.dieline, sheet.whole, SURROUND_DPI)
    if beside is not None:
        _add_image(group, beside.image, Box(*beside.box))
    _add_objects(root, shapes, sheet)
    _add_areas(root, shapes, sheet)


def _add_objects(root: ET.Element, shapes: ET.Element, sheet: Sheet) -> None:
    group = add_group(root, "objects", "Objects") if sheet.objects else root
    for run in object_runs(sheet):
        holder, placed = group, run.panel
        for name, paths in zip(("panel", "objects"), run.edges, strict=True):
            clip = ET.SubElement(shapes, f"{{{SVG}}}clipPath", {"id": f"{name}-clip-{run.name}"})
            # One path, whose parts meet without a seam; two would be smoothed each for itself.
            ET.SubElement(clip, f"{{{SVG}}}path", {"d": " ".join(map(path_data, paths))})
            clipped = {"clip-path": f"url(#{name}-clip-{run.name})"}
            holder = ET.SubElement(holder, f"{{{SVG}}}g", clipped)
        holder.set("id", f"objects-{run.name}")
        for one in run.objects:
            drawn = object_group(
                one,
                one.place.then(placed.place),
                placed.shown.pictures.__getitem__,
                markups=placed.shown.markups,
                name=f"{placed.panel_id}-{one.id}",
            )
            drawn.set(f"{{{_INKSCAPE}}}label", one.label)
            holder.append(drawn)


def _add_areas(root: ET.Element, shapes: ET.Element, sheet: Sheet) -> None:
    """A half transparent layer for each finish, so that artwork is seen below it."""
    for kind in shown_kinds(sheet):
        style = AREA_STYLES[kind]
        group = add_group(root, kind, style.spot or kind)
        group.set("opacity", _SEEN_THROUGH)
        for area in placed_areas(sheet, kind):
            name = f"{kind}-{area.panel_id}"
            clip = ET.SubElement(shapes, f"{{{SVG}}}clipPath", {"id": f"clip-{name}"})
            ET.SubElement(clip, f"{{{SVG}}}path", {"d": path_data(area.outline)})
            clipped = {"id": name, "clip-path": f"url(#clip-{name})"}
            _add_image(ET.SubElement(group, f"{{{SVG}}}g", clipped), area.picture(style.rgb), area.box)


def _add_picture(shapes: ET.Element, group: ET.Element, picture: SheetPicture) -> None:
    clip = ET.SubElement(shapes, f"{{{SVG}}}clipPath", {"id": f"clip-{picture.panel_id}"})
    ET.SubElement(clip, f"{{{SVG}}}path", {"d": " ".join(map(path_data, picture.outlines))})
    # The clip is the group's: it would be measured in the picture's own units otherwise by some readers.
    clipped = {"id": f"art-{picture.panel_id}", "clip-path": f"url(#clip-{picture.panel_id})"}
    holder = ET.SubElement(group, f"{{{SVG}}}g", clipped)
    _add_image(holder, picture.image, picture.box)


def _add_image(holder: ET.Element, image: Image.Image, box: Box) -> None:
    place = zip(("x", "y", "width", "height"), numbers(box.left, box.top, box.width, box.height), strict=True)
    ET.SubElement(
        holder,
        f"{{{SVG}}}image",
        {**dict(place), "preserveAspectRatio": "none", f"{{{_XLINK}}}href": _data_url(image)},
    )


def _data_url(picture: Image.Image) -> str:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=4)
    return f"data:image/png;base64,{base64.b64encode(buffer.getbuffer()).decode('ascii')}"


def add_layer(
    root: ET.Element, layer: Layer, typeface: Typeface | None = None, *, locked: bool = False
) -> None:
    """A group of a drawing's lines and words.

    Args:
        root: what the group is added to.
        layer: what is in it.
        typeface: whose letters are drawn as paths; without it words stay words.
        locked: whether Inkscape keeps it from being edited.
    """
    group = add_group(root, layer.name, layer.label)
    if locked:
        group.set(f"{{{_SODIPODI}}}insensitive", "true")
    for fill in layer.fills:
        ET.SubElement(group, f"{{{SVG}}}path", {"d": path_data(fill.path), "fill": fill.style.hex})
    for stroke in layer.strokes:
        ET.SubElement(group, f"{{{SVG}}}path", {"d": path_data(stroke.path), **_look(stroke)})
    for text in layer.texts:
        if typeface is None:
            _add_text(group, text)
        else:
            _add_outlines(group, text, typeface)


def _look(stroke: Stroke) -> dict[str, str]:
    (width,) = numbers(HAIRLINE_MM)
    look = {"fill": "none", "stroke": stroke.style.hex, "stroke-width": width}
    if stroke.style.dash:
        look["stroke-dasharray"] = " ".join(numbers(*stroke.style.dash))
    return look


def _add_text(group: ET.Element, text: Text) -> None:
    x, y, size, angle = numbers(text.x, text.y, text.size, text.angle)
    place = {"x": x, "y": y, "font-size": size, "font-family": _FONTS, "fill": text.style.hex}
    if text.anchor != "start":
        place["text-anchor"] = text.anchor
    if not math.isclose(text.angle, 0):
        place["transform"] = f"rotate({angle} {x} {y})"
    ET.SubElement(group, f"{{{SVG}}}text", place).text = printable(text.words)


def _add_outlines(group: ET.Element, text: Text, typeface: Typeface) -> None:
    """Words as one path; what they say stands in its label."""
    from fontTools.pens.svgPathPen import SVGPathPen  # noqa: PLC0415  (as in `typeface`)

    words = printable(text.words)
    start = {"start": 0.0, "middle": -0.5, "end": -1.0}[text.anchor] * typeface.width(words, text.size)
    place = Affine.shift(start, 0).then(Affine.turning(0, text.angle)).then(Affine.shift(text.x, text.y))
    pen = SVGPathPen(typeface.glyphs, ntos=lambda value: next(numbers(value)))
    typeface.draw(words, text.size, pen, place)
    label = f"{{{_INKSCAPE}}}label"
    drawn = {"d": pen.getCommands(), "fill": text.style.hex, "aria-label": words, label: words}
    ET.SubElement(group, f"{{{SVG}}}path", drawn)
