"""PDF at 1:1: artwork at its own resolution, lines in spot inks that overprint, one layer for each line type.

The layers say what they mean to those who print, cut and glue: a processing step is the entry `GTS_Metadata`
of an optional content group, as ISO 19593-1 describes it. The standard itself was not at hand: this follows
the descriptions of several implementers. With a printer's profile the file is a candidate for PDF/X-4; no
conformance is claimed: nothing here checks it.
"""

from __future__ import annotations

import io
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from packdesk.domain.affine import Affine
from packdesk.domain.curves import Arc, split
from packdesk.domain.units import MM_PER_POINT
from packdesk.errors import InvalidInputError
from packdesk.export.flat.area_plates import AREA_STYLES, placed_areas, shown_kinds
from packdesk.export.flat.drawing import united
from packdesk.export.flat.joined_objects import object_runs
from packdesk.export.flat.layout import draw_sheet
from packdesk.export.flat.pdf_canvas import PDF_FONT, new_canvas
from packdesk.export.flat.pdf_document import Finish, NamedLayer, Press, finish
from packdesk.export.flat.pdf_masks import Mask
from packdesk.export.flat.pdf_objects import ObjectPen, named_pages
from packdesk.export.flat.progress import Steps, silent
from packdesk.export.flat.sheet import DEFAULT_OPTIONS, Box
from packdesk.export.flat.sheet_pictures import picture_count, sheet_pictures, shows_artwork
from packdesk.export.flat.styles import HAIRLINE_MM
from packdesk.export.flat.vector_pages import vector_places
from packdesk.files import output_file
from packdesk.sentence import Sentence
from packdesk.textures.sheet_surround import SURROUND_DPI, surround_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path as FilePath

    from PIL import Image

    from packdesk.domain.curves import Path
    from packdesk.domain.dieline.values import PlacedPanel
    from packdesk.domain.objects.live import LiveFont
    from packdesk.export.flat.area_plates import PlacedArea
    from packdesk.export.flat.drawing import Drawing, Layer, Text
    from packdesk.export.flat.progress import Listener
    from packdesk.export.flat.sheet import FlatOptions, Sheet
    from packdesk.export.flat.sheet_pictures import SheetPicture
    from packdesk.export.flat.styles import LineStyle
    from packdesk.export.flat.vector_pages import VectorPlace
    from packdesk.export.press.inks import Separation


_EVEN_ODD, _NONZERO = 0, 1
"""How reportlab calls the rules of what is inside a path."""
_ARTWORK, _OBJECTS = NamedLayer("artwork", "Artwork"), NamedLayer("objects", "Objects")
_INSIDE = NamedLayer("inside", "Artwork inside")
MAX_PAGE_MM = 14_400 * MM_PER_POINT
"""Longest side of a page: PDF 32000-1:2008, annex C.2."""
_BEZIER_DEGREES = 45.0
"""One cubic curve for an eighth of a circle is off by less than five millionths of the radius."""


def write_pdf(
    sheet: Sheet, target: FilePath, options: FlatOptions = DEFAULT_OPTIONS, progress: Listener = silent
) -> None:
    """Write a sheet as a page of PDF, and its other side as a second one.

    Args:
        sheet: what is written.
        target: the file, which is replaced.
        options: what it shows.
        progress: told how many steps of how many are done: one for each picture, and one for writing.

    Raises:
        InvalidInputError: the sheet is longer than a page can be, or the profile of the press is unusable.
        BadPictureError: artwork cannot be decoded.
        OutputUnwritableError: the file cannot be written.
    """
    press = Press.of(options.press)
    sides = [side for side in (sheet, sheet.back) if side is not None]
    drawings = _in_register([draw_sheet(side, options) for side in sides], sheet.dieline.width)
    for drawing in drawings:
        _check_page(drawing)
    steps = Steps(progress, sum(picture_count(side) for side in sides if options.artwork) + 1)
    page, content = _page_of(sheet, drawings[0]), _Content({}, {}, {}, {})
    for side, drawing in zip(sides, drawings, strict=True):
        if side is not sheet:
            page.begin_side(drawing.page, side.trim, side.bleed)
        if options.artwork and shows_artwork(side):
            _draw_pictures(page, side, steps, press, content)
        page.draw_layers(drawing.layers)
        content.names.update((named.name, named) for named in _names_of(drawing))
    names = sorted(content.names.values(), key=lambda named: named.name in _line_names(drawings))
    with output_file(target) as path:
        wanted = Finish(names, "", content.pages, press, content.masks, content.fonts)
        finish(page.finished(), path, wanted)
    steps.step()


