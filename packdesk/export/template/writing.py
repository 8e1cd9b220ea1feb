"""Writes a template as SVG, PDF, TIFF of two pages, or PNG."""

from __future__ import annotations

import hashlib
import io
import math
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from PIL import Image
from PIL.ImageQt import fromqimage
from PIL.PngImagePlugin import PngInfo

from packdesk.domain.sheet.template import KEY, Page, note_of
from packdesk.domain.units import MM_PER_INCH
from packdesk.errors import InvalidInputError
from packdesk.export.flat.pdf import write_guides
from packdesk.export.flat.png import Canvas
from packdesk.export.flat.sheet import Sheet
from packdesk.export.flat.svg import SVG, add_group, add_layer, register_names, sheet_root
from packdesk.export.template.layers import template_drawing
from packdesk.files import check_free, output_file, write_output
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.sheet.template import TemplateNote
    from packdesk.export.flat.drawing import Drawing

ENDINGS = ("svg", "pdf", "tiff", "png")
DPI = 300.0
_MOST_PIXELS, _MOST_SIDE = 60_000_000, 16_000  # what comes back as a picture
_DESCRIPTION, _PAGE_NAME = 270, 285  # TIFF 6.0


def check_template(target: Path, *, force: bool) -> None:
    """Make sure that a template can be written there.

    Raises:
        InvalidInputError: there is no such kind.
        OutputUnwritableError: something of that name is there already.
    """
    _kind(target)
    check_free(target, force=force)


def write_template(dieline: Dieline, target: Path, title: str = "Template", dpi: float = DPI) -> None:
    """Write the template of a blank; its ending chooses the kind. Slow for pictures.

    Args:
        dieline: the blank.
        target: the file, which is replaced.
        title: what the package is called.
        dpi: resolution of a picture; less where it would be too large to come back.

    Raises:
        InvalidInputError: there is no such kind, or the blank is too large for it.
        OutputUnwritableError: it cannot be written.
    """
    kind, drawing = _kind(target), template_drawing(dieline)
    if kind == "svg":
        _write_svg(dieline, drawing, target, title)
    elif kind == "pdf":
        note = _note(dieline, drawing.page.width, drawing.page.height)
        write_guides(Sheet(dieline, title=title), drawing, target, note.text())
    else:
        _write_picture(dieline, drawing, target, kind, dpi)


def _kind(target: Path) -> str:
    ending = target.suffix.lower().removeprefix(".")
    kind = "tiff" if ending == "tif" else ending
    if kind not in ENDINGS:
        raise InvalidInputError(
            Sentence("A template cannot be written as “{name}”.", name=(target.name or str(target))[:60]),
            Sentence("Use a name that ends in {endings}.", endings=", ".join(f".{one}" for one in ENDINGS)),
        )
    return kind


def _note(dieline: Dieline, width: float, height: float) -> TemplateNote:
    """What the template says of itself, on a page of that size."""
    page = template_drawing(dieline).page
    note = note_of(dieline, Page(page.left, page.top, width, height))
    named = note.model_dump_json(exclude={"page", "design"})
    return note.model_copy(update={"design": hashlib.sha256(named.encode()).hexdigest()[:16]})


def _write_svg(dieline: Dieline, drawing: Drawing, target: Path, title: str) -> None:
    register_names()
    root = sheet_root(Sheet(dieline, title=title), drawing)
    note = _note(dieline, drawing.page.width, drawing.page.height)
    ET.SubElement(root, f"{{{SVG}}}desc", {"id": KEY}).text = note.text()
    add_group(root, "artwork", "Artwork")
    for layer in drawing.layers:
        add_layer(root, layer, locked=True)
    with output_file(target) as path:
        ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _write_picture(dieline: Dieline, drawing: Drawing, target: Path, kind: str, dpi: float) -> None:
    dpi = min(dpi, resolution(drawing))
    canvas = Canvas(drawing.page, dpi)
    with canvas:
        for layer in drawing.layers:
            canvas.draw_layer(layer)
    guides = fromqimage(canvas.image).convert("RGBA")
    # The page is rounded up to whole pixels.
    note = _note(dieline, *(side * MM_PER_INCH / dpi for side in guides.size)).text()
    write_output(target, (_tiff if kind == "tiff" else _png)(guides, note, dpi))


def resolution(drawing: Drawing) -> float:
    """300 dpi, or what a picture that comes back may have."""
    width, height = drawing.page.width / MM_PER_INCH, drawing.page.height / MM_PER_INCH
    most = min(math.sqrt(_MOST_PIXELS / (width * height)), _MOST_SIDE / max(width, height))
    return min(DPI, math.floor(most))


def _png(guides: Image.Image, note: str, dpi: float) -> bytes:
    words = PngInfo()
    words.add_text(KEY, note.removeprefix(f"{KEY} "))
    buffer = io.BytesIO()
    guides.save(buffer, "PNG", dpi=(dpi, dpi), pnginfo=words)
    return buffer.getvalue()


def _tiff(guides: Image.Image, note: str, dpi: float) -> bytes:
    """Two pages, which GIMP and Krita open as layers: one to draw on, and the guides."""
    artwork = Image.new("RGBA", guides.size, (255, 255, 255, 0))
    artwork.encoderinfo = {"tiffinfo": {_DESCRIPTION: note, _PAGE_NAME: "Artwork"}}
    guides.encoderinfo = {"tiffinfo": {_PAGE_NAME: "Guides"}}
    buffer = io.BytesIO()
    artwork.save(
        buffer,
        "TIFF",
        save_all=True,
        append_images=[guides],
        compression="tiff_deflate",
        dpi=(dpi, dpi),
        tiffinfo={_DESCRIPTION: note, _PAGE_NAME: "Artwork"},
    )
    return buffer.getvalue()