def _in_register(drawings: list[Drawing], width: float) -> list[Drawing]:
    """Both sides on pages of one size, each the other turned over: they lie on each other in print."""
    if len(drawings) < 2:
        return drawings
    front, back = drawings
    page = united([front.page, _turned_over(back.page, width)])
    return [replace(front, page=page), replace(back, page=_turned_over(page, width))]


def _turned_over(box: Box, width: float) -> Box:
    return Box(width - box.right, box.top, width - box.left, box.bottom)


class _Content(NamedTuple):
    """What pages need of their document, by name: layers, documents of one page, stencils, typefaces."""

    names: dict[str, NamedLayer]
    pages: dict[str, bytes]
    masks: dict[str, Mask]
    fonts: dict[str, LiveFont]


def _line_names(drawings: Sequence[Drawing]) -> frozenset[str]:
    return frozenset(layer.name for drawing in drawings for layer in drawing.layers)


def _draw_pictures(page: Page, sheet: Sheet, steps: Steps, press: Press | None, content: _Content) -> None:
    """Artwork, objects and finishes of one side, below its lines."""
    artwork = _INSIDE if sheet.inside else _ARTWORK
    with page.layer(artwork.name):
        _draw_artwork(page, sheet, steps)
    content.names[artwork.name] = artwork
    content.pages.update((place.name, place.page) for place in vector_places(sheet))
    if sheet.objects:
        with page.layer("objects"):
            content.pages.update(page.draw_objects(sheet, press.separation if press else None))
        content.names[_OBJECTS.name] = _OBJECTS
        content.fonts.update(font for shown in sheet.objects.values() for font in shown.fonts.items())
    content.masks.update(page.draw_areas(sheet))
    for kind in shown_kinds(sheet):
        content.names[kind] = NamedLayer(kind, AREA_STYLES[kind].spot or kind, kind)


def _check_page(drawing: Drawing) -> None:
    longest = max(drawing.page.width, drawing.page.height)
    if longest > MAX_PAGE_MM:
        raise InvalidInputError(
            Sentence("The sheet is too long for a PDF page: {longest:.0f} mm.", longest=longest),
            Sentence("Write SVG or DXF, or stay below {most:.0f} mm.", most=MAX_PAGE_MM),
        )


def _draw_artwork(page: Page, sheet: Sheet, steps: Steps) -> None:
    """Pictures, what goes on beside them, and sheets that are drawn as they are."""
    vectors = vector_places(sheet)
    drawn = {area.panel_id for place in vectors for area in place.areas}
    for picture in sheet_pictures(sheet):
        if picture.panel_id not in drawn:
            page.draw_picture(picture)
        steps.step()
    beside = surround_of(sheet.dieline, sheet.whole, SURROUND_DPI)
    if beside is not None:
        page.draw_image(beside.image, Box(*beside.box))
    for place in vectors:
        own = {area.panel_id for area in place.areas}
        page.draw_vector(place, [one for one in sheet.dieline.panels if one.panel_id not in own])


def write_guides(sheet: Sheet, drawing: Drawing, target: FilePath, note: str) -> None:
    """Write a drawing as locked layers over an empty one for artwork.

    Args:
        sheet: whose blank it is.
        drawing: the layers.
        target: the file, which is replaced.
        note: what the file says of itself, in its keywords.

    Raises:
        OutputUnwritableError: the file cannot be written.
    """
    page = _page_of(sheet, drawing)
    with page.layer("artwork"):
        pass
    page.draw_layers(drawing.layers)
    with output_file(target) as path:
        finish(page.finished(), path, Finish([_ARTWORK, *_names_of(drawing)], note))


def _page_of(sheet: Sheet, drawing: Drawing) -> Page:
    return Page(drawing.page, sheet.title, sheet.trim, sheet.bleed)


def _names_of(drawing: Drawing) -> list[NamedLayer]:
    return [NamedLayer(layer.name, layer.label, layer.kind) for layer in drawing.layers]


class Page:
    """A reportlab canvas that takes millimetres of the sheet."""

    def __init__(self, page: Box, title: str, trim: Box | None = None, bleed: Box | None = None) -> None:
        self._page = page
        self._buffer = io.BytesIO()
        self._canvas = new_canvas(
            self._buffer,
            page.width / MM_PER_POINT,
            page.height / MM_PER_POINT,
            title,
            trimBox=self._corners(trim or page),
            bleedBox=self._corners(bleed or page),
        )
        self._canvas.setLineWidth(HAIRLINE_MM / MM_PER_POINT)

    def begin_side(self, page: Box, trim: Box, bleed: Box) -> None:
        """Go on with another page, on which the sheet shows its other side."""
        self._canvas.showPage()
        self._page = page
        self._canvas.setPageSize((page.width / MM_PER_POINT, page.height / MM_PER_POINT))
        self._canvas.setTrimBox(self._corners(trim))
        self._canvas.setBleedBox(self._corners(bleed))
        self._canvas.setLineWidth(HAIRLINE_MM / MM_PER_POINT)

    @contextmanager
    def layer(self, name: str) -> Iterator[None]:
        """What is drawn meanwhile belongs to a layer."""
        self._canvas.addLiteral(f"/OC /{name} BDC")
        self._canvas.saveState()
        yield
        self._canvas.restoreState()
        self._canvas.addLiteral("EMC")

    def draw_picture(self, picture: SheetPicture) -> None:
        """A picture within its outlines."""
        self._canvas.saveState()
        self._clip(picture.outlines)
        self.draw_image(picture.image, picture.box)
        self._canvas.restoreState()

    def draw_image(self, image: Image.Image, box: Box) -> None:
        """A picture that fills a rectangle."""
        from reportlab.lib.utils import ImageReader  # noqa: PLC0415  (see above)

        left, bottom, right, top = self._corners(box)
        self._canvas.drawImage(ImageReader(image), left, bottom, right - left, top - bottom, mask="auto")

    def draw_vector(self, place: VectorPlace, others: Sequence[PlacedPanel]) -> None:
        """A sheet as it was drawn, within its areas and off panels that show other artwork."""
        self._canvas.saveState()
        self._clip(area.outline for area in place.areas)
        if others:
            kept = self._canvas.beginPath()
            left, bottom, right, top = self._corners(self._page)
            kept.rect(left, bottom, right - left, top - bottom)
            for panel in others:
                width, height = panel.sheet_size
                x, y, x2, y2 = self._corners(Box(panel.x, panel.y, panel.x + width, panel.y + height))
                kept.rect(x, y, x2 - x, y2 - y)
            self._canvas.clipPath(kept, stroke=0, fill=0, fillMode=_EVEN_ODD)
        for matrix in place.matrices(self._page):
            self._canvas.saveState()
            self._canvas.transform(*matrix)
            self._canvas.addLiteral(f"/{place.name} Do")
            self._canvas.restoreState()
        self._canvas.restoreState()

    def draw_objects(self, sheet: Sheet, separation: Separation | None) -> Mapping[str, bytes]:
        """What lies over panels, as paths; returns the documents that stand among it, by name."""
        named = named_pages(sheet.objects.values())
        origin = Affine.shift(-self._page.left, -self._page.bottom)
        to_points = origin.then(Affine.scaling(1 / MM_PER_POINT, -1 / MM_PER_POINT))
        pen = ObjectPen(self._canvas, to_points, named.names, separation.colour if separation else None)
        for run in object_runs(sheet):
            self._canvas.saveState()
            for paths in run.edges:
                self._clip(paths)
            pen.draw(run)
            self._canvas.restoreState()
        return named.pages

    def draw_areas(self, sheet: Sheet) -> dict[str, Mask]:
        """Finishes on parts of panels, each in an ink and a layer of its own; returns stencils by name."""
        masks: dict[str, Mask] = {}
        for kind in shown_kinds(sheet):
            with self.layer(kind):
                self._set_ink(AREA_STYLES[kind])
                for area in placed_areas(sheet, kind):
                    name = f"Area{len(masks)}"
                    masks[name] = Mask.of(area.mask)
                    self._draw_area(area, name)
        return masks

    def _draw_area(self, area: PlacedArea, name: str) -> None:
        left, bottom, right, top = self._corners(area.box)
        self._canvas.saveState()
        self._canvas.clipPath(self._path(area.outline), stroke=0, fill=0, fillMode=_NONZERO)
        self._canvas.transform(right - left, 0, 0, top - bottom, left, bottom)
        self._canvas.addLiteral(f"/{name} Do")
        self._canvas.restoreState()

    def draw_layer(self, layer: Layer) -> None:
        """Lines and words."""
        for fill in layer.fills:
            self._set_ink(fill.style)
            self._canvas.drawPath(self._path(fill.path), stroke=0, fill=1)
        for stroke in layer.strokes:
            self._set_ink(stroke.style)
            self._canvas.setDash([length / MM_PER_POINT for length in stroke.style.dash])
            self._canvas.drawPath(self._path(stroke.path), stroke=1, fill=0)
        for text in layer.texts:
            self._set_ink(text.style)
            self._draw_text(text)

    def draw_layers(self, layers: Sequence[Layer]) -> None:
        """Layers that can be shown and hidden."""
        for layer in layers:
            with self.layer(layer.name):
                self.draw_layer(layer)

    def finished(self) -> io.BytesIO:
        """The file without its layers."""
        self._canvas.showPage()
        self._canvas.save()
        self._buffer.seek(0)
        return self._buffer

    def _clip(self, outlines: Iterable[Path]) -> None:
        """Show what lies within any of them."""
        seen = self._canvas.beginPath()
        for outline in outlines:
            self._path(outline, seen)
        self._canvas.clipPath(seen, stroke=0, fill=0, fillMode=_NONZERO)

    def _set_ink(self, style: LineStyle) -> None:
        from reportlab.lib.colors import CMYKColor, CMYKColorSep  # noqa: PLC0415  (see above)

        ink = CMYKColorSep(*style.cmyk, spotName=style.spot) if style.spot else CMYKColor(*style.cmyk)
        self._canvas.setStrokeColor(ink)
        self._canvas.setFillColor(ink)
        # Lines are no part of the picture: nothing is left out below them.
        self._canvas.setStrokeOverprint(True)
        self._canvas.setFillOverprint(True)
        self._canvas.setOverprintMask(True)

    def _draw_text(self, text: Text) -> None:
        self._canvas.saveState()
        self._canvas.translate(*self._point(text.x, text.y))
        self._canvas.rotate(-text.angle)
        self._canvas.setFont(PDF_FONT, text.size / MM_PER_POINT)
        draw = {"start": "drawString", "middle": "drawCentredString", "end": "drawRightString"}[text.anchor]
        getattr(self._canvas, draw)(0, 0, text.words)
        self._canvas.restoreState()

    def _path(self, path: Path, drawn: Any = None) -> Any:
        from reportlab.pdfgen.pdfgeom import bezierArc  # noqa: PLC0415  (see above)

        drawn = drawn or self._canvas.beginPath()
        drawn.moveTo(*self._point(*path.curves[0].start))
        for curve in path.curves:
            if isinstance(curve, Arc):
                circle = self._corners(Box(curve.x, curve.y, curve.x, curve.y).grown(curve.radius))
                for piece in split(curve, _BEZIER_DEGREES):
                    ((_, _, *handles_and_end),) = bezierArc(*circle, -piece.start_angle, -piece.sweep)
                    drawn.curveTo(*handles_and_end)
            else:
                drawn.lineTo(*self._point(*curve.end))
        if path.closed:
            drawn.close()
        return drawn

    def _point(self, x: float, y: float) -> tuple[float, float]:
        return (x - self._page.left) / MM_PER_POINT, (self._page.bottom - y) / MM_PER_POINT

    def _corners(self, box: Box) -> tuple[float, float, float, float]:
        """Lower left and upper right."""
        return (*self._point(box.left, box.bottom), *self._point(box.right, box.top))
